"""Short MP3s of all that can be heard, and their players for the page `listen`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import audioguide as ag
from audioguide.pipeline.phrase import phrase_script, write_phrase
from audioguide.script.choices import BEDS, Guidance
from audioguide.script.script import VoiceChoice
from audioguide.script.shipped import shipped
from audioguide.speech.roster import crew_of

FOLDER = "sounds"
BIT_RATE = 64_000
OPENING = "opening"  # the step of the cues before the first of the routine
WORDS = "Keep breathing. Let go gently."  # both are in the voice pack
SILENT = {"safety": {"notice": "none", "closing": "none"}, "chimes": {"explain": False}}
CHIMES = {
    "bell": "one stroke; starts a hold", "bowl": "two slow strokes; ends a hold",
    "chime": "two quick strokes; opens a file, and halfway through a hold",
    "tick": "for a metronome or a count", "wood": "a soft wooden knock",
}  # fmt: skip
BACKGROUNDS = {
    "brown": "soft, deep noise", "rain": "steady rain", "ocean": "a slow swell", "drone": "a low, warm chord",
    "air": "hardly audible; keeps players from cutting silence",
}  # fmt: skip
LEVELS = {
    "fade": "everything the first time, then the short form (unless you choose another)",
    "full": "everything every time", "short": "the short form every time",
    "minimal": "the fewest words, where a routine has them", "chimes": "no words at all",
}  # fmt: skip
BREATHS: dict[str, tuple[str, dict[str, str | int]]] = {
    "breath": ("in for 4 s, out for 6 s", {"in": "4s", "out": "6s", "cycles": 1}),
    "breath-with-rests": (
        "in for 4 s, full lungs for 3 s, out for 6 s, empty lungs for 2 s",
        {"in": "4s", "full": "3s", "out": "6s", "empty": "2s", "cycles": 1},
    ),
}
# Words that the voice pack has, so that every machine speaks them in its voice.
LIFT: list[dict[str, Any]] = [
    {"repeat": 2, "rest": "1s", "steps": [
        {"say": "Breathe out, and slowly lift your chest and your head.", "short": "Slowly lift your chest.",
         "minimal": "Slowly lift your chest."},
        {"hold": "3s"},
        {"say": "Slowly lower your chest, and rest your forehead again.",
         "short": "Slowly lower your chest.", "minimal": "Slowly lower your chest."},
    ]},
]  # fmt: skip
# Engines whose voices are all heard; of those of espeak-ng, which speak 119 languages, only these two.
NATURAL, QUICK = ("pack", "kokoro"), ("pack",)
ESPEAK = ("en-us", "en-gb")


@dataclass(frozen=True, slots=True)
class Sample:
    """A sound on the page: its file without `.mp3`, its name, and what it is."""

    file: str
    name: str
    about: str


def page(text: str, folder: Path, *, quick: bool = False) -> str:
    """Return the page with players, and write their MP3s into `folder`.

    With `quick`, voices that take seconds to speak are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = [text]
    for heading, samples in _sections(folder, QUICK if quick else NATURAL):
        parts.append(f"## {heading}\n")
        parts += [
            f'- {each.name}: {each.about}<br><audio controls preload="none" src="{FOLDER}/{each.file}.mp3" '
            f'aria-label="{heading}: {each.name.strip("`")}"></audio>'
            for each in samples
        ]
        parts.append("")
    return "\n".join(parts)


def _sections(folder: Path, engines: Iterable[str]) -> Iterator[tuple[str, list[Sample]]]:
    yield "Chimes", [_chime(name, folder) for name in shipped()]
    yield "Breath tones", [_breath(name, folder) for name in BREATHS]
    yield "Background sounds", [_bed(name, folder) for name in BEDS]
    yield "How much is said", [_level(name, folder) for name in get_args(Guidance)]
    yield "Voices", list(_voices(folder, engines))


def _chime(name: str, folder: Path) -> Sample:
    _render(name, [{"chime": name}], folder)
    return Sample(name, f"`{name}`", CHIMES[name])


def _breath(name: str, folder: Path) -> Sample:
    about, pace = BREATHS[name]
    _render(name, [{"breathe": {**pace, "voice": "none"}}], folder)
    return Sample(name, name.replace("-", " "), about)


def _bed(name: str, folder: Path) -> Sample:
    steps = [{"say": "Keep breathing."}, {"hold": "7s", "chime": "none"}, {"say": "Let go gently."}]
    _render(f"bed-{name}", steps, folder, bed=name, engine="pack")
    return Sample(f"bed-{name}", f"`{name}`", BACKGROUNDS[name])


def _level(name: str, folder: Path) -> Sample:
    _render(f"guidance-{name}", LIFT, folder, guidance=name, engine="pack")
    return Sample(f"guidance-{name}", f"`{name}`", LEVELS[name])


def _voices(folder: Path, engines: Iterable[str]) -> Iterator[Sample]:
    speakers = [(engine, voice.id, voice.name) for engine in engines for voice in crew_of(engine).voices]
    speakers += [("pyttsx3", voice, "espeak-ng, with every installation") for voice in ESPEAK]
    for engine, voice, about in speakers:
        file = f"voice-{engine}-{voice}"
        script = phrase_script(WORDS, VoiceChoice(engine=engine, name=voice))
        write_phrase(script, folder / f"{file}.mp3", "mp3")
        yield Sample(file, f"`{engine}/{voice}`", about)


def _render(name: str, steps: list[dict[str, Any]], folder: Path, **options: Any) -> None:
    routine = ag.load({"title": name.replace("-", " "), **SILENT, "steps": steps}, name=name)
    script = ag.compile(routine, ag.Options(**({"engine": "tone"} | options)))
    # The chime that opens every file would be heard before each sample.
    script = replace(script, cues=tuple(cue for cue in script.cues if cue.step != OPENING))
    with (folder / f"{name}.mp3").open("wb") as file:
        ag.render(script, file, ag.Output(bitrate=BIT_RATE))
