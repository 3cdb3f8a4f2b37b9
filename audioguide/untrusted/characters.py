"""Characters that act on a terminal, a player or the direction of a line instead of being shown."""

from __future__ import annotations

import re
import unicodedata

# Marks, embeddings, overrides and isolates (Unicode Standard Annex 9, table of formatting characters).
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BIDI = re.compile(f"[{BIDI}]")
# C0 without tab and line feed, DEL and C1, the two separators, halves of pairs, and what is no character.
_ACTING = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{BIDI}]")
# All of them, and what is not a character at all.
_REFUSED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r"[ -~\n]*")
NAMES = {
    0x00: "NUL", 0x07: "BEL", 0x08: "BACKSPACE", 0x0D: "CR", 0x1B: "ESC", 0x7F: "DEL",
}  # fmt: skip


def escaped(text: str) -> str:
    r"""Return `text` with each acting character as `\uXXXX`: harmless, visible, and the same in JSON."""
    if _PLAIN.fullmatch(text):
        return text
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def cleaned(text: str) -> str:
    """Return `text` with a space for each control character and without marks of direction."""
    if _PLAIN.fullmatch(text):
        return text
    return _ACTING.sub(" ", _BIDI.sub("", text))


def without_bidi(text: str) -> str:
    """Return `text` without marks of direction: they are not spoken, and can hide what a line says."""
    return text if text.isascii() else _BIDI.sub("", text)


def joined_pairs(text: str) -> str:
    """Return `text` with each surrogate pair as one character: JSON writes so, and YAML takes it apart."""
    if text.isascii() or not any("\ud800" <= each <= "\udfff" for each in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def refused(text: str) -> tuple[int, str] | None:
    """Return the place and the name of the first character that no text may hold, or None."""
    if text.isprintable() or not (found := _REFUSED.search(text)):
        return None
    return found.start(), name_of(found[0])


def name_of(character: str) -> str:
    """Return "U+001B (ESC)": the code of `character` and, where it has one, its name."""
    code = ord(character)
    name = NAMES.get(code) or unicodedata.name(character, "")
    return f"U+{code:04X} ({name})" if name else f"U+{code:04X}"


def file_stem(name: str) -> str:
    """Return `name` as the beginning of file names: what acts or cannot be written becomes "_"."""
    plain = _ACTING.sub("_", _BIDI.sub("", name.replace("\n", "_").replace("\t", "_"))).strip()
    return plain if plain.strip("._ ") else f"routine{plain.strip('. ')}"
