"""Letters in other shapes (full-width, mathematical, circled) made plain; signs that nobody says left out.

Safe in every language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Compatibility forms that stand for a plain letter, digit or sign. Fractions, superscripts and spaces are
# left as they are: they mean more than their plain form.
_SHAPES = ("<wide>", "<narrow>", "<font>", "<circle>", "<square>", "<compat>", "<vertical>", "<small>")
# Joiners belong to words of some scripts, unless they stand between signs.
_JOINER = re.compile(r"(?<![^\W\d_])[\u200c\u200d]|[\u200c\u200d](?![^\W\d_])")
# Pictures are signs (So) in these ranges; elsewhere, signs belong to scripts. U+00B0 is the degree.
_PICTURES = ((0xA6, 0xA6), (0xA9, 0xA9), (0xAE, 0xAE), (0x2100, 0x2BFF), (0x3000, 0x33FF), (0x1F000, 0x1FBFF))
_DRAWN = ((0x2190, 0x21FF), (0x25A0, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF))  # of mathematical signs
_SKIN = range(0x1F3FB, 0x1F400)
_KEPT_SIGNS = "\u2026\u2033\u2034\u2036"  # an ellipsis and primes are read as what they are
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")  # narrow spaces in 12 000
_ARROW = ", "


def plain_letters(text: str) -> str:
    """Return `text` with plain letters in place of shaped ones, and without emoji and other pictures."""
    if text.isascii():
        return text
    spaced = "".join(map(_plain, _THOUSANDS.sub("", _JOINER.sub("", text))))
    return unicodedata.normalize("NFC", spaced)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii():
        return char
    code, category = ord(char), unicodedata.category(char)
    form = unicodedata.decomposition(char)
    raised = form.startswith("<super>") and category in ("Lm", "Lo") and char not in "\u00aa\u00ba"
    if (form.startswith(_SHAPES) or raised) and char not in _KEPT_SIGNS:
        folded = unicodedata.normalize("NFKC", char)
        folded = folded.lower() if raised else folded  # few raised letters have a capital form
        return folded if folded[:1] != " " else char
    if category == "No" and "CIRCLED" in unicodedata.name(
        char, ""
    ):  # white on black: no plain form is listed
        return str(int(unicodedata.numeric(char)))
    if 0x2190 <= code <= 0x21FF or 0x27F0 <= code <= 0x27FF or 0x2900 <= code <= 0x297F:
        return _ARROW
    picture = category == "So" and _within(code, _PICTURES)
    drawn = category in ("Sm", "Sk", "Ps", "Pe", "Po", "Pd") and (_within(code, _DRAWN) or code in _SKIN)
    # Cn: not (yet) a character, as far as this Python knows: new emoji are among them. Co: private.
    unknown = category in ("Cn", "Co")
    # Variation selectors, the frame of keycaps, tags of flags.
    selector = 0xFE00 <= code <= 0xFE0F or code == 0x20E3 or 0xE0000 <= code <= 0xE01EF
    if selector:
        return ""
    return " " if picture or drawn or unknown else char


def is_picture(char: str) -> bool:
    """Tell whether `char` is an emoji or another picture that nobody says."""
    return _plain(char) == " " and not char.isspace()


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
