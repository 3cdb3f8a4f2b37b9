"""Takes that several tests spoil: rendered once, with the voice, with the tone, and over a bed."""

from __future__ import annotations

import pytest

from tests.verifier.takes import Take, take


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """A take of a routine with two holds, spoken."""
    return take(tmp_path_factory.mktemp("good"), "pyttsx3")


@pytest.fixture(scope="session")
def toned(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """The same with a tone in place of words."""
    return take(tmp_path_factory.mktemp("toned"), "tone")


@pytest.fixture(scope="session")
def bedded(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """The spoken take over brown noise."""
    return take(tmp_path_factory.mktemp("bedded"), "pyttsx3", bed="brown")
