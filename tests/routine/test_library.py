"""The routines that ship say what their sources say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError, UsageError
from audioguide.listener.options import Options
from audioguide.routine.language.model import Hold, Include
from audioguide.routine.language.notices import CLOSINGS, OPENINGS, opening_sentences
from audioguide.routine.language.values import Ref
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.script.choices import Guidance
from audioguide.script.script import EXACT, Cue, Script, Side
from audioguide.units import TICKS_PER_SECOND
from audioguide.vocabulary.vocabulary import vocabulary
from tests.shipped import NAMES, compiled, shipped, text_of
from tests.slow import first
from tests.tables import every

ARTICLE = "How to relax back muscles (article)"
PAGE = "Back Relaxation (exercise page)"
EVERYONE = {"R1", "R10", "R11", "R18", "R19"}
EXERCISE = EVERYONE | {"R2"}
STRETCH = EXERCISE | {"R9"}
YOGA = STRETCH | {"R8"}
ICE = EVERYONE | {"R3"}
HEAT = EVERYONE | {"R4", "R6", "R7"}
WATER = HEAT | {"R5"}
SCREENING = EVERYONE | {"R9", "R12", "R13", "R14", "R15", "R16", "R17"}
BOTH: list[Side | None] = ["left", "right"]


@dataclass(frozen=True)
class Row:
    """What the source gives: holds in seconds, sides in order, breaths, bounds, rules, chapters."""

    rules: set[str]
    holds: Sequence[float] = ()
    sides: Sequence[Side | None] | None = None
    breaths: int = 0  # of 4 s in and 6 s out
    bounds: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    chapters: list[str] = field(default_factory=list)


KNEES = {"hold": ("15s", "20s", "26s"), "reps": ("1", "1", "3")}
POSE = ("10s", "15s", "26s")
IN_SESSION = ("10s", "15s", "25s")  # within the bounds of each pose in it
PACE = {"breath_in": ("3s", "4s", "5s"), "breath_out": ("6s", "6s", "8s")}
TEN = {"time": ("5m", "9m45s", "9m45s")}
TWENTY = {"time": ("5m", "19m45s", "19m45s")}

GROWING = [10, 10.2, 10.4, 10.6, 10.8, 11, 11.2, 11.4]

EXERCISES = {
    "back-relaxation": Row(
        STRETCH, GROWING, bounds={"hold": ("10s", "10s", "12s"), "reps": ("8", "8", "10")}
    ),
    "diaphragmatic-breathing": Row(EXERCISE, breaths=5, bounds={"breaths": ("5", "5", "12"), **PACE}),
    "neutral-spine": Row(STRETCH, breaths=6, bounds={"breaths": ("6", "6", "9")}),
    "upper-arm-raise": Row(
        STRETCH, [30] * 3, bounds={"hold": ("30s", "30s", "30s"), "reps": ("3", "3", "4")}
    ),
    "knee-to-chest": Row(STRETCH, [20] * 3, ["left", "right", "both"], bounds=KNEES),
    "seated-hamstring-stretch": Row(STRETCH, [20] * 2, BOTH, bounds=KNEES),
    "cat-stretch": Row(STRETCH, [5] * 5, bounds={"hold": ("5s", "5s", "7s"), "reps": ("5", "5", "10")}),
    "cobra-pose": Row(YOGA, [15] * 3, bounds={"hold": POSE, "reps": ("2", "3", "4")}),
    "corpse-pose": Row(YOGA, [180], bounds={"time": ("1m", "3m", "15m")}),
    "bridge-pose": Row(YOGA, [15] * 3, bounds={"hold": POSE, "reps": ("2", "3", "4")}),
    "thread-the-needle": Row(
        YOGA, [20] * 4, BOTH * 2, bounds={"hold": ("10s", "20s", "25s"), "reps": ("1", "2", "4")}
    ),
    "childs-pose": Row(YOGA, [30] * 2, bounds={"hold": ("10s", "30s", "55s"), "reps": ("1", "2", "4")}),
    "cat-cow": Row(STRETCH, breaths=8, bounds={"breaths": ("5", "8", "15"), **PACE}),
    "forward-bend": Row(STRETCH, [15] * 3, bounds={"hold": IN_SESSION, "reps": ("1", "3", "4")}),
    "foam-roller-release": Row(
        STRETCH, [30] * 3, bounds={"hold": ("10s", "30s", "55s"), "spots": ("1", "3", "6")}
    ),
}
HABITS = ["Water", "Rest", "Sleep", "Posture", "Breaks", "Core strength", "Meditation"]
CHECKED = ["Injuries", "Pain", "Age and joints", "Nerves", "The whole body", "Your answers", "When to stop"]
LOWER_BACK = [
    "Diaphragmatic breathing", "Neutral spine", "Knee to chest", "Seated hamstring stretch", "Cat stretch",
]  # fmt: skip
LOWER_BACK_ROW = Row(
    STRETCH, [20] * 5 + [5] * 5, ["left", "right", "both", *BOTH] + [None] * 5, 11,
    {"hold": ("15s", "20s", "26s")}, LOWER_BACK,
)  # fmt: skip
TRACKS = {
    "ice-massage": Row(ICE, [1185], bounds=TWENTY),
    "cold-compress": Row(ICE, [1185], bounds=TWENTY),
    "heating-pad": Row(HEAT, [585], bounds=TEN),
    "hot-shower": Row(WATER, [585], bounds=TEN),
    "hot-water-bottle": Row(WATER, [585], bounds=TEN),
    "heat-wrap": Row(HEAT, [585], bounds=TEN),
    "warm-towel": Row(WATER, [585], bounds=TEN),
    "heat-move-ice": Row(
        HEAT | ICE | STRETCH,
        [585, *LOWER_BACK_ROW.holds, 585],
        [None, *(LOWER_BACK_ROW.sides or []), None],
        LOWER_BACK_ROW.breaths,
        {"hold": ("15s", "20s", "26s")},
        ["Heat", "Lower back", *LOWER_BACK, "Ice"],
    ),
    "mindfulness-meditation": Row(EVERYONE, [480], bounds={"time": ("2m", "8m", "20m")}),
    "relax-the-back": Row(EVERYONE, [20] * 5 + [120], bounds={"time": ("1m", "2m", "10m")}),
    "desk-break": Row(STRETCH, [20, 10, 10, 10, 10], [None, None, *BOTH, None]),
    "back-care-habits": Row(EVERYONE, chapters=HABITS),
    "before-you-start": Row(SCREENING, chapters=CHECKED),
}
SESSIONS = {
    "lower-back": LOWER_BACK_ROW,
    "upper-and-mid-back": Row(
        YOGA, [30] * 3 + [20] * 3, [None] * 3 + BOTH + [None], 5,
        {"raise": ("30s", "30s", "30s"), "hold": ("10s", "20s", "25s")},
        ["Diaphragmatic breathing", "Upper arm raise", "Thread the needle", "Child's pose"],
    ),
    "neck-and-back": Row(
        YOGA, [15] * 5, [None, None, *BOTH, None], 13, {"hold": IN_SESSION},
        ["Diaphragmatic breathing", "Bridge pose", "Cat cow", "Thread the needle", "Child's pose"],
    ),
    "unwind": Row(
        YOGA, [30, 20, 20, 20, 180], [None, *BOTH, "both", None], 20, {"still": ("1m", "3m", "10m")},
        ["Cat cow", "Child's pose", "Knee to chest", "Diaphragmatic breathing", "Corpse pose"],
    ),
    "core-and-back": Row(
        YOGA, [15] * 3 + GROWING + [5] * 5, None, 11,
        {"lift": ("10s", "10s", "12s"), "lifts": ("8", "8", "10")},
        ["Diaphragmatic breathing", "Neutral spine", "Bridge pose", "Back relaxation", "Cat stretch"],
    ),
    "morning-ten": Row(
        STRETCH, [15] * 2, None, 17, {"bend": IN_SESSION},
        ["Diaphragmatic breathing", "Cat cow", "Forward bend"],
    ),
    "bedtime": Row(
        STRETCH, [20] * 3 + [25] * 5 + [120, 120], [*BOTH, "both"] + [None] * 7, 12,
        {"hold": ("15s", "20s", "26s"), "drift": ("1m", "2m", "15m")},
        ["Diaphragmatic breathing", "Knee to chest", "Relax the back", "Into sleep"],
    ),
    "full-back-care": Row(
        YOGA,
        [20] * 3 + [15] * 2 + [30] * 3 + [5] * 5 + [15] * 3 + [20] * 2 + [10] * 5 + [60],
        [*BOTH, "both", *[None] * 10, *BOTH, None, *BOTH, *[None] * 6],
        11,
        {"hold": ("15s", "20s", "26s"), "raise": ("30s", "30s", "30s"), "raises": ("3", "3", "4")},
        [
            "Diaphragmatic breathing", "Neutral spine", "Knee to chest", "Bridge pose", "Upper arm raise",
            "Cat stretch", "Thread the needle", "Child's pose", "Seated hamstring stretch", "Relax the back",
        ],
    ),
}  # fmt: skip
TABLE = EXERCISES | TRACKS | SESSIONS  # those of the two articles; `library/numbers.py` knows the others
# By their text: loading all takes seconds, and every run of tests reads these lines.
TEXTS = {name: text_of(name) for name in NAMES}
WITH_PARTS = [name for name in NAMES if re.search(r"^ *- include:", TEXTS[name], re.MULTILINE)]
ALONE = [name for name in NAMES if name not in WITH_PARTS]
NEARLY_TEN = 585 * TICKS_PER_SECOND  # with the way on and off, ten minutes on the skin
HEAT_AND_ICE = frozenset({"R3", "R4"})  # the rules of these
TIMERS = [name for name in NAMES if re.search(r"^ *rules: .*\bR[34]\b", TEXTS[name], re.MULTILINE)]


def script(name: str, **settings: str) -> Script:
    return compiled(name, Options(settings=settings))


def seconds(length: int | None) -> float:
    return (length or 0) / TICKS_PER_SECOND


def holds(made: Script) -> list[Cue]:
    return [cue for cue in made.cues if cue.kind == "hold"]


def last_silence(name: str) -> str | None:
    """Return the step of the hold after which nobody speaks, in a routine to fall asleep with."""
    return holds(script(name))[-1].step if shipped(name).document.safety.closing == "sleep" else None


def breaths(made: Script) -> list[float]:
    """Return the phases of all breaths in seconds."""
    return [seconds(cue.length) for cue in made.cues if cue.kind == "breath"]


def test_the_table_has_every_routine() -> None:
    """A routine whose source says its numbers is compared with that; the others stand in the table."""
    assert (len(EXERCISES), len(TRACKS), len(SESSIONS)) == (15, 13, 8)
    reported = {name for name in NAMES if any(source.says for source in shipped(name).document.sources)}
    assert sorted({*TABLE} - reported) == sorted({*NAMES} - reported)


@every(("name", "row"), TABLE.items())
def test_holds_sides_breaths_and_order_are_those_of_the_source(name: str, row: Row) -> None:
    made = script(name)
    assert [seconds(cue.length) for cue in holds(made)] == list(row.holds)
    assert [cue.side for cue in holds(made)] == list(row.sides or [None] * len(row.holds))
    assert breaths(made) == [4, 6] * row.breaths
    assert [cue.text for cue in made.cues if cue.kind == "chapter"] == row.chapters


@every(("name", "row"), TABLE.items())
def test_bounds_and_safety_are_those_of_the_source(name: str, row: Row) -> None:
    document = shipped(name).document
    for key, bounds in row.bounds.items():
        setting = document.settings[key]
        assert (str(setting.min), str(setting.default), str(setting.max)) == bounds
    assert set(document.safety.rules) == row.rules
    assert all(source.note for source in document.sources)
    assert document.sources


@every("name", first(12, TABLE))
def test_every_setting_has_bounds_and_says_whose_numbers_they_are(name: str) -> None:
    for key, setting in shipped(name).document.settings.items():
        assert None not in (setting.min, setting.max, setting.label), key
        theirs = setting.source in (ARTICLE, PAGE)
        # Ours: with the guidance that it follows, or the number of the source that it widens.
        ours = re.search(r"in the article.*\bours\b|\bours: \w+", setting.source or "")
        assert theirs or ours, key


@every("name", first(50, NAMES))
def test_lists_can_be_searched_by_few_words(name: str) -> None:
    document = shipped(name).document
    assert None not in (document.summary, document.position)
    assert set() < set(document.body) <= set(vocabulary().names["body"])
    assert set(document.equipment) <= set(vocabulary().names["equipment"])


def test_no_two_routines_have_the_same_title() -> None:
    titles = Counter(shipped(name).document.title for name in NAMES)
    assert [title for title, count in titles.items() if count > 1] == []


@every("name", first(50, NAMES))
def test_what_has_parts_and_what_warms_or_cools_is_known_by_its_text(name: str) -> None:
    assert bool(shipped(name).includes) == (name in WITH_PARTS)
    assert bool(HEAT_AND_ICE & set(shipped(name).document.safety.rules)) == (name in TIMERS)


@every("name", first(50, EXERCISES))
def test_an_exercise_stands_alone(name: str) -> None:
    assert shipped(name).includes == {}


@every("name", WITH_PARTS)
def test_every_exercise_of_a_session_takes_a_setting_of_the_session(name: str) -> None:
    for step in shipped(name).document.steps:
        if isinstance(step, Include):
            assert any(isinstance(value, Ref) for value in step.settings.values()), step.include


def least(name: str) -> dict[str, str]:
    return {key: str(setting.min) for key, setting in shipped(name).document.settings.items()}


def most(name: str) -> dict[str, str]:
    return {key: str(setting.max) for key, setting in shipped(name).document.settings.items()}


def turned(name: str) -> Iterator[dict[str, str]]:
    """Yield the settings of `name` as they are, each at its least and its most, and all at once."""
    yield {}
    for ends in (least(name), most(name)):
        yield ends
        yield from ({key: value} for key, value in ends.items())


@every("name", first(30, NAMES), at_once=10)
def test_every_setting_can_be_turned_to_both_ends_at_any_guidance_and_no_breath_is_too_fast(
    name: str,
) -> None:
    """No mark clashes with another, or with its hold; breathing is slow, and goes out as long as in."""
    turns = [script(name, **settings) for settings in turned(name)]
    guided = [compiled(name, Options(guidance=guidance)) for guidance in get_args(Guidance)]
    guided += [
        compiled(name, Options(settings=most(name), guidance=guidance)) for guidance in get_args(Guidance)
    ]
    for each in (*turns, *guided):
        assert estimated(each).length > 0
    if any(source.says for source in shipped(name).document.sources):
        return  # its source says how fast, and `library/numbers.py` compares it
    for each in turns:
        lengths = breaths(each)
        for inhaled, exhaled in zip(lengths[::2], lengths[1::2], strict=True):
            assert inhaled <= exhaled
            assert 4.5 <= 60 / (inhaled + exhaled) <= 7


@every("name", first(50, NAMES))
def test_lengths_are_those_of_a_break_a_session_and_a_timer(name: str) -> None:
    length = seconds(estimated(script(name)).length) / 60
    if name in TIMERS:
        held = sum(seconds(cue.length) for cue in holds(script(name))) / 60
        # Its exercises take most of that; to the floor, up again, and to the ice and back take 4 minutes.
        assert length - held < (19 if name == "heat-move-ice" else 3)
    elif name in WITH_PARTS:
        assert 8 <= length <= (30 if name == "full-back-care" else 25)
    else:
        assert 1.5 <= length <= (17 if shipped(name).document.phase == "rest" else 7.5)


@every("name", first(50, NAMES))
def test_each_opens_with_a_stop_rule_and_closes_with_care(name: str) -> None:
    safety = shipped(name).document.safety
    words = [cue.text or "" for cue in script(name).cues if cue.kind == "say"]
    sentences = opening_sentences(safety.notice, script(name).safety.avoid)
    first = words.index(sentences[0])
    assert any(word.rstrip(".!?") == shipped(name).document.title for word in words[:first])
    assert "Stop if anything hurts, tingles or goes numb." in sentences
    assert tuple(words[first : first + len(sentences)]) == sentences
    last = CLOSINGS[safety.closing]
    end = [cue.text for cue in script(name).cues if cue.step == "closing" and cue.text]
    wanted = [*(r"Notice how .*" if "Notice" in each else each for each in last.sentences), *last.then]
    said = iter(end)
    assert all(any(re.fullmatch(each, text) for text in said) for each in wanted)
    assert not end or re.fullmatch(wanted[-1], end[-1])
    assert safety.closing == ("sleep" if name == "bedtime" else safety.closing) != "none"


@every("name", first(50, NAMES))
def test_words_are_for_the_ear(name: str) -> None:
    sight = r"\b(watch\w*|see|look\w*|read|screen|shown|below|like this)\b"
    rough = r"\b(bounce|force|push harder|jerk)\b"
    for guidance in get_args(Guidance):
        for cue in compiled(name, Options(guidance=guidance)).cues:
            text = cue.text or ""
            assert len(text.split()) <= 20, text
            assert not re.search(sight, text, re.IGNORECASE), text
            assert not re.search(rough, re.sub("never bounce", "", text, flags=re.I), re.IGNORECASE), text


@every("name", first(50, ALONE))
def test_its_own_name_comes_first(name: str) -> None:
    document = shipped(name).document
    words = [cue.text for cue in script(name).cues if cue.kind == "say"]
    before = words[: words.index(OPENINGS[document.safety.notice].sentences[0])]
    assert before[-1] == f"{document.title}."  # a welcome may come before it
    assert words.count(f"{document.title}.") == 1


@every("name", first(50, NAMES))
def test_every_side_is_named_before_its_hold(name: str) -> None:
    for guidance in get_args(Guidance):
        said: list[str] = []
        held: object = None
        for cue in compiled(name, Options(guidance=guidance)).cues if guidance != "chimes" else ():
            if cue.kind == "say":
                said.append(cue.text or "")
            elif cue.kind == "hold":
                if cue.side is not None and cue.side != held:
                    assert any(str(cue.side) in text.lower() for text in said), (name, cue.side, said)
                said, held = [], cue.side


@every("name", first(50, NAMES))
def test_there_is_time_to_settle_before_each_hold_and_a_way_out_after_it(name: str) -> None:
    cues = [cue for cue in script(name).cues if cue.advances and cue.kind != "chapter"]
    for index, cue in enumerate(cues):
        goes_on = cues[index - 1].kind == "gap" and cues[index - 2].kind in EXACT
        if cue.kind in EXACT and cues[index - 1].kind not in (*EXACT, "chime") and not goes_on:
            before = cues[index - 1]
            assert before.kind == "settle", cue.step
            assert seconds(before.length) >= 2, cue.step
        if cue.kind == "hold" and cue.step != last_silence(name):
            after = next(later for later in cues[index + 1 :] if later.kind in ("say", "hold"))
            assert after.kind == "say", cue.step


@every("name", first(50, NAMES))
def test_nobody_is_left_alone_for_long(name: str) -> None:
    """No minute of a hold passes without a cue: but the timers (5), and the silence that ends in sleep."""
    allowed = 310 if name in TIMERS else 60  # a mark of 5 minutes gives way to one that is nearer than 10 s
    timeline = estimated(script(name))
    for hold in (timed for timed in timeline.cues if timed.cue.kind == "hold"):
        if hold.cue.step == last_silence(name):
            continue
        inside = [hold.start, hold.end]
        inside += [timed.start for timed in timeline.cues if hold.start < timed.start < hold.end]
        gaps = [later - earlier for earlier, later in zip(sorted(inside), sorted(inside)[1:], strict=False)]
        assert seconds(max(gaps)) <= allowed, hold.cue.step


@every("name", TIMERS)
def test_a_timer_checks_the_skin_marks_the_minutes_and_ends_with_taking_it_off(name: str) -> None:
    made = script(name)
    timers = [index for index, cue in enumerate(made.cues) if (cue.length or 0) >= NEARLY_TEN]
    assert timers
    for index in timers:
        assert_timer(made, index)


def assert_timer(made: Script, index: int) -> None:
    """Hold the timer at this cue to what it must say, and when."""
    length = made.cues[index].length or 0
    marks = {}
    for cue in made.cues[index + 1 :]:
        if cue.advances and cue.kind != "chime":
            break
        if cue.kind == "mark":
            marks[seconds(cue.offset)] = cue.text or cue.sound or ""
    assert marks.pop(seconds(length - 60 * TICKS_PER_SECOND)) == "One more minute."
    skin = re.compile(r"\b(?:feel|touch)\b.*\byour skin\b", re.IGNORECASE)
    assert skin.search(marks.pop(seconds(length // 2)))
    checks = {300.0, 900.0} if length > 2 * NEARLY_TEN else set()
    assert set(marks) == checks
    assert all(skin.search(text) for text in marks.values())
    after = next(cue for cue in made.cues[index + 1 :] if cue.kind == "say")
    assert re.fullmatch(r"(Take the .* off|Turn the water off) now\.", after.text or "")


def test_heat_and_ice_have_no_setting_where_the_source_says_ten_minutes_only() -> None:
    for settings in turned("heat-move-ice"):
        long = [cue.length for cue in holds(script("heat-move-ice", **settings)) if seconds(cue.length) > 60]
        assert [seconds(length) for length in long] == [585, 585]
    fixed = [step.hold for step in shipped("heat-move-ice").document.steps if isinstance(step, Hold)]
    assert fixed == [585 * TICKS_PER_SECOND] * 2


def test_bedtime_has_neither_heat_nor_ice_and_ends_in_silence() -> None:
    for settings in turned("bedtime"):
        made = script("bedtime", **settings)
        last = max(index for index, cue in enumerate(made.cues) if cue.kind == "hold")
        assert all(not cue.clips for cue in made.cues[last:])
        assert not re.search(r"\b(ice|heat|hot|cold)\b", " ".join(cue.text or "" for cue in made.cues))


def test_both_doses_of_the_breathing_can_be_had() -> None:
    routine = shipped("diaphragmatic-breathing")
    assert breaths(compile(routine, Options(dose="five breaths"))) == [4, 6] * 5
    assert sum(breaths(compile(routine, Options(dose="two minutes")))) == 2 * 60


def test_the_hold_of_back_relaxation_may_grow() -> None:
    lengths = [cue.length for cue in holds(script("back-relaxation", growth="0.5s"))]
    assert lengths == [2500, 2625, 2750, 2875, 3000, 3000, 3000, 3000]


def test_a_name_that_is_unknown_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'knee-to-chest'"):
        SHIPPED_LIBRARY.find("knee-to-chst")
    with pytest.raises(RoutineError, match="there is no file"):
        SHIPPED_LIBRARY.find("nowhere/mine.yaml")


def test_a_title_is_as_good_as_a_name() -> None:
    assert SHIPPED_LIBRARY.find("Knee to chest") == SHIPPED_LIBRARY.find("knee-to-chest")
    with pytest.raises(UsageError, match="did you mean 'knee-to-chest'"):
        SHIPPED_LIBRARY.find("Knee two chest")


def test_a_slip_in_the_name_of_a_file_nearby_leads_to_that_file(tmp_path: Path) -> None:
    (tmp_path / "my-stretch.yaml").touch()
    for name in ("my-strech", "my-stretch"):
        with pytest.raises(UsageError, match=r"did you mean 'my-stretch\.yaml'"):
            SHIPPED_LIBRARY.find(name, tmp_path)
