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
from benchmarks.targets import WAY, Target, session_targets, targets

RIVALS = ("obvious", "obvious-chimes", "shell", "lame-pyav", "lameenc")
BY_TESTS = """\
Tests check two more targets. Spliced sound must have the same signal-to-noise ratio as that sound encoded in
one go, within 0.1 dB (`tests/mp3/test_splice.py`). Holds must be exact to the sample (`tests/truth`)."""
ROUTINE = """\
The routine is `benchmarks/holds.yaml`: 25 reps of 8 phrases and one hold are 23 minutes; the other
lengths have more or fewer reps. Each figure is a ratio to the time that the fastest encoder alone needs
for the finished sound without a bed. The seconds are in brackets."""
WHOLE = f"""\
`audioguide render {SESSION}` makes a real session, in which hardly any phrase occurs twice. It was timed
from the start of the command to its end, in turn with lameenc alone on the finished sound without a bed. CPU
is the time of all cores in all processes; "voice" is the part that the processes of the voice took. On a busy
machine, the wall times are too high; compare the CPU times."""
FRESH = """\
Each render ran in a fresh process. The seconds are the time from the routine file to the finished files,
including imports; the MB are the most memory that the process held. The last column is the memory of its
largest child, the voice, or of the process itself when it started that child, if that is more."""
SHOWN = f"""\
This is where the time of `{SHOW}` goes, in one process. Each part includes the modules that it is the
first to load. The ratio is again to `{YARDSTICK}`:"""
BOUND = """\
Why `show` is not faster: for any command that takes an argument, typer loads pydantic. The first three lines,
{least} ×, are there before anything of audioguide is, and Python has to release all modules at the end. A
routine is read with ruamel.yaml and checked by models, which pydantic builds again in every process. A
script cached from an earlier call would save that time, but it could be stale."""

HOW = f"""\
- audioguide is measured in one process, from the loaded routine to the finished files: compiling,
  speaking, encoding, writing to the disk. Every run with an empty cache starts in a new folder. Every run
  with another hold starts with a fresh copy of the cache that the first render filled.
- The obvious script and the shell script are written as most people would: they speak a phrase each time it
  occurs. Without chimes they do less than audioguide, at 22 kHz instead of 48. The obvious script is
  measured inside its process, without its imports and the start of its voice.
- An encoder gets the decoded MP3 from memory: mono, 48 kHz, 16 bit, ten seconds at a time. Most of it is
  silence, which is encoded faster. If a bed changes all the time, the target is a part of the
  encoder's time for the sound with that bed. If a bed is steady, the target is a part of its time for the
  sound without a bed. That time is shorter, so this target is harder to reach.
- `benchmarks/distinct.yaml` is the routine in which no phrase occurs twice. It is the worst case: only the
  silence is saved. Its file is a little longer than the one that the encoders get.
- What takes more than {ONCE_OVER:.0f} s is run only once, and marked *once*. For a ratio with `~`, the
  encoder was not run on a file of that length; its time is calculated from the longest file it was run on."""
WHAT = {each.name: each.what for each in CONTENDERS}


def page(results: Results) -> str:
    """Return the whole page as Markdown."""
    return "\n\n".join(
        ["# Performance", _intro(results), *_targets(results), *_sessions(results),
         *_side_by_side(results), *_growth(results), *_startup(results), _how(results)]
    ) + "\n"  # fmt: skip


def _intro(results: Results) -> str:
    return (
        "Written by `python -m benchmarks`; do not edit it. Look at the ratios rather than the seconds: all "
        f"contenders run in turn, A B C A B C …, and each figure is the median of {results.runs} "
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
    yield f"**Missed:** {'; '.join(missed)}." if missed else "No target that was measured is missed."
    yield BY_TESTS


def _missed(wanted: Iterable[Target], results: Results) -> list[str]:
    values = [(target, target.measure(results)) for target in wanted]
    return [
        f"{target.what} ({_figure(value)}{target.unit}, wanted {target.wanted})"
        for target, value in values
        if value is not None and not target.reached(value)
    ]


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
    if missed := _missed(session_targets(results), results):
        yield f"**Missed:** {'; '.join(missed)}."


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
    yield (
        f"Each command ran in turn with `{YARDSTICK}`, and the ratio compares the two. The render makes 23 "
        "minutes of sound with another hold, from the cache."
    )
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
