"""One thing that was looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from audioguide.errors import AudioguideError

State = Literal["fine", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was `found` of a part: fine, worth a note, or a fault; `advice` says how to mend it."""

    part: str
    state: State
    found: str
    advice: str = ""


def guarded(part: str, look: Callable[[], Iterator[Diagnosis]], advice: str) -> Iterator[Diagnosis]:
    """Yield what `look` finds; what it fails by is a fault with `advice`, and the next part is looked at."""
    try:
        yield from look()
    except ImportError as error:
        missing = error.name or "a library"
        yield Diagnosis(part, "fault", f"{missing} cannot be loaded ({error})", f"pip install {missing}")
    except (AudioguideError, OSError, ValueError) as error:
        found, *more = str(error).splitlines() or [type(error).__name__]
        yield Diagnosis(part, "fault", found, "\n".join(more) or advice)
