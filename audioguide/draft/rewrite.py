"""From sentences to words for the ear: one action each, no citations, a placeholder for the side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audioguide.draft.counts import breaths, counts
from audioguide.draft.exercise import Exercise
from audioguide.draft.sides import LIMB, asks_for_other
from audioguide.draft.text import Sentence
from audioguide.draft.times import bare_hold, times
from audioguide.draft.vocabulary import is_order

LONGEST = 300  # characters of a phrase
LONGEST_WORD = 38
MOST_PARTS = 40
_CITATION = re.compile(
    r"\[\d+(?:[,\- ]+\d+)*\]|\((?:[^()]*(?:\b(?:19|20)\d\d\b|fig(?:ure|\.)|see |photo|image|"
    r"picture|shown|left in|right in|optional)[^()]*)\)|"
    r"https?://\S+|www\.\S+|,? (?:as (?:shown|pictured|seen|illustrated|in the (?:picture|"
    r"photo|image|figure))[^,.;]*)",
    re.I,
)
_BRACKETS = re.compile(r"\s*[\[(][^()\[\]]*[\])]")
_LABEL = re.compile(
    (
        r"^\W*(?:(?:step|exercise|move)\s*\d+\s*[:.)-]*|\(?\d{1,2}[.)]|(?:tips?|notes?|hint|"
        r"remember|caution|warning|important)\s*[:!-]+)\s*"
    ),
    re.I,
)
_LEAD = re.compile(
    (
        r"^(?:(?:and|then|next|now|finally|lastly|also|first|firstly|after that|from (?:here|there|"
        r"this position)|once (?:there|you are there)|to (?:begin|start)(?: with)?|at this point|"
        r"please)\b,? *)+"
    ),
    re.I,
)
_VERB = (
    r"(?:lie|lay|sit|stand|kneel|squat|bend|straighten|extend|pull|push|press|lift|raise|lower|"
    r"rotate|turn|twist|tilt|lean|reach|stretch|roll|draw|drop|hug|hold|grab|grasp|"
    r"grip|clasp|interlace|place|put|bring|cross|step|walk|march|swing|circle|shake|squeeze|"
    r"tighten|contract|engage|flex|point|curl|arch|round|tuck|nod|slide|shift|rock|fold|hinge|"
    r"touch|let|allow|relax|rest|spread|stay|remain|inhale|exhale|breathe|return|come|go|"
    r"repeat|switch|change|pause|release|keep|move|rise|swap|alternate|continue|do|perform|"
    r"look|try|hang|"
    r"take|attempt|open|close|maintain|gently \w+|slowly \w+)"
)
_CUT = re.compile(
    (
        rf"(?:,? and then|,? then|,? and|;|,) +(?=(?:(?:slowly|gently|carefully|then|now|simply|"
        rf"softly) )*{_VERB}\b(?! (?:of|and|or)\b))"
    ),
    re.I,
)
_AFTER = re.compile(r"^\W*(?:after|for|following)\b[^,]*,\s*", re.I)
_DOSED = re.compile(
    r"^\W*(?:repeat\w*|do (?:this|it|the same|\d+|\w+ (?:times|reps|sets|repetitions))|perform|"
    r"complete|alternat\w+|continue (?:alternat|switch|for|in this|until|to alternate)\w*|"
    r"switch|swap|change (?:sides|legs|arms)|aim for|reps?\b|"
    r"repetitions|sets?\b|\d+ ?(?:x|reps|times|sets|repetitions)|(?:then )?(?:the )?same (?:on|"
    r"with)|hold:|rest for|this is one)\b",
    re.I,
)
_HOLD_ONLY = re.compile(
    (
        r"^\W*(?:and |then |now )*(?:hold|stay|remain|pause|maintain|keep|rest)\b(?: (?:here|there|"
        r"this|it|that|the|in|for|at|your|position|stretch|pose|posture|contraction|each|still|"
        r"then|about|briefly|squeeze|top|a|moment|balance|bottom|end))*\W*$"
    ),
    re.I,
)
_BIG = re.compile(
    (
        r"\b(?:lie|lay|stand|kneel|sit|roll over|turn over|get (?:down|on|up)|come (?:down|up|onto|"
        r"to)|all fours|squat|lunge|climb|step)\b"
    ),
    re.I,
)
_MIDDLE = re.compile(
    (
        r"\b(?:lift|raise|pull|bring|extend|straighten|cross|loop|wrap|grab|grasp|lean|fold|lower|"
        r"swing|walk|roll|drop)\b"
    ),
    re.I,
)
_SMALL = re.compile(
    r"\b(?:relax|breathe|inhale|exhale|look|keep|let|tuck|nod|squeeze|tighten|contract|tilt|point|close)\b",
    re.I,
)

Part = Literal["say", "hold"]


@dataclass(frozen=True, slots=True)
class DraftPhrase:
    """What is said (`kind` say), with `settle` seconds to do it; or the moment of the hold.

    `source` is the sentence that it comes from.
    """

    kind: Part
    text: str
    source: Sentence
    settle: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenExercise:
    """An exercise in words for the ear: once before, then each time up to the hold, and after it."""

    setup: tuple[DraftPhrase, ...]
    each: tuple[DraftPhrase, ...]
    release: tuple[DraftPhrase, ...]
    held: bool  # the text says where the hold is


def clean(text: str) -> str:
    """Return a sentence without citations, labels, brackets and words that no voice can say."""
    text = _BRACKETS.sub("", _CITATION.sub("", _LABEL.sub("", text)))
    words = [word for word in text.replace("|", " ").split() if len(word) <= LONGEST_WORD]
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(words)).strip(" -*_#>")


def spoken(exercise: Exercise, *, mirrored: bool) -> SpokenExercise:
    """Return the words of an exercise; with `mirrored`, left and right are placeholders."""
    phrases = list(_phrases(exercise.steps))[:MOST_PARTS]
    if mirrored:
        side = _first_side(phrases)
        phrases = [replace(each, text=with_side(each.text, side)) for each in phrases]
    marks = [index for index, each in enumerate(phrases) if each.kind == "hold"]
    hold = marks[0] if marks else len(phrases)
    before = [each for each in phrases[:hold] if each.kind == "say"]
    after = [each for each in phrases[hold:] if each.kind == "say"]
    release = [each for each in after if not (mirrored and "{other_side}" in each.text)]
    start = _setup_ends(before)
    return SpokenExercise(
        setup=tuple(before[:start]), each=tuple(before[start:]), release=tuple(release), held=bool(marks)
    )


def _setup_ends(phrases: Sequence[DraftPhrase]) -> int:
    """Return how many of the first phrases only take the position, and belong to no side."""
    end = 0
    for phrase in phrases:
        if "side}" in phrase.text or not (_PLACE.match(phrase.text) if end else _TAKE.match(phrase.text)):
            break
        end += 1
    return min(end, max(0, len(phrases) - 1))


_TAKE = re.compile(
    (
        r"(?:\w+ )?(?:lie|lay|sit|seat|stand|kneel|get|come|start|begin|position|assume|from|place|"
        r"put|take|use|loop|with|pick|grab|hang|straddle)\b"
    ),
    re.I,
)
_PLACE = re.compile(
    (
        r"(?:\w+ )?(?:place|put|rest|keep|position|use|loop|support|hold on|hold onto|take hold|"
        r"let your|make sure|set|your|with your|relax|interlace)\b"
    ),
    re.I,
)


def _phrases(sentences: Sequence[Sentence]) -> Iterator[DraftPhrase]:
    for sentence in sentences:
        for part in _parts(clean(sentence.text)):
            if re.search(r"\w", part):  # a remark in brackets leaves nothing to say
                yield from _of_part(part, sentence)


def _parts(text: str) -> Iterator[str]:
    """Cut a sentence where another action begins, unless what comes before is not an action of its own."""
    text = _LEAD.sub("", text)
    held = ""
    place = 0
    for cut in _CUT.finditer(text):
        piece = text[place : cut.start()]
        whole = f"{held}{piece}"
        if len(whole.split()) > 2 and (is_order(whole) or _HOLD_ONLY.match(whole) or bare_hold(whole)):
            yield whole
            held = ""
        else:
            held = f"{whole}{text[cut.start() : cut.end()]}"
        place = cut.end()
    yield f"{held}{text[place:]}"


def _of_part(part: str, source: Sentence) -> Iterator[DraftPhrase]:
    part = part.strip(" ,;")
    held = [each for each in times(part) if each.meaning == "hold"]
    if re.match(r"\W*(?:after|for)\b", part, re.I) and times(part) and "," in part:
        if held:
            yield DraftPhrase("hold", "", source)
        part, held = _AFTER.sub("", part), []
    if (
        held
        or bare_hold(part)
        or (breaths(part) is not None and re.search(r"\b(?:hold|stay|remain|breathe?|for)\b", part, re.I))
    ):
        end = held[0].end if held else len(part)
        if said := _without_times(part[:end]):
            yield _said(said, source)
        yield DraftPhrase("hold", "", source)
        after = re.sub(r"^[\s,;]*(?:(?:or (?:more|longer)|so|and|then|before)\b[\s,]*)*", "", part[end:])
        if (
            is_order(after)
            and not _DOSED.match(after)
            and not asks_for_other(after)
            and len(after.split()) > 1
        ):
            yield _said(after, source)
        return
    if _DOSED.match(part) or asks_for_other(part):
        return
    if said := _without_times(part) if times(part) or counts(part) else part:
        yield _said(said, source)


_BREATHES = re.compile(r"\W*(?:\w+ly )?(?:breathe|inhale|exhale)\b", re.I)  # "Inhale for 4 seconds" is said


def _without_times(part: str) -> str:
    """Return a clause without its lengths and counts; empty where nothing is left to do."""
    if _HOLD_ONLY.match(part):
        return ""
    if _BREATHES.match(part) and not counts(part) and all(each.meaning == "tempo" for each in times(part)):
        return part
    spans = [(each.start, each.end) for each in times(part)] + [
        (each.start, each.end) for each in counts(part)
    ]
    for start, end in sorted(spans, reverse=True):
        head = re.sub(
            (
                r"(?:,? ?\b(?:and )?(?:hold(?:ing)?(?: (?:it|this|that|the \w+|here|there))?|"
                r"stay(?:ing)?|paus(?:e|ing))? ?(?:for|of|about|after|with)?(?: an?| another|"
                r" around)?)? *$"
            ),
            "",
            part[:start],
            flags=re.I,
        )
        tail = re.sub(
            r"^(?: ?(?:each|per|on each|on both|with each|for each) ?(?:side|leg|arm|time|foot)?)",
            "",
            part[end:],
            flags=re.I,
        )
        part = f"{head}{tail}"
    if breaths(part) is not None or _HOLD_ONLY.match(part) or _DOSED.match(part):
        return ""
    kept = re.sub(r"\s+([,.;])", r"\1", part).strip(" ,;.-")
    return kept if len(kept.split()) > 1 and is_order(kept) else ""


def _said(text: str, source: Sentence) -> DraftPhrase:
    text = re.sub(r"^(?:to|then|and)\s+", "", _LEAD.sub("", text), flags=re.I).strip(" ,;:-")
    text = text[:1].upper() + text[1:]
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:")
    text = text.replace("{", "").replace("}", "")  # nobody says braces
    return DraftPhrase("say", text if re.search(r"[.!?]$", text) else f"{text}.", source, settle_for(text))


def settle_for(text: str) -> int:
    """Return how many seconds a movement takes, by its size. The numbers are ours, for a stiff back."""
    if _BIG.search(text):
        return 8
    if _MIDDLE.search(text):
        return 5
    return 3 if _SMALL.search(text) else 4


_SIDE = re.compile(
    (
        r"\b(left|right)\b(?! (?:away|angle|now|after|at|here|there|below|above|in front|behind|"
        r"next|time|amount|height))"
    ),
    re.I,
)
_ONE = re.compile(
    rf"\b(?:your |the )?(?:one|either) (?:of (?:your|the) )?((?:\w+ )?{LIMB})s?\b(?! (?:at a time|after))",
    re.I,
)
_OTHER = re.compile(rf"\b(?:your |the )(?:other|opposite) ((?:\w+ )?(?:{LIMB}))\b", re.I)
_TO_ONE = re.compile(r"\bto(?:wards?)? (?:one|the) side\b", re.I)


def _first_side(phrases: Sequence[DraftPhrase]) -> str:
    for phrase in phrases:
        if found := _SIDE.search(phrase.text):
            return found[1].lower()
    return "left"


def with_side(text: str, side: str) -> str:
    """Return a text of one side with placeholders: `side` becomes {side}, the other one {other_side}."""
    text = _OTHER.sub(r"your {other_side} \1", text)
    text = _ONE.sub(r"your {side} \1", text)
    text = _TO_ONE.sub("to the {side}", text)
    return _SIDE.sub(lambda found: "{side}" if found[1].lower() == side else "{other_side}", text)


_PLURAL = {"foot": "feet", "calf": "calves", "thigh": "thighs"}


def for_both(text: str) -> str:
    """Return a text with placeholders for both sides together: "both knees"."""

    def plural(found: re.Match[str]) -> str:
        limb = found[1]
        return f"both {_PLURAL.get(limb, f'{limb}s')}"

    text = re.sub(rf"\b(?:your |the )?{{(?:other_)?side}} ({LIMB})\b", plural, text)
    return re.sub(r"\{(?:other_)?side\} ?", "", text)
