"""How far sounds are apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audioguide.ears.sounds import Speller, apart, distance, phones

ROWS = st.lists(st.sampled_from("pbtdkszmnlɹəɪæʊ"), max_size=8)


def test_stress_and_length_are_no_sounds() -> None:
    assert phones("ˌʃɑːvˈɑːsənə") == tuple("ʃɑvɑsənə")
    assert phones("lˈæst tˈɜːn") == tuple("læstən")  # the same sound twice in a row is heard once


def test_near_sounds_are_half_as_far_apart_as_others() -> None:
    assert distance("pæt", "bæt") == distance("pæt", "pɪt") == 0.5
    assert distance("pæt", "læt") == distance("pæt", "pæ") == 1.0


@given(ROWS, ROWS)
def test_apart_is_a_share_and_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    assert 0.0 <= apart(one, other) == apart(other, one) <= 1.0
    assert (apart(one, other) == 0.0) == (one == other)


def test_words_that_sound_the_same_have_the_same_sounds(sounds: Speller) -> None:
    for one, other in (("two", "2"), ("eight", "ate"), ("navel", "naval"), ("okay", "OK"), ("grey", "gray")):
        assert sounds(one) == sounds(other), (one, other)
    assert sounds("lift") != sounds("left")
