"""Letters in other shapes (full-width, mathematical, circled) made plain; signs that nobody says left out.

Safe in every language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Forms that stand for a plain letter, digit or sign. Fractions, superscripts and spaces are left as they are:
# they mean more than their plain form. <compat> has letters of scripts as well (Thai, Korean), which stay.
_SHAPES = ("<wide>", "<narrow>", "<font>", "<circle>", "<square>", "<vertical>", "<small>")
_DEGREES = "\u2103\u2109"
# Full-width stops of Chinese and Japanese; after Latin letters they are stops of another text.
_STOPS = "\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
_LATIN_STOP = re.compile(f"(?<=[0-9A-Za-z])[{_STOPS}]|[{_STOPS}](?=[0-9A-Za-z])")
# Pictures are signs (So) in these ranges; elsewhere, signs belong to scripts. U+00B0 is the degree.
_PICTURES = ((0xA6, 0xA6), (0xA9, 0xA9), (0xAE, 0xAE), (0x2100, 0x2BFF), (0x3000, 0x33FF), (0x1F000, 0x1FBFF))
_DRAWN = ((0x2190, 0x21FF), (0x25A0, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF))  # of mathematical signs
_SKIN = range(0x1F3FB, 0x1F400)
# An ellipsis, primes and the sign for number are read as what they are.
_KEPT_SIGNS = frozenset("\u2026\u2033\u2034\u2036\u2116" + _STOPS)
# Joiners belong to words of some scripts; beside a space they held pictures together.
_JOINERS = re.compile(r"(?:(?<=\s)|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)")
_HIDDEN = re.compile("(?<=[a-zA-Z\u00c0-\u052f])\u200b+|\u200b+(?=[a-zA-Z\u00c0-\u052f])")
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")  # narrow spaces in 12 000
_ARROW = ", "


def plain_letters(text: str) -> str:
    """Return `text` with plain letters in place of shaped ones, and without emoji and other pictures."""
    if text.isascii():
        return text
    plain = _JOINERS.sub("", "".join(map(_plain, _THOUSANDS.sub("", text))))
    plain = _HIDDEN.sub("", plain)
    plain = _LATIN_STOP.sub(lambda found: unicodedata.normalize("NFKC", found.group()), plain)
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii() or char in _KEPT_SIGNS:
        return char
    code, category = ord(char), unicodedata.category(char)
    if (shaped := _unshaped(char, category)) is not None:
        return shaped
    if 0x2190 <= code <= 0x21FF or 0x27F0 <= code <= 0x27FF or 0x2900 <= code <= 0x297F:
        return _ARROW
    # Soft hyphens, marks of direction; but a space of no width and joiners may part words of other scripts.
    if category == "Cf" and code not in (0x200B, 0x200C, 0x200D):
        return ""
    # Variation selectors, the frame of keycaps, tags of flags.
    if 0xFE00 <= code <= 0xFE0F or code == 0x20E3 or 0xE0000 <= code <= 0xE01EF:
        return ""
    picture = category == "So" and _within(code, _PICTURES)
    drawn = category in ("Sm", "Sk", "Ps", "Pe", "Po", "Pd") and (_within(code, _DRAWN) or code in _SKIN)
    # Cn: not (yet) a character, as far as this Python knows: new emoji are among them. Co: private.
    return " " if picture or drawn or category in ("Cn", "Co") else char


def _unshaped(char: str, category: str) -> str | None:
    """Return the plain form of a letter, digit or sign in another shape; None for any other character."""
    form, folded = unicodedata.decomposition(char), unicodedata.normalize("NFKC", char)
    if form.startswith("<super>") and category in ("Lm", "Lo") and char not in "\u00aa\u00ba":
        return folded.lower()  # few raised letters have a capital form
    plain = form.startswith("<compat>") and (folded.isascii() or char in _DEGREES)
    if (plain or form.startswith(_SHAPES)) and not folded.startswith(" "):
        return folded
    if category == "No" and "CIRCLED" in unicodedata.name(
        char, ""
    ):  # white on black: no plain form is listed
        return str(int(unicodedata.numeric(char)))
    return None


def is_picture(char: str) -> bool:
    """Return whether `char` is an emoji or another picture that nobody says."""
    return _plain(char) == " " and not char.isspace()


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
