"""How words are said: what authors and listeners ask for, and the starter that ships."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from audioguide.reading.marks import CLOSE, INLINE, OPEN, mark
from audioguide.reading.respelling import ipa_of, is_ipa, is_syllables

LONGEST_WORD, LONGEST_SAID = 60, 120
ANY = ""
_KEY = re.compile(r"[a-z][a-z0-9_-]{1,31}")
_SIGNS = frozenset("{}|" + OPEN + CLOSE)  # of placeholders and marks


@dataclass(frozen=True, slots=True)
class Saying:
    """How one word is said: `ways` by language (en, en-gb), by engine (pyttsx3), or "" for any.

    A way is a respelling (cloze), syllables with the stressed one in capitals (shah-VAH-sah-nah), or IPA
    between slashes (/ʃəˈvɑːsənə/).
    """

    ways: Mapping[str, str]

    @property
    def shown(self) -> str | dict[str, str]:
        """Return it as it is written in YAML or JSON."""
        return self.ways[ANY] if set(self.ways) == {ANY} else dict(self.ways)

    def way(self, language: str, engine: str) -> str | None:
        """Return how it is said by `engine` in `language`: the engine's way, else the nearest language's."""
        parts = language.split("-")
        languages = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
        return next((self.ways[key] for key in (engine, *languages, ANY) if key in self.ways), None)


SayAs = Mapping[str, Saying]  # by the word
AS_WRITTEN: SayAs = {}


def read_say_as(value: object) -> dict[str, Saying]:
    """Read the value of `say_as`: words, and how each is said. Raises ValueError in plain words."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping such as {savasana: shah-VAH-sah-nah}")
    return {read_word(word): read_saying(saying) for word, saying in value.items()}


def read_word(value: object) -> str:
    """Read a word, or several, that are said otherwise. Raises ValueError."""
    word = _one_line(value)
    if not any(char.isalpha() for char in word):
        raise ValueError(f"{value!r} is not a word: put it in quotes if YAML reads it as something else")
    if len(word) > LONGEST_WORD or not _SIGNS.isdisjoint(word):
        raise ValueError(f"{word!r} is not a word: up to {LONGEST_WORD} letters, without braces or bars")
    return word


def _one_line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def read_saying(value: object) -> Saying:
    """Read how a word is said: text, or a mapping from languages and engines to texts. Raises ValueError."""
    if isinstance(value, Mapping):
        if not value:
            raise ValueError("say how, such as {en: shah-VAH-sah-nah, de: Schawassana}")
        return Saying({_read_key(key): read_way(way) for key, way in value.items()})
    return Saying({ANY: read_way(value)})


def _read_key(key: object) -> str:
    if not isinstance(key, str) or not _KEY.fullmatch(key.lower()):
        raise ValueError(f"{key!r} is neither a language (en, en-gb, de) nor an engine (pyttsx3)")
    return key.lower()


def read_way(value: object) -> str:
    """Read one way to say a word, and check it. Raises ValueError that says what is wrong."""
    said = _one_line(value)
    if not any(char.isalnum() for char in said):
        raise ValueError(
            f"{value!r} is not a pronunciation: write how it sounds, such as shah-VAH-sah-nah or /ʃəˈvɑːsənə/"
        )
    if len(said) > LONGEST_SAID or not _SIGNS.isdisjoint(said):
        raise ValueError(f"{said!r} is too long, or has braces or bars")
    if is_ipa(said) or is_syllables(said):
        ipa_of(said)
    return said


def wrong_sayings(text: str) -> Iterator[tuple[str, str]]:
    """Yield each `{word|said}` of `text`, as it is written, that cannot be said, and why."""
    for found in INLINE.finditer(text):
        word, written = found[2].strip(), found.group()[len(found[1]) :]
        try:
            if not word:
                raise ValueError("there is no word before the bar: write {savasana|shah-VAH-sah-nah}")
            read_way(found[3])
        except ValueError as error:
            yield written, str(error)


