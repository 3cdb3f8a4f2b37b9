"""Words that lead out of a posture: some come after each hold, and they say how to return."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from audioguide.compiler.load import joined, next_time
from audioguide.lint.finding import Finding
from audioguide.lint.kinds import kinds_by_file
from audioguide.lint.load import EFFORT
from audioguide.lint.subject import Subject
from audioguide.routine.language.model import Counted
from audioguide.script.script import EXACT, Cue
from audioguide.units import TICKS_PER_SECOND

RESTING = 60 * TICKS_PER_SECOND  # what is held that long is rest, unless the last words asked for effort
# What is said in praise, of the breath, of a feeling or of a number moves nobody.
_FIRST = r"(?:(?:almost|already|also|and|but|just|nearly|nicely|now|only|really|so|then|very)\s+)*"
_PRAISE = (
    r"(?:(?:amazing|awesome|beautiful|bravo|brilliant|excellent|fantastic|fine|good|great|lovely|nice|ok|okay|"
    r"perfect|super|superb|terrific|thanks|thank you|well done|wonderful|yes)\b"
    r"(?: (?:job|work|effort|one|stuff|for \w+|so much))?|"
    r"everybody|everyone|folks|done|finished|the end|there (?:you|we) go|here we go|"
    r"(?:that|this) is (?:it|all)|keep \w+|again|pause|ready\b.*|stay\b.*|wait)"
)
_NUMBER = (
    r"(?:(?:\d+|a|all|are|another|breaths?|complete|done|down|eight|final|first|five|four|half|halfway|has|have|"
    r"here|in|is|it|last|left|makes|more|next|nine|of|once|one|over|passed|reps?|repetitions?|rounds?|row|"
    r"seconds?|sets?|seven|six|ten|that|the|there|third|three|time|times|to go|twice|two|up|was|were|\w+teen|"
    r"\w+ty)(?:\s+|$))+"
)
_FEELING = (
    r"(?:appreciate|be aware|be proud|enjoy|feel|how|listen|notice|observe|remember|sense|smile|"
    r"(?:it|that|these|this|your(?: \w+){1,3}) (?:are|becomes?|feels?|gets?|is|was|were)|"
    r"that['\u2019]s|you(?: are| did|['\u2019]re))\b.*"
)
_BREATH = (
    r"(?:take )?(?:a |one |another |deep |slow )*(?:breath(?:e|ing)?|exhale|inhale|in|out)\b"
    r"(?: (?!and\b|as\b|to\b|while\b)\w+| and out)*"
)
_IDLE = re.compile(rf"{_FIRST}(?:{_PRAISE}|{_NUMBER}|{_FEELING}|{_BREATH})", re.IGNORECASE)
# Words of these say where the body goes, whatever stands around them.
_WAY = re.compile(
    r"\b(?:back to|cent(?:er|re)|coming|come|down|drop|floor|free|go of|ground|let|loosen|lower|middle|"
    r"neutral|out of|release|relax|rest|resting|return|roll|sink|soft|soften|stop|undo|upright)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:kneel|lie|onto|sit|stand|take|turn|walk)\b", re.IGNORECASE)


def way_out(subject: Subject) -> Iterator[Finding]:
    """Check that words after each hold say how to return from it."""
    cues, kinds = subject.script.cues, kinds_by_file(subject)
    for index, cue in enumerate(cues):
        if cue.kind != "hold" or joined(cue, next_time(cues, index)[0]):
            continue  # in intervals, the chime alone says that it is over
        place = subject.places[cue.step]
        if isinstance(place.step, Counted):
            continue  # who moves to a count has nothing to return from
        heated = kinds[str(place.routine.path)] & {"ice", "heat"}
        strained = subject.worded and _strains(cues, index)
        if (cue.length or 0) < RESTING or heated or strained:
            missing = _what_comes(subject, index + 1, strained=strained)
            if missing and not (missing.endswith("the end") and subject.sleeps):
                yield place.found(
                    "no-way-out", f"after this hold comes {missing}, and nothing says how to return"
                )


def _strains(cues: Sequence[Cue], hold: int) -> bool:
    """Return whether the last movement before a hold costs strength as long as it lasts."""
    before = takewhile(lambda cue: cue.kind not in EXACT, reversed(cues[:hold]))
    return any(cue.kind == "say" and EFFORT.search(cue.text or "") for cue in before)


def _what_comes(subject: Subject, first: int, *, strained: bool) -> str:
    """Say what comes before words that lead out from the cue `first` on, "" where they come first.

    Who is `strained` waits for such words, and not for those of the next chapter.
    """
    cues, idle, chapter = subject.script.cues, "", ""
    for place in range(first, len(cues)):
        cue = cues[place]
        if cue.kind == "say" and cue.step != "closing":
            written = subject.places[cue.step].step
            if getattr(written, "release", None) or getattr(written, "into", None):
                return ""
            if not subject.worded or not is_idle(cue.text or ""):
                return "" if _leads_elsewhere(cue.text or "") else chapter
            idle = idle or f"“{cue.text}”, then "
        elif cue.kind == "chapter" and strained:
            chapter = chapter or f"{idle}the chapter “{cue.text}”"
        elif cue.kind == "hold":  # "Breathe." may be meant to stay for it
            return "" if idle and not chapter else chapter or "a hold"
        elif cue.kind in ("breath", "rest", "switch"):
            names = {"breath": "paced breathing", "switch": "the other side"}
            return "" if _leads_out_inside(cues, place) else idle + names.get(cue.kind, f"a {cue.kind}")
    return f"{idle}the end"


def _leads_elsewhere(text: str) -> bool:
    return bool(_WAY.search(text) or _PLACE.search(text))


def _leads_out_inside(cues: Sequence[Cue], rest: int) -> bool:
    """Return whether words inside of an exact rest lead out of the hold before it."""
    inside = takewhile(lambda cue: not cue.advances, cues[rest + 1 :])
    return cues[rest].kind == "rest" and any(cue.text and not is_idle(cue.text) for cue in inside)


def is_idle(text: str) -> bool:
    """Return whether `text` moves nobody: praise, a number, the breath, a feeling."""
    clauses = [clause.strip() for clause in re.split(r"[,;:.!?\u2026\u2013\u2014]+", text) if clause.strip()]
    return all(_IDLE.fullmatch(clause) and not _moves(clause) for clause in clauses)


def _moves(clause: str) -> bool:
    counted = re.search(r"\b(?:breaths?|more|one|two|three) down$", clause, re.IGNORECASE)  # and some to go
    return bool(_WAY.search(clause)) and not counted
