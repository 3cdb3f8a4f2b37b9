"""Where the choice of a voice came from, for what is wrong with it: no step of the routine is to blame."""

from __future__ import annotations

from audioguide.script.script import Script
from audioguide.speech.engine import VoiceError


def blamed(script: Script, error: VoiceError) -> VoiceError:
    """Return `error` with the place in front where that part of the voice of `script` was chosen."""
    return VoiceError(error.part, f"{_chosen_at(script, error.part)}: {error.message}", hint=error.hint)


def _chosen_at(script: Script, part: str) -> str:
    origin = script.origins.get(part) or script.voice_places.get(part)
    if origin is None:
        return f"the default {part}"
    if origin == "command line":
        return f"{origin}: --{part}"
    if origin == "environment":
        return f"{origin}: AUDIOGUIDE_{part.upper()}"
    return f"{origin}: {part}"
