"""Where the choice of a voice came from, for what is wrong with it: no step of the routine is to blame."""

from __future__ import annotations

from audioguide.script.script import OtherVoice, Script
from audioguide.speech.engine import VoiceError


def blamed(script: Script, error: VoiceError, other: OtherVoice | None = None) -> VoiceError:
    """Return `error` with the place in front where that part of the voice, or of an `other`, was chosen."""
    own = other and {"voice": other.name}.get(error.part, other.chosen.get(error.part)) is not None
    place = f"{other.place}: {error.part}" if other and own else _chosen_at(script, error.part)
    return VoiceError(error.part, f"{place}: {error.message}", hint=error.hint)


def _chosen_at(script: Script, part: str) -> str:
    origin = script.origins.get(part) or script.voice_places.get(part)
    if origin is None:
        return f"the default {part}"
    if origin == "command line":
        return f"{origin}: --{part}"
    if origin == "environment":
        return f"{origin}: AUDIOGUIDE_{part.upper()}"
    return f"{origin}: {part}"
