"""From wishes to a session: the exercises that may be part of it, the best order, the text."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.compose import purpose, rules
from audioguide.compose.candidates import Candidates, candidates
from audioguide.compose.choose import Choice
from audioguide.compose.facts import Facts, is_warning
from audioguide.compose.preparing import prepared
from audioguide.compose.refusal import Refusal, Refused
from audioguide.compose.wishes import LONGEST, SHORTEST, Wishes
from audioguide.compose.writing import closing_of, session_text, why
from audioguide.timed import timed
from audioguide.units import format_length

LOGGER = logging.getLogger(__name__)
_WIDER = 60  # exercises that are tried where the best ones do not come together
_EXAMPLES = 3
OWN_WAY = (
    "come down to the floor and get up from it without kneeling, such as over a chair or a bed; if that is "
    "hard, choose a session on a chair or standing"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A session: its `text` as YAML, its `parts` in order, and why each of the others was `left_out`."""

    wishes: Wishes
    text: str
    parts: tuple[Facts, ...]
    left_out: Mapping[str, str]

    @property
    def reasons(self) -> list[str]:
        """Say in a line for each part why it is there."""
        return [f"{each.title} ({each.name}): {reason}" for each, reason in self.whys]

    @property
    def whys(self) -> list[tuple[Facts, str]]:
        """Return each part with the reason why it is there."""
        before = [None, *self.parts]
        return [(each, why(each, last, self.wishes)) for each, last in zip(self.parts, before, strict=False)]

    @property
    def asks(self) -> str:
        """Say whom to ask before following it; "" where no condition was named."""
        minded = self.wishes.mind
        whom = "midwife or doctor" if "pregnant" in minded else "doctor"
        return f"ask your {whom} before you follow it: you named {', '.join(minded)}" if minded else ""

    @property
    def way_to_the_floor(self) -> str:
        """Say that you come to the floor without kneeling; "" where there is no need."""
        lies = any(rules.on_the_ground(each.first) and each.ground != "bed" for each in self.parts)
        return OWN_WAY if lies and "kneeling" in rules.avoided(self.wishes) else ""

    @property
    def warnings(self) -> list[str]:
        """Return what it says at its start about when to stop, and whom to ask."""
        return [each for each in prepared(self.parts, self.wishes.mind) if is_warning(each)]

    @property
    def omissions(self) -> list[str]:
        """Say in a line for each reason what was left out for it, the most frequent reason first."""
        counts = Counter(self.left_out.values())
        quiet = {"for other parts of the body", "a session of its own"}
        return [
            f"{why}: {_some(sorted(name for name, reason in self.left_out.items() if reason == why))}"
            for why, _ in counts.most_common()
            if why not in quiet
        ]


def _some(names: Sequence[str]) -> str:
    more = len(names) - _EXAMPLES
    return ", ".join(names[:_EXAMPLES]) + (f" and {more} more" if more > 0 else "")


def compose(wishes: Wishes, stock: Sequence[Facts], frames: Mapping[str, int]) -> Composed:
    """Return the best session for these wishes out of the exercises in `stock`.

    `frames` has the length of what stands around the exercises, in ticks, by closing. Raises Refused, which
    says what to change where no session keeps to every rule.
    """
    most = candidates(stock, replace(wishes, loose=2))
    _all_served(most, stock, wishes)
    LOGGER.info("%d of %d exercises are possible", len(most.possible), len(stock))
    for kept in (wishes, replace(wishes, loose=1), replace(wishes, loose=2)):
        found = candidates(stock, kept)
        with timed(LOGGER, "choosing"):
            parts = chosen(found, kept, frames)
        if parts:
            break
    else:
        raise impossible(most, wishes, frames)
    text = session_text(parts, kept, described(wishes))
    names = {each.name for each in parts}
    avoided = {each.name for each in found.possible if each.name in wishes.disliked} - names
    left_out = {**found.left_out, **dict.fromkeys(sorted(avoided), "you do not like it")}
    return Composed(wishes=wishes, text=text, parts=tuple(parts), left_out=left_out)


