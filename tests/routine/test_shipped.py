"""What every routine that ships says of itself, whatever its source."""

from __future__ import annotations

import pytest

from audioguide.vocabulary.vocabulary import vocabulary
from tests.routine.shipped import NAMES, shipped

FIRST_SOURCES = ("How to relax back muscles (article)", "Back Relaxation (exercise page)")


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_level_and_a_phase(name: str) -> None:
    document = shipped(name).document
    assert document.level in vocabulary().names["level"]
    assert document.phase in vocabulary().names["phase"]


@pytest.mark.parametrize("name", NAMES)
def test_each_source_has_an_address_and_says_its_numbers(name: str) -> None:
    sources = shipped(name).document.sources
    assert sources
    for source in sources:
        if not any(first in source.name for first in FIRST_SOURCES):
            assert source.address, source.name
            assert source.says, source.name
