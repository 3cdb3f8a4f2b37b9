from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.audio.clip import Clip
from audioguide.mixer.sound import Sound
from audioguide.mp3.frames import frames_for
from audioguide.mp3.islands import Island, cut

LENGTH = 2_000


def sound(start: int, ticks: int, key: str = "") -> Sound:
    return Sound(start=start, clip=Clip(np.zeros(ticks * 192, np.int16)), key=key or f"{ticks} ticks")


SOUNDS = st.lists(st.builds(sound, start=st.integers(0, LENGTH - 60), ticks=st.integers(1, 60)), max_size=40)


def places(island: Island) -> list[tuple[int, str]]:
    return [(island.first_frame * 6 + part.start, part.key) for part in island.sounds]


@given(SOUNDS)
def test_each_sound_is_in_one_island_at_its_own_tick(sounds: list[Sound]) -> None:
    found = [place for island in cut(sounds, LENGTH) for place in places(island)]
    assert sorted(found) == sorted((each.start, each.key) for each in sounds)


@given(SOUNDS)
def test_islands_are_sorted_and_share_no_frame(sounds: list[Sound]) -> None:
    islands = cut(sounds, LENGTH)
    assert all(before.behind <= after.first_frame for before, after in pairwise(islands))
    assert all(island.behind <= frames_for(LENGTH) for island in islands)


@given(SOUNDS)
def test_an_island_starts_in_its_first_frame_and_holds_the_last_echo(sounds: list[Sound]) -> None:
    for island in cut(sounds, LENGTH):
        assert 0 <= island.sounds[0].start < 6
        assert island.frames * 1152 >= island.ticks * 192 + 1105
        assert (island.frames - 1) * 1152 < island.ticks * 192 + 1105


@given(SOUNDS)
def test_only_sounds_that_are_closer_than_a_frame_and_its_border_share_an_island(sounds: list[Sound]) -> None:
    islands = cut(sounds, LENGTH)
    for before, after in pairwise(islands):
        end = before.first_frame * 6 + before.ticks
        assert places(after)[0][0] - end >= 6
    for island in islands:
        for number, part in enumerate(island.sounds[1:], 1):
            end = max(earlier.end for earlier in island.sounds[:number])
            assert part.start - end < 6 + 5


@given(SOUNDS, st.integers(1, 50))
def test_whole_frames_later_the_recipes_are_the_same(sounds: list[Sound], frames: int) -> None:
    here = cut(sounds, LENGTH)
    there = cut([replace(each, start=each.start + 6 * frames) for each in sounds], LENGTH + 6 * frames)
    assert [island.recipe for island in here] == [island.recipe for island in there]
    assert [island.first_frame + frames for island in here] == [island.first_frame for island in there]


@given(SOUNDS)
def test_the_order_of_the_sounds_does_not_matter(sounds: list[Sound]) -> None:
    assert cut(sounds, LENGTH) == cut(reversed(sounds), LENGTH)


def test_another_phase_or_content_is_another_recipe() -> None:
    recipes = {cut([sound(start, 9, key)], LENGTH)[0].recipe for start in range(12, 24) for key in "ab"}
    assert len(recipes) == 12


@pytest.mark.parametrize(("gap", "islands"), [(5, 1), (6, 2)])
def test_one_frame_between_two_sounds_parts_them(gap: int, islands: int) -> None:
    assert len(cut([sound(0, 12), sound(12 + gap, 12)], LENGTH)) == islands


def test_nothing_sounds_behind_the_end_of_the_file() -> None:
    assert cut([sound(LENGTH - 9, 9)], LENGTH)[0].behind == frames_for(LENGTH)
    with pytest.raises(ValueError, match=r"gong at 00:07\.968 ends at 00:08\.004, after .* 00:08\.000"):
        cut([sound(LENGTH - 8, 9, "gong")], LENGTH)


def test_a_sound_before_the_file_or_without_length_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="gong starts 1 ticks before the file"):
        cut([sound(-1, 9, "gong")], LENGTH)
    with pytest.raises(ValueError, match="gong at 7 ticks is empty"):
        cut([sound(7, 0, "gong")], LENGTH)
