"""What sounds in the last five minutes of a file to fall asleep with."""

from __future__ import annotations

import pytest

from audioguide.compiler.late_chimes import without_late_chimes
from audioguide.script.script import PLAYER_CHECK, Cue, VoiceChoice
from audioguide.speech.estimate import estimate
from tests.tables import every

SECOND = 250
VOICE = VoiceChoice(engine="pyttsx3")
WORDS = "Let your whole back grow heavy and wide, and let the floor carry all of it."
CHIME = Cue(kind="chime", step="steps[0]", sound="bell")


def quiet(ticks: int) -> Cue:
    return Cue(kind="gap", step="steps[1]", length=ticks)


def sounds(cues: list[Cue]) -> list[str | None]:
    return [cue.sound for cue in without_late_chimes(cues, VOICE) if cue.sound]


@pytest.mark.parametrize(("after", "kept"), [(300 * SECOND, ["bell"]), (300 * SECOND - 1, [])])
def test_a_chime_stays_that_is_five_minutes_from_the_end(after: int, kept: list[str]) -> None:
    assert sounds([CHIME, quiet(after)]) == kept


@pytest.mark.parametrize(("share", "kept"), [(0.8, ["bell"]), (0.82, [])])
def test_words_count_for_less_than_they_are_estimated(share: float, kept: list[str]) -> None:
    # The voice may be a tenth quicker than estimated: then a chime would still be late.
    rest = 300 * SECOND - int(estimate(WORDS, VOICE.rate) * share)
    assert sounds([CHIME, Cue(kind="say", step="steps[1]", text=WORDS), quiet(rest)]) == kept


@every(
    ("voice", "rate"),
    [
        (VoiceChoice(engine="pyttsx3", rate=90), 90), (VoiceChoice(engine="kokoro", rate=90), 200),
        # Which engine it will be is not known yet: the fastest leaves the least time.
        (VoiceChoice(engine="auto", rate=90), 200), (VoiceChoice(engine="auto", rate=300), 300),
    ],
)  # fmt: skip
def test_words_last_as_long_as_the_fastest_voice_takes(voice: VoiceChoice, rate: int) -> None:
    words = Cue(kind="say", step="steps[1]", text=WORDS)
    for share, kept in ((0.78, True), (0.82, False)):
        rest = 300 * SECOND - int(estimate(WORDS, rate) * share)
        cues = without_late_chimes([CHIME, words, quiet(rest)], voice)
        assert any(cue.sound for cue in cues) == kept


@pytest.mark.parametrize(("after", "kept"), [(310 * SECOND, ["chime"]), (310 * SECOND - 1, [])])
def test_a_chime_in_a_hold_has_ten_seconds_more_to_ring(after: int, kept: list[str]) -> None:
    hold = Cue(kind="hold", step="steps[0]", length=20 * SECOND)
    mark = Cue(kind="mark", step="steps[0]", sound="chime", offset=15 * SECOND)
    assert sounds([hold, mark, quiet(after - 5 * SECOND)]) == kept


def test_words_breath_tones_and_the_opening_stay() -> None:
    opening = Cue(kind="chime", step="opening", sound="open")
    checked = Cue(kind="chime", step=PLAYER_CHECK, sound="bell")
    said = Cue(kind="mark", step="steps[0]", sound="wood", text="Breathe on.", offset=SECOND)
    hold = Cue(kind="hold", step="steps[0]", length=20 * SECOND)
    kept = without_late_chimes([opening, checked, hold, said], VOICE)
    assert [cue.sound for cue in kept] == ["open", "bell", None, None]
    assert kept[-1].text == "Breathe on."


def test_a_chime_that_is_left_out_leaves_no_cue_behind() -> None:
    assert without_late_chimes([CHIME, quiet(SECOND)], VOICE) == (quiet(SECOND),)


@pytest.mark.parametrize(("after", "kept"), [(310 * SECOND, ["chime"]), (310 * SECOND - 1, [])])
def test_a_start_chime_stands_where_its_hold_does(after: int, kept: list[str]) -> None:
    hold = Cue(kind="hold", step="steps[0]", length=20 * SECOND)
    start = Cue(kind="chime", step="steps[0]", sound="chime", offset=0)
    assert sounds([hold, start, quiet(after - 20 * SECOND)]) == kept


@pytest.mark.parametrize(("after", "kept"), [(300 * SECOND, ["wood", "bell"]), (300 * SECOND - 1, [])])
def test_a_chime_may_be_over_at_once(after: int, kept: list[str]) -> None:
    assert sounds([Cue(kind="chime", step="steps[0]", sound="wood"), CHIME, quiet(after)]) == kept


def test_what_lasts_keeps_its_length_without_its_sound() -> None:
    both = Cue(kind="gap", step="steps[0]", sound="bell", length=SECOND)
    assert without_late_chimes([both], VOICE) == (Cue(kind="gap", step="steps[0]", length=SECOND),)
