"""Looking for routines in plain words: synonyms, slips of the hand, and what a session is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from audioguide.listing.listed import Listed
from audioguide.vocabulary.vocabulary import KINDS, Kind, vocabulary

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_ALIKE = 0.8  # of 1, as difflib counts
_LONGEST = 5  # words of a synonym


@dataclass(frozen=True, slots=True)
class Search:
    """The routines that a search finds, and the `terms` it has looked for."""

    matches: tuple[Listed, ...]
    terms: tuple[str, ...]

    def contained(self, listed: Listed) -> list[str]:
        """Return the titles of the parts for which a session was found, where it has no such word itself."""
        wanted = [term for term in self.terms if not _has(listed, term, listed.own_text)]
        return [
            title for name, title in listed.parts.items()
            if any(term in f"{name} {title}".lower() for term in wanted)
        ]  # fmt: skip


def search(
    routines: Sequence[Listed], words: Iterable[str], note: Callable[[str], None] = lambda _: None
) -> Search:
    """Find the routines that have all `words`: in their texts, under another name, or nearly.

    A session has the names of what it includes. A complaint such as "stiff" is looked for only where nothing
    else is. `note` is given what a word that no routine has was taken for.
    """
    terms = list(_terms(" ".join(words).lower()))
    terms = [term for term in terms if term not in vocabulary().idle] or terms
    texts = [listed.text for listed in routines] if terms else []
    read = [_read(term, texts, note) for term in terms]
    matches = (
        listed for listed, text in zip(routines, texts, strict=True)
        if all(_has(listed, term, text) for term in read)
    )  # fmt: skip
    return Search(tuple(matches if terms else routines), tuple(read))


def is_kind_of(name: str, asked: str) -> bool:
    """Return whether `name` is what is asked for, or a kind of it: "lower back" is a back."""
    return set(asked.lower().split()) <= set(name.lower().split())


def _terms(text: str) -> Iterator[str]:
    """Yield what is looked for: the longest runs of words that the vocabulary has, and the words between."""
    words = _WORD.findall(text)
    at = 0
    while at < len(words):
        runs = (" ".join(words[at : at + count]) for count in range(min(_LONGEST, len(words) - at), 1, -1))
        run = next((run for run in runs if _meanings(run)), words[at])
        yield run
        at += len(run.split())


def _meanings(term: str) -> list[tuple[Kind, str]]:
    meant = ((kind, vocabulary().find(kind, term)) for kind in KINDS)
    return [(kind, name) for kind, name in meant if name is not None]


def _read(term: str, texts: Sequence[str], note: Callable[[str], None]) -> str:
    """Return `term`, or what it was probably meant to be where neither routines nor vocabulary have it."""
    if any(term in text for text in texts) or _meanings(term):
        return term
    known = {*_WORD.findall(" ".join(texts)), *(word for kind in KINDS for word in vocabulary().meant[kind])}
    near = get_close_matches(term, sorted(known), n=1, cutoff=_ALIKE)
    if not near:
        return term
    meant: str = near[0]
    note(f"'{term}' is read as '{meant}'")
    return meant


def _has(listed: Listed, term: str, text: str) -> bool:
    if term in text:
        return True
    said: dict[Kind, Sequence[str]] = {
        "body": listed.body, "equipment": listed.equipment, "position": [listed.position],
        "level": [listed.level], "phase": [listed.phase],
    }  # fmt: skip
    return any(_is(kind, each, name) for kind, name in _meanings(term) for each in said.get(kind, ()))


def _is(kind: Kind, said: str, name: str) -> bool:
    """Return whether what a routine says is `name`, by this or another word for it."""
    if kind == "position":
        return name in said.lower()
    return is_kind_of(said, name) or vocabulary().kind_of(kind, said) == name
