"""The public API: what its page shows runs, the examples run, and nothing is read that was not passed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import audioguide as ag
from audioguide import api
from tests.slow import first
from tests.tables import every

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.DOTALL)
# The quickest first.
EXAMPLES = {
    "built_in_code.py": [],
    "own_sounds.py": [],
    "per_client.py": ["clients.csv"],
}


@pytest.mark.parametrize("block", first(6, BLOCKS), ids=lambda block: block.split("\n")[2][:40])
def test_every_example_of_the_page_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "docs/api.md", "exec"), {})


def test_the_page_names_all_that_can_be_imported() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert [name for name in api.__all__ if f"`{name}" not in page and f"ag.{name}" not in page] == []
    assert set(api.__all__) <= set(dir(ag))
    for name in api.__all__:
        assert getattr(ag, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'rendr'"):
        ag.rendr  # noqa: B018


@pytest.mark.parametrize(("program", "arguments"), first(1, EXAMPLES.items()))
def test_every_program_makes_an_mp3_that_stands(program: str, arguments: list[str], tmp_path: Path) -> None:
    files = [str(ROOT / "examples" / name) for name in arguments]
    command = [sys.executable, str(ROOT / "examples" / program), *files, str(tmp_path / "out")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    made = [Path(line) for line in ran.stdout.split()]
    assert made
    assert [path for path in made if not ag.verify(path).stands()] == []


@every("program", EXAMPLES)
def test_every_program_says_how_it_is_called(program: str) -> None:
    path = ROOT / "examples" / program
    ran = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"python examples/{program}" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, audioguide; print(*sorted({'numpy', 'pydantic', 'audioguide.api'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"


def test_neither_defaults_nor_own_folders_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.yaml").write_text("rate: 1\n")
    own = tmp_path / "own"
    own.mkdir()
    (own / "knee-to-chest.yaml").write_text("title: Mine\nsteps:\n  - say: Hello.\n")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    assert ag.load("knee-to-chest").document.title == "Knee to chest"
    assert ag.load("knee-to-chest", ag.Library((own,))).document.title == "Mine"


def test_a_routine_built_in_code_shows_its_faults_in_yaml() -> None:
    with pytest.raises(
        ag.AudioguideError, match=r"plan\.yaml:\d+:\d+: unknown key 'hodl'; did you mean 'hold'"
    ):
        ag.load({"title": "Plan", "steps": [{"say": "Lift."}, {"hold": "5s", "hodl": 3}]}, name="plan")
    with pytest.raises(ag.AudioguideError, match="consists of mappings, lists, texts and numbers"):
        ag.load({"title": "Plan", "steps": [{"say": object()}]})


def test_a_mapping_says_what_the_same_yaml_says(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "title: 'Plan: one'\nsettings: {hold: {default: 10s}}\nsteps:\n  - say: 'Yes.'\n  - hold: $hold\n"
    )
    built = ag.load(
        {
            "title": "Plan: one", "settings": {"hold": {"default": "10s"}},
            "steps": ({"say": "Yes."}, {"hold": "$hold"}),
        },
        name="plan",
    )  # fmt: skip
    assert ag.compile(built).cues == ag.compile(ag.load(path)).cues


def test_a_number_outside_its_bounds_is_named() -> None:
    with pytest.raises(ag.AudioguideError, match="rate: 20 is out of bounds: 80 to 450"):
        ag.Options(rate=20)


def test_a_length_to_fit_to_is_a_time() -> None:
    with pytest.raises(ag.AudioguideError, match="fit needs a time, such as 12m"):
        ag.fit(ag.load("cat-stretch"), "none")


def test_the_sound_in_memory_is_that_of_the_file(tmp_path: Path) -> None:
    script = ag.compile(ag.load("desk-break"), ag.Options(engine="tone"))
    sound = io.BytesIO()
    ag.render(script, sound)
    receipt = ag.render(script, str(tmp_path))
    assert sound.getvalue() == receipt.mp3.read_bytes()
    streamed = ag.stream(script).mp3
    assert b"".join(streamed.read(0, streamed.size)) == sound.getvalue()


def test_clips_go_to_pydub_and_back() -> None:
    ag.from_segment  # noqa: B018 - loads pydub without its warnings
    from pydub.generators import Sine

    tone = Sine(440, sample_rate=48_000).to_audio_segment(100)
    clip = ag.from_segment(tone)
    assert (clip.ticks, len(clip.samples)) == (25, 4800)
    assert ag.to_segment(clip).frame_rate == 48_000
    assert np.array_equal(ag.from_segment(ag.to_segment(clip)).samples, clip.samples)


def test_every_option_counts() -> None:
    routine = ag.load("full-back-care")
    fitted = ag.compile(routine, ag.Options(fit="32m"))
    assert ag.timeline(fitted).length == 32 * 60 * 250
    assert fitted.asked == {"fit": "32m"}
    assert [note for note in ag.compile(routine, ag.Options(bed_volume=-3)).notes if "no effect" in note]


def test_errors_and_options_load_nothing_heavy() -> None:
    code = (
        "import sys, audioguide as ag; ag.Options, ag.AudioguideError; "
        "print(*sorted({'numpy', 'pydantic', 'av', 'audioguide.api'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"
