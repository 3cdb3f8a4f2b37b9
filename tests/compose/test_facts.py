"""What is known of an exercise: every level and phase of the vocabulary has a meaning."""

from __future__ import annotations

from dataclasses import replace

from audioguide.compose.facts import LEVELS, PHASES, from_data
from audioguide.compose.wishes import AIMS
from audioguide.vocabulary.vocabulary import vocabulary
from audioguide.web.pages.compose import AIM_NAMES, VARIETY
from tests.compose.made import exercises


def test_every_phase_has_its_place_in_the_arc_and_every_level_its_effort() -> None:
    [facts] = exercises(1)
    stages = [replace(facts, phase=phase).stage for phase in PHASES]
    assert stages == sorted(stages)
    assert set(stages) == {0, 1, 2, 3}
    assert [replace(facts, level=level).effort for level in LEVELS] == [0, 1, 2]
    assert vocabulary().names["phase"] == PHASES


def test_facts_are_the_same_after_they_were_kept() -> None:
    for facts in exercises(5):
        assert from_data(facts.as_data()) == facts


def test_the_page_names_every_aim_and_variety() -> None:
    assert tuple(AIM_NAMES) == AIMS
    assert list(VARIETY) == [1, 2, 3, 4, 5]
