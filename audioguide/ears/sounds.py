"""How words sound: IPA in, phones out, and how far two rows of phones are apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Self

Phones = tuple[str, ...]
SoundsOf = Callable[[str], Phones]

# Sounds that a listener, or a voice, takes for one another within a word.
_SAME = {
    "ɐ": "ə", "ʌ": "ə", "ᵻ": "ɪ", "ɚ": "ɹ", "ɜ": "ə", "ɾ": "t", "ʔ": "t", "r": "ɹ", "ɫ": "l", "a": "æ",
    "ɒ": "ɑ", "ɔ": "ɑ", "g": "ɡ", "i": "ɪ", "e": "ɛ",
}  # fmt: skip
_SILENT = frozenset("ˈˌː ˑ‿-_|.'\u0329\u0303\u200d")
_VOWELS = frozenset("əɪɛæɑʊuoy")
_NEAR = ("pb", "td", "kɡ", "fv", "sz", "ʃʒ", "θð", "mn", "nŋ", "θf", "ðv", "wv", "td", "sθ", "zð")
_PAIRS = frozenset(frozenset(pair) for pair in _NEAR)
_HALF = 0.5


def phones(ipa: str) -> Phones:
    """Return the sounds of `ipa`, without stress, length and borders of words."""
    found = [_SAME.get(char, char) for char in ipa if char not in _SILENT and not char.isspace()]
    # The same sound twice in a row is one: "last stretch".
    return tuple(each for place, each in enumerate(found) if not place or each != found[place - 1])


def distance(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how many sounds differ between `one` and `other`; two that are near each other count half."""
    row = [float(place) for place in range(len(other) + 1)]
    for count, phone in enumerate(one, start=1):
        last, row[0] = row[0], float(count)
        for place, each in enumerate(other, start=1):
            changed = last + _apart(phone, each)
            last = row[place]
            row[place] = min(changed, row[place] + 1, row[place - 1] + 1)
    return row[-1]


def apart(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the distance as a share of the longer one: 0 for the same sounds, 1 for none in common."""
    return distance(one, other) / max(len(one), len(other), 1)


def _apart(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if (one in _VOWELS and other in _VOWELS) or frozenset((one, other)) in _PAIRS:
        return _HALF
    return 1.0


class Speller(AbstractContextManager["Speller"]):
    """The sounds of written words, from espeak-ng in its own process; each word is asked for once."""

    def __init__(self, voice: str = "en-us") -> None:
        """Read words as `voice` of espeak-ng does."""
        from audioguide.speech.espeak import PyttsxEngine

        self._engine = PyttsxEngine()
        self._voice = voice
        self._known: dict[str, Phones] = {}

    def __call__(self, word: str) -> Phones:
        """Return the sounds of `word`. Raises EngineError."""
        if word not in self._known:
            self._known[word] = phones(self._engine.phonemes(word, self._voice))
        return self._known[word]

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process of espeak-ng."""
        self._engine.close()
