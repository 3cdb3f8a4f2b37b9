from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audioguide.speech.neural.sentences import FEWEST_WORDS, sentences, within
from tests.tables import every


@every(
    ("text", "parts"),
    [
        ("Lie flat on your back. Let your feet rest.", ["Lie flat on your back.", "Let your feet rest."]),
        ("Rest. Now lift your left knee again.", ["Rest. Now lift your left knee again."]),
        ("Breathe out through the mouth. And rest.", ["Breathe out through the mouth. And rest."]),
        ("Hold for approx. 5 s, or for 2.5 minutes.", ["Hold for approx. 5 s, or for 2.5 minutes."]),
        ("Stay. Rest. Breathe.", ["Stay. Rest. Breathe."]),
        ("Three.", ["Three."]),
    ],
)  # fmt: skip
def test_long_sentences_stand_alone_and_short_ones_join(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet="ab .!?,A", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    parts = sentences(text)
    assert "".join(" ".join(parts).split()) == "".join(text.split())
    assert all(len(part.split()) >= FEWEST_WORDS for part in parts[1:]) or len(parts) == 1


@given(st.text(alphabet="ab ,.", max_size=300), st.integers(5, 60))
def test_parts_are_within_the_limit_and_keep_every_symbol(phonemes: str, limit: int) -> None:
    parts = within(phonemes, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(phonemes.split())


def test_a_part_ends_at_a_mark_where_there_is_one() -> None:
    assert within("one two, three four five", 14) == ["one two,", "three four", "five"]
