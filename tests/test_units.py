"""Times as people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide import units
from audioguide.durations import PATTERN
from tests.tables import every


@every(
    ("text", "ticks"),
    [
        ("15s", 3750), ("15 s", 3750), ("1m30s", 22500), ("1m 30s", 22500), ("1:30", 22500), ("0:45", 11250),
        ("1:00:00", 900_000), ("1h", 900_000), ("1h1m1s", 915_250), ("250ms", None), ("240ms", 60),
        ("0.6s", 150), (15, 3750), (0.6, 150), ("15", 3750),
        ("2m", 30_000), ("2min", 30_000), ("0:00.4", 100), (0, 0),
        ("12h", 12 * 900_000),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_meant(text: object, ticks: int | None) -> None:
    if ticks is None:
        with pytest.raises(ValueError, match="multiple of 4 ms"):
            units.parse_duration(text)
    else:
        assert units.parse_duration(text) == ticks


@every(
    ("written", "seconds"),
    [
        ("20 Sekunden", 20), ("2 Minuten", 120), ("1 Std.", 3600), ("20 secondes", 20), ("20 segundos", 20),
        ("2 minuti", 120), ("30 seg", 30), ("1 uur", 3600), ("1 Minute 30 Sekunden", 90),
        ("20 seconds", 20), ("20 sec", 20), ("20 secs.", 20), ("20S", 20), ("1 minute 30", 90), ("1m30", 90),
        ("30S", 30), ("½ min", 30), ("2 mins", 120), ("30 sec", 30), ("2 MINS", 120), ("30 seconds", 30),
        ("1h30", 5400), ("1 hour 30 minutes", 5400), ("half a minute", 30), ("Half an hour", 1800),
        ("half-minute", 30), ("a quarter of an hour", 900), ("1,5 min", 90), ("a half hour", 1800),
        ("1.5 minutes", 90), ("1½ min", 90),
        ("½ minute", 30), ("1 1/2 minutes", 90), ("one and a half minutes", 90), ("a minute and a half", 90),
        ("2 minutes and 30 seconds", 150), ("1 min, 30 s", 90), ("one minute", 60), ("an hour", 3600),
        ("thirty seconds", 30), ("twenty-five seconds", 25), ("twenty five sec", 25), ("0:45 min", 45),
        ("1:30 h", 5400), ("1'30\"", 90), ("20″", 20), ("0,5 s", 0.5), (".5 s", 0.5), ("  90  ", 90),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(written: str, seconds: float) -> None:
    assert units.parse_duration(written) == seconds * 250
    assert re.search(PATTERN, written.strip())


@every(
    ("written", "reported"),
    [
        ("five deep breaths", "write 50s, or in a routine `hold: {breaths: 5, in: 4s, out: 6s}`"),
        ("5 Atemzüge", "is a number of breaths"),
        ("20-30s", "write 20s, or a setting with `min: 20s` and `max: 30s`"),
        ("20 to 30 sec", "is a range"), ("1–2 min", "`min: 1m` and `max: 2m`"), ("~20s", "write 20s"),
        ("20s each side", "is more than a time: write 20s"), ("max. 30 seconds", "write 30s"),
        ("2 x 30s", "write 30s, inside `repeat: 2`"), ("30 s x 2", "write 30s, inside `repeat: 2`"),
        ("10 reps", "is a count, not a time: write how long"), ("thirty", "has no unit: write 30s"),
        ("PT30S", "write 30s"),
        ("5 breaths", "write 50s, or in a routine `hold: {breaths: 5, in: 4s, out: 6s}`"),
        ("1,000 s", "can be read in two ways: write 1000, or 1.000"),
        ("1 s 1 m", "15s"), ("1m1m", "15s"), ("5 m 5 h", "15s"), ("20 long seconds", "15s"), ("half", "15s"),
        ("10-15 s", "15s"), ("1 ms 5", "15s"),
        ("250ms to 500ms", "write 250ms, or a setting with `min: 250ms` and `max: 500ms`"),
        ("0s to 30s", "is not a time such as 15s"),
    ],
)  # fmt: skip
def test_what_could_be_several_times_says_what_to_write(written: str, reported: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reported)):
        units.parse_duration(written)


@every(
    ("written", "seconds", "assumed"),
    [("10", 600, True), (" 7,5 ", 450, True), ("10m", 600, False), ("10s", 10, False), ("1:30", 90, False)],
)
def test_a_total_without_a_unit_is_minutes_and_says_so(written: str, seconds: int, assumed: bool) -> None:
    ticks, note = units.parse_total(written)
    assert (ticks, bool(note)) == (seconds * 250, assumed)
    assert not assumed or f"{written.strip()} is read as" in note


@given(st.text(max_size=20))
def test_no_text_is_more_than_a_time_or_an_error(text: str) -> None:
    try:
        ticks = units.parse_duration(text)
    except ValueError:
        return
    assert 0 <= ticks <= units.LONGEST


@every(
    "text",
    ["", "s", "fast", "-5s", "5 apples", True, None, [], float("nan"), float("inf"), "1:75", "25h", "1e3s"],
)
def test_anything_but_a_time_is_refused_with_an_example(text: object) -> None:
    with pytest.raises(ValueError, match=r"15s|12 hours"):
        units.parse_duration(text)


def test_a_time_between_two_ticks_names_its_neighbours() -> None:
    with pytest.raises(ValueError, match=r"write 12\.344s or 12\.348s"):
        units.parse_duration("12.3456s")


@given(st.integers(0, units.LONGEST))
def test_what_is_shown_can_be_read_again(ticks: int) -> None:
    assert units.parse_duration(f"{units.format_seconds(ticks)}s") == ticks
    assert units.parse_duration(units.format_clock(ticks)) == ticks


@every(
    ("ticks", "words"),
    [
        (250, "1 second"),
        (3750, "15 seconds"),
        (22500, "1 minute 30 seconds"),
        (30000, "2 minutes"),
        (375, "1.5 seconds"),
    ],
)
def test_a_time_is_spoken_in_words(ticks: int, words: str) -> None:
    assert units.spoken_duration(ticks) == words


@given(st.integers(0, 10**7))
def test_the_way_to_the_next_frame_is_shorter_than_a_frame(ticks: int) -> None:
    assert 0 <= units.to_frame(ticks) < units.FRAME_TICKS
    assert (ticks + units.to_frame(ticks)) % units.FRAME_TICKS == 0


@every(
    ("written", "volume"),
    [("-3dB", -3), ("+2.5 dB", 2.5), ("-6", -6), (-24, -24), (6.0, 6), ("0db", 0), (" -0.5DB ", -0.5)],
)
def test_a_volume_is_read_as_it_is_meant(written: object, volume: float) -> None:
    assert units.parse_volume(written) == volume


@every("written", ["loud", "", "-3 %", True, None, [3], "--3", "1e1", float("nan"), "3dBx"])
def test_what_is_no_volume_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a volume such as -3dB, from -24dB to \+6dB"):
        units.parse_volume(written)


@every("written", [6.01, "+7dB", -24.1, "-100dB", 999])
def test_a_volume_out_of_bounds_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is out of bounds"):
        units.parse_volume(written)
    assert units.volume_within(float(str(written).removesuffix("dB"))) in (-24, 6)
