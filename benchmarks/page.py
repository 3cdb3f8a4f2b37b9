"""The page `docs/performance.md`, made of the results and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.case import BED
from benchmarks.growth import Fresh
from benchmarks.machine import machine
from benchmarks.results import Results
from benchmarks.session import ROUTINE as SESSION
from benchmarks.session import Cost
from benchmarks.side_by_side import CONTENDERS, ONCE_OVER
from benchmarks.startup import ECHO, PYTHON, SHOW, YARDSTICK
from benchmarks.targets import WAY, targets

RIVALS = ("obvious", "obvious-chimes", "shell", "lame-pyav", "lameenc")
BY_TESTS = """\
Two more are held by tests: spliced sound has the signal-to-noise ratio of the same sound encoded in one
go within 0.1 dB (`tests/mp3/test_splice.py`), and holds are exact to the sample (`tests/truth`)."""
ROUTINE = """\
The routine is `benchmarks/holds.yaml`: 25 reps of 8 phrases and one hold are 23 minutes; the other
lengths have more or fewer reps. Each figure is a part of the time that the fastest encoder alone needs
for the finished sound without a bed; in brackets the seconds."""
WHOLE = f"""\
A real session, in which hardly a phrase comes twice: `audioguide render {SESSION}`, from the start of the
command to its end, in turn with lameenc alone on the finished sound without a bed. CPU is the time of all
cores in all processes; "voice" is the part of it that the voice's own processes took."""
FRESH = """\
Each render in a fresh process: seconds from the routine file to the finished files, with what is
imported on the way, and the most memory that the process held. The last column is the largest child
of it, the voice, or its own size when it started that child, whichever is more."""
SHOWN = f"""\
Where the time of `{SHOW}` goes, in one process, with the modules that each part loads first; the
ratio is again to `{YARDSTICK}`:"""
BOUND = """\
What bounds `show`: for any command that takes an argument, typer loads pydantic. The first three lines,
{least} ×, are there before anything of audioguide is, and what was loaded is taken apart at the end. A
routine is then checked by models that pydantic builds again in every process, and read with ruamel.yaml. A
script kept from an earlier call would save that, and could be stale."""

HOW = f"""\
- audioguide is measured in one process, from the loaded routine to the finished files: compiling,
  speaking, encoding, writing to the disk. Every run with an empty cache has a new folder, every run
  with another hold a fresh copy of the first render's.
- The obvious script and the shell script speak each phrase as often as it is said, as people write
  it. Without chimes they make less than audioguide does, at 22 kHz instead of 48. The obvious script is
  measured inside its process, without its imports and the start of its voice.
- An encoder gets the decoded MP3 as it is in memory, mono, 48 kHz, 16 bit, ten seconds at a time. Most
  of it is silence, which is encoded sooner. So the goals under a bed that moves are by what an encoder
  needs for the sound with that bed; those under a stationary bed keep the harder yardstick.
- The routine in which no phrase comes twice is `benchmarks/distinct.yaml`, the worst case: nothing but the
  silence is saved. Its file is a little longer than the one that the encoders get.
- What takes more than {ONCE_OVER:.0f} s is run once and marked so. A ratio with `~` is to an encoder's time
  in proportion to the longest file that it was run on."""
WHAT = {each.name: each.what for each in CONTENDERS}


def page(results: Results) -> str:
    """Return the whole page as Markdown."""
    return "\n\n".join(
        ["# Performance", _intro(results), *_targets(results), *_sessions(results),
         *_side_by_side(results), *_growth(results), *_startup(results), _how(results)]
    ) + "\n"  # fmt: skip


def _intro(results: Results) -> str:
    return (
        "Written by `python -m benchmarks`; do not edit it. What counts is the ratios: all contenders run "
        f"in turn, A B C A B C …, and each figure is the median of {results.runs} "
        f"run{'s' * (results.runs != 1)}. Measured on {machine()}."
    )


def _targets(results: Results) -> Iterator[str]:
    yield "## Targets"
    rows, missed = [], []
    for target in targets(results):
        value = target.measure(results)
        if value is None:
            rows.append((target.what, target.wanted, "not measured", ""))
            continue
        reached = target.reached(value)
        shown = f"{_figure(value)}{target.unit}"
        rows.append((target.what, target.wanted, shown, "reached" if reached else "**missed**"))
        if not reached:
            missed.append(f"{target.what} ({shown}, wanted {target.wanted})")
    yield _table(("what", "target", "measured", ""), rows)
    yield f"**Missed:** {'; '.join(missed)}." if missed else "None that was measured is missed."
    yield BY_TESTS


