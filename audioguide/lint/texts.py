"""The texts of a routine, as they stand in its file, and the movements that their sentences order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audioguide.lint.finding import Keys, Place
from audioguide.reading.marks import marked, shown
from audioguide.routine.load import Routine
from audioguide.routine.walk import is_sound
from audioguide.script.pause_marks import without_pause_marks
from audioguide.script.sentences import sentences

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SAMPLES = {"side": "left", "other_side": "right", "nth": "second", "times": "twice", "next": "the next one"}

# Verbs that change the position of the body or of a thing; what goes on in a posture (hold, breathe,
# rest, relax, feel) is none. Closing the eyes while lying down asks too little to count.
_MOVE = (
    r"arch|bend|bring|circle|clasp|clench|close(?= your (?:fists?|hands?)\b)|cross|crouch|curl|drag|"
    r"draw|drop|"
    r"extend|flex|fold|grab|grasp|hinge|hop|hug|interlace|jump|kick|kneel down|lean|lie|lift|lower|march|"
    r"open(?! your eyes)|place|point|press|pull|push|put|raise|reach|rock|roll|rotate|round(?! to\b)|"
    r"shake|shift|"
    r"sit|slide|spread|squat|squeeze|stand|step|straighten|stretch|sweep|swing|take (?:a|one)(?: \w+)? step|"
    r"take hold|thread|tilt|tip|touch|tuck|turn|twist|walk|wrap"
)
_ADVERB = r"(?:again|also|and|carefully|gently|just|lightly|next|now|only|please|simply|slowly|softly|then)"
# Many of these words are nouns as well: only what can follow a verb makes them an order.
_AFTER = (
    r"(?=\s+(?:a|an|and|around|as|away|back|backwards?|both|down|each|forwards?|from|gently|in|into|it|left|"
    r"off|on|onto|one|out|over|right|round|slowly|that|the|them|then|these|this|through|to|towards?|until|"
    r"up|with|your|yourself)\b|\s*[,.;:!?]|\s*$)"
)
_LOWER_PART = r"(?!(?<=lower)\s+(?:back|body|legs?|arms?|ribs|abdomen|belly|limbs?|spine|part|half|jaw)\b)"
_ORDER = re.compile(
    rf"(?:^|[,;:\u2013\u2014]\s+|\b(?:and|then)\s+)(?:{_ADVERB},?\s+)*({_MOVE})\b{_LOWER_PART}{_AFTER}",
    re.IGNORECASE,
)
# There and back is one movement: "Open and close your hands."
_AND_BACK = re.compile(
    r"\b(clench|curl|flex|lift|open|raise|squeeze|tense) and (?:then )?"
    r"(?:close|extend|lower|open|point|release|relax|uncurl)\b",
    re.IGNORECASE,
)
_RESTFUL = re.compile(
    rf"(?:{_ADVERB},?\s+)*(?:allow|be|breathe|close your eyes|count|do nothing|enjoy|excellent|feel|"
    rf"follow|good|"
    r"great|hold|imagine|keep|let|linger|listen|lovely|meditate|melt|nice|nothing|notice|observe|"
    r"pause|perfect|"
    r"picture|relax|release|remain|remember to breathe|rest|sense|sink|soften|stay|surrender|"
    r"that(?: is|['\u2019]s) it|"
    r"the last|this is|trust|unclench|wait|well done|wonderful|you(?: are|['\u2019]re) doing|"
    r"(?:for )?(?:\w+ ){1,3}(?:breaths?|minutes?|seconds?)\b(?=\s*(?:[.,!]|$)))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is spoken, at `keys` inside the step `place`; placeholders are filled with samples."""

    place: Place
    keys: Keys
    text: str

    @property
    def sentences(self) -> list[str]:
        """Return its sentences."""
        return sentences(self.text)

    @property
    def written(self) -> str:
        """Return it as it stands in the file, with its placeholders."""
        value: Any = self.place.routine.source.data
        for key in (*self.place.keys, *self.keys):
            value = value[key]
        return str(value)


def texts(routine: Routine) -> Iterator[Text]:
    """Yield every text of the file of `routine`: steps, marks and the words of breaths."""
    yield from _in_steps(routine, routine.source.data.get("steps"), ("steps",))


def orders(sentence: str) -> list[str]:
    """Return the verbs of movement that a sentence orders one after another."""
    return [match.group(1) for match in _ORDER.finditer(_AND_BACK.sub(r"\1", sentence))]


def is_restful(sentence: str) -> bool:
    """Return whether a sentence only asks to stay: hold, breathe, rest, feel."""
    return bool(_RESTFUL.match(sentence))


def _in_steps(routine: Routine, steps: Any, keys: Keys) -> Iterator[Text]:
    for index, step in enumerate(steps or ()):
        place = Place(routine=routine, keys=(*keys, index))
        for key, value in step.items():
            if key == "steps":
                yield from _in_steps(routine, value, (*place.keys, key))
            elif key in ("say", "short", "minimal", "first", "last"):
                yield from _leaves(place, (key,), value)
            elif key == "breathe":
                for name in ("words", "halfway", "last"):
                    yield from _leaves(place, (key, name), value.get(name))
            elif key == "marks":
                for name in ("halfway", "before_end", "at", "every"):
                    yield from _leaves(place, (key, name), value.get(name), marks=True)
                if isinstance(value.get("breaths"), Mapping):
                    yield from _leaves(place, (key, "breaths"), value["breaths"])


def _leaves(place: Place, keys: Keys, value: Any, *, marks: bool = False) -> Iterator[Text]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(place, (*keys, index), inner, marks=marks)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "chime":
                yield from _leaves(place, (*keys, key), inner, marks=marks and key != "say")
    elif isinstance(value, str) and not (marks and is_sound(value)):
        filled = _PLACEHOLDER.sub(
            lambda found: _SAMPLES.get(found[1], "ten"), shown(marked(without_pause_marks(value)))
        )
        yield Text(place, keys, filled)
