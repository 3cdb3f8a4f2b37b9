"""The reference of the Python API, from the signatures and docstrings of its names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

from audioguide import api

WIDEST = 90
HEAD = "## Every name\n\nAs `audioguide.api` defines them.\n"


def reference() -> str:
    """Return a section for the page of the Python API."""
    return "\n".join([HEAD, *(_entry(name, getattr(api, name)) for name in api.__all__)])


def _entry(name: str, value: Callable[..., object]) -> str:
    about = inspect.getdoc(value) or ""
    if isinstance(value, type) and issubclass(value, BaseException):
        shown = f"class {name}(Exception)"
    else:
        shown = f"class {name}" if isinstance(value, type) else name
        shown += _signature(inspect.signature(value))
    return f"### `{name}`\n\n```python\n{shown}\n```\n\n{about}\n"


def _signature(signature: inspect.Signature) -> str:
    """Return a signature, one parameter a line where it is long."""
    whole = _plain(str(signature))
    if len(whole) <= WIDEST:
        return whole
    parameters = list(signature.parameters.values())
    named = [_plain(str(each)) for each in parameters]
    keywords = [index for index, each in enumerate(parameters) if each.kind is each.KEYWORD_ONLY]
    if keywords:
        named.insert(keywords[0], "*")
    returns = _plain(str(signature.replace(parameters=[]))).removeprefix("()")
    return "\n".join(["(", *(f"    {each}," for each in named), f"){returns}"])


def _plain(text: str) -> str:
    """Return `text` without the names of modules, and without quotes around annotations."""
    text = re.sub(r"\b(?:pathlib|collections|typing|audioguide)(?:\.[a-z_]+)*\.(?=[A-Za-z])", "", text)
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)
