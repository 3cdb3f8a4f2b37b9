"""From a passage to an exercise: what it states of holds, movements, counts and sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audioguide.draft.counts import Count, breaths, counts, sets_alone
from audioguide.draft.exercise import Exercise, Stated
from audioguide.draft.numbers import Range
from audioguide.draft.safety import sorted_out
from audioguide.draft.sides import is_one_sided, sides_of
from audioguide.draft.text import Passage, Sentence
from audioguide.draft.times import Time, bare_hold, times
from audioguide.draft.vocabulary import body_parts, equipment_of, has_partner, position_of

_MOVING = re.compile(
    r"\b(?:circl\w+|roll\w*|swing\w*|march\w*|walk(?:ing)?|jog\w*|jump\w*|run(?:ning)?|kick\w*|"
    r"raises?|curls?|press(?:es)?|squats?|"
    r"lunges?|crunch\w*|push-?ups?|sit-?ups?|rows?|lifts?|extensions?|rotations?|twists|taps?|"
    r"steps?|pumps?|shrugs?|dips?|"
    r"flow|tilts?|rocks?|rocking|cat[- ]cow|cycling|pedal\w*|climbers?|jacks?|shak\w+|skat\w+|"
    r"touchers|flutter\w*|scissors?|burpees?|"
    r"sprints?|throws?|slams?|swim\w*)\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    (
        r"\b(?:stretch(?:es)?|pose|hold|plank|bridge|release|smr|opener|fold|isometric|wall sit|"
        r"sit and reach|balance)\b"
    ),
    re.I,
)
_ALTERNATIVE = re.compile(
    r"^\W*(?:variations?|modifications?|alternativ\w+|easier|harder|progression|make it (?:easier|harder)|"
    r"optional(?:ly)?|to make (?:it|this)|for (?:a|an|more of a) "
    r"(?:\w+ )?(?:challenge|variation|easier|harder|deeper)|as you (?:get|become|grow)|once you (?:can|are)|"
    r"if (?:this|that|it) is (?:too )?(?:easy|hard|difficult))\b",
    re.IGNORECASE,
)
_STRONG = ("hold", "stay", "remain", "maintain", "keep", "pause", "squeeze")


def understand(passage: Passage) -> Exercise:
    """Read a passage. What the text leaves open stays None."""
    texts = [each.text for each in passage.sentences]
    whole = " ".join(texts)
    moving = is_moving(passage.title, whole)
    sorted_text = sorted_out(passage.sentences)
    return Exercise(
        passage=passage,
        stated=_stated(passage, texts, moving=moving),
        position=position_of((*texts, passage.title)),
        equipment=tuple(dict.fromkeys((*passage.equipment, *equipment_of(whole)))),
        partner=has_partner(whole),
        body=passage.body or body_parts(f"{passage.title}. {whole}"),
        one_sided=is_one_sided((*texts, passage.title)),
        moving=moving,
        steps=sorted_text.steps,
        tips=sorted_text.tips,
        warnings=sorted_text.warnings,
        avoid_with=sorted_text.avoid_with,
    )


def is_moving(title: str, text: str) -> bool:
    """Return whether an exercise goes on moving, as its title says, or else its text."""
    if _STILL.search(title):
        return bool(_MOVING.search(title)) and not re.search(
            r"\b(?:stretch|pose|smr|holds?|isometric)\b", title, re.I
        )
    return bool(_MOVING.search(title)) or bool(_MOVING.search(text) and not _STILL.search(text))


def _stated(passage: Passage, texts: Sequence[str], *, moving: bool) -> Stated:
    kept = any(bare_hold(each) and not times(each) for each in texts)
    found = _times(texts, moving=moving and not kept)
    counted = _counts(texts, found)
    holds = [each for each in found if each.meaning == "hold"]
    durations = [each for each in found if each.meaning == "duration"]
    rests = [each for each in found if each.meaning == "rest"]
    hold = _main(holds)
    numbered = [each.reps for each in counted if (each.reps.low, each.reps.high) != (None, None)]
    taken = _breaths(texts)
    own = Stated(
        hold=hold,
        duration=durations[0].seconds if durations else None,
        rest=rests[0].seconds if rests else None,
        reps=numbered[0] if numbered else None,
        sets=next((each.sets for each in counted if each.sets), None) or _first(map(sets_alone, texts)),
        breaths=taken,
        sides=sides_of(texts),
        hold_asked=hold is None and taken is None and any(map(bare_hold, texts)),
        reps_asked=bool(counted) and not numbered,
    )
    return with_general(own, passage.general)


def _times(texts: Sequence[str], *, moving: bool) -> list[Time]:
    found: list[Time] = []
    for index, sentence in enumerate(texts):
        before = " ".join(texts[max(0, index - 2) : index])
        if not _ALTERNATIVE.match(sentence):
            found += times(sentence, before, moving=moving)
    return found


def _counts(texts: Sequence[str], found: Sequence[Time]) -> list[Count]:
    del found
    return [each for sentence in texts if not _ALTERNATIVE.match(sentence) for each in counts(sentence)]


def _main(holds: Sequence[Time]) -> Range | None:
    """Return the length of the hold: of the first that a word for holding names, else of the first."""
    if not holds:
        return None
    named = [each for each in holds if each.cue.lower().startswith(_STRONG) and not each.counted]
    timed = named or [each for each in holds if not each.counted] or list(holds)
    return timed[0].seconds


def _breaths(texts: Sequence[str]) -> int | None:
    held = [each for each in texts if re.search(r"\b(?:hold|stay|remain|for)\b", each, re.I)]
    found = _first(map(breaths, held)) or _first(map(breaths, texts))
    if found is None:
        return None
    return int(found.low if found.low is not None else found.high or 0) or None


def _first(found: Iterable[Range | None]) -> Range | None:
    return next((each for each in found if each is not None), None)


def with_general(own: Stated, general: Sequence[Sentence]) -> Stated:
    """Return `own` with what sentences for all exercises state, where it states nothing itself."""
    if not general:
        return own
    texts = [each.text for each in general]
    found = _times(texts, moving=False)
    hold = own.hold or _main([each for each in found if each.meaning == "hold"])
    reps = own.reps or next(
        (count.reps for each in texts for count in counts(each) if count.reps.low or count.reps.high), None
    )
    taken = own.breaths
    if hold is None and own.duration is None and own.reps is None:
        taken = taken or _breaths(texts)
    if own.duration is not None or own.breaths is not None or (own.reps is not None and not own.hold_asked):
        hold = own.hold
    return Stated(
        hold=hold,
        duration=own.duration,
        rest=own.rest,
        reps=reps,
        sets=own.sets,
        breaths=taken,
        sides=own.sides if own.sides != "none" else sides_of(texts),
        hold_asked=own.hold_asked and hold is None and taken is None,
        reps_asked=own.reps_asked and reps is None,
    )
