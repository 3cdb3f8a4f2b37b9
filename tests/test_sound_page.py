"""docs/sound.md covers everything included, and is true."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.script.choices import BEDS
from audioguide.verifier.measure.meter import Levels
from audioguide.verifier.promise import Promise, PromisedPhrase
from audioguide.verifier.proof import Proof
from audioguide.verifier.skipping import skipping
from audioguide.verifier.words import HeardPhrase

DOCS = Path(__file__).parent.parent / "docs"
MEASURED_AGAIN = ("back-care-habits", "knee-to-chest")
TOLERANCES = {
    "speech, LUFS": 0.3, "true peak, dBTP": 0.5, "loudest 400 ms, LUFS": 0.5, "bed under speech, LU": 0.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> ModuleType:
    """Load docs/sound.py, which is not a part of the package."""
    spec = importlib.util.spec_from_file_location("sound_page", DOCS / "sound.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["sound_page"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "sound.md").read_text(encoding="utf-8")


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """Return the rows of the table below a heading, by their first cell."""
    part = page.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return {line[0]: line[1:] for line in cells[2:]}


def number(cell: str) -> float:
    found = re.search(r"-?\d+(\.\d+)?", cell)
    return float(found.group()) if found else 0.0


def test_it_has_every_routine_and_every_profile(sound: ModuleType, page: str) -> None:
    assert list(rows(page, "The routines that ship")) == list(SHIPPED_LIBRARY.shipped)
    for profile in sound.PROFILES:
        assert list(rows(page, f"With `--profile {profile}`")) == list(sound.SAMPLE)


def test_every_bed_is_soft_enough_and_air_keeps_all_awake(sound: ModuleType, page: str) -> None:
    reported = rows(page, sound.BED_HEADING)
    assert list(reported) == [f"{name}, `{bed}`" for bed in BEDS for name in sound.OVER_BEDS]
    columns = next(line for line in page.splitlines() if "bed under speech, LU" in line).split(" | ")[1:]
    for name, cells in reported.items():
        assert number(cells[columns.index("bed under speech, LU")]) >= sound.LEAST_UNDER_LU, name
        assert "air" not in name or cells[columns.index("'skip silence' leaves")] == "all", name
        assert re.match(r"-|(\d+) of \1 exact", cells[columns.index("holds")]), name


def test_its_targets_are_those_of_verify(sound: ModuleType, page: str) -> None:
    assert "\n".join(sound.targets_table()) in page


def test_no_promise_is_broken_in_what_ships(page: str) -> None:
    assert "- fault in " not in page
    for cells in rows(page, "The routines that ship").values():
        exact = re.match(r"(\d+) of (\d+) exact", cells[1])
        assert exact is None or exact[1] == exact[2]


def test_a_bed_is_measured_where_no_cue_is_near(sound: ModuleType) -> None:
    powers = np.full(10_000, 1e-4, np.float32)
    powers[1_000:2_000] = 1e-2
    powers[850:1_000] = powers[2_000:2_275] = powers[-750:] = 1e-6  # on its way down and up, and fading out
    phrase = PromisedPhrase(cue=0, text="", start=1_000, length=1_000, open_end=False, covered=False)
    promise = Promise(
        path=DOCS, title="", length=len(powers), profile="standard", bed="brown", rate=120,
        sounds=(), phrases=(phrase,), holds=(), cues=((1_000, 2_000), (4_000, 4_500)),
    )  # fmt: skip
    powers[4_000:4_500] = 1e-3  # a chime
    levels = Levels(
        samples=192 * len(powers), powers=powers, peaks=np.sqrt(powers), true_peak=0.0, full=0, offset=0.0,
        clicks=(),
    )  # fmt: skip
    spoken = HeardPhrase(phrase=phrase, end=phrase.end, lufs=-20.7, fall_db=0.0)
    proof = Proof(
        mp3=DOCS, promise=promise, levels=levels, phrases=(spoken,), figures=(),
        skipping=skipping(levels, promise),
    )  # fmt: skip
    assert sound.under(proof, promise) == pytest.approx(20, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("bed", [None, "brown", "air"])
def test_some_rows_measured_again(sound: ModuleType, page: str, tmp_path: Path, bed: str | None) -> None:
    reported = rows(page, sound.BED_HEADING if bed else "The routines that ship")
    names = ("knee-to-chest",) if bed else MEASURED_AGAIN
    for mp3 in sound.rendered(names, tmp_path, *(("--bed", bed) if bed else ())):
        row = sound.row(mp3)
        again = {**row.cells, "outside": ""}
        before = dict(zip(again, reported[row.name], strict=True))
        for name in ("holds", "clicks"):
            assert again[name] == before[name]
        for name, tolerance in TOLERANCES.items():
            if name in again:
                assert number(again[name]) == pytest.approx(number(before[name]), abs=tolerance), name
