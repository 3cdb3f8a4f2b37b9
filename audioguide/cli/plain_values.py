"""Values of a command line that are text and stay text, taken as they are.

typer asks pydantic about each of them, also about an option that nobody gives, and to load pydantic takes
longer than to load typer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PlainValues:
    """What typer asks for the value of a parameter; `usual` makes what it would ask otherwise."""

    usual: Callable[[], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return nothing given, texts and numbers as typer would; ask `usual` for all else."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        wanted, about = param.type_descriptor.annotation, param.type_descriptor.parameter_info
        if not several and type(value) is wanted and (wanted is str or _unbounded(wanted, about)):
            return value
        if (
            wanted == list[str]
            and isinstance(value, (list, tuple))
            and all(isinstance(x, str) for x in value)
        ):
            return list(value)
        return self.usual().coerce(value, param=param, ctx=ctx)


def _unbounded(wanted: Any, about: Any) -> bool:
    return wanted in (int, float) and about.min is None and about.max is None


def take_plainly(params: Iterable[Any]) -> None:
    """Take plain values of those `params` that have no parser of their own."""
    for param in params:
        # Where another version of typer has other names, it does as it always did.
        usual, described = getattr(param, "get_runtime_param", None), getattr(param, "type_descriptor", None)
        if usual and described and described.parameter_info.parser is None:
            param.get_runtime_param = lambda plain=PlainValues(usual): plain
