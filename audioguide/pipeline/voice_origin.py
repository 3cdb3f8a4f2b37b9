"""Where the choice of a voice came from, for what is wrong with it: no step of the routine is to blame."""

from __future__ import annotations

from audioguide.listener.layers import place_of
from audioguide.script.script import OtherVoice, Script
from audioguide.speech.engine import VoiceError


def blamed(script: Script, error: VoiceError, other: OtherVoice | None = None) -> VoiceError:
    """Return `error` with the place in front where that part of the voice, or of an `other`, was chosen."""
    own = other and {"voice": other.name}.get(error.part, other.chosen.get(error.part)) is not None
    place = f"{other.place}: {error.part}" if other and own else _chosen_at(script, error.part)
    return VoiceError(error.part, f"{place}: {error.message}", hint=error.hint)


def _chosen_at(script: Script, part: str) -> str:
    origin = script.origins.get(part) or script.voice_places.get(part)
    return f"the default {part}" if origin is None else place_of(origin, part)
