"""What the body bears: how long it is in position, and what it is still asked to do there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.compiler.load import bounds_of
from audioguide.lint.finding import Finding, Place
from audioguide.lint.subject import Subject
from audioguide.reading.orders import is_restful, orders
from audioguide.routine.language.model import Counted, Hold, LoadBounds
from audioguide.script.load import Load, loads
from audioguide.script.script import EXACT, Cue
from audioguide.units import TICKS_PER_SECOND, format_seconds

# Movements that cost strength, or stretch, as long as they last. Taking hold of a knee does not.
EFFORT = re.compile(
    r"\b(?:lift|raise|lean (?:[a-z]+ ){0,2}(?:forward|into|over|to|towards?)|fold|pull|arch|round|push up|"
    r"press up|bend (?:slowly )?(?:forward|backwards?|to|sideways)|hug|twist|lower your (?:\w+ )?shoulder)\b",
    re.IGNORECASE,
)
# Movements to another posture; to press, draw in or reach a little more is none.
_CHANGES = re.compile(
    r"\b(?:bend|cross|extend|hinge|jump|kneel|lean|lie|place|put|roll (?:on|over)|sit|squat|stand|"
    r"step|straighten|swing|take (?:a|one) \w*\s*step|turn)\b(?!.*\b(?:again|back|down|tall)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:circl|danc|jog|jump|march|mov|nod|pedal|rock|run|shak|step|sway|swing|tap|walk|wiggl)(?:e|es|ing|"
    r"ping|ning|ding|ging|s)?\b|\b(?:again and again|at your own pace|back and forth|from side to side|"
    r"to and fro|up and down|keep \w+ing)\b",
    re.IGNORECASE,
)
_ENDING = 6 * TICKS_PER_SECOND
_HOW = re.compile(
    r"^(?:and |now,? |then,? )*(?:do not|don['\u2019]t|engage|go only|grow|make|never|only|"
    r"point|squeeze|stop)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:you will|will|as you|when you|next|in each|before you)\b", re.IGNORECASE)
_NAMES_A_CHIME = re.compile(
    r"\b(?:bells?|bowls?|chimes?|gongs?|sounds?|rings?|signals?|taps?|ticks?|tones?)\b", re.IGNORECASE
)
LONG = 60 * TICKS_PER_SECOND  # from here on, a hold is rest
_TENTH = TICKS_PER_SECOND // 10


def load(subject: Subject) -> Iterator[Finding]:
    """Check the time in position, instructions that come too late, and chimes that nobody explained."""
    for each in loads(subject.timeline):
        yield from _bounds(subject, each)
    if subject.worded:
        yield from _late_instructions(subject)
        yield from _late_marks(subject)
    if subject.worded and subject.script.guidance != "chimes" and not subject.foreign:
        yield from _unexplained(subject)


def _bounds(subject: Subject, each: Load) -> Iterator[Finding]:
    place = subject.places[each.hold.cue.step]
    bounds = bounds_at(place)
    if bounds is None:
        return
    length = format_seconds(each.length // _TENTH * _TENTH)
    if bounds.max is not None and each.length > bounds.max:
        most = format_seconds(bounds.max)
        yield place.found("load-time", f"{length} s from word to word; at most {most} s are allowed", "hold")
    if bounds.min is not None and each.length < bounds.min:
        least = format_seconds(bounds.min)
        yield place.found("load-time", f"{length} s from word to word; at least {least} s are needed", "hold")


def bounds_at(place: Place) -> LoadBounds | None:
    """Return how long the body may be in the position of the hold at `place`, if anybody says so."""
    return bounds_of(place.step, place.routine.document) if isinstance(place.step, Hold) else None


def _late_instructions(subject: Subject) -> Iterator[Finding]:
    effort: Cue | None = None
    after: list[Cue] = []
    for cue in subject.script.cues:
        if cue.kind in EXACT:
            if cue.kind == "hold" and effort is not None and (cue.length or 0) < LONG:
                for late in after:
                    yield subject.places[late.step].found(
                        "instruction-during-hold", f"'{late.text}' is said after '{effort.text}'", "say"
                    )
            effort, after = None, []
        elif cue.kind == "say" and cue.step not in ("opening", "closing"):
            text, place = cue.text or "", subject.places[cue.step]
            if getattr(place.step, "into", None) or text.rstrip(".") == place.routine.document.title:
                effort, after = None, []  # another position, or a name such as "Chair arch"
            elif EFFORT.search(text) and not _LATER.search(text) and not cue.releases:
                effort, after = cue, []
            elif effort is not None and (orders(text) or _HOW.search(text)):
                after.append(cue)
        elif cue.kind in ("rest", "switch"):
            effort, after = None, []


def _late_marks(subject: Subject) -> Iterator[Finding]:
    """Yield the words inside a hold that order another movement, as far as they are not its way out."""
    around: Cue | None = None
    moving = False  # "March on the spot" is held as well, and may turn
    for cue in subject.script.cues:
        text = cue.text or ""
        if cue.kind == "say":
            moving = (moving and around is None) or bool(_GOES_ON.search(text))
            around = None
        elif cue.kind in EXACT or cue.kind in ("rest", "switch"):
            around = cue
        elif cue.kind == "mark" and around is not None and _asks_more(subject, cue, around, moving=moving):
            found = f"'{text}' gives an instruction in the middle of the hold"
            yield subject.places[cue.step].found("instruction-during-hold", found, "marks")


def _asks_more(subject: Subject, cue: Cue, hold: Cue, *, moving: bool) -> bool:
    text = cue.text or ""
    counted = isinstance(subject.places[cue.step].step, Counted)  # its words are the movements
    if hold.kind != "hold" or counted or not orders(text) or is_restful(text):
        return False
    ends = cue.from_end is not None and cue.from_end <= _ENDING  # that is the way out
    posture = not moving and not ends and (hold.length or 0) < LONG
    return bool(EFFORT.search(text)) or (posture and bool(_CHANGES.search(text)))


def _unexplained(subject: Subject) -> Iterator[Finding]:
    if subject.routine.document.safety.notice == "none":
        return  # the author writes the opening, and nothing is said of a silent one
    for cue in subject.script.cues:
        if cue.kind == "say" and _NAMES_A_CHIME.search(cue.text or ""):
            return
        if cue.kind == "chime" and cue.sound and isinstance(subject.places[cue.step].step, Hold):
            yield subject.places[cue.step].found(
                "unexplained-chime", "nothing before this hold says what its chimes mean"
            )
            return
