from __future__ import annotations

import pytest

from audioguide.errors import UsageError
from audioguide.mp3.frames import (
    BITRATES,
    DECODER_DELAY,
    ENCODER_DELAY,
    frame_bytes,
    frames_for,
    frames_in_file,
    padding_for,
)
from tests.tables import every


def test_every_frame_of_a_bit_rate_has_the_same_whole_size() -> None:
    assert [frame_bytes(rate) * 48_000 for rate in BITRATES] == [144 * rate for rate in BITRATES]


@every("bitrate", [0, 56_000, 96, 95_999, 384_000])
def test_another_bit_rate_is_refused_with_the_choices(bitrate: int) -> None:
    with pytest.raises(UsageError, match=rf"{bitrate} bit/s.*64000.*320000"):
        frame_bytes(bitrate)


@every("ticks", range(1, 40))
def test_frames_are_the_fewest_that_hold_the_sound_and_both_delays(ticks: int) -> None:
    needed = ticks * 192 + ENCODER_DELAY + DECODER_DELAY
    assert (frames_for(ticks) - 1) * 1152 < needed <= frames_for(ticks) * 1152


@every("ticks", range(1, 40))
def test_padding_can_be_dropped_by_a_decoder_and_fits_into_the_tag(ticks: int) -> None:
    assert DECODER_DELAY <= padding_for(ticks) < 4096
    assert ENCODER_DELAY + ticks * 192 + padding_for(ticks) == frames_in_file(ticks) * 1152
