"""From a written text to what a voice is asked to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from audioguide.reading.language import locale_of
from audioguide.reading.lexicon import AS_WRITTEN, Lexicon, SayAs, Saying, lexicon_of
from audioguide.reading.marks import shown
from audioguide.reading.plain import Need, need_of

Asked = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_MOST_KNOWN = 4096
_READ_BY_PEOPLE = frozenset({"recorded"})  # engines whose texts are for people: they need no help to read


@dataclass(frozen=True)
class Reading:
    """How one voice reads: in its `language`, with the words of `lexicon`."""

    language: str
    lexicon: Lexicon = field(repr=False)
    by_people: bool = False
    _known: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # texts come again

    @property
    def english(self) -> bool:
        """Return whether the voice speaks English."""
        return self.language.split("-", maxsplit=1)[0] == "en"

    def __call__(self, text: str) -> str:
        """Return what the voice is asked to say for `text`; "" where nothing of it is spoken.

        A text that needs nothing comes back as it is. How a name is said is a mark (see `marks`) with IPA.
        """
        if self.by_people:
            return shown(text)
        if (said := self._known.get(text)) is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            said = self._known[text] = self._read(text)
        return said

    def _read(self, text: str) -> str:
        need = need_of(text, self.lexicon.first_words) if self.english else Need.ALL
        if need is Need.NOTHING:
            return text
        if need is Need.WORDS:
            from audioguide.reading.verbs import verbs

            return self.lexicon.said(verbs(text))
        from audioguide.reading.thorough import read_thoroughly  # all rules: most runs need few or none

        return read_thoroughly(text, self.lexicon, self.language.partition("-")[0])


def reading_for(voice: str, engine: str, say_as: SayAs = AS_WRITTEN) -> Reading:
    """Return how `voice` of `engine` reads, with what `say_as` asks for."""
    asked = tuple((word, tuple(saying.ways.items())) for word, saying in say_as.items())
    return _reading(locale_of(voice), engine, asked)


@lru_cache(maxsize=64)
def _reading(language: str, engine: str, asked: Asked) -> Reading:
    say_as = {word: Saying(dict(ways)) for word, ways in asked}
    return Reading(language, lexicon_of(say_as, language, engine), engine in _READ_BY_PEOPLE)


def is_spoken(text: str) -> bool:
    """Return whether anything is left of `text` to speak."""
    return any(char.isalnum() for char in text)
