"""What a name means that one engine does not know: a voice of another one, or an engine."""

from __future__ import annotations

import difflib
import re

from audioguide.speech.engines import ENGINES
from audioguide.speech.voices.catalogue import Offer, catalogue
from audioguide.speech.voices.choose import adding, plain
from audioguide.speech.voices.folder import installed
from audioguide.speech.voices.samples import spoken_name

_SAME = {"espeak": "pyttsx3", "espeak-ng": "pyttsx3"}
_NEAR = 0.8  # of difflib: "af-bela" is near af_bella, and "en-uk" is near nothing here


def elsewhere(wanted: str) -> tuple[str, str]:
    """Return what to say of the name `wanted`, and what to type on the command line; two "" for an unknown.

    It knows the voices that can be added, by their ids and by what people call them (Bella), and engines.
    """
    name = plain(wanted)
    if (engine := _SAME.get(name, name)) in ENGINES:
        return (
            f"{wanted!r} is an engine, not a voice",
            f"`audioguide voices --engine {engine}` lists its voices",
        )
    offers = _meant(re.split("[+:,]", name)[0])  # of a blend or a variant
    if not offers:
        return "", ""
    if len(offers) > 1:
        names = " or ".join(offer.id for offer in offers)
        return f"there is no voice {wanted!r}: did you mean {names}?", ""
    return _of(offers[0], wanted)


def _meant(name: str) -> list[Offer]:
    ids = {plain(each): [offer] for each, offer in catalogue().items()}
    if name in ids:
        return ids[name]
    called: dict[str, list[Offer]] = {}
    for offer in catalogue().values():
        for word in {spoken_name(offer.id), offer.about.split(",")[0]}:
            called.setdefault(plain(word), []).append(offer)
    return called.get(name) or _nearest(name, ids)


def _nearest(name: str, ids: dict[str, list[Offer]]) -> list[Offer]:
    near = difflib.get_close_matches(name, ids, n=2, cutoff=_NEAR)
    if "-" in name and not near and name.count("-") == 1 and len(name) > len("en-gb-"):
        near = [each for each in ids if each.startswith(f"{name}-")]  # de_DE-thorsten, without its size
    return [offer for each in near for offer in ids[each]]


def _of(offer: Offer, wanted: str) -> tuple[str, str]:
    exact = plain(wanted) == plain(offer.id)
    said = f"the voice {offer.id}" if exact else f"there is no voice {wanted!r}: did you mean {offer.id}? It"
    if any(voice.id == offer.id for voice in installed(offer.engine)):
        return f"{said} belongs to the engine {offer.engine}", f"`--engine {offer.engine}` chooses it"
    return f"{said} is not installed", adding(offer)
