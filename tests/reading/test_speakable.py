from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import EngineError
from audioguide.reading.speakable import LONGEST_TEXT, LONGEST_WORD, clean
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.estimate import estimate
from tests.slow import first
from tests.tables import every

# None of these was used to fit the estimate.
GUIDANCE = """\
Lie on your stomach on a comfortable surface.
Straighten your arms, but do not lock your elbows.
Raise both arms until they point to the ceiling.
Hug both knees to your chest.
Let your shoulders sink away from your ears.
Keep breathing.
Slowly lower your leg.
Ten more seconds.
You are halfway through.
Turn onto your left side.
The stretch should feel mild, never sharp.
Stop if anything hurts, and come back to the starting position.
Put your hands on your abdomen, and feel them rise with every breath in.
Press lightly with your hands as you breathe out.
Rest for a moment.
Relax.
Next exercise: cat and cow.
On the next breath in, lift your tailbone and look softly ahead.
Round your upper back, and let your head hang.
Thread your arm through the gap, and lower your shoulder.
This is the second of three repetitions.
Take the cold compress off now, and let your skin warm up.
Five minutes have passed.
Sit upright with both feet flat on the floor.
Interlace your fingers and stretch your palms away from you.
Drop your right ear towards your right shoulder.
If your back pain lasts for more than a week, see a doctor.
Let the warm water run down your back, no hotter than you can comfortably bear.
Stay for thirty seconds.
Walk your hands forward until your forehead touches the mat.
Feel the weight of your body sink into the ground.
When you are ready, roll to one side and sit up slowly.
Thank you for practising today.
Good. Now the other arm.
Drink some water, and move gently for the rest of the day.""".splitlines()


@pytest.fixture(scope="module")
def voice() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


@every(
    ("text", "cleaned"),
    [
        ("  Breathe\t in \n and\u00a0out. ", "Breathe in and out."),
        ("\x0120A loud\x00 \x9bword", "20A loud word"),
        ("left\u202e to \u2066right\u2069\ufeff", "left to right"),
        ("say [[h@l'oU]] now", "say h@l'oU now"),
        ("a []][ b", "a [ [ b"),
        ("Cafe\u0301", "Café"),
        ("half \ud800 a pair", "half a pair"),
        ("7", "7"),
    ],
)
def test_clean_leaves_only_what_is_spoken(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(max_size=80))
def test_clean_text_is_safe_and_stays_as_it_is(text: str) -> None:
    try:
        cleaned = clean(text)
    except EngineError:
        return
    assert clean(cleaned) == cleaned
    assert "[[" not in cleaned
    assert "]]" not in cleaned
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cs"}
    assert cleaned.encode()


def test_the_limits_are_exact() -> None:
    word = "a" * LONGEST_WORD
    assert clean(word) == word
    with pytest.raises(EngineError, match="a word of 41 characters is over 40: 'aaa"):
        clean(word + "a")
    words = "rest " * (LONGEST_TEXT // 5 - 1) + "again"
    assert len(clean(words)) == LONGEST_TEXT
    with pytest.raises(EngineError, match=r"501 characters is over 500: split 'rest rest .*\.\.\.'"):
        clean(words + "s")


def test_a_long_sentence_without_spaces_is_no_long_word() -> None:
    for sentence in (
        "平躺下来弯曲膝盖慢慢呼吸" * 5,
        "หลับตาลงหายใจเข้าช้าๆแล้วปล่อยไหล่" * 3,
        "ဖြည်းဖြည်းအသက်ရှူပါ" * 4,
    ):
        assert clean(sentence) == sentence


@given(st.text(max_size=80), st.integers(80, 450))
def test_an_estimate_is_positive_and_shrinks_with_the_rate(text: str, rate: int) -> None:
    assert estimate(text, rate) >= estimate(text, rate + 1) > 0


@pytest.mark.parametrize("rate", first(1, [120, 100, 200]))
def test_estimates_come_near_the_real_voice(voice: PyttsxEngine, rate: int) -> None:
    spoken = {text: voice.speak(Phrase(text, "en-us", rate, 50)).ticks for text in GUIDANCE}
    misses = {text: estimate(text, rate) / ticks - 1 for text, ticks in spoken.items()}
    assert fmean(map(abs, misses.values())) < 0.06
    assert max(map(abs, misses.values())) < 0.25
    assert sum(estimate(text, rate) for text in GUIDANCE) == pytest.approx(sum(spoken.values()), rel=0.03)


@pytest.mark.parametrize(
    "text", ["75", "150", "12345", "10:30", "100%", "½ cup", "Hold 😀 now", "NHS", "a — b"]
)
def test_estimates_know_numbers_and_signs(voice: PyttsxEngine, text: str) -> None:
    spoken = voice.speak(Phrase(text, "en-us", 120, 50)).ticks
    assert estimate(text, 120) == pytest.approx(spoken, rel=0.7)
