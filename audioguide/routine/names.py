"""Names of parts, as people write them and as they are compared."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = re.compile("['\u2018\u2019`\u00b4]")
_BETWEEN = re.compile(r"[\W_]+")
LONGEST = 64


def slug(text: str) -> str:
    """Return `text` as names are compared: "Child's pose" is "childs-pose"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub("-", _QUOTES.sub("", plain)).strip("-")


def read_name(value: object) -> str:
    """Read the name of a step. Raises ValueError for one that could be a number."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a name: write a word with letters, such as bridge")
    text = value.strip()
    if (
        not re.search(r"[^\W\d_]", text)
        or re.search(r"[\[\]{}/,]", text)
        or len(text) > LONGEST
        or not text.isprintable()
    ):
        raise ValueError(f"{text[:LONGEST]!r} is not a name: write letters, digits and -, as in my-bridge")
    return text
