"""What comes before the steps: the opening notice, the player check; and what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audioguide.compiler import pauses
from audioguide.compiler.context import Context
from audioguide.reading.read import is_spoken, reading_for
from audioguide.routine.language.notices import OPENINGS, PLAYER_CHECK_WORDS, asks_a_doctor, opening_sentences
from audioguide.routine.language.safety import RULES
from audioguide.routine.load import Routine
from audioguide.script.script import EXACT, PLAYER_CHECK, Cue, SafetyNotes
from audioguide.script.sentences import sentences
from audioguide.units import TICKS_PER_SECOND

PLAYER_CHECK_TICKS = 10 * TICKS_PER_SECOND
NOTICE_STEPS = ("opening", PLAYER_CHECK)


def add_opening(here: Context, *, player_check: bool) -> None:
    """Add what comes first: silence, a chime that wakes the player, its check, and the notice."""
    safety = here.routine.document.safety
    warnings = opening_sentences(safety.notice, printed(here.routine).avoid)
    opening = replace(here, keys=("opening",))
    opening.soft("gap", pauses.HEAD)
    if warnings or player_check:
        # The chime wakes headphones that sleep in silence and would swallow the first syllable.
        opening.add(Cue(kind="chime", step="", sound="open"))
    if player_check:
        _player_check(replace(here, keys=(PLAYER_CHECK,)))
    # Who is spoken to, and about what, comes before any warning.
    for sentence in (*(_welcome(here) if warnings else ()), *warnings):
        opening.add(Cue(kind="say", step="", text=sentence))


def _welcome(here: Context) -> list[str]:
    document = here.routine.document
    title = document.title if document.title[-1] in ".!?" else f"{document.title}."
    reads = reading_for(here.out.language, "")
    # A title such as "[x]" is shown, but there is nothing in it to say.
    said = sentences(document.welcome or title, here.out.language)
    return [sentence for sentence in said if is_spoken(reads(sentence))]


def end_of_opening(cues: Sequence[Cue]) -> int:
    """Return where the steps of the routine begin."""
    return next((at for at, cue in enumerate(cues) if cue.step not in NOTICE_STEPS), len(cues))


def without_title_again(here: Context) -> None:
    """Leave out the title at the head of the first step that speaks, where the opening has said it."""
    cues, said = here.out.cues, {cue.text for cue in here.out.cues if cue.step == "opening"}
    first = next(
        (at for at, cue in enumerate(cues) if cue.kind == "say" and cue.step not in NOTICE_STEPS), None
    )
    if first is None or cues[first].step == "closing" or cues[first].text not in said:
        return
    if sentences(here.routine.document.title, here.out.language)[0].rstrip(".!?") != (
        cues[first].text or ""
    ).rstrip(".!?"):
        return
    step = cues[first].step
    del cues[first]
    while cues[first].kind in ("settle", "gap") and cues[first].step == step:
        del cues[first]  # a step of nothing but the title


def ask_first(here: Context) -> None:
    """Move whom to ask from the exercises to the end of the opening: nobody can ask from the floor."""
    cues = here.out.cues
    place = end_of_opening(cues)
    if not any(cue.kind == "say" for cue in cues[:place]):
        return  # nothing opens it: its author does
    asked = [at for at, cue in enumerate(cues) if ".include" in cue.step and asks_a_doctor(cue.text or "")]
    moved = [replace(cues[at], step="opening") for at in asked]
    for at in reversed(asked):
        after = at + 1
        if cues[after].kind == "settle" and cues[after].step == cues[at].step != cues[at - 1].step:
            after += 1  # a step of nothing else
        del cues[at:after]
    cues[place:place] = moved


def say_after_first_words(here: Context, then: Sequence[str]) -> None:
    """Say the rest of the notice after the first words that lead to a position, with their time to settle.

    Where no words say so before the first hold or breath, it comes after the first step that speaks. Where a
    hold or a breath comes before other words, it is said at the end of the opening: words never come between
    an instruction and its hold.
    """
    if here.out.guidance == "chimes" or not then:
        return
    cues = here.out.cues
    place = end_of_opening(cues)
    own = [at for at in range(place, len(cues)) if cues[at].kind in (*EXACT, "say")]
    spoken = [*takewhile(lambda at: cues[at].kind == "say", own)]
    if spoken:
        steps = [cues[at].step for at in spoken]
        arrival = here.out.first_arrival
        first = arrival if arrival in steps else steps[0]
        behind = spoken[steps.index(first)]
        behind += sum(1 for _ in takewhile(lambda cue: cue.step == first, cues[behind:]))
        later = next((cues[at].kind for at in own if at >= behind), "say")
        place = behind if later == "say" else place
    opening = replace(here, keys=("opening",)).step
    cues[place:place] = [Cue(kind="say", step=opening, text=text) for text in then]


def _player_check(here: Context) -> None:
    """Add two bells that are exactly ten seconds apart, and what it means if they were not.

    A hold: no other time is exact and verified as such; its step sets it apart from those of the routine.
    """
    before, after = PLAYER_CHECK_WORDS
    cues = [
        *(Cue(kind="say", step="", text=text) for text in before),
        Cue(kind="gap", step="", length=pauses.GAP),
        Cue(kind="hold", step="", length=PLAYER_CHECK_TICKS),
        Cue(kind="chime", step="", sound="bell", offset=0),
        Cue(kind="chime", step="", sound="bell"),
        *(Cue(kind="say", step="", text=text) for text in after),
    ]
    # Said at every level of guidance: without the words, two bells mean nothing.
    here.out.places[PLAYER_CHECK] = here.routine.source.where(here.keys)
    here.out.cues += [replace(cue, step=PLAYER_CHECK) for cue in cues]


def printed(routine: Routine) -> SafetyNotes:
    """Gather what `routine` and all that it includes have to print; the rules that are for all come with it.

    A rule without a text, since nobody knows it, is left out.
    """
    own = routine.document.safety
    within = [printed(included) for included in routine.includes.values()]
    for_all = [rule for rule, each in RULES.items() if each.where == "all"]
    ids = {*for_all, *own.rules, *OPENINGS[own.notice].rules}.union(*(each.rules for each in within))
    avoid = [*own.avoid_with, *(line for each in within for line in each.avoid)]
    return SafetyNotes(avoid=tuple(dict.fromkeys(avoid)), rules=tuple(rule for rule in RULES if rule in ids))
