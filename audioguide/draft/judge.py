"""What is an exercise, and how a text says how long or how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from audioguide.draft.breathing import breathing
from audioguide.draft.counts import breaths, counts, rate_per_day, sets_alone
from audioguide.draft.text import Passage
from audioguide.draft.times import times
from audioguide.draft.titles import cleaned, is_collection, is_exercise_name
from audioguide.draft.vocabulary import equipment_of, is_action, is_order, position_of

_GENERAL = re.compile(
    r"\b(?:each|every|all)(?: of (?:the|these|them))?(?: (?:the|these|"
    r"following))*(?: \w+)? (?:stretch(?:es)?|exercises?|poses?|movements?|positions?|"
    r"postures?|one)\b|"
    r"\ball of (?:these|them)\b|"
    r"\b(?:these|the following) (?:\w+ )?(?:stretches|exercises|poses|movements|moves)\b|"
    r"\b(?:for|with|do|repeat|hold) (?:each|them)\b"
    r"(?! (?!(?:one|for|and|until|about|at|on|as)\b)[a-z])",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"\b(?:pan|oven|onions?|garlic|flour|sugar|butter|salt|pepper|simmer|boil\w*|bake|baking|"
    r"fry|stir|recipe|tablespoons?|tbsp|teaspoons?|tsp|cups? of|"
    r"dough|sauce|whisk|preheat|saucepan|skillet|serve (?:with|hot|warm|immediately)|"
    r"chop(?:ped)?|oil|sauté|grill|ingredients|batter|potatoes|chicken|cheese|eggs?|"
    r"ladder|brackets?|blinds?|nails?|shelf|hair|scalp|conditioner|screws?|bolts?|nuts|wrench|spanner|screwdriver|drill|hammer|paint|glue|engine|battery|jack|wheel|"
    r"vehicle|car|"
    r"pipe|valve|hose|soil|seeds?|lawn|shampoo|lather|rinse|nappy|diaper|soap|baby'?s?|her|his|click|"
    r"button|screen|menu|"
    r"download|install|password|page \d+|questions|speak|receipts?|policy|documents?|claims?|lid|drawer|"
    r"lock|door key|slots?|upside down|assembl\w+|wobble|customers?|discount|for free|free delivery|"
    r"power (?:cord|supply)|order (?:now|today|in the next)|tickets?|appointment|invoice|"
    r"levers?|knobs?|sockets?|plugs?|tyres?|rentals?|"
    r"warranty|castors?)\b",
    re.IGNORECASE,
)

_ASKS = re.compile(
    r"\b(?:hold|stay|remain|repeat|do|perform|complete|aim|held|repeated|keep|breaths?)\b", re.IGNORECASE
)


def split_dose(title: str) -> tuple[str, str]:
    """Split "Band row 3x12" into its name and how often; the second may be ""."""
    found = [*(each.start for each in times(title)), *(each.start for each in counts(title))]
    found += [each.start() for each in re.finditer(r"\b\d{1,2} ?(?:x\b|sets\b|[xX] ?\d)", title)]
    for start in sorted(each for each in found if each > 2):
        head, tail = title[:start].rstrip(" -:,;(|"), title[start:].strip("() ")
        if head and not _IN_DOSE.match(head) and is_dose(tail):
            return head, tail
    return title, ""


def name_and_dose(text: str) -> tuple[str, str]:
    """Return the name in a title, and how often it says to do it: "Bridge (10 reps)"."""
    bracket = re.search(r"[\[(]([^\])]*)[\])]\W*$", text)
    if bracket and is_dose(bracket[1]):
        return cleaned(text), bracket[1]
    return split_dose(cleaned(text))


_IN_DOSE = re.compile(
    r"\W*(?:repeat|hold|do|perform|rest|stay|pause|for|then|wait|reps?|sets?|continue)\b", re.IGNORECASE
)
_BOTH_SIDES = re.compile(r"\b(?:both|each|either) sides?\b|\bother side\b", re.IGNORECASE)


def is_general(sentence: str) -> bool:
    """Return whether a sentence asks for a length or a count in every exercise."""
    asks = _ASKS.search(sentence)
    dosed = is_dosed(sentence) or bool(_BOTH_SIDES.search(sentence))
    return bool(asks and _GENERAL.search(sentence) and dosed)


_AROUND_DOSE = frozenset(
    re.findall(
        r"\w+",
        """
    a about all an and arm arms at between both daily day direction do dosage dose duration ea each
    easy every feet foot for frequency hand hands hold in least leg legs minimum of off on once or
    number target total
    per perform rep repeat repetitions reps rest set sets side sides slow slowly the then time times
    to together twice up way week with x
        """,
    )
)


def is_dose(text: str) -> bool:
    """Return whether a short line only says how long or how often: "3 x 30 seconds each side"."""
    if len(text) > 60 or not any(map(str.isdigit, text)):
        return False
    spans = [(each.start, each.end) for found in (times(text), counts(text)) for each in found]
    if not spans and breaths(text) is None and sets_alone(text) is None:
        return False
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return all(word in _AROUND_DOSE or word.isdigit() for word in re.findall(r"[a-z]+|\d+", text.lower()))


_HELD = re.compile(
    r"\W*(?:then )?(?:hold|stay|remain)\b(?: (?:it|here|there|the \w+|(?:in )?this(?: \w+)?))? "
    r"(?:for|as long as)\b",
    re.IGNORECASE,
)


def is_dosed(sentence: str) -> bool:
    """Return whether a sentence says how long or how often, with or without a number."""
    if breaths(sentence) is not None or counts(sentence) or _HELD.match(sentence):
        return True
    return any(each.meaning in ("hold", "duration") for each in times(sentence)) and not (
        rate_per_day(sentence) and not re.search(r"\bhold\b", sentence, re.I)
    )


def is_exercise(passage: Passage) -> bool:
    """Return whether a passage is an exercise: movements, and how long, how often, or a name."""
    if passage.sure:
        return True
    texts = [each.text for each in passage.sentences]
    actions = sum(map(is_action, texts))
    if sum(len(_OTHER_WORK.findall(each)) for each in (passage.title, *texts)) > actions:
        return False
    if is_collection(passage.title) and actions < 2:
        return False
    if breathing(passage.sentences):
        return True
    dosed = any(map(is_dosed, texts))
    in_text = is_order(passage.title) and passage.title.lower() in " ".join(texts).lower()
    if is_exercise_name(passage.title) and not in_text:
        asked = dosed or 2 * sum(map(is_order, texts)) >= len(texts) or any(map(_STARTS.search, texts))
        asked = asked or (passage.titled and actions > 1 and 3 * actions >= len(texts))
        asks = any(is_order(each) and not is_dosed(each) for each in texts)
        return asked if actions else dosed and (asks or len(texts) < 4)
    return _is_dosed_soon(texts) if dosed and actions else _is_undosed(passage, texts)


# Only instructions for a movement say where it starts.
_STARTS = re.compile(
    r"\bstarting position\b|\b(?:begin|initiate|start|repeat) (?:the|this) (?:movement|motion|exercise)\b|"
    r"\breturn to (?:the )?start\b",
    re.IGNORECASE,
)


def _is_undosed(passage: Passage, texts: Sequence[str]) -> bool:
    """Return whether a text without a name, a time or a count still asks mostly for movements."""
    actions = [each for each in texts if is_action(each)]
    if passage.titled and actions and any(map(_STARTS.search, texts)):
        return True
    if len(actions) < 2 or 2 * len(actions) < len(texts):
        return False
    if passage.titled and len(actions) * 4 >= len(texts) * 3:
        return True
    first = actions[: 1 if len(actions) < 3 else 2]
    return position_of((*first, passage.title)) is not None or any(map(equipment_of, first))


def _is_dosed_soon(texts: Sequence[str]) -> bool:
    """Return whether a movement is followed, within three sentences, by how long or how often."""
    last = -10
    for index, each in enumerate(texts):
        last = index if is_action(each) else last
        if index - last <= 3 and is_dosed(each):
            return True
    # "3 sets of 10", and then what to do.
    return any(is_dose(each) and is_action(after) for each, after in pairwise(texts))
