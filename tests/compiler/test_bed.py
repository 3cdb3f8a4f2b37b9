"""The bed of a routine: heard unless the listener chooses another, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.load import Routine
from tests.pipeline.heard import Recording
from tests.tables import every

MakeRoutine = Callable[..., Routine]
STEPS = "  - say: Lie down.\n  - gap: 3s\n"


@every(
    ("options", "bed", "volume"),
    [
        (Options(), "rain", -3.0), (Options(bed="brown"), "brown", 0.0), (Options(bed="none"), None, 0.0),
        (Options(bed_volume=2.0), "rain", 2.0), (Options(bed="brown", bed_volume=1.0), "brown", 1.0),
    ],
)  # fmt: skip
def test_the_listener_comes_first(
    routine: MakeRoutine, options: Options, bed: str | None, volume: float
) -> None:
    made = compile(routine(STEPS, "bed: rain\nbed_volume: -3"), options)
    assert (made.bed, made.bed_volume) == (bed, volume)


def test_a_bed_is_heard_where_nothing_else_is(routine: MakeRoutine, tmp_path: Path) -> None:
    made = compile(routine(STEPS, "bed: brown\nbed_volume: 6"))
    heard = Recording(made, tmp_path / "bed")
    start = heard.starts_of(kind="gap", step="steps[1]")[0] + 1
    part = heard.wave[round(start * 48_000) :][:48_000]
    assert -50 < 20 * np.log10(np.sqrt(np.mean(np.square(part)))) < -25
    bare = Recording(replace(made, bed=None), tmp_path / "bare")
    assert bare.is_silent(start, start + 1)


def test_a_file_is_next_to_the_routine(routine: MakeRoutine, tmp_path: Path) -> None:
    (tmp_path / "sea.wav").write_bytes(b"RIFF")
    assert compile(routine(STEPS, "bed: ./sea.wav")).bed == str(tmp_path / "sea.wav")


@pytest.mark.parametrize(
    ("bed", "words"), [("rian", "did you mean 'rain'"), ("no/such.wav", "there is no file")]
)
def test_an_unknown_bed_is_a_fault_of_its_line(routine: MakeRoutine, bed: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words) as error:
        routine(STEPS, f"bed: {bed}")
    assert error.value.faults[0].line == 3
