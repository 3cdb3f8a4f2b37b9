"""Where a sentence ends, in any script: each one becomes a phrase of its own.

Made for short spoken instructions, and compared with libraries that do this in `benchmarks/segmenters.py`:
they are made for articles, and keep "Das linke Bein. das rechte Bein." together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from audioguide.reading.marks import whole
from audioguide.script import abbreviations as short

# Marks of other scripts that end a sentence (Unicode: Sentence_Terminal); no space need follow.
_OTHER = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u0964\u0965\u104b\u1362\u1367\u1368\u166e\u17d4\u17d5\u1803\u1809"
    "\u203c\u203d\u2047-\u2049\u3002\ua4ff\ua60e\ua60f\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
)
_WIDE = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"  # nor in front of Chinese and Japanese letters
# A German quotation ends with the mark that opens an English one: right after a full stop, it closes.
_CLOSING = "\"')\\]}\u201c\u201d\u2018\u2019\u00ab\u00bb\u2039\u203a\u300d\u300f\uff09\u3011\u3009\u300b"
_OPENING = "\"'([{\u2018\u201a\u201c\u201e\u00ab\u00bb\u2039\u203a\u00bf\u00a1\u300c\u300e\uff08\u2022* "
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015"


@cache
def _ends_in(language: str) -> re.Pattern[str]:
    """Return what ends a sentence; made where it is needed, as few routines need more than one."""
    more = _OTHER_ENDS.get(language, "")
    danda = r"(?<=[\u0900-\u0dff]) ?\|+"  # a danda, as it is typed where a keyboard has none
    return re.compile(
        rf"(?P<mark>\.(?: ?\.)+|\u2026+\.?|[.!?{_OTHER}]+|{danda}{more})"
        # French quotation marks stand apart from their words.
        rf"(?P<close>[{_CLOSING}]*(?: [\u00bb\u203a](?=[ ,.;:!?]|$))?)"
        rf"(?: |$|(?<=[{_OTHER}])|(?<=[{_OTHER}][{_CLOSING}])|(?<![.\u2026])(?=[{_WIDE}]))"
    )


# A Greek question mark looks like a semicolon, and an Armenian full stop is typed as a colon.
_OTHER_ENDS = dict.fromkeys(("el", "grc"), "|[;\u037e]") | dict.fromkeys(("hy", "hyw"), "|:")
# "down.Bend": the space was forgotten.
_GLUED = re.compile(r"(?<=[^\W_A-Z][^\W_A-Z][.!?])(?=[^\W\d_a-z][^\W\d_A-Z]+(?:[ ,!?]|\.(?: |$)|$))")
_WORD = re.compile(r"[^\s\"'(\[{\u2018\u2019\u201a\u201c\u201e\u00ab\u00bb\u00bf\u00a1]+$")
_SPELT = re.compile(r"(?<!\w)(?:\w{1,2}\. ?)+\w{1,2}$")
_LABEL = re.compile(r"(?:(?<=^)|(?<= ))(?:[\u2022\u2043*-] ?)?(\d{1,3})(?:\.\)|[.)]) (?=\W*[^\W\d])")
# Two ordinals together, before the stop of the second: "1.-3. Runde", "2./3.", "1. bis 3.", "2., 3. und 4."
_PAIRED = re.compile(
    rf"\d\.(?:\s?[{_DASHES}/+&,]\s?|,? (?:bis|und|oder|a|og|och|i|do|ja|tai|és|vagy|ve|veya) )\d{{1,3}}$"
)
_POLITE = re.compile(r"[^\W\d_]+n Sie\b")  # a German order: "Atmen Sie aus."
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]", re.IGNORECASE)
# Where a small letter with a full stop may stand before a capital one: "u. U.".
_SMALL_INITIALS = frozenset(
    {"de", "ru", "uk", "be", "bg", "nl", "da", "nb", "sv", "pl", "cs", "sk", "lb", "af"}
)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A full stop: what stands `before` it in its sentence, and what comes `after` it in its line."""

    before: str
    after: str
    language: str

    @property
    def word(self) -> str:
        found = _WORD.search(self.before)
        return found.group() if found else ""

    @property
    def number(self) -> str:
        """Return the last number of two ordinals that are written as one word ("1.-3"), else the word."""
        return re.split(rf"[{_DASHES}/]", self.word)[-1] if _PAIRED.search(self.before) else self.word

    @property
    def word_before(self) -> str:
        rest = self.before[: len(self.before) - len(self.word)].split()
        return rest[-1] if rest else ""

    @property
    def next_word(self) -> str:
        return re.split(r"[\s,.;:!?]", self.after.lstrip(_OPENING), maxsplit=1)[0]

    @property
    def goes_on(self) -> bool:
        """Return whether a small letter, or the sign for "and", follows."""
        return self.next_word[:1].islower() or self.after.lstrip().startswith("&")

    @property
    def number_follows(self) -> bool:
        return self.next_word[:1].isdigit()

    @property
    def starter_follows(self) -> bool:
        return self.next_word.casefold() in short.STARTERS


def sentences(text: str, language: str = "en") -> list[str]:
    """Split `text` into its sentences, without spaces at their ends; each line is one at least.

    `language` is that of the voice ("de", "cmn"): abbreviations and ordinals depend on it.
    """
    return list(_sentences(text, language))


