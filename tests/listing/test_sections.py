"""Each routine has one section of the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.listing.sections import section_of, sections
from audioguide.routine import library
from audioguide.routine.load import load
from tests.shipped import NAMES, shipped
from tests.tables import every

SECTIONS = {
    "full-back-care": "Sessions", "heat-move-ice": "Sessions", "bedtime": "Sessions",
    "hot-shower": "Heat and cold", "ice-massage": "Heat and cold", "warm-towel": "Heat and cold",
    "diaphragmatic-breathing": "Breath and rest", "corpse-pose": "Breath and rest",
    "childs-pose": "Upper and mid back", "bridge-pose": "Lower back", "cat-cow": "Whole back",
    "upper-arm-raise": "Upper and mid back", "seated-hamstring-stretch": "Legs",
}  # fmt: skip


@every(("name", "section"), SECTIONS.items())
def test_where_a_routine_is_looked_for(name: str, section: str) -> None:
    assert section_of(shipped(name)) == section


def test_all_that_ships_has_a_section_of_its_own() -> None:
    found = {section_of(shipped(name)) for name in NAMES}
    assert found <= set(sections()) - {"Yours", "Other"}


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ("body: [lats]", "Upper and mid back"), ("body: [soul]", "Other"), ("", "Other"),
        ("body: [knees]\nphase: cool down", "Breath and rest"), ("body: [breathing]", "Breath and rest"),
        ("body: [Ankle, neck]\nphase: stretch", "Ankles and feet"),
    ],
)  # fmt: skip
def test_synonyms_and_gaps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, section: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"title: A\n{head}\nsteps: [{{gap: 1s}}]\n", encoding="utf-8")
    assert section_of(load(path)) == "Yours"
    monkeypatch.setattr(library, "SHIPPED", tmp_path)
    assert section_of(load(path)) == section
