"""Why no session is made, in words that name each thing that was asked for as the reader knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.errors import UsageError

# What each field of `Asked` is called in links, and on the command line.
KEYS: Mapping[str, str] = {
    "body": "for", "length": "length", "position": "position", "without": "without", "avoid": "avoid",
    "mind": "mind", "level": "level", "aim": "aim", "like": "like", "variety": "variety", "seed": "seed",
}  # fmt: skip
OPTIONS: Mapping[str, str] = {field: f"--{key}" for field, key in KEYS.items()}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: in `text`, `{field}` stands for the name of a field; `field` is the one it is about."""

    text: str
    field: str = ""

    def named(self, names: Mapping[str, str]) -> str:
        """Return it as a text, with these `names` of the fields."""
        return named(self.text, names)


def about(field: str, text: str) -> Refusal:
    """Return a refusal about one field, which names it first."""
    return Refusal(f"{{{field}}}: {text}", field)


def named(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with the names of fields in place of `{field}`; other braces stay."""
    for field, name in names.items():
        text = text.replace(f"{{{field}}}", name)
    return text


class Refused(UsageError):  # noqa: N818
    """A session that cannot be made: each of `refusals` is a reason, `advice` says what to do."""

    def __init__(self, refusals: Sequence[Refusal], advice: str = "") -> None:
        super().__init__("\n".join(each.named(OPTIONS) for each in refusals), hint=named(advice, OPTIONS))
        self.refusals = tuple(refusals)
        self.advice = advice
