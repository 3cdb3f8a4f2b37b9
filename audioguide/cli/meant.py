"""What somebody means with an option that does not exist, such as `--volume`."""

from __future__ import annotations

from collections.abc import Collection

# What people type, and what to use.
MEANT = (
    (
        "quiet quieter soft softer loud louder loudness volume gain",
        (
            "for how loud it is, use --profile quiet (all of it 5 dB softer), --chime-volume or "
            "--bed-volume (in dB); for louder words, the volume of your player"
        ),
    ),
    ("speed faster slower slow pace tempo wpm", "for the pace of the voice, use --rate, in words a minute"),
    ("length duration time minutes total", "for the length of the whole, use --fit, such as --fit 10m"),
    ("repeat repeats repetitions times count rounds", "for the number of repetitions, use --reps"),
    ("seconds hold-time holds stretch", "for the length of each hold, use --hold, such as --hold 25s"),
    ("output file to folder dir", "for where to write, use -o"),
    ("music background noise sound ambient", "for a sound in the background, use --bed, such as --bed rain"),
    (
        "language lang male female gender speaker",
        "for another voice or language, use --voice; `audioguide voices` lists them",
    ),
    ("without exclude omit leave-out no", "to leave a part out, use --skip NAME"),
    ("overlay config preset client", "for one person's settings, use --with FILE"),
    ("quality kbps kbit", "for the size of the file, use --bitrate, in kbit/s"),
    (
        "pause pauses rest rests setting",
        "for a setting, use --set NAME=VALUE, such as --set rest=20s; `audioguide show` lists them",
    ),
)

# What a command cannot do without, and how to give it.
NEEDED = {
    "INPUT": "name a file with exercises, such as leaflet.txt",
    "CLIENTS": (
        "name a table with a row for each client, such as clients.csv; "
        "`audioguide batch clients.csv --new knee-to-chest` writes one to fill in"
    ),
    "TEXT": 'write what to say, in quotes, such as "Breathe out."',
    "NAME": "write a name after the command",
    "FILE.mp3": "name an MP3, such as out/knee-to-chest.mp3",
}


def meant(option: str, known: Collection[str]) -> str:
    """Return which option to use in place of `option`, "" where nobody knows or the command lacks it."""
    name = option.lstrip("-").partition("=")[0].lower()
    said = next((said for names, said in MEANT if name in names.split()), "")
    used = [word.strip("(),;") for word in said.split() if word.startswith("-")]
    return said if said and used[0] in known else ""
