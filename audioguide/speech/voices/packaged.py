"""The voices that come with Kokoro's package, and blends of them."""

from __future__ import annotations

# Japanese speakers, who read English here.
PACKAGED = {
    "jf_alpha": "Alpha, female", "jf_gongitsune": "Gongitsune, female", "jf_nezumi": "Nezumi, female",
    "jf_tebukuro": "Tebukuro, female", "jm_kumo": "Kumo, male",
}  # fmt: skip
# Weighted means of their vectors. A recogniser misheard 3.4 %, 3.4 %, 0 % and 3.4 % of the words of ten plain
# sentences, a listener model gave 4.18, 4.10, 3.42 and 3.79 of 5 points (espeak-ng: 20 %, 2.66).
BLENDS: dict[str, dict[str, float]] = {
    "hazel": {"jf_alpha": 0.6, "jm_kumo": 0.4},
    "juniper": {"jf_alpha": 0.5, "jf_gongitsune": 0.5},
    "willow": {"jf_tebukuro": 0.5, "jf_gongitsune": 0.5},
    "linden": dict.fromkeys(PACKAGED, 0.2),
}
READ_LANGUAGE = "en-us"


def language_of(name: str) -> str:
    """Return the code of the language that a natural voice called `name` reads, "" where it is not known."""
    from audioguide.speech.voices.catalogue import catalogue

    plain = name.strip().partition("#")[0]
    for known, offer in catalogue().items():
        if known.lower() == plain.lower():
            return offer.language
    first = plain.lower().partition("+")[0].partition(":")[0]
    if first in PACKAGED or first in BLENDS:
        return READ_LANGUAGE
    return "" if first == plain.lower() else language_of(first)
