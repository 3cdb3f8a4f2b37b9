"""A length that is asked for: reached to the tick, or refused with the truth."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
import soundfile

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated, estimated_lengths
from audioguide.errors import RoutineError, UsageError
from audioguide.fitting.fit import compile_to_length, fit
from audioguide.fitting.search import UnreachableLength
from audioguide.listener.length import wanted_length
from audioguide.listener.options import NOTHING, Options
from audioguide.pipeline.gather import measured
from audioguide.pipeline.render import render
from audioguide.routine.language.values import Amount, read_setting
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import SOFT, ClipRef, Cue, Script, Spoken
from audioguide.storage.cache import Cache
from audioguide.units import FRAME_TICKS, TICK_SAMPLES, format_clock, format_length, parse_duration
from tests.conftest import Write, word_lengths
from tests.slow import first
from tests.tables import every

MakeRoutine = Callable[..., Routine]

SMALL_ROUTINES, TARGETS_EACH = 70, 3
SESSIONS = ("lower-back", "full-back-care", "bedtime", "morning-ten", "unwind", "back-relaxation")
SESSION_TARGETS = 15
MINUTE = 60 * 250
POSSIBLE = re.compile(r"possible: ([\w.]+) to ([\w.]+)")


def by_letters(script: Script) -> dict[ClipRef, int]:
    """Return a made-up length for each clip, such that "1 minute" is much shorter than "59 seconds"."""
    return {
        ref: 37 * len(ref.text) if isinstance(ref, Spoken) else getattr(ref, "length", 401)
        for ref in script.clips
    }


def refused(error: RoutineError) -> tuple[int, int]:
    """Return the shortest and the longest length in ticks; the message has the whole seconds inside."""
    assert isinstance(error, UnreachableLength)
    shown = POSSIBLE.search(str(error))
    assert shown
    low, high = map(parse_duration, shown.groups())
    assert 0 <= low - error.shortest < 250
    assert 0 <= error.longest - high < 250
    return error.shortest, error.longest


def small_routine(seed: int) -> dict[str, Any]:
    """Return a routine with few settings of narrow bounds: every value of every one can be tried."""
    random = Random(seed)
    spoken = random.random() < 0.4
    low, width = random.choice([2.0, 4.0, 6.5]), random.randint(3, 9) / 10
    first, start = random.choice([3, 20, 57, 58]), random.randint(1, 3)
    pause = {"default": "1s", "min": random.choice(["0.8s", "1s"]), "max": random.choice(["1.2s", "1.5s"])}
    settings: dict[str, Any] = {
        "hold": {"default": f"{low + width / 2:.1f}s", "min": f"{low}s", "max": f"{low + width}s"},
        "reps": {"default": start, "min": 1, "max": start + random.randint(0, 2)},
        "pause": pause,
    }
    if spoken:
        settings["hold"] = {"default": f"{first + 2}s", "min": f"{first}s", "max": f"{first + 4}s"}
    for setting in settings.values():
        setting["weight"] = random.choice([0, 0.5, 1, 1, 2, 3])
    marks: Any = random.choice(
        [{}, {"before_end": {"3s": "Three."}}, {"halfway": "Half.", "before_end": {"2s": "Two."}}]
    )
    inner: list[dict[str, Any]] = [
        {"say": "Now stay for {hold}." if spoken else "Now stay."},
        {"hold": "$hold", "marks": marks},
    ]
    inner[0] |= {"settle": "1s"} if random.random() < 0.5 else {}
    inner += [{"rest": "$pause"}] if random.random() < 0.4 else []
    if random.random() < 0.3:
        inner = [{"sides": ["left", "right"], "switch": random.choice(["0s", "1s"]), "steps": inner}]
    repeat: dict[str, Any] = {
        "repeat": "$reps",
        "rest": random.choice(["$pause", "0s", "0.4s"]),
        "steps": inner,
    }
    repeat |= {"grow": {"hold": {"by": "0.1s"}}} if random.random() < 0.3 else {}
    breathe = {"breathe": {"in": "1s", "out": "1.5s", "cycles": "$reps"}}
    return {
        "title": f"Small {seed}", "safety": {"notice": "none", "closing": "none"}, "settings": settings,
        "steps": [repeat, *([breathe] if random.random() < 0.3 else [])],
    }  # fmt: skip


def values_of(name: str, setting: Mapping[str, Any], *, spoken: bool) -> list[str]:
    """Return all values that a setting may take: counts, times in steps of 0.1 s, or of 1 s where spoken."""
    if not setting["weight"]:
        return [str(setting["default"])]
    if name == "reps":
        return list(map(str, range(setting["min"], setting["max"] + 1)))
    low, start, high = (round(float(setting[key][:-1]) * 250) for key in ("min", "default", "max"))
    steps = range(0, high + 1, 250 if spoken and name == "hold" else 25)
    return [
        str(Amount("time", each))
        for each in sorted({low, start, high, *(step for step in steps if step > low)})
    ]


def possible(routine: Routine, document: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return every span of lengths that some values of the settings give, by trying them all."""
    settings = document["settings"]
    spoken = "{hold}" in json.dumps(document)
    spans = []
    for chosen in product(*(values_of(name, each, spoken=spoken) for name, each in settings.items())):
        try:
            script = compile(routine, Options(settings=dict(zip(settings, chosen, strict=True))))
            length = lay_out(script, by_letters(script)).length
        except RoutineError:
            continue
        written = [
            cue for cue in script.cues[1:] if cue.kind in SOFT and "$pause" not in rest_at(document, cue.step)
        ]
        frames = sum(room(cue) // FRAME_TICKS for cue in written)
        spans.append((length, length + (frames + 1) * FRAME_TICKS - 1))
    return spans


def room(cue: Cue) -> int:
    """Return by how much a soft time may grow: to its double, to 45 s, a switch to 10 s."""
    length = cue.length or 0
    longest = 10 * 250 if cue.kind == "switch" else 45 * 250
    return max(0, min(length, longest - length - 5))


def rest_at(document: Mapping[str, Any], step: str) -> str:
    """Return the rest that is written at a step."""
    node: Any = document
    for part in step.replace("]", "").replace("[", ".").split("."):
        node = node[int(part)] if part.isdecimal() else node.get(part, {})
    return str(node.get("rest", ""))


@every("seed", first(24, range(SMALL_ROUTINES)))
def test_every_length_is_reached_or_refused_as_trying_all_settings_says(seed: int, write: Write) -> None:
    document, random = small_routine(seed), Random(seed)
    routine = load(write(json.dumps(document, indent=1)))
    spans = possible(routine, document)
    if not spans:
        with pytest.raises(RoutineError, match=r"help|is outside|use a shorter"):
            fit(routine, NOTHING, MINUTE, lengths=by_letters)
        return
    shortest, longest = min(low for low, _ in spans), max(high for _, high in spans)
    edges = [shortest, longest, shortest - 1, longest + 1]
    targets = [random.choice(edges), *(random.randint(shortest, longest) for _ in range(TARGETS_EACH - 1))]
    for total in targets:
        if any(low <= total <= high for low, high in spans):
            fitted = fit(routine, NOTHING, total, lengths=by_letters)
            assert fitted.length == total
            check(routine, fitted)
        else:
            with pytest.raises(RoutineError) as caught:
                fit(routine, NOTHING, total, lengths=by_letters)
            assert refused(caught.value) == (shortest, longest)


@cache
def shipped(name: str) -> tuple[Routine, int, int]:
    """Return a session with its shortest and its longest length."""
    routine = load(SHIPPED_LIBRARY.find(name))
    with pytest.raises(RoutineError) as caught:
        fit(routine, NOTHING, 250, lengths=estimated_lengths)
    return routine, *refused(caught.value)


@pytest.mark.slow
@every("name", first(2, SESSIONS))
def test_a_session_takes_any_length_between_its_shortest_and_its_longest(name: str) -> None:
    routine, shortest, longest = shipped(name)
    random = Random(name)
    own = estimated(compile(routine)).length
    targets = [
        shortest,
        longest,
        own,
        *(random.randint(shortest, longest) for _ in range(SESSION_TARGETS - 5)),
    ]
    for total in targets:
        fitted = fit(routine, NOTHING, total, lengths=estimated_lengths)
        assert fitted.length == estimated(fitted.script).length == total
        check(routine, fitted)
        if total == own:
            assert (changed(fitted), fitted.script.cues) == ({}, compile(routine).cues)
    for total in (shortest - 1, longest + 1):
        with pytest.raises(RoutineError, match=f"cannot be fitted to {re.escape(format_length(total))};"):
            fit(routine, NOTHING, total, lengths=estimated_lengths)


def changed(fitted: Timeline) -> Mapping[str, Any]:
    assert fitted.script.fit
    return fitted.script.fit.changed


def check(routine: Routine, fitted: Timeline) -> None:
    """Hold a fitted script to what nobody may change: bounds, equal sides, borders, written pauses."""
    script = fitted.script
    for name, value in script.settings.items():
        setting = routine.document.settings[name]
        chosen = read_setting(str(value), setting.default.kind).value
        assert setting.min is None or chosen >= setting.min.value
        assert setting.max is None or chosen <= setting.max.value
        assert (name in changed(fitted)) == (value != setting.default.shown)
    held: dict[tuple[str, int | None], set[int | None]] = defaultdict(set)
    for cue in script.cues:
        if cue.kind == "hold":
            held[cue.step, cue.rep].add(cue.length)
    assert all(len(lengths) == 1 for lengths in held.values())
    starts = [timed.start for timed in fitted.cues if timed.cue.kind in ("say", "hold")]
    assert {start % FRAME_TICKS for start in starts} == {0}
    written = compile(
        routine, Options(settings={name: str(value) for name, value in script.settings.items()})
    )
    for before, after in zip(written.cues, script.cues, strict=True):
        if before.kind in SOFT:
            low = before.length or 0
            assert low <= (after.length or 0) <= low + room(before) + 2 * FRAME_TICKS
        else:
            assert before == after
    assert script.fit
    assert script.fit.added >= 0


def test_the_same_length_gives_the_same_script_each_time() -> None:
    routine, shortest, longest = shipped("full-back-care")
    first, second = (
        fit(routine, NOTHING, (shortest + longest) // 2, lengths=estimated_lengths) for _ in range(2)
    )
    assert first.script == second.script


STRETCH = """
  - repeat: $reps
    rest: 5s
    steps:
      - say: Stay.
      - hold: $hold
"""
SETTINGS = """
settings:
  hold: {{default: 20s, min: 10s, max: 40s, weight: {hold}}}
  reps: {{default: 3, min: 1, max: 6, weight: {reps}}}
"""


def test_what_the_listener_asks_for_stays(routine: MakeRoutine) -> None:
    made = routine(STRETCH, SETTINGS.format(hold=1, reps=1))
    assert set(changed(fit(made, NOTHING, 3 * MINUTE, lengths=word_lengths))) == {"hold", "reps"}
    fitted = fit(made, Options(settings={"hold": "22s"}), 3 * MINUTE, lengths=word_lengths)
    assert fitted.script.settings["hold"] == "22s"
    assert set(changed(fitted)) == {"reps"}
    with pytest.raises(RoutineError, match=r"\(with hold 22s, reps 3 as requested\)"):
        fit(made, Options(settings={"hold": "22s", "reps": "3"}), 3 * MINUTE, lengths=word_lengths)


def test_a_dose_stays(routine: MakeRoutine) -> None:
    made = routine(STRETCH, SETTINGS.format(hold=1, reps=1) + "doses: {much: {hold: 38s}}")
    fitted = fit(made, Options(dose="much"), 200 * 250, lengths=word_lengths)
    assert (fitted.script.settings["hold"], set(changed(fitted))) == ("38s", {"reps"})
    with pytest.raises(RoutineError, match=r"^routine: no dose is called 'mch'; did you mean 'much'\?"):
        fit(made, Options(dose="mch"), MINUTE, lengths=word_lengths)


@pytest.mark.parametrize(("fixed", "free"), [("hold", "reps"), ("reps", "hold")])
def test_a_setting_of_weight_0_stays(routine: MakeRoutine, fixed: str, free: str) -> None:
    made = routine(STRETCH, SETTINGS.format(**{fixed: 0, free: 1}))
    for total in (16_000, 31_000):
        assert set(changed(fit(made, NOTHING, total, lengths=word_lengths))) == {free}


def test_a_higher_weight_goes_further(routine: MakeRoutine) -> None:
    steps = "  - hold: $long\n  - hold: $short\n  - rest: 1s"
    bounds = "{{default: 20s, min: 10s, max: 40s, weight: {}}}"
    head = f"settings:\n  long: {bounds.format(3)}\n  short: {bounds.format(1)}"
    settings = fit(routine(steps, head), NOTHING, 14_000, lengths=word_lengths).script.settings
    added = {name: float(str(value)[:-1]) - 20 for name, value in settings.items()}
    assert added["long"] == pytest.approx(3 * added["short"], abs=0.2)


def test_a_time_with_a_step_keeps_to_it_and_pauses_take_up_the_rest(routine: MakeRoutine) -> None:
    head = "settings: {long: {default: 20s, min: 10s, max: 60s, step: 5s}}"
    made = routine("  - say: Stay.\n  - hold: $long\n  - rest: 10s", head)
    for total in range(14_000, 17_000, 410):
        fitted = fit(made, NOTHING, total, lengths=word_lengths)
        assert fitted.length == total
        assert str(fitted.script.settings["long"]) in {f"{time}s" for time in range(10, 60, 5)} | {"1m"}


def test_of_counts_that_turn_at_the_same_push_some_may_turn(routine: MakeRoutine) -> None:
    names = ("one", "two", "three")
    head = "settings:\n" + "".join(f"  {name}: {{default: 2, min: 1, max: 3}}\n" for name in names)
    steps = "".join(f"  - repeat: ${name}\n    steps:\n      - hold: 40s\n" for name in names)
    made = routine(steps, head)
    usual = fit(
        made, NOTHING, lay_out(compile(made), word_lengths(compile(made))).length, lengths=word_lengths
    )
    fitted = fit(made, NOTHING, int(usual.length) - 10_000, lengths=word_lengths)
    assert sorted(str(fitted.script.settings[name]) for name in names) == ["1", "2", "2"]


def test_the_bounds_of_an_included_routine_hold(routine: MakeRoutine) -> None:
    steps = "  - {include: knee-to-chest, settings: {hold: $hold}}"
    made = routine(steps, "settings: {hold: {default: 20s, min: 5s, max: 2m}}")
    for total in (MINUTE, 10 * MINUTE):
        with pytest.raises(RoutineError) as caught:
            fit(made, NOTHING, total, lengths=word_lengths)
        for possible, hold in zip(refused(caught.value), ("15s", "26s"), strict=True):
            fitted = fit(made, NOTHING, possible, lengths=word_lengths)
            assert fitted.script.settings == {"hold": hold}


def test_a_rest_that_a_setting_gives_keeps_to_its_bounds(routine: MakeRoutine) -> None:
    steps = "  - hold: 9s\n  - rest: $pause\n  - hold: 9s\n  - rest: 4s"
    made = routine(steps, "settings: {pause: {default: 3s, min: 2s, max: 5s}}")
    fitted = fit(made, NOTHING, 8500, lengths=word_lengths)
    rests = [timed.length for timed in fitted.cues if timed.cue.kind == "rest"]
    assert 500 <= rests[0] < 1250 + FRAME_TICKS
    assert changed(fitted) == {"pause": ("3s", "5s")}
    assert rests[1] > 1000 + FRAME_TICKS


def test_a_rest_that_a_setting_gives_keeps_to_its_bounds_where_only_more_reps_have_one(
    routine: MakeRoutine,
) -> None:
    steps = "  - repeat: $reps\n    rest: $pause\n    steps: [{hold: 20s}]"
    head = "settings:\n  reps: {default: 1, min: 1, max: 4}\n  pause: {default: 5s, min: 2s, max: 9s}"
    made = routine(steps, head)
    with pytest.raises(RoutineError) as caught:
        fit(made, NOTHING, 250, lengths=word_lengths)
    fitted = fit(made, NOTHING, refused(caught.value)[1], lengths=word_lengths)
    rests = [timed.length for timed in fitted.cues if timed.cue.kind == "rest"]
    assert len(rests) == 3
    assert all(9 * 250 <= rest < 9 * 250 + FRAME_TICKS for rest in rests)


@every("skip", ["knee-to-chest", "steps[1]", "steps[1].include.steps[1]"])
def test_a_setting_of_what_is_left_out_is_not_turned(routine: MakeRoutine, skip: str) -> None:
    steps = "  - hold: $stay\n  - {include: knee-to-chest, settings: {hold: $hold}}\n  - hold: $stay"
    head = "settings:\n  stay: {default: 20s, min: 10s, max: 1m}\n  hold: {default: 20s, min: 15s, max: 30s}"
    made = routine(steps, head)
    written = compile(made, Options(skip=(skip,)))
    total = lay_out(written, word_lengths(written)).length + 10 * 250
    fitted = fit(made, Options(skip=(skip,)), total, lengths=word_lengths)
    assert (fitted.length, set(changed(fitted))) == (total, {"stay"})


def test_breathing_for_a_time_stays_a_whole_number_of_breaths(routine: MakeRoutine) -> None:
    steps = "  - breathe: {in: $in, out: 6s, for: $time, voice: none}"
    head = "settings:\n  in: {default: 4s, min: 3s, max: 5s}\n  time: {default: 1m, min: 25s, max: 125s}"
    made = routine(steps.replace("$in", "$inward"), head.replace(" in:", " inward:"))
    fitted = fit(made, NOTHING, 84 * 250 + 1, lengths=word_lengths)
    assert fitted.length == 84 * 250 + 1
    assert changed(fitted) == {"time": ("1m", "1m20s")}
    with pytest.raises(RoutineError, match=r"possible: 3[23]s to 2m"):
        fit(made, NOTHING, 250, lengths=word_lengths)


def test_a_hold_in_which_marks_would_meet_is_passed_over(routine: MakeRoutine) -> None:
    steps = "  - hold: $hold\n    marks: {halfway: One two three., before_end: {10s: Four five.}}"
    made = routine(steps, "settings: {hold: {default: 30s, min: 24s, max: 60s}}")
    low = routine(steps, "settings: {hold: {default: 15s, min: 12s, max: 30s}}")
    assert fit(made, NOTHING, 40 * 250, lengths=word_lengths).length == 40 * 250
    for total in range(21 * 250, 23 * 250, 61):  # at 18 to 20 s the two would overlap
        fitted = fit(low, NOTHING, total, lengths=word_lengths)
        assert fitted.length == total


@pytest.mark.parametrize("total", [250, 36_000 * 250])
def test_one_second_and_ten_hours_are_refused_with_what_is_possible(total: int) -> None:
    routine, shortest, longest = shipped("lower-back")
    with pytest.raises(RoutineError) as caught:
        fit(routine, NOTHING, total, lengths=estimated_lengths)
    assert refused(caught.value) == (shortest, longest)
    asked = {250: "1s", 36_000 * 250: "10h"}[total]
    assert re.fullmatch(
        rf"lower-back cannot be fitted to {asked}; possible: \d+m\d+s to \d+m\d+s", str(caught.value)
    )
    assert caught.value.exit_code == 3


def test_a_gap_between_two_counts_is_refused_with_what_is_near(routine: MakeRoutine) -> None:
    made = routine(
        "  - repeat: $reps\n    rest: 0s\n    steps: [{hold: 1m}]", SETTINGS.format(hold=0, reps=1)
    )
    with pytest.raises(RoutineError, match=r"and near it 2m\d\.\d+s and 3m\d\.\d+s$"):
        fit(made, NOTHING, 150 * 250, lengths=word_lengths)


def test_guesses_only_save_measuring() -> None:
    routine, shortest, longest = shipped("lower-back")
    asked: list[int] = []

    def dear(script: Script) -> Mapping[ClipRef, int]:
        asked.append(len(script.clips))
        return by_letters(script)

    total = (shortest + longest) // 2
    fitted = fit(routine, NOTHING, total, lengths=dear, guess=estimated_lengths)
    assert lay_out(fitted.script, by_letters(fitted.script)).length == total
    assert len(asked) <= 4


@pytest.mark.parametrize("guess", [None, estimated_lengths])
def test_a_refusal_is_measured(guess: Any) -> None:
    routine = shipped("morning-ten")[0]
    with pytest.raises(RoutineError) as caught:
        fit(routine, NOTHING, 250, lengths=by_letters, guess=guess)
    for bound in refused(caught.value):
        fitted = fit(routine, NOTHING, bound, lengths=by_letters, guess=guess)
        assert lay_out(fitted.script, by_letters(fitted.script)).length == bound


OWN = "length: {default: 2m, min: 90s, max: 4m}\n" + SETTINGS.format(hold=1, reps=1)


@every(("asked", "total"), [(None, 2 * MINUTE), ("3m", 3 * MINUTE), ("none", None)])
def test_a_routine_may_have_a_length_of_its_own(
    routine: MakeRoutine, asked: str | None, total: int | None
) -> None:
    made = routine(STRETCH, OWN)
    assert wanted_length(made, Options(fit=asked))[0] == total
    script = compile_to_length(made, Options(fit=asked), lengths=word_lengths)
    length = lay_out(script, word_lengths(script)).length
    assert length == total if total else script == compile(made)


def test_its_bounds_hold_unless_the_listener_goes_beyond(routine: MakeRoutine) -> None:
    made = routine(STRETCH, OWN)
    with pytest.raises(
        RoutineError, match=r"length: 5m is more than 4m \(bounds 1m30s to 4m\); use --beyond"
    ):
        compile_to_length(made, Options(fit="5m"), lengths=word_lengths)
    script = compile_to_length(made, Options(fit="5m", beyond_bounds=True), lengths=word_lengths)
    assert script.beyond_bounds == ("length",)
    with pytest.raises(UsageError, match=r"'soon' is not a time .*, or none"):
        compile_to_length(made, Options(fit="soon"), lengths=word_lengths)


def test_its_own_length_gives_way_to_what_is_asked_for_and_a_note_says_so(routine: MakeRoutine) -> None:
    made = routine(STRETCH, OWN)
    asked = {"hold": "10s", "reps": "1"}
    script = compile_to_length(made, Options(settings=asked), lengths=word_lengths)
    written = compile(made, Options(settings=asked))
    assert replace(script, notes=()) == written
    lasts = format_clock(lay_out(written, word_lengths(written)).length)
    [note] = script.notes
    assert "cannot be fitted to 2m; possible: " in note
    assert "with hold 10s, reps 1 as requested" in note
    assert note.endswith(f"not fitted to the length in the routine, and lasts {lasts}")
    with pytest.raises(RoutineError, match=r"cannot be fitted to 2m; possible: "):
        compile_to_length(made, Options(settings=asked, fit="2m"), lengths=word_lengths)


@pytest.mark.parametrize(
    ("asked", "words"), [({"hold": "5h"}, "hold: .* is more than"), ({"hodl": "5s"}, "did you mean 'hold'")]
)
def test_what_cannot_be_at_all_is_an_error_for_all_its_own_length(
    routine: MakeRoutine, asked: dict[str, str], words: str
) -> None:
    with pytest.raises(RoutineError, match=words):
        compile_to_length(routine(STRETCH, OWN), Options(settings=asked), lengths=word_lengths)


def test_the_decoded_file_lasts_as_long_as_was_asked_for(tmp_path: Path) -> None:
    routine = load(SHIPPED_LIBRARY.find("knee-to-chest"))
    total = 5 * MINUTE + 1
    cache = Cache(tmp_path / "cache")
    script = compile_to_length(
        routine, Options(fit="300.004s"), lengths=lambda script: measured(script, cache).lengths,
        guess=estimated_lengths,
    )  # fmt: skip
    receipt = render(script, tmp_path, cache=cache)
    assert soundfile.info(receipt.mp3).frames == total * TICK_SAMPLES
    reported = receipt.as_json()["fit"]
    assert reported["asked_s"] == 300.004
    assert receipt.as_json()["settings"]["hold"] == reported["changed"]["hold"][1]
    assert "  fit: to 05:00.004: hold 20s to " in receipt.as_text()
    document = json.loads(receipt.script.read_text(encoding="utf-8"))
    assert (document["length"], document["settings"]) == (total, script.settings)
