"""Estimates of parts of a script: by the engine that speaks the whole of it."""

from __future__ import annotations

from collections.abc import Callable

from audioguide.compiler.estimate import Estimate, estimated_lengths
from audioguide.script.script import ClipRef, Script, Spoken


def spoken(script: Script, text: str) -> ClipRef:
    return next(ref for ref in script.clips if isinstance(ref, Spoken) and ref.text == text)


def test_a_part_is_as_long_as_within_the_whole_though_the_pack_has_all_of_it(
    script: Callable[..., Script],
) -> None:
    """A fit looks at the words that it may change by themselves; the pack, which has them, does not speak."""
    whole = script("  - say: A bell starts each hold.\n  - say: My own strange words here.\n")
    part = script("  - say: A bell starts each hold.\n")
    ref = spoken(whole, "A bell starts each hold.")
    estimate = Estimate()
    found = estimate.lengths(whole)
    assert estimate.lengths(part)[ref] == found[ref]
    assert estimated_lengths(part)[ref] != found[ref]
