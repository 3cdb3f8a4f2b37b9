"""One thing that was looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from audioguide.errors import AudioguideError

State = Literal["fine", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was `found` of a part: fine, worth a note, or a fault; `advice` says how to fix it."""

    part: str
    state: State
    found: str
    advice: str = ""


# Packages that are called otherwise than what is imported from them.
PACKAGES = {
    "audioop": "audioop-lts", "espeakng_loader": "espeakng-loader", "markdown_it": "markdown-it-py",
    "resvg_py": "resvg-py", "ruamel": "ruamel.yaml",
}  # fmt: skip


def guarded(part: str, look: Callable[[], Iterator[Diagnosis]], advice: str) -> Iterator[Diagnosis]:
    """Yield what `look` finds; what it fails by is a fault with `advice`, and the next part is looked at."""
    try:
        yield from look()
    except ImportError as error:
        missing = (error.name or "a library").partition(".")[0]
        reason = next(iter(str(error).splitlines()), "")
        package = PACKAGES.get(missing, missing)
        yield Diagnosis(part, "fault", f"{missing} cannot be loaded ({reason})", f"pip install {package}")
    except (AudioguideError, OSError, ValueError) as error:
        found, *more = str(error).splitlines() or [type(error).__name__]
        yield Diagnosis(part, "fault", found, "\n".join(more) or advice)
