"""Where the body is: no other position without words that lead there, and time to do it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.script.layout import Timed
from audioguide.script.script import EXACT, SOFT, Cue
from audioguide.units import TICKS_PER_SECOND, format_seconds

LEAST = 12 * TICKS_PER_SECOND  # from the first word to the floor, or from it, for a stiff back

_POSTURES = {
    "on your back": r"\b(?:lie|lying)\b.*\bback\b|\bonto your back\b",
    "on your stomach": r"\b(?:lie|lying)\b.*\b(?:stomach|belly|front)\b|\bonto your (?:stomach|belly)\b",
    "on your side": r"\b(?:lie|lying)\b.*\bside\b|\b(?:roll|onto)(?: onto)? (?:one|your \w+) side\b",
    "on hands and knees": r"\b(?:hands and knees|all fours)\b",
    "on your heels": r"\b(?:sit|sit back|back) (?:on|to|towards?) your heels\b",
    "kneeling": r"\bkneel\b|\bcome down to your knees\b",
    "on the floor": r"\b(?:sit down beside your heels|to the floor, and sit|your hands, until you sit)\b",
    "on a chair": r"\bsit\b(?! back in\b).*\b(?:chair|table)\b|\bcome to your chair\b|^sit down again\b",
    "standing": r"^(?:\w+,? )?stand(?! still| with| beside)\b|\b(?:stand up|rise to your feet)\b",
}
_SEEN = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _POSTURES.items()}
_NOT_YET = re.compile(
    r"\b(?:later|never|not|if(?! you like)|instead of|rather than|when you(?! are ready)|while|you will|"
    r"or)\b",
    re.IGNORECASE,
)
# Words that say where to stand or sit move somebody who stands or sits already.
_SPOT = re.compile(r"\b(?:in front of|behind|next to|facing)\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:left|right) side\b", re.IGNORECASE)
_UPRIGHT = ("on a chair", "standing")
_LYING = ("on your back", "on your stomach", "on your side")
_UP = re.compile(r"\b(?:stand up|rise|get up|push (?:yourself )?up|push back|to your feet|come up)\b", re.I)
_DOWN = re.compile(
    r"\b(?:come down|get down|kneel|lie down|lower yourself|sit down|(?:down to|to|onto|on) the floor)\b",
    re.I,
)
_OVER = re.compile(
    r"\b(?:roll|turn over|lower yourself|lie down|slide down|stretch out|come (?:down|onto|into|up)|"
    r"lean|push|walk your hands|onto (?:your|one) \w+|sit back)\b",
    re.I,
)


def places(subject: Subject) -> Iterator[Finding]:
    """Check each change of position in what is heard."""
    if not subject.worded or subject.script.guidance == "chimes":
        return
    now: str | None = None
    said: list[Timed] = []  # since the last hold
    cues = [timed for timed in subject.timeline.cues if timed.cue.advances]
    for index, timed in enumerate(cues):
        cue = timed.cue
        if cue.kind in EXACT:
            said = []
        if cue.kind != "say" or cue.step in ("opening", "closing"):
            continue
        said.append(timed)
        there = _posture(cue.text or "")
        if there is None:
            continue
        if now is not None and (wrong := _wrong(now, there, said, _after(cues, index))):
            yield subject.places[cue.step].found("missing-transition", wrong)
        elif there == now and not cue.releases and not _goes_on(cue) and _of_another(subject, said):
            found = f"this puts the body {there}, where it already is"
            yield subject.places[cue.step].found("missing-transition", found)
        now = there


def _posture(text: str) -> str | None:
    if _NOT_YET.search(text):
        return None
    return next((name for name, pattern in _SEEN.items() if pattern.search(text)), None)


def _goes_on(cue: Cue) -> bool:
    """Return whether words go on from that position: to the other side, or to a place."""
    return any(pattern.search(cue.text or "") for pattern in (_SIDE, _SPOT))


def _wrong(now: str, there: str, said: list[Timed], end: int) -> str:
    if there == now:
        return ""
    up, down = there in _UPRIGHT, now in _UPRIGHT
    if up and down:
        return ""
    pattern = _UP if up else _DOWN if down else _OVER
    ways = [timed for timed in said if pattern.search(timed.cue.text or "")]
    if not ways:
        return f"from {now} to {there}, and nothing says how to get there"
    time = end - said[0].start
    if (up or down) and {now, there} & {*_LYING, "on hands and knees"} and time < LEAST:
        return f"from {now} to {there} in {format_seconds(time)} s"
    return ""


def _after(cues: list[Timed], index: int) -> int:
    """Return the tick behind the soft time that follows the words at `index`."""
    for timed in cues[index + 1 :]:
        if timed.cue.kind not in SOFT:
            return timed.start
    return cues[-1].end


def _of_another(subject: Subject, said: list[Timed]) -> bool:
    """Return whether these words are the first of an included routine: there, nobody knew who already lay."""
    place = subject.places[said[-1].cue.step]
    step = said[-1].cue.step
    return place.routine is not subject.routine and not any(timed.cue.step == step for timed in said[:-1])
