"""Every contender of `python -m benchmarks` runs, and the page is made of what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.listener.options import Options
from audioguide.routine.load import load
from benchmarks.__main__ import GROWTH, MINUTES, NAMES, main
from benchmarks.case import HERE, HOLD, HOLDS, MOVING, MUSIC, ODD_HOLD, OTHER_HOLD, items, reps_for, settings
from benchmarks.contender import Contender, Lap, RivalError
from benchmarks.growth import Fresh, Grown
from benchmarks.history import renders
from benchmarks.page import page
from benchmarks.parts import PARTS
from benchmarks.results import Results
from benchmarks.session import BED, COLD, FIT, Cost, sessions
from benchmarks.side_by_side import CONTENDERS, Median, race
from benchmarks.startup import HELP, PYTHON, SHOW, YARDSTICK, parts, startup
from tests.tables import every

SHORTEST = 1  # minutes: one rep


def nobody(_text: str) -> None:
    """Hear nothing of the progress."""


def fresh(seconds: float, megabytes: float) -> Fresh:
    return Fresh(seconds=seconds, peak_mb=megabytes, children_mb=60)


def fall() -> Lap:
    raise RivalError("it fell")


# As brown, but for the bed.
BEDS = [each.name for each in CONTENDERS if {*each.name.split("-")} & {"rain", "air", *MOVING, MUSIC}]


@pytest.mark.slow
@pytest.mark.parametrize("beds", [False, True])
def test_every_contender_runs_behind_a_rival_that_fails(beds: bool) -> None:
    bad = Contender(name="bad", what="", prepare=lambda _case: fall)
    able = [each for each in CONTENDERS if each.missing() is None and (each.name in BEDS) == beds]
    laps, failed = race([bad, *able], [SHORTEST], 1, report=nobody)
    assert failed == {"bad": "it fell"}
    assert {name for name, _ in laps} == {each.name for each in able}
    assert all(lap.seconds > 0 for lap in laps.values())
    if not beds:  # what they stand for
        assert laps["warm", SHORTEST].islands == 0
        assert laps["warm-odd", SHORTEST].islands in (1, 2)


@pytest.mark.slow
def test_the_command_measures_and_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "performance.md"
    main(["--quick", "--minutes", "1", "--only", GROWTH, "--page", str(written)])
    text = written.read_text(encoding="utf-8")
    assert capsys.readouterr().out == text + "\n"
    assert "## Growth" in text
    assert "not measured" in text  # the targets are about 23 minutes and more


def test_commands_are_measured_beside_their_yardstick() -> None:
    results = Results(runs=1, startup=startup(1, report=nobody, names=(YARDSTICK, HELP)))
    assert results.started(YARDSTICK, YARDSTICK) == 1
    assert (results.started(HELP, YARDSTICK) or 0) > 0


def test_the_parts_of_show_are_measured_and_the_page_says_what_bounds_it() -> None:
    took = parts(1, report=nobody)
    assert list(took) == list(PARTS)
    assert all(seconds > 0 for seconds in took.values())
    reported = dict.fromkeys(PARTS, 0.01) | {"typer": 0.05, "printing": 0.002}
    text = page(Results(runs=1, startup={PYTHON: 0.02, YARDSTICK: 0.08, SHOW: 0.2}, parts=reported))
    assert "| Python itself | 0.250 × | 0.0200 s |" in text
    assert "| printing | 0.0250 × | 0.00200 s |" in text
    assert "| the end of the process, and what lies between | 0.850 × | 0.0680 s |" in text
    assert "1.00 ×, are there before anything" in text  # Python, typer, and pydantic for an argument


def test_the_page_says_what_is_reached_and_what_is_missed() -> None:
    results = Results(
        runs=5,
        laps={
            ("cold", 23): Median(1.0, 5, 10), ("warm", 23): Median(0.25, 5, 1),
            ("obvious", 23): Median(20.0, 5), ("cold", 230): Median(10.0, 5),
            ("lameenc", 23): Median(5.0, 5), ("lame-pyav", 23): Median(15.0, 5),
        },
        growth={
            5: Grown(cold=fresh(1.0, 80), warm=fresh(0.1, 80), bed=fresh(1.0, 80)),
            600: Grown(cold=fresh(2.0, 90), warm=fresh(13.0, 100), bed=fresh(3.0, 90)),
        },
        startup={YARDSTICK: 0.1, HELP: 0.15},
        left_out={"shell": "not installed: sox"},
    )  # fmt: skip
    text = page(results)
    assert "times faster than the obvious script | ≥ 15 × | 20.0 × | reached |" in text
    assert "part of the fastest encoder's time | ≤ 0.3 | 0.200 | reached |" in text
    assert "part of the fastest encoder's time | ≤ 0.02 | 0.0500 | **missed** |" in text
    assert "steepest step | ≤ 1 | 1.08 | **missed** |" in text
    assert "600 minutes by 5 minutes | ≤ 1.2 × | 1.25 × | **missed** |" in text
    assert "| 0.200 (1.00 s) | ~0.200 (10.0 s) |" in text
    assert "not installed: sox" in text


def test_a_bed_that_moves_is_measured_by_the_encoders_on_its_own_sound() -> None:
    laps = {
        ("music-cold", 23): Median(12.0, 5),
        ("lameenc", 23): Median(1.0, 5), ("lame-pyav", 23): Median(2.0, 5),
        ("lameenc-music", 23): Median(6.0, 5), ("lame-pyav-music", 23): Median(25.0, 1),
    }  # fmt: skip
    assert "with it | ≤ 1 | 0.800 | reached |" in page(Results(runs=5, laps=laps))
    del laps["lame-pyav-music", 23]
    assert "with it | ≤ 1 | 1.33 | **missed** |" in page(Results(runs=5, laps=laps))


@pytest.mark.slow
def test_a_whole_session_is_measured_in_every_way_and_an_engine_that_fails_is_left_out() -> None:
    costs, failed = sessions(["nobody", "tone"], 1, report=nobody)
    assert list(costs) == [("tone", COLD), ("tone", FIT), ("tone", BED)]
    assert all(0 <= cost.voice < cost.cpu for cost in costs.values())
    assert all(cost.alone_cpu > 0 and cost.wall > 0 for cost in costs.values())
    assert "nobody" in failed["full-back-care with the engine nobody"]


def test_a_whole_session_has_targets_by_its_engine_and_the_voice_apart() -> None:
    def cost(cpu: float, voice: float) -> Cost:
        return Cost(wall=4.0, cpu=cpu, voice=voice, alone_wall=10.0, alone_cpu=8.0)

    text = page(
        Results(
            runs=1,
            sessions={
                ("pyttsx3", COLD): cost(10.0, 2.0), ("pack", FIT): cost(1.2, 0.0),
                ("kokoro", COLD): cost(404.0, 400.0), ("tone", COLD): cost(5.0, 0.0),
            },
        )
    )  # fmt: skip
    assert "by pyttsx3, cold: part of lameenc's time, CPU | ≤ 1 | 1.25 | **missed** |" in text
    assert "by pyttsx3, cold: part of lameenc's time, wall | ≤ 1 | 0.400 | reached |" in text
    assert "by pack, as long as asked: part of lameenc's time, CPU | ≤ 0.2 | 0.150 | reached |" in text
    assert (
        "by kokoro, cold: part of lameenc's time, CPU without the voice | ≤ 0.6 | 0.500 | reached |" in text
    )
    assert "| pyttsx3 | cold | 1.25 | 1.00 | 0.400 | 10.0 s | 2.00 s | 4.00 s | 8.00 s | 10.0 s |" in text
    assert "| tone | cold | 0.625 |" in text  # without a target of its own
    assert "by tone" not in text


def test_a_plain_script_gets_every_phrase_and_every_silence() -> None:
    script = compile(load(HOLDS), Options(settings={"reps": "1"}))
    listed = items(script, chimes=True)
    written = HOLDS.read_text(encoding="utf-8")
    assert [value for kind, value in listed if kind == "say"] == [
        line.split("say: ")[1] for line in written.splitlines() if "say: " in line
    ]
    kinds = [kind for kind, _ in listed]
    hold = listed.index(["wait", 20.0])
    assert kinds[hold - 1 : hold + 2] == ["chime", "wait", "chime"]
    assert "chime" not in [kind for kind, _ in items(script, chimes=False)]


@every("hold", [HOLD, OTHER_HOLD, ODD_HOLD])
def test_every_length_can_be_rendered_with_every_hold(hold: str) -> None:
    lengths = [
        estimated(compile(load(HOLDS), Options(settings=settings(reps_for(each), hold)))).length
        for each in MINUTES
    ]
    assert lengths == sorted(set(lengths))


def test_names_are_distinct() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("suite", [renders.Scripts, renders.Renders])
def test_what_is_timed_at_each_commit_runs(
    suite: type[renders.Scripts | renders.Renders], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", "unset by a teardown, set again after the test")
    timed = suite()
    names = [name for name in dir(timed) if name.startswith(("time_", "peakmem_"))]
    assert len(names) == 3
    for name in names:
        timed.setup()
        getattr(timed, name)()
        if isinstance(timed, renders.Renders):
            assert list(timed.out.glob("*.mp3")), name
            folder = Path(timed.folder.name)
            timed.teardown()
            assert not folder.exists()


def test_the_history_is_kept_of_a_folder_that_is_there() -> None:
    config = json.loads((HERE.parent / "asv.conf.json").read_text(encoding="utf-8"))
    assert HERE.parent / config["benchmark_dir"] == Path(renders.__file__).parent
    assert config["results_dir"].startswith(".asv/")  # which git leaves alone
    exec(renders.timeraw_import(), {})
