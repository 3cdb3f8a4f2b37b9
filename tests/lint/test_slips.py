"""What was begun and not written to its end is named at its place."""

from __future__ import annotations

from tests.lint.conftest import Findings, Rules

HOLD = "  - say: Lift.\n  - hold: 60s\n    marks: {}\n  - say: Lower.\n"
EMPTY = [
    "  - say: Sit.\n    gap:\n",
    "  - say: Sit.\n    short: ~\n",
    "  - chapter: One\n    bed:\n",
    "  - repeat: 2\n    rest:\n    steps:\n      - say: Sit.\n",
    "  - repeat: 2\n    steps:\n      - say: Sit.\n        settle:\n",
    *(
        HOLD.format("{" + mark + "}")
        for mark in ("halfway: ", "countdown: ~", "at: {}", "every: {}", "tempo: ~")
    ),
]
HEADS = ["summary:", "position: ~", "body: []", "settings: {}", "bed:", "voice: {}", "source:", "allow: {}"]
SPOKEN = ["Bell", "BELL", "bell.", "Halfway", "Gong", "Gong.wav"]


def test_a_key_without_a_value_is_named(findings: Findings) -> None:
    found = {each: [x.fault.found for x in findings(each) if x.rule == "no-effect"] for each in EMPTY}
    assert [each for each, said in found.items() if not said or "has no" not in said[0]] == []
    quiet = "safety: {notice: none, closing: none}\n"
    named = {
        head: [x for x in findings("  - say: Sit.\n", quiet + head) if x.rule == "no-effect"]
        for head in HEADS
    }
    assert [head for head, said in named.items() if [each.fault.line for each in said] != [3]] == []


def test_a_soft_time_needs_no_value(rules: Rules) -> None:
    steps = "  - say: Sit.\n  - settle:\n  - gap:\n  - say: Rest.\n  - rest:\n    chime: bell\n  - switch:\n"
    assert "no-effect" not in rules(steps)


def test_a_sound_with_a_capital_is_spoken_and_named(findings: Findings) -> None:
    head = "safety: {notice: none, closing: none}\nsounds: {gong: {file: bell, volume: -2dB}}"
    missed = []
    for sound in SPOKEN:
        mark = HOLD.format(f"{{halfway: {sound}, at: {{10s: gong}}}}")
        found = [x.fault.found for x in findings(mark, head) if x.rule == "no-effect"]
        if not any("is spoken as words" in each for each in found):
            missed.append((sound, found))
    assert missed == []
    for meant in ("bell", "Halfway there.", "Halfway.", "Open!", "{say: Bell}"):
        marks = HOLD.format(f"{{halfway: {meant}, at: {{10s: gong}}}}")
        assert [x for x in findings(marks, head) if x.rule == "no-effect"] == []


def test_any_text_that_a_comment_cuts_off_is_named(findings: Findings) -> None:
    head = (
        "safety: {notice: none, closing: none, avoid_with: [a]}\nsummary: best #1\nbody:\n  - neck #2\n"
        "settings:\n  hold:\n    default: 5s #secs\n    label: hold #3\n    source: ours #4\n"
        "say_as:\n  lift: lyft #5\nallow:\n  no-effect: one #6\n  unknown-word: b\n"
        "source:\n  name: leaflet #7\n  says: hold #8\nprofile: quiet #later\n"
    )
    hold = "  - hold: $hold #as it says\n    chime: bell #loud\n"
    steps = f"  - say: Lift.\n    id: part #9\n{hold}  - say: Down.\n"
    cut = [each.fault.found[1:3] for each in findings(steps, head) if each.rule == "cut-text"]
    assert cut == [f"#{number}" for number in range(1, 10)]


def test_a_real_comment_after_the_text_stays_outside_of_the_quotes(findings: Findings) -> None:
    (cut,) = [each for each in findings("  - say: Do set #2 # mind the knee\n") if each.rule == "cut-text"]
    assert cut.fault.found.endswith('"Do set #2"')


def test_a_value_that_growth_never_reaches_is_named(findings: Findings) -> None:
    def found(values: str) -> list[str]:
        head = "safety: {notice: none, closing: none}\nsettings: {hold: {default: 10s, min: 5s, max: 15s}}"
        repeat = f"  - repeat: 3\n    grow: {{hold: {values}}}\n    steps:\n"
        inner = "".join(f"      - {step}\n" for step in ("say: Lift.", "hold: $hold", "say: Lower."))
        return [each.fault.found for each in findings(repeat + inner, head) if each.rule == "no-effect"]

    assert found("[5s, 10s, 15s]") == []
    assert found("[10s, 20s]") == ["'hold' is never 20s: its bounds come first"]
    assert found("[4s, 10s]") == ["'hold' is never 4s: its bounds come first"]
