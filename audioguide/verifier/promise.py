"""What a timed script promises, read leniently: keys that nobody here knows do no harm."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audioguide.errors import RoutineError
from audioguide.reading.lexicon import SayAs, read_say_as
from audioguide.script.choices import NO_BED
from audioguide.script.names import is_path
from audioguide.script.script_file import check_format, read_bytes
from audioguide.units import LONGEST, SAMPLE_RATE, TICK_MS

TONE = "breath-"
WORDLESS = "tone"  # the engine that says no words


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedSound:
    """A chime, or another sound with a name, from the tick `start` on; `gain_db` louder than it was made."""

    cue: int
    name: str
    start: int
    length: int
    step: str
    gain_db: float = 0.0
    duck: int | None = None  # after so many ticks words sound over it, and it is softer

    @property
    def is_tone(self) -> bool:
        """Return whether this is the tone of a breath, which is as long as its phase."""
        return self.name.startswith(TONE)

    @property
    def is_steady(self) -> bool:
        """Return whether this is the tone of full lungs, which is the same at any moment."""
        return self.name == f"{TONE}full"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedPhrase:
    """Words from tick `start` up to `end`; with `open_end` they may be over sooner.

    `covered` means that something else sounds with them by intent. `spoken` has marks for how words are said,
    where the script has any.
    """

    cue: int
    text: str
    start: int
    length: int
    open_end: bool
    covered: bool
    spoken: str = ""
    voice: str = ""  # where it is not the voice of the script
    rate: int = 0

    @property
    def end(self) -> int:
        """Return the tick behind the last one."""
        return self.start + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedHold:
    """A hold of `length` ticks from `start` on, and the cues that sound at its two ends."""

    cue: int
    start: int
    length: int
    side: str
    opened: PromisedSound | None
    closed: PromisedSound | None
    in_position: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A timed script: `length` of the file in ticks, `folder` for sounds that are named by path.

    `engine`, `voice` and `say_as` say who spoke it, and how some words are said.
    """

    path: Path
    title: str
    length: int
    profile: str
    bed: str
    rate: int
    sounds: Sequence[PromisedSound]
    phrases: Sequence[PromisedPhrase]
    holds: Sequence[PromisedHold]
    cues: Sequence[tuple[int, int]]
    engine: str = ""
    voice: str = "en-us"
    changes: Sequence[tuple[int, str]] = ()  # of the profile: from which tick on
    say_as: SayAs = field(default_factory=dict)

    @property
    def profiles(self) -> Sequence[tuple[int, str]]:
        """Return each profile with the tick at which it begins."""
        return self.changes or ((0, self.profile),)

    @property
    def folder(self) -> Path:
        """Return the folder of the script."""
        return self.path.parent


def read_promise(path: Path) -> Promise:
    """Read the timed script at `path`. Raises RoutineError where it is none."""
    document = _document(path)
    cues = [_cue(path, index, cue) for index, cue in enumerate(document["cues"])]
    sounds = [_sound(index, cue) for index, cue in enumerate(cues) if _sounds(cue)]
    found = document.get("voice")
    voice: dict[str, Any] = found if isinstance(found, dict) else {}
    rate = voice.get("rate", 120)
    profile = str(document.get("profile") or "standard")
    return Promise(
        path=path, title=str(document.get("title", "")),
        length=_ticks(path, "length", document.get("length")),
        profile=profile, bed=_bed(document, cues),
        rate=rate if isinstance(rate, int) and rate > 0 else 120, sounds=sounds,
        phrases=list(_phrases(cues)), holds=list(_holds(cues, sounds)),
        cues=[(cue["start"], cue["start"] + cue["length"]) for cue in cues if _is_heard(cue)],
        engine=str(voice.get("engine", "")), voice=str(voice.get("name", "en-us")),
        say_as=_say_as(document.get("say_as")), changes=tuple(_changes(profile, cues)),
    )  # fmt: skip


def _bed(document: dict[str, Any], cues: Sequence[dict[str, Any]]) -> str:
    """Return a bed of the file, a sound of the user's own before others; "" where none ever sounds."""
    named = [str(document.get("bed") or ""), *(str(cue.get("bed") or "") for cue in cues)]
    beds = [bed for bed in named if bed not in ("", NO_BED)]
    return max(beds, key=is_path, default="")


