"""How long the body is in position: from the words that take it to those that leave it."""

from __future__ import annotations

from collections.abc import Callable

from audioguide.script.load import loads
from audioguide.script.script import Script
from audioguide.units import TICKS_PER_SECOND
from tests.conftest import laid_out
from tests.tables import every

MakeScript = Callable[..., Script]
RELEASE = 200


def lengths(script: Script) -> list[float]:
    """Return the load of each hold beyond the hold itself, in seconds, to a tenth."""
    found = []
    for load in loads(laid_out(script)):
        more = load.length - load.hold.length
        found.append(round(more / TICKS_PER_SECOND, 1))
    return found


def test_it_runs_from_the_last_words_before_a_hold_to_the_first_ones_after_it(script: MakeScript) -> None:
    made = script("  - say: Lie down. Lift.\n    settle: 2s\n  - hold: 10s\n  - say: Lower. Rest.")
    assert [cue.text for cue in made.cues if cue.enters] == ["Lift."]
    assert [cue.text for cue in made.cues if cue.releases] == ["Lower."]
    assert lengths(made) == [2.8]


def test_the_author_may_mark_other_words(script: MakeScript) -> None:
    steps = """
  - say: Lift.
    enter: true
    gap: 1s
  - say: Keep breathing.
    settle: 2s
  - hold: 10s
    release: 3.2s
  - say: Well done.
    gap: 1s
  - say: Lower your hips.
    release: true
"""
    made = script(steps)
    assert [cue.text for cue in made.cues if cue.enters] == ["Lift."]
    assert [cue.text for cue in made.cues if cue.releases] == ["Lower your hips."]
    (more,) = lengths(made)
    assert more > 2 + 3.2 + 1 + 1


def test_one_sentence_between_two_holds_ends_one_and_begins_the_other(script: MakeScript) -> None:
    steps = "  - say: Lift.\n  - hold: 5s\n  - say: Higher.\n    settle: 2s\n  - hold: 5s\n  - say: Lower."
    assert lengths(script(steps)) == [4.8, 2.8]


def test_without_words_it_is_the_hold(script: MakeScript) -> None:
    assert lengths(script("  - hold: 5s\n  - rest: 4s\n  - hold: 6s")) == [0, 0]


@every("hold", ["5s", "5.1s", "20s"])
def test_words_begin_over_the_ringing_of_the_end_chime(script: MakeScript, hold: str) -> None:
    cues = laid_out(script(f"  - say: Lift.\n  - hold: {hold}\n  - say: Lower.")).cues
    end = next(each for each in cues if each.cue.kind == "hold").end
    chime = [each for each in cues if each.cue.kind == "chime"][-1]
    words = [each for each in cues if each.cue.kind == "say"][-1]
    assert (chime.start, chime.cue.duck) == (end, RELEASE)
    assert RELEASE <= words.start - end < RELEASE + 6
    assert words.start < chime.end


def test_anything_but_words_waits_until_the_chime_has_rung(script: MakeScript) -> None:
    cues = laid_out(script("  - say: Lift.\n  - hold: 5s\n  - rest: 4s\n  - say: Lower.")).cues
    chime = [each for each in cues if each.cue.kind == "chime"][-1]
    rest = next(each for each in cues if each.cue.kind == "rest")
    assert chime.cue.duck is None
    assert rest.start == chime.end


def test_a_long_sound_of_ones_own_rings_out_at_the_end_of_the_file(script: MakeScript) -> None:
    timeline = laid_out(
        script("  - say: Lift.\n  - hold: 5s\n    chime: bowl\n    release: 0s\n  - say: Low.")
    )
    chime = [each for each in timeline.cues if each.cue.kind == "chime"][-1]
    assert timeline.length >= chime.end


@every("text", ["Lift. Higher.", "Lift. Higher. [2s]", "[1s] Lift. [2s] Higher."])
def test_words_that_the_author_marked_may_have_pauses_around_them(script: MakeScript, text: str) -> None:
    made = script(
        f"  - say: '{text}'\n    enter: true\n  - say: Breathe.\n  - hold: 10s\n  - say: Good.\n"
        f"  - say: '{text}'\n    release: true\n  - say: Rest.\n"
    )
    words = [(cue.text, cue.enters, cue.releases) for cue in made.cues if cue.text]
    assert words == [
        ("Lift.", False, False), ("Higher.", True, False), ("Breathe.", False, False),
        ("Good.", False, False), ("Lift.", False, True), ("Higher.", False, False), ("Rest.", False, False),
    ]  # fmt: skip
