"""Times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide import units


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "text",
    ["", "s", "fast", "-5s", "5 apples", True, None, [], float("nan"), float("inf"), "1:75", "25h", "1e3s"],
)
def test_what_is_no_time_is_refused_with_an_example(text: object) -> None:
    with pytest.raises(ValueError, match=r"15s|12 hours"):
        units.parse_duration(text)


def test_a_time_between_two_ticks_names_its_neighbours() -> None:
    with pytest.raises(ValueError, match=r"write 12\.344s or 12\.348s"):
        units.parse_duration("12.3456s")


@given(st.integers(0, units.LONGEST))
def test_what_is_shown_can_be_read_again(ticks: int) -> None:
    assert units.parse_duration(f"{units.format_seconds(ticks)}s") == ticks
    assert units.parse_duration(units.format_clock(ticks)) == ticks


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("written", "volume"),
    [("-3dB", -3), ("+2.5 dB", 2.5), ("-6", -6), (-24, -24), (6.0, 6), ("0db", 0), (" -0.5DB ", -0.5)],
)
def test_a_volume_is_read_as_it_is_meant(written: object, volume: float) -> None:
    assert units.parse_volume(written) == volume


@pytest.mark.parametrize("written", ["loud", "", "-3 %", True, None, [3], "--3", "1e1", float("nan"), "3dBx"])
def test_what_is_no_volume_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a volume such as -3dB, from -24dB to \+6dB"):
        units.parse_volume(written)


@pytest.mark.parametrize("written", [6.01, "+7dB", -24.1, "-100dB", 999])
def test_a_volume_out_of_bounds_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is out of bounds"):
        units.parse_volume(written)
    assert units.volume_within(float(str(written).removesuffix("dB"))) in (-24, 6)