def _changes(profile: str, cues: Sequence[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    yield 0, profile
    for cue in cues:
        if cue["kind"] == "chapter" and isinstance(changed := cue.get("profile"), str) and changed != profile:
            profile = changed
            yield cue["start"], profile


def _say_as(value: object) -> SayAs:
    try:
        return read_say_as(value)
    except ValueError:  # it changes how words are compared, and nothing else
        return {}


def _document(path: Path) -> dict[str, Any]:
    data = read_bytes(path)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RoutineError(f"{path} is not a timed script: it is not valid JSON ({error})") from error
    if not isinstance(document, dict) or not str(document.get("format", "")).startswith("audioguide.script/"):
        raise RoutineError(f"{path} is not a timed script: the key 'format' does not say audioguide.script/1")
    check_format(document, path)
    if (document.get("tick_ms", TICK_MS), document.get("sample_rate", SAMPLE_RATE)) != (TICK_MS, SAMPLE_RATE):
        raise RoutineError(f"{path}: a tick has {TICK_MS} ms, and a second {SAMPLE_RATE} samples")
    if not isinstance(document.get("cues"), list) or not document["cues"]:
        raise RoutineError(f"{path} is not a timed script: it has no cues")
    return document


def _cue(path: Path, index: int, cue: object) -> dict[str, Any]:
    if not isinstance(cue, dict) or not isinstance(cue.get("kind"), str):
        raise RoutineError(f"{path}: cues[{index}] has no kind")
    times = {key: _ticks(path, f"cues[{index}].{key}", cue.get(key)) for key in ("start", "length")}
    return {**cue, **times}


def _ticks(path: Path, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST:
        raise RoutineError(f"{path}: {name} is {value!r}, and is a number of ticks from 0 to {LONGEST}")
    return value


def _sounds(cue: dict[str, Any]) -> bool:
    name = cue.get("sound")
    if not isinstance(name, str) or not name:
        return False
    # A tone is as long as its phase, and empty lungs have none.
    return not name.startswith(TONE) or (name != f"{TONE}empty" and cue["length"] > 0)


def _sound(index: int, cue: dict[str, Any]) -> PromisedSound:
    gain, duck = cue.get("gain_db", 0.0), cue.get("duck")
    return PromisedSound(
        cue=index, name=cue["sound"], start=cue["start"], length=cue["length"], step=str(cue.get("step", "")),
        gain_db=float(gain) if isinstance(gain, int | float) else 0.0,
        duck=duck if isinstance(duck, int) and duck >= 0 else None,
    )  # fmt: skip


def _is_heard(cue: dict[str, Any]) -> bool:
    return _sounds(cue) or (bool(cue.get("text")) and cue["kind"] != "chapter")


def _own_voice(cue: dict[str, Any]) -> dict[str, Any]:
    """Return the name and the rate of the voice of a cue, where it has one of its own."""
    voice = cue.get("voice")
    name, rate = (voice.get("name"), voice.get("rate")) if isinstance(voice, dict) else (None, None)
    own_rate = rate if isinstance(rate, int) and rate > 0 else 0
    return {"voice": name if isinstance(name, str) else "", "rate": own_rate}


def _phrases(cues: Sequence[dict[str, Any]]) -> Iterator[PromisedPhrase]:
    # Breaths are guided in phases that follow one another: words are over before the phase is.
    borders = {cue["start"] for cue in cues if cue["kind"] == "mark"}
    borders |= {cue["start"] + cue["length"] for cue in cues if cue["kind"] == "hold"}
    for index, cue in enumerate(cues):
        if cue["kind"] == "chapter" or not isinstance(cue.get("text"), str) or not cue["text"].strip():
            continue
        end, covered = cue["start"] + cue["length"], _sounds(cue)
        phase = cue["kind"] == "breath" or (cue["kind"] == "mark" and end in borders)
        yield PromisedPhrase(
            cue=index, text=cue["text"], start=cue["start"], length=cue["length"],
            open_end=phase or covered, covered=covered,
            spoken=cue["spoken"] if isinstance(cue.get("spoken"), str) else "",
            **_own_voice(cue),
        )  # fmt: skip


def _holds(cues: Sequence[dict[str, Any]], sounds: Sequence[PromisedSound]) -> Iterator[PromisedHold]:
    chimes: dict[int, list[PromisedSound]] = {}
    for sound in sounds:
        if cues[sound.cue]["kind"] == "chime":
            chimes.setdefault(sound.start, []).append(sound)
    for index, cue in enumerate(cues):
        if cue["kind"] != "hold" and not cue.get("exact"):
            continue
        opened, closed = (
            _own(chimes.get(tick, ()), str(cue.get("step", "")))
            for tick in (cue["start"], cue["start"] + cue["length"])
        )
        if cue["kind"] != "hold" and not (opened and closed):
            continue  # an exact rest is measured only where chimes mark both of its ends
        yield PromisedHold(
            cue=index, start=cue["start"], length=cue["length"], side=str(cue.get("side") or ""),
            opened=opened, closed=closed, in_position=_in_position(cue),
        )  # fmt: skip


def _in_position(cue: dict[str, Any]) -> tuple[int, int] | None:
    """Return from which tick to which the body is in position; None in a script that does not say."""
    found = cue.get("in_position")
    if not isinstance(found, list) or len(found) != 2 or not all(isinstance(each, int) for each in found):
        return None
    start, end = found
    return (start, end) if 0 <= start < end <= LONGEST else None


def _own(chimes: Sequence[PromisedSound], step: str) -> PromisedSound | None:
    """Return the chime of a hold's own step; where one hold ends as the next begins, there are two."""
    return next((each for each in chimes if each.step == step), chimes[0] if chimes else None)
