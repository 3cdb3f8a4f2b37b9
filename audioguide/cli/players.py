"""What this machine can play a sound with: a player in the terminal, the player of the system, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.errors import OutputError

INSTALL = {
    "linux": "install mpv, ffmpeg or vlc (such as `sudo apt install mpv`)",
    "darwin": "afplay, which comes with macOS, is missing",
}
_QUICKLY = 300  # characters of what a player says when it fails


@dataclass(frozen=True, slots=True)
class Player:
    """A program that plays one file and ends; one that is `plain` takes WAV, FLAC and no other format."""

    command: tuple[str, ...]
    plain: bool = False

    @property
    def name(self) -> str:
        """Return the name of the program."""
        return self.command[0]

    def plays(self, suffix: str) -> bool:
        """Return whether it plays files of this kind."""
        return not self.plain or suffix in (".wav", ".flac")


# In this order: those in which keys pause and go back come first.
PLAYERS = (
    Player(("afplay",)),
    Player(("mpv", "--no-video", "--really-quiet")),
    Player(("ffplay", "-nodisp", "-autoexit", "-loglevel", "error")),
    Player(("cvlc", "--play-and-exit", "--quiet")),
    Player(("gst-play-1.0", "--quiet")),
    Player(("pw-play",), plain=True),
    Player(("paplay",), plain=True),
    Player(("aplay", "-q"), plain=True),
    Player(("play", "-q"), plain=True),  # that of SoX
)


def installed() -> Iterator[Player]:
    """Yield the players on the PATH, best first."""
    return (player for player in PLAYERS if shutil.which(player.name))


def play(player: Player, path: Path) -> str:
    """Play `path` to its end; return what went wrong, "" where nothing did."""
    program = shutil.which(player.name) or player.name
    try:
        ran = subprocess.run(  # noqa: S603
            [program, *player.command[1:], str(path.absolute())],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    except OSError as error:
        return f"{player.name}: {error.strerror or error}"
    if ran.returncode == 0:
        return ""
    lines = ran.stderr.decode(errors="replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {ran.returncode}")
    return f"{player.name}: {said[:_QUICKLY]}"


def open_with_system(path: Path) -> bool:
    """Open `path` with what the system opens it with, and say whether there is such a thing."""
    start = getattr(os, "startfile", None)  # only Windows has it
    if start is None:
        return False
    try:
        start(str(path.absolute()))
    except OSError:
        return False
    return True


def has_browser() -> bool:
    """Return whether a browser can show a page here: not in a terminal without a desktop."""
    if sys.platform in ("win32", "darwin") or os.environ.get("BROWSER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_in_browser(page: Path) -> bool:
    """Open the file `page` in the browser, and say whether that worked."""
    import webbrowser

    try:
        return webbrowser.open(page.absolute().as_uri())
    except webbrowser.Error:
        return False


def nothing_plays(path: Path, failed: Sequence[str]) -> OutputError:
    """Return the error for a machine on which nothing can play `path`; `failed` says what was tried."""
    tried = f" ({'; '.join(failed)})" if failed else ""
    advice = INSTALL.get(sys.platform, "install a player such as mpv")
    why = f"no player works here{tried}" if failed else f"no player is installed: {advice}"
    return OutputError(f"{path} is ready, but {why}. Or play it on your phone: `audioguide serve --lan`")
