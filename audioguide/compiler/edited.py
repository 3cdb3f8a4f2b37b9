"""Reading a timed script that somebody may have edited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from audioguide.compiler.chimes import whole_path
from audioguide.compiler.voices import speakers_again
from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.reading.lexicon import Saying, read_say_as
from audioguide.reading.marks import shown
from audioguide.routine.language.values import SIDE_NAME, whole_characters, without_controls
from audioguide.routine.source import YamlSource, decoded, parse_source
from audioguide.script.choices import (
    FASTEST,
    HIGHEST_PITCH,
    LOUDEST_BED,
    LOWEST_PITCH,
    NO_BED,
    QUIETEST_BED,
    SLOWEST,
    Profile,
)
from audioguide.script.script import (
    SOFT,
    BreathTone,
    Cue,
    Kind,
    OtherVoice,
    Phase,
    SafetyNotes,
    Scene,
    Script,
    VoiceChoice,
)
from audioguide.script.script_file import SUFFIX, check_format, read_bytes
from audioguide.script.sounds import find
from audioguide.units import (
    HIGHEST_VOLUME_DB,
    LONGEST,
    LOWEST_VOLUME_DB,
    format_clock,
    format_seconds,
)
from audioguide.untrusted.characters import file_stem

MOST_CUES = 60_000  # three times those of a routine: pauses are cues, too, and so are marks
MOST_FAULTS = 100  # that are reported for one script
LONGEST_SHOWN = 256 * 1024  # characters; in a longer script, only keys say where a fault is
_TONES: dict[str, Phase] = {f"breath-{phase}": phase for phase in get_args(Phase)}


_Text = Annotated[str, AfterValidator(without_controls), BeforeValidator(whole_characters)]
_Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(without_controls),
    BeforeValidator(whole_characters),
]
_Spoken = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000),
    AfterValidator(without_controls),
    BeforeValidator(whole_characters),
]
_Path = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400),
    AfterValidator(without_controls),
    BeforeValidator(whole_characters),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class _OtherVoice(_Strict):
    name: _Text | None = None
    rate: int | None = Field(None, ge=SLOWEST, le=FASTEST)
    pitch: int | None = Field(None, ge=LOWEST_PITCH, le=HIGHEST_PITCH)
    warm: bool | None = None
    role: _Text | None = None


class _TimedCue(_Strict):
    kind: Kind
    start: int = Field(ge=0, le=LONGEST)
    length: int = Field(ge=0, le=LONGEST)
    text: _Words | None = None
    spoken: _Spoken | None = None
    sound: _Path | None = None
    gain_db: float = Field(0.0, ge=LOWEST_VOLUME_DB, le=HIGHEST_VOLUME_DB)
    step: _Text = ""
    side: Annotated[str, StringConstraints(pattern=rf"^{SIDE_NAME}$")] | None = None
    rep: int | None = None
    from_end: int | None = Field(None, ge=0, le=LONGEST)
    halfway: bool = False
    duck: int | None = Field(None, ge=0, le=LONGEST)
    enters: bool = False
    releases: bool = False
    exact: bool = False
    beat: bool = False
    voice: _OtherVoice | None = None
    bed: _Path | None = None
    bed_volume: float | None = Field(None, ge=QUIETEST_BED, le=LOUDEST_BED)
    profile: Profile | None = None
    # Follows from the words around a hold, as a start follows from lengths: written, and never read.
    in_position: list[int] | None = None

    @model_validator(mode="after")
    def _is_heard(self) -> _TimedCue:
        if self.kind in ("say", "chapter") and not self.text:
            raise ValueError(f"a cue of kind {self.kind} has a text")
        if self.kind == "chime" and not self.sound:
            raise ValueError("a cue of kind chime has a sound")
        if self.kind == "mark" and not (self.text or self.sound):
            raise ValueError("a cue of kind mark has a text or a sound")
        if self.kind in ("hold", "breath") and not self.length:
            raise ValueError(f"a cue of kind {self.kind} has a length")
        if self.exact and self.kind not in {"hold", *SOFT}:
            raise ValueError(f"a cue of kind {self.kind} is never `exact`")
        return self

    @property
    def is_stay(self) -> bool:
        """Return whether marks and chimes belong to this."""
        return self.kind == "hold" or self.exact


class _Voice(_Strict):
    engine: _Text = "pyttsx3"
    name: _Text = "en-us"
    rate: int = Field(120, ge=SLOWEST, le=FASTEST)
    pitch: int = Field(50, ge=LOWEST_PITCH, le=HIGHEST_PITCH)
    warm: bool = False


class _Safety(_Strict):
    avoid: list[_Text] = []
    rules: list[_Text] = []


class _Document(_Strict):
    format: Literal["audioguide.script/1"]
    title: _Words
    tick_ms: Literal[4]
    sample_rate: Literal[48000]
    length: int = Field(ge=0)
    settings: dict[_Text, _Text | int] = {}
    asked: dict[_Text, _Text] = {}
    beyond_bounds: list[_Text] = []
    bed: _Path | None = None
    bed_volume: float = Field(0.0, ge=QUIETEST_BED, le=LOUDEST_BED)
    profile: Profile = "standard"
    say_as: dict[_Text, _Text | dict[_Text, _Text]] = {}
    safety: _Safety = _Safety()
    voice: _Voice = _Voice()
    # Engine and id of each other voice; JSON has no tuples, and `strict` wants one.
    speakers: dict[_Text, Annotated[list[_Text], Field(min_length=2, max_length=2)]] = {}
    cues: list[_TimedCue] = Field(min_length=1)


def read_script(path: Path) -> Script:
    """Read a timed script that somebody may have edited.

    Order and lengths decide; starts follow from them, so that a longer hold moves all that comes
    after it. Inside a hold, a mark keeps its distance from the hold's start, one with `from_end` that from
    its end, and one with `halfway` stays in the middle. Each place where a start disagrees is reported in
    `Script.notes`. Raises RoutineError with every fault.
    """
    text = decoded(read_bytes(path), str(path))
    name = file_stem(path.name.removesuffix(SUFFIX).removesuffix(".json"))
    document = _parsed(text, path)
    if faults := _unknown_sounds(document, text, path):
        raise faulty(str(path), faults)
    voice, speakers = speakers_again(
        VoiceChoice(**document.voice.model_dump()), document.speakers, asked_for=document.asked.get("engine")
    )
    return Script(
        name=name, title=document.title, cues=tuple(_cues(document, path)), settings=document.settings,
        asked=document.asked,
        voice=voice, speakers=speakers,
        beyond_bounds=tuple(document.beyond_bounds), bed=_bed(document, text, path),
        bed_volume=document.bed_volume, profile=document.profile, say_as=_say_as(document, text, path),
        safety=SafetyNotes(avoid=tuple(document.safety.avoid), rules=tuple(document.safety.rules)),
        notes=tuple(_moved(document)),
        voice_places={
            ("voice" if part == "name" else part): str(path) for part in document.voice.model_fields_set
        },
    )  # fmt: skip


def _parsed(text: str, path: Path) -> _Document:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        line = lines[min(error.lineno, len(lines)) - 1]
        fault = Fault(
            file=str(path), line=error.lineno, column=error.colno, found=f"not valid JSON: {error.msg}",
            source=line,
        )  # fmt: skip
        raise faulty(str(path), [fault]) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; depth without end
        raise RoutineError(f"{path} is not a timed script: {error}") from error
    if isinstance(data, dict) and isinstance(data.get("cues"), list) and len(data["cues"]) > MOST_CUES:
        raise RoutineError(f"{path} has more than {MOST_CUES:,} cues")
    check_format(data, path)
    try:
        return _Document.model_validate(data)
    except ValidationError as error:
        source, errors = _source(text, path), error.errors(include_url=False)
        faults = [_fault(source, each) for each in errors[:MOST_FAULTS]]
        if more := len(errors) - MOST_FAULTS:
            faults += [source.fault((), f"and {more:,} more")] if more > 0 else []
        raise faulty(str(path), faults) from error


def _source(text: str, path: Path) -> YamlSource:
    """Return where each key stands; nowhere, where that takes too long."""
    try:
        return parse_source(text if len(text) <= LONGEST_SHOWN else "", str(path))
    except RoutineError:  # more values than a routine may have
        return parse_source("", str(path))


def _fault(source: YamlSource, error: Any) -> Fault:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] in ("model_type", "model_attributes_type"):
        message = "expected a mapping"
    return source.fault(error["loc"], f"{where or 'the script'}: {message[:1].lower()}{message[1:]}")


def _unknown_sounds(document: _Document, text: str, path: Path) -> list[Fault]:
    wrong: dict[str, str] = {}
    for sound in {cue.sound for cue in document.cues if cue.sound and cue.sound not in _TONES}:
        try:
            find(sound, path.parent)
        except AudioguideError as error:
            wrong[sound] = str(error)
    source = _source(text, path) if wrong else None
    return [
        source.fault(("cues", index, "sound"), wrong[cue.sound])
        for index, cue in enumerate(document.cues)
        if source and cue.sound and cue.sound in wrong
    ]


def _say_as(document: _Document, text: str, path: Path) -> dict[str, Saying]:
    said: dict[str, Saying] = {}
    faults: list[Fault] = []
    for word, value in document.say_as.items():
        try:
            said |= read_say_as({word: value})
        except ValueError as error:
            faults.append(_source(text, path).fault(("say_as", word), f"say_as: {error}"))
    if faults:
        raise faulty(str(path), faults)
    return said


def _spoken(timed: _TimedCue) -> str | None:
    # An edited text is what you want to hear: marks of the old one no longer count.
    return timed.spoken if timed.spoken and shown(timed.spoken) == timed.text else None


def _bed(document: _Document, text: str, path: Path) -> str | None:
    wanted: dict[tuple[str | int, ...], str | None] = {("bed",): document.bed}
    wanted |= {("cues", index, "bed"): cue.bed for index, cue in enumerate(document.cues) if cue.bed}
    faults: list[Fault] = []
    for keys, bed in wanted.items():
        try:
            _found_bed(bed or NO_BED, path)
        except RoutineError as error:
            faults.append(_source(text, path).fault(keys, str(error)))
    if faults:
        raise faulty(str(path), faults)
    return _found_bed(document.bed, path) if document.bed else None


def _found_bed(bed: str, path: Path) -> str:
    from audioguide.script.beds import find_bed

    return bed if bed == NO_BED else find_bed(bed, path.parent)


def _cues(document: _Document, path: Path) -> list[Cue]:
    cues: list[Cue] = []
    hold: _TimedCue | None = None
    for index, timed in enumerate(document.cues):
        inside = timed.kind == "mark" or _belongs_to(timed, hold)
        offset = 0 if timed.kind == "chapter" else None
        if inside:
            anchored = timed.from_end is not None or timed.halfway
            if hold is None or (timed.start < hold.start and not anchored):
                raise RoutineError(
                    f"{path}: cues[{index}]: a {timed.kind} inside a hold, but there is no hold before it"
                )
            offset = _offset(timed, hold)
            if offset < 0:
                raise RoutineError(
                    f"{path}: cues[{index}]: a mark {format_seconds(timed.from_end or 0)} s before the end "
                    f"of a hold of {format_seconds(hold.length)} s: use a longer hold, or a smaller "
                    f"`from_end`"
                )
        elif timed.is_stay:
            hold = timed
        phase = _TONES.get(timed.sound or "")
        sound = whole_path(timed.sound, path.parent) if timed.sound and not phase else None
        cues.append(
            Cue(
                kind=timed.kind, step=timed.step or f"cues[{index}]", text=timed.text,
                spoken=_spoken(timed), offset=offset,
                sound=sound, gain_db=timed.gain_db if sound else 0.0,
                tone=BreathTone(phase, timed.length, timed.gain_db) if phase else None,
                length=None if timed.kind in ("say", "chime") or (inside and not phase) else timed.length,
                side=timed.side, rep=timed.rep, from_end=timed.from_end, halfway=timed.halfway,
                duck=timed.duck, enters=timed.enters, releases=timed.releases, exact=timed.exact,
                beat=timed.beat,
                voice=_other_voice(timed, f"{path}: cues[{index}]"),
                scene=_scene(timed, path),
            )
        )  # fmt: skip
    return cues


def _other_voice(timed: _TimedCue, place: str) -> OtherVoice | None:
    return OtherVoice(**timed.voice.model_dump(), place=place) if timed.voice else None


def _scene(timed: _TimedCue, path: Path) -> Scene | None:
    if timed.kind != "chapter" or timed.bed is None:
        return None
    bed = None if timed.bed == NO_BED else _found_bed(timed.bed, path)
    return Scene(bed=bed, bed_volume=timed.bed_volume or 0.0, profile=timed.profile or "standard")


def _belongs_to(chime: _TimedCue, hold: _TimedCue | None) -> bool:
    """Return whether a chime is in `hold`: at its start, or at its end while words go on."""
    at_end = chime.from_end is not None
    return chime.kind == "chime" and hold is not None and (at_end or chime.start == hold.start)


def _offset(mark: _TimedCue, hold: _TimedCue) -> int:
    """Return the ticks from the start of `hold`: those that are placed from its end or its half stay so."""
    if mark.from_end is not None:
        return hold.length - mark.from_end
    return hold.length // 2 if mark.halfway else mark.start - hold.start


def _moved(document: _Document) -> list[str]:
    notes = []
    clock = 0
    hold: _TimedCue | None = None
    marks: list[str] = []
    for index, cue in enumerate(document.cues):
        if cue.kind in ("mark", "chime") and hold and (cue.from_end is not None or cue.halfway):
            if cue.start != (stays := hold.start + _offset(cue, hold)):
                kept = "halfway" if cue.halfway else "from_end"
                marks.append(
                    f"cues[{index}] ({cue.kind}) says {format_clock(cue.start)}: its `{kept}` decides, "
                    f"so it is at {format_clock(stays)} in a hold that starts at {format_clock(hold.start)}"
                )
            continue
        if cue.kind in ("mark", "chapter") or (cue.kind == "chime" and hold and cue.start == hold.start):
            continue
        if cue.start != clock:
            notes.append(
                f"cues[{index}] ({cue.kind}) says {format_clock(cue.start)}, and the cues before it end at "
                f"{format_clock(clock)}: lengths decide, so it moves"
            )
            if hold is not None:
                notes.append(
                    f"the hold before cues[{index}] lasts {format_seconds(hold.length)} s now: "
                    "an edited script is not checked against the bounds of its routine"
                )
        else:
            notes += marks  # in a hold that was edited itself, they only follow it
        marks = []
        clock = cue.start + cue.length
        hold = cue if cue.is_stay else None
    return notes