def _sessions(results: Results) -> Iterator[str]:
    if not results.sessions:
        return
    yield "## A whole session"
    yield WHOLE
    yield _table(
        ("engine", "render", "CPU, part of lameenc's", "without the voice", "wall, part of lameenc's",
         "CPU", "voice", "wall", "lameenc CPU", "lameenc wall"),
        ((engine, WAY[way], *_cost(cost)) for (engine, way), cost in results.sessions.items()),
    )  # fmt: skip


def _cost(cost: Cost) -> tuple[str, ...]:
    ratios = (cost.by_core, cost.without_voice, cost.by_clock)
    seconds = (cost.cpu, cost.voice, cost.wall, cost.alone_cpu, cost.alone_wall)
    return *(_figure(each) for each in ratios), *(f"{_figure(each)} s" for each in seconds)


def _side_by_side(results: Results) -> Iterator[str]:
    if not results.laps:
        return
    yield "## Side by side"
    yield ROUTINE
    names = [each.name for each in CONTENDERS if any((each.name, m) in results.laps for m in results.minutes)]
    yield _table(
        ("", *(f"{minutes} min" for minutes in results.minutes)),
        (
            (WHAT[name], *(_against_floor(results, name, minutes) for minutes in results.minutes))
            for name in names
        ),
    )
    rivals = [name for name in RIVALS if name in names]
    if "cold" in names and rivals:
        yield "How many times faster audioguide is, with an empty cache and with another hold:"
        yield _table(
            ("than", *(f"{minutes} min" for minutes in results.minutes)),
            (
                (WHAT[name], *(_speedup(results, name, minutes) for minutes in results.minutes))
                for name in rivals
            ),
        )


def _against_floor(results: Results, name: str, minutes: int) -> str:
    lap, part = results.lap(name, minutes), results.to_floor(name, minutes)
    if lap is None:
        return "-"
    # Without a measured floor the ratio is to one in proportion, and marked so.
    about = "~" * (minutes not in results.encoded)
    once = ", once" * (lap.runs < results.runs)
    return f"{about}{_figure(part)} ({_figure(lap.seconds)} s{once})" if part else f"{_figure(lap.seconds)} s"


def _speedup(results: Results, name: str, minutes: int) -> str:
    both = [results.faster(which, name, minutes) for which in ("cold", "warm")]
    return ", ".join(f"{_figure(each)} ×" for each in both if each) or "-"


def _growth(results: Results) -> Iterator[str]:
    if not results.growth:
        return
    yield "## Growth"
    yield FRESH
    yield _table(
        ("minutes", "empty cache", "another hold", f"bed `{BED}`, empty cache", "largest child"),
        (
            (
                str(minutes),
                _fresh(grown.cold),
                _fresh(grown.warm),
                _fresh(grown.bed),
                f"{grown.cold.children_mb:.0f} MB",
            )
            for minutes, grown in sorted(results.growth.items())
        ),
    )


def _fresh(fresh: Fresh) -> str:
    return f"{_figure(fresh.seconds)} s, {fresh.peak_mb:.0f} MB"


def _startup(results: Results) -> Iterator[str]:
    if not results.startup:
        return
    yield "## Whole commands"
    yield f"Beside `{YARDSTICK}`, in turn; the render is of 23 minutes, from the cache of the other hold."
    yield _table(
        ("command", "ratio", "seconds"),
        (
            _timed(results, name if name == ECHO else f"`{name}`", each)
            for name, each in results.startup.items()
        ),
    )
    if results.parts:
        yield from _shown(results)


def _shown(results: Results) -> Iterator[str]:
    parts = {"Python itself": results.startup[PYTHON], **results.parts}
    if SHOW in results.startup:  # Python takes apart what was loaded
        parts["the end of the process, and what lies between"] = results.startup[SHOW] - sum(parts.values())
    yield SHOWN
    yield _table(("part", "ratio", "seconds"), (_timed(results, name, each) for name, each in parts.items()))
    least = sum(list(parts.values())[:3]) / results.startup[YARDSTICK]
    yield BOUND.format(least=_figure(least))


def _timed(results: Results, name: str, seconds: float) -> tuple[str, str, str]:
    beside = results.startup.get(YARDSTICK)
    return name, f"{_figure(seconds / beside if beside else None)} ×", f"{_figure(seconds)} s"


def _how(results: Results) -> str:
    left_out = (f"- Left out: {WHAT.get(name, name)}: {reason}." for name, reason in results.left_out.items())
    return "\n".join([f"## How\n\n{HOW}", *left_out])


def _figure(value: float | None) -> str:
    """Return three figures that count, and no more digits than that."""
    if value is None:
        return "-"
    if value >= 100 or value == 0:
        return f"{value:.0f}"
    return f"{value:#.3g}".rstrip(".") if value >= 0.001 else f"{value:.1e}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
