"""Names of the starter, through the mnemonics of espeak-ng, sound as they are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.errors import EngineError
from audioguide.reading.marks import mark
from audioguide.reading.names import NAMES
from audioguide.reading.respelling import SOUNDS, ipa_of
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.mnemonics import mnemonics, sent_to_espeak
from tests.tables import every

# What a voice makes of a sound beside others: a soft t, an n before g, an r that links.
ALIKE = [
    ("ɾ", "t"),
    ("ŋ", "n"),
    ("ɚɹ", "əɹ"),
    ("ɚ", "ə"),
    ("ɒ", "ɑː"),
    ("ɑːɹɹ", "ɑːɹ"),
    ("r", "ɹ"),
    ("ˌ", ""),
]


@pytest.fixture(scope="module")
def espeak() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


def _alike(ipa: str) -> str:
    for found, same in ALIKE:
        ipa = ipa.replace(found, same)
    return re.sub(r"\s", "", ipa)


def test_each_name_of_the_starter_sounds_as_it_is_listed(espeak: PyttsxEngine) -> None:
    names = list(NAMES)
    for start in range(0, len(names), 10):
        some = names[start : start + 10]
        text = ". ".join(mark(name, ipa_of(NAMES[name])) for name in some)
        heard = espeak.phonemes(text, "en-us").split("\n")
        assert [_alike(sounds) for sounds in heard] == [_alike(ipa_of(NAMES[name])) for name in some]


@every("voice", ["en-us", "en-gb", "en-gb-scotland"])
def test_every_sound_is_known_to_every_english_voice(espeak: PyttsxEngine, voice: str) -> None:
    for sound in SOUNDS:
        if sound not in ("ˈ", "ˌ", " "):
            heard = espeak.phonemes(
                mark("x", f"{sound}{'' if sound[0] in 'aeiouɪɛæɑɒɔʊʌəɐɚɜᵻ' else 'ɑː'}"), voice
            )
            assert heard, sound
            assert "[" not in heard, sound


def test_only_known_sounds_get_between_the_brackets() -> None:
    sent = sent_to_espeak(mark("word", "s]] [[_:_: \x01ɑː<break/>"), english=True)
    assert re.fullmatch(r"\[\[[^\[\]]*\]\]", sent)
    assert "\x01" not in sent
    assert "<" not in sent
    assert sent_to_espeak(mark("word", "###"), english=True) == "word"
    assert sent_to_espeak(f"Eine {mark('Asana', 'ɑː')}.", english=False) == "Eine Asana."


def test_sounds_that_would_run_together_are_kept_apart() -> None:
    assert mnemonics("tʃ") == "tS"
    assert mnemonics("ɪə") == "I|@"


def test_a_name_is_spoken_and_the_next_phrase_is_as_before(espeak: PyttsxEngine) -> None:
    plain, named = (
        Phrase(text, "en-us", 120, 50) for text in ("Lie down.", f"Lie in {mark('savasana', 'ʃɑːvˈɑːsənə')}.")
    )
    lengths = [espeak.speak(phrase).ticks for phrase in (plain, named, plain)]
    assert abs(lengths[0] - lengths[2]) <= 2
    assert lengths[1] > lengths[0]


def test_brackets_of_a_user_never_start_phonemes(espeak: PyttsxEngine) -> None:
    assert espeak.phonemes("A [[b]] c", "en-us") == espeak.phonemes("A b c", "en-us")
    with pytest.raises(EngineError, match="cannot be spoken"):
        espeak.phonemes("[[ ]]", "en-us")
