"""What a routine says to whoever reads: who should avoid it, and which safety rules apply."""

from __future__ import annotations

from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.language.safety import RULES
from audioguide.routine.load import Routine
from audioguide.timeline.script import Safety


def printed(routine: Routine) -> Safety:
    """Gather what `routine` and all that it includes have to print; the rules that are for all come with it.

    A rule without a text, since nobody knows it, is left out.
    """
    own = routine.document.safety
    within = [printed(included) for included in routine.includes.values()]
    for_all = [rule for rule, each in RULES.items() if each.where == "all"]
    ids = {*for_all, *own.rules, *OPENINGS[own.notice].rules}.union(*(each.rules for each in within))
    avoid = [*own.avoid_with, *(line for each in within for line in each.avoid)]
    return Safety(avoid=tuple(dict.fromkeys(avoid)), rules=tuple(rule for rule in RULES if rule in ids))