@lru_cache(maxsize=4096)  # to find a length, a routine is compiled many times over, with few other texts
def _sentences(text: str, language: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    items = (item for line in lines for item in _items(_GLUED.sub(" ", line)))
    return tuple(whole([sentence for item in items for sentence in _of_item(item, language)]))


def _items(line: str) -> Iterator[str]:
    """Yield the items of a numbered list in one line: "1. Lie down. 2. Rest."; else the whole line."""
    starts, number = [0], 0
    for label in _LABEL.finditer(line):
        if (label.start() == 0) == (number == 0) and (not number or int(label[1]) == number + 1):
            number = int(label[1])
            starts.append(label.start())
    for start, end in zip(starts[1:] or starts, [*starts[2:], len(line)], strict=True):
        yield line[start:end].strip()


def _of_item(line: str, language: str) -> Iterator[str]:
    label = _LABEL.match(line)
    parts: list[str] = []
    first = 0
    for end in _ends_in(language).finditer(line, label.end() if label else 0):
        before, after = line[first : end.start()], line[end.end() :]
        if _ends(end["mark"], end["close"], _Stop(before, after, language)):
            parts.append(line[first : end.end()].strip())
            first = end.end()
    return _spoken([*parts, line[first:].strip()])


def _spoken(parts: list[str]) -> Iterator[str]:
    """Join what holds no letter and no digit (". . .") to what stands before it."""
    whole = ""
    for part in parts:
        if any(map(str.isalnum, part)) and any(map(str.isalnum, whole)):
            yield whole
            whole = part
        else:
            whole = f"{whole} {part}".strip()
    if whole:
        yield whole


def _ends(mark: str, close: str, stop: _Stop) -> bool:
    """Return whether a sentence ends with `mark`, and with the quotation marks that `close` it."""
    spoken_on = stop.after.startswith(tuple(_DASHES)) and stop.after.lstrip(f"{_DASHES} ")[:1].islower()
    if (close and stop.goes_on) or spoken_on:  # "Go!" she said. - Listo? - pregunta.
        return False
    if mark != "." and not mark.strip(". \u2026"):
        return not stop.goes_on
    if mark != "." or close:
        return not (mark == "\uff0e" and stop.word.isdecimal() and stop.after[:1].isdecimal())
    return _ends_with_stop(stop)


def _ends_with_stop(stop: _Stop) -> bool:
    if stop.number.isdecimal():
        return not _is_ordinal(stop)
    if len(stop.word) == 1 and stop.word.isalpha():
        return _ends_with_letter(stop)
    return not _is_short(stop)


def _known(stop: _Stop) -> bool | None:
    """Return whether a known abbreviation goes on here; None where the word before the stop is none."""
    spelt = _SPELT.search(stop.before)
    words = {stop.word.casefold(), spelt.group().replace(" ", "").casefold() if spelt else ""}
    if words & short.COUNTRIES and stop.language == "en":
        return not stop.starter_follows
    if words & short.before_more(stop.language):
        return True
    if words & short.maybe_last(stop.language):
        return stop.goes_on or stop.number_follows
    if words & short.before_number(stop.language):
        return stop.number_follows or None
    return None


def _is_short(stop: _Stop) -> bool:
    """Return whether the full stop is that of an abbreviation inside of a sentence."""
    if (known := _known(stop)) is not None:
        return known
    word = stop.word
    if "." in word:  # "k.o.", "J.K. Rowling"
        return stop.goes_on or (word.isupper() and not stop.starter_follows)
    if stop.goes_on and word == "in":  # inches
        return stop.word_before[-1:].isdecimal()
    return stop.goes_on and len(word) > 1 and word.isalpha() and not _VOWEL.search(word)


def _ends_with_letter(stop: _Stop) -> bool:
    """Return whether a sentence ends with a single letter: "vitamin D.", and not "B. K. S. Iyengar"."""
    letter, before = stop.word, stop.word_before
    if unicodedata.category(letter) == "Lo" and not "\u0600" <= letter <= "\u06ff":
        return True  # a whole word, as in Korean
    if letter == "I" and stop.language == "en" and before:
        return stop.goes_on or not before.istitle() or before == "Am"
    if (known := _known(stop)) is not None and not before.isdecimal():
        return not known
    if before.casefold() in short.LETTERED and len(stop.next_word) > 1 and not stop.goes_on:
        return True
    if stop.goes_on or stop.number_follows or letter.isupper():
        return False
    # A unit or a word; in other languages, one of the letters of an abbreviation.
    return before.isdecimal() or stop.language not in _SMALL_INITIALS


def _is_ordinal(stop: _Stop) -> bool:
    """Return whether the number before the full stop means "third" and the like."""
    if stop.language not in short.ORDINALS or len(stop.number) > 3:
        return False
    if stop.language not in ("de", "lb"):
        return stop.goes_on
    before, following = stop.word_before.casefold(), stop.next_word.casefold()
    if stop.number_follows:
        return before in short.BEFORE_ORDINAL  # "am 3. 5."
    if following in short.MONTHS or _POLITE.match(stop.after):
        return following in short.MONTHS
    led = before in short.BEFORE_ORDINAL or _PAIRED.search(stop.before) is not None
    if stop.goes_on:
        return led or not stop.starter_follows
    return led and following not in short.THEN
