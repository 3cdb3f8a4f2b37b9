"""Pace: what to ask espeak-ng for, so that the words a minute that were asked for are heard.

Its words a minute count the pauses between sentences; here a phrase is one sentence, and the timeline
makes the pauses. Inside speech it is a fifth faster than its number (`paces.py`, per voice).
"""

from __future__ import annotations

from statistics import median

from audioguide.speech.paces import VARIANTS, VOICES

# Words a minute of engines that follow no rate, for estimates. Measured on 30 and 60 phrases of the library,
# in the voices af_heart and en_US-joe-medium at 120 words a minute.
OWN_PACE = {"pack": 200, "kokoro": 200, "piper": 190}
CALMEST = 120  # so many words a minute, or fewer, are asked for: a natural voice is as calm as it can be

SLOWEST, FASTEST = 85, 450  # below 85, espeak-ng 1.52 speaks as at 85
# For voices that were never measured: other languages have other words, and as many syllables a second.
OTHERS = round(median(VOICES.values()), 3)
# Slower than espeak-ng can, it pauses between words: so many units take so many times as long.
# Measured from 1 to 6 units at 85 to 92: within 1 % of a straight line, the same at any rate.
GAPS = {0: 1.0} | {units: 1.081 + 0.041 * units for units in range(1, 13)}


def asked_of_espeak(voice: str, rate: int) -> tuple[int, int]:
    """Return the rate to ask espeak-ng for, and the units of pause between words."""
    wanted = rate / pace(voice)
    for gap, longer in GAPS.items():
        if wanted * longer >= SLOWEST:
            return min(round(wanted * longer), FASTEST), gap
    return SLOWEST, max(GAPS)


def pace(voice: str) -> float:
    """Return how many words a minute are heard for each that espeak-ng is asked for."""
    name, variant = _parts(voice)
    return VOICES.get(name, OTHERS) * VARIANTS.get(variant, 1.0)


def is_measured(voice: str) -> bool:
    """Return whether this is one of the English voices, whose pace is known."""
    return _parts(voice)[0] in VOICES


def _parts(voice: str) -> tuple[str, str]:
    name, _, variant = voice.strip().lower().replace("_", "-").partition("+")
    return name.rpartition("/")[2], variant


def shown_voice(name: str, engine: str, rate: int) -> str:
    """Return who speaks and how fast, for people: a natural voice has a pace of its own."""
    return f"{name}, {f'{rate} words a minute' if engine not in OWN_PACE else 'at its own calm pace'}"


def heard_rate(engine: str, rate: int) -> int:
    """Return about how many words a minute are heard of `engine` when `rate` is asked for."""
    return OWN_PACE.get(engine, rate)
