"""From what somebody calls a voice to the voice: an id, or a language."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from audioguide.speech.engine import VoiceError
from audioguide.speech.voices.catalogue import Offer, catalogue


class Known(Protocol):
    """A voice as an engine lists it."""

    @property
    def id(self) -> str:
        """Return its name."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of its languages."""


SomeVoice = TypeVar("SomeVoice", bound=Known)


def choose(name: str, voices: Sequence[SomeVoice], engine: str) -> SomeVoice:
    """Return the voice whose id is `name`, else the first one that speaks that language.

    Raises VoiceError that says how to add the voice, or which ones are near.
    """
    wanted = plain(name)
    for voice in voices:
        if plain(voice.id) == wanted:
            return voice
    for voice in voices:
        if any(speaks(plain(language), wanted) for language in voice.languages):
            return voice
    raise VoiceError("voice", _unknown(name, [voice.id for voice in voices], engine))


def plain(name: str) -> str:
    """Return `name` in the form in which two names are compared."""
    return name.strip().lower().replace("_", "-")


def speaks(language: str, wanted: str) -> bool:
    """Return whether `language` is `wanted`, or a form of it; both as `plain` returns them."""
    whole, part = sorted((language, wanted), key=len, reverse=True)
    return whole == part or (whole.startswith(f"{part}-") and len(part) in (2, 3))


def adding(offer: Offer) -> str:
    """Return what adds the voice of `offer`, with its size and licence."""
    return f"`audioguide voices add {offer.id}` adds it ({offer.size / 1e6:.1f} MB, {offer.licence})"


def _unknown(name: str, ids: Iterable[str], engine: str) -> str:
    known = {plain(each): each for each in ids}
    offers = {plain(each): offer for each, offer in catalogue().items() if offer.engine == engine}
    wanted = plain(name)
    called = [offer for offer in offers.values() if plain(offer.about.split(",")[0]) == wanted]
    if offer := offers.get(wanted) or next(iter(called), None):
        return f"the voice {offer.id} is not installed: {adding(offer)}"
    addable = next((each.id for each in offers.values() if speaks(each.language, wanted)), "")
    if addable:
        return f"{engine} has no voice for '{name}' yet: `audioguide voices add {addable}` adds one"
    near = [known[each] for each in difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)]
    tip = ", ".join(near or list(known.values())[:5])
    return f"{engine} has no voice '{name}'" + (f": try {tip}" if tip else "")