def merged(*layers: SayAs) -> dict[str, Saying]:
    """Return all words of `layers`; of a word in several, the way of the last."""
    words: dict[str, tuple[str, Saying]] = {}
    for layer in layers:
        words |= {folded(word): (word, saying) for word, saying in layer.items()}
    return dict(words.values())


def folded(word: str) -> str:
    """Return `word` in small letters without marks; one in capitals alone (IT, SI) stays as it is."""
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    plain = plain.replace("\u2019", "'")
    return plain if len(plain) > 1 and plain.isupper() else plain.lower()


def is_in(text: str, word: str) -> bool:
    """Return whether `text` has `word`, in any letters, also as several (asanas)."""
    pattern = rf"(?<!\w){re.escape(folded(word).lower())}(?:'?s'?)?(?!\w)"
    return re.search(pattern, " ".join(folded(text).lower().split())) is not None


_TOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc-][^\W_]+)*", re.UNICODE)


@dataclass(frozen=True)
class Lexicon:
    """Words as one engine says them in one language."""

    ways: Mapping[str, str]  # by the folded word
    english: bool = True
    longest: int = field(init=False)  # in words
    first_words: frozenset[str] = field(init=False)  # in small letters

    def __post_init__(self) -> None:
        counts = (len(_TOKEN.findall(word)) for word in self.ways)
        object.__setattr__(self, "longest", max(counts, default=0))
        first = (part for word in self.ways for part in re.findall(r"[a-z]+", word.lower())[:1])
        object.__setattr__(self, "first_words", frozenset(first))

    def said(self, text: str) -> str:
        """Return `text` with its words as they are said: respelt, or as marks with IPA."""
        parts: list[str] = []
        end = 0
        for start, stop, said in self._found(text):
            parts += [text[end:start], said]
            end = stop
        return "".join([*parts, text[end:]])

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
        place = 0
        while place < len(tokens):
            for count in range(min(self.longest, len(tokens) - place), 0, -1):
                start, stop = tokens[place][0], tokens[place + count - 1][1]
                if (said := self._way(text[start:stop])) is not None:
                    yield start, stop, said
                    place += count
                    break
            else:
                place += 1

    def _way(self, word: str) -> str | None:
        key = folded(" ".join(word.split()))
        way = self.ways.get(key)
        if way is None and key.isupper():
            way = self.ways.get(key.lower())
        if way is not None:
            return as_said(word, way, english=self.english)
        return self._of_several(word, key)

    def _of_several(self, word: str, key: str) -> str | None:
        """Say "asanas" and "savasana's" from "asana" and "savasana", where the IPA is known."""
        stem = re.sub(r"(?:'s|s')$|s$", "", key)
        way = self.ways.get(stem) if stem != key and len(stem) > 2 else None
        if way is None or not self.english or not (is_ipa(way) or is_syllables(way)):
            return None
        return mark(word, with_s(ipa_of(way)))


def as_said(word: str, way: str, *, english: bool) -> str:
    """Return how `word` is written for a voice: the respelling itself, or a mark with IPA."""
    if is_ipa(way) or is_syllables(way):
        return mark(word, ipa_of(way)) if english else word
    return way


def with_s(ipa: str) -> str:
    """Return `ipa` with the sound of an s behind it: asanas, hips, spines."""
    if ipa.endswith(("s", "z", "ʃ", "ʒ")):
        return ipa + "ɪz"
    return ipa + ("s" if ipa.endswith(("p", "t", "k", "f", "θ")) else "z")


def lexicon_of(say_as: SayAs, language: str, engine: str) -> Lexicon:
    """Return the words of `say_as`, over those of the starter, as `engine` says them in `language`."""
    english = language.split("-", maxsplit=1)[0] == "en"
    own = {folded(word): way for word, saying in say_as.items() if (way := saying.way(language, engine))}
    return Lexicon({**(starter() if english else {}), **own}, english=english)


@lru_cache(maxsize=1)
def starter() -> Mapping[str, str]:
    """Return the names that ship, by the folded word."""
    from audioguide.reading.names import ABBREVIATIONS, NAMES

    return {**NAMES, **ABBREVIATIONS}
