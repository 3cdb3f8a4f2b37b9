"""The movements that a sentence orders, and sentences that only ask to stay."""

from __future__ import annotations

import re

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


def orders(sentence: str) -> list[str]:
    """Return the verbs of movement that a sentence orders one after another."""
    return [match.group(1) for match in _ORDER.finditer(_AND_BACK.sub(r"\1", sentence))]


def is_restful(sentence: str) -> bool:
    """Return whether a sentence only asks to stay: hold, breathe, rest, feel."""
    return bool(_RESTFUL.match(sentence))
