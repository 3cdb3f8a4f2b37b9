from __future__ import annotations

from audioguide.speech.scripts import foreign_word
from audioguide.speech.voices.catalogue import catalogue
from audioguide.speech.voices.samples import SENTENCES, sentence_in, spoken_name
from tests.tables import every


def test_every_voice_that_can_be_added_has_a_sentence_it_can_read() -> None:
    for offer in catalogue().values():
        sentence = sentence_in(offer.language)
        assert len(sentence.split()) > 3, offer.id
        assert foreign_word(sentence, offer.language) == ""


def test_another_language_gets_a_number() -> None:
    assert sentence_in("cy") == "10"
    assert sentence_in("de-at") == SENTENCES["de"]
    assert sentence_in("") == SENTENCES["en"]


@every(
    ("voice", "name", "said"),
    [
        ("af_heart", "", "Heart"),
        ("en_US-joe-medium", "", "Joe"),
        ("de_DE-thorsten-high", "", "Thorsten"),
        ("en_GB-vctk-medium#p225", "", "Vctk, p225"),
        ("hazel", "Hazel, a blend", "Hazel"),
        ("gmw/en-us", "English (America)", "English (America)"),
        ("de", "", "de"),
        ("anna", "12 takes", "Anna"),
    ],
)
def test_a_voice_says_its_name_and_not_its_id(voice: str, name: str, said: str) -> None:
    assert spoken_name(voice, name) == said