def chosen(found: Candidates, wishes: Wishes, frames: Mapping[str, int]) -> list[Facts] | None:
    """Return the exercises of the best session in their order; None where no session keeps to every rule."""
    frame = frames[closing_of(wishes)]
    best = found.best(wishes)
    parts = Choice(best, wishes, frame, found.possible).run()
    if parts is None and len(best) < len(found.possible):
        parts = Choice(found.possible[:_WIDER], wishes, frame, found.possible).run()
    return parts


def _all_served(found: Candidates, stock: Sequence[Facts], wishes: Wishes) -> None:
    """Raise Refused, which names every part without an exercise, and what rules them out."""
    names = {each.name for each in found.possible}
    lacking = [
        Refusal(f"'{name}' cannot be included: {found.left_out[name]}", "like")
        for name in wishes.like
        if name not in names
    ]
    for wish in wishes.body:
        if any(purpose.is_for(each, wish) for each in found.possible):
            continue
        out = Counter(
            found.left_out[each.name] for each in stock if purpose.is_for(each, wish) and not each.excluded
        )
        why = "; ".join(f"{count} left out: {reason}" for reason, count in out.most_common(4))
        said = f" ({why})" if why else ": the library has no exercise for it"
        lacking.append(Refusal(f"no exercise for '{wish}' fits{said}", "body"))
    if lacking:
        raise Refused(lacking, "change the options that rule it out, or remove it")


def impossible(found: Candidates, wishes: Wishes, frames: Mapping[str, int]) -> Refused:
    """Return an error that says which lengths are possible with these wishes, or what to relax."""

    def works_at(length: int) -> bool:
        return chosen(found, replace(wishes, length=length, loose=2), frames) is not None

    lengths = range(SHORTEST, LONGEST + 1, 5 * rules.MINUTE)
    shorter = next((each for each in reversed(lengths) if each < wishes.length and works_at(each)), None)
    longer = next((each for each in lengths if each > wishes.length and works_at(each)), None)
    works = [each for each in (shorter, longer) if each]
    asked = f"no session of {format_length(wishes.length)} follows every rule"
    if works:
        return Refused(
            [Refusal(f"{asked}; possible with these limits: {_minutes(works)}", "length")],
            "change {length}, remove limits, or add parts of the body to {body}",
        )
    limits = ", ".join(f"{{{field}}}" for field in _limits(wishes))
    return Refused([Refusal(asked, "length")], f"relax one of these: {limits or '{body}'}")


def _minutes(lengths: Sequence[int]) -> str:
    shortest, longest = format_length(lengths[0]), format_length(lengths[-1])
    return shortest if shortest == longest else f"{shortest} or {longest}"


def _limits(wishes: Wishes) -> list[str]:
    given = {
        "position": wishes.places, "without": wishes.without or wishes.nothing_at_hand,
        "avoid": wishes.avoid, "mind": wishes.mind, "level": wishes.level == "gentle", "aim": wishes.aim,
        "like": wishes.like,
    }  # fmt: skip
    return [field for field, value in given.items() if value]


def described(wishes: Wishes) -> str:
    """Return what a session was made from, as its file says."""
    said = [f"for {', '.join(wishes.body)}", format_length(wishes.length)]
    said += [f"position {', '.join(wishes.places)}"] if wishes.places else []
    said += ["without equipment"] if wishes.nothing_at_hand else []
    said += [f"without {', '.join(wishes.without)}"] if wishes.without else []
    said += [f"avoiding {', '.join(wishes.avoid)}"] if wishes.avoid else []
    said += [f"minding {', '.join(wishes.mind)}"] if wishes.mind else []
    said += [f"level {wishes.level}"] + ([f"aim {wishes.aim}"] if wishes.aim else [])
    said += [f"with {', '.join(wishes.like)}"] if wishes.like else []
    return "; ".join([*said, f"variety {wishes.variety}, seed {wishes.seed}"])
