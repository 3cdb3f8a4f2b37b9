from __future__ import annotations

import pytest

from audioguide.reading.lexicon import merged, read_say_as, read_saying, with_s
from audioguide.reading.names import ABBREVIATIONS, NAMES
from audioguide.reading.respelling import ipa_of, is_ipa, is_syllables
from audioguide.reading.sanskrit import is_scholarly, sanskrit_ipa
from tests.tables import every


@every(
    ("said", "ipa"),
    [
        ("shah-VAH-sah-nah", "ʃɑːvˈɑːsɑːnɑː"),
        ("sa-VA-sa-na", "səvˈɑːsənə"),
        ("SOH-uhs", "sˈoʊəs"),
        ("nuh-muh-STAY", "nəməstˈeɪ"),
        ("pi-ri-FOR-mis", "pɪɹɪfˈɔːɹmɪs"),
        ("YOO-nit", "jˈuːnɪt"),
        ("KWY-et", "kwˈaɪɛt"),
        ("sid-DAH-suh-nuh", "sɪdˈɑːsənə"),
        ("/ʃəˈvɑːsənə/", "ʃəvˈɑːsənə"),
        ("/ˈɡluːtɪəs/", "ɡlˈuːtɪəs"),
        ("/t͡ʃiːˈkʊŋ/", "tʃiːkˈʊŋ"),
        ("/ˈbɜːrd/", "bˈɜːɹd"),
    ],
)
def test_syllables_and_ipa_are_the_sounds_that_they_are_written_for(said: str, ipa: str) -> None:
    assert ipa_of(said) == ipa


@every("said", ["cloze", "T-spine", "I T band", "shah-vah", "ABC", "Anne-Marie", "two-FOLD sound"])
def test_plain_words_are_not_taken_for_syllables(said: str) -> None:
    assert not is_syllables(said)
    assert not is_ipa(said)


@every(
    ("value", "why"),
    [
        ("shh-VAH", "has no vowel"),
        ("savasa-NAH", "more than one vowel: put a hyphen"),
        ("/savɑsʘna/", "no English voice has the IPA sound 'ʘ'"),
        ("/s t/", "has no vowel"),
        ("", "is not a pronunciation"),
        ("...", "is not a pronunciation"),
        (None, "is not a pronunciation"),
        ({}, "say how"),
        ({"German!": "x"}, "neither a language"),
        ("a {side} b", "braces"),
        ("a" * 200, "too long"),
    ],
)
def test_what_cannot_be_said_is_explained(value: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_saying(value)


@every("word", [True, 5, "", "!!", "{side}", "a|b", "x" * 61])
def test_only_a_word_can_be_said_otherwise(word: object) -> None:
    with pytest.raises(ValueError, match="is not a word"):
        read_say_as({word: "cloze"})


def test_the_last_layer_wins_whatever_the_case_and_marks() -> None:
    layers = [
        read_say_as({"Savasana": "one", "asana": "a"}),
        read_say_as({"śavāsana": {"en": "two"}, "IT": "I T"}),
    ]
    whole = {word: saying.shown for word, saying in merged(*layers).items()}
    assert whole == {"śavāsana": {"en": "two"}, "asana": "a", "IT": "I T"}


def test_the_starter_has_enough_names_and_each_can_be_said() -> None:
    assert len(NAMES) >= 150
    for word, said in (
        NAMES | {key: said for key, said in ABBREVIATIONS.items() if is_syllables(said)}
    ).items():
        assert word == word.strip()
        assert ipa_of(said).count("ˈ") == 1, word


def test_an_s_sounds_as_it_does_in_english() -> None:
    assert [with_s(ipa) for ipa in ("hˈɪp", "ˈɑːsənə", "mˈʌs", "dˈɪsk")] == [
        "hˈɪps",
        "ˈɑːsənəz",
        "mˈʌsɪz",
        "dˈɪsks",
    ]


@every(
    ("word", "ipa"),
    [
        ("śavāsana", "ʃəvˈɑːsənə"),
        ("vṛkṣāsana", "vɹɪkʃˈɑːsənə"),
        ("mettā", "mˈɛtɑː"),
        ("prāṇāyāma", "pɹɑːnɑːjˈɑːmə"),
        ("jñāna", "ɡjˈɑːnə"),
        ("sukhāsana", "sʊkʰˈɑːsənə".replace("ʰ", "")),
        ("Müßiggängerā", ""),
    ],
)
def test_scholars_letters_are_read(word: str, ipa: str) -> None:
    assert is_scholarly(word)
    assert sanskrit_ipa(word).replace("tt", "t") == ipa


@every("word", ["café", "naïve", "señor", "Über", "façade", "savasana"])
def test_words_of_other_languages_are_not_taken_for_sanskrit(word: str) -> None:
    assert not is_scholarly(word)
