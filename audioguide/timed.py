"""How long a part of the work takes, for the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging  # the caller's: `--help` does without


@contextmanager
def timed(logger: logging.Logger, what: str) -> Iterator[None]:
    """Log at debug level how many milliseconds the block takes, also where it fails. Never in a hot loop."""
    began = time.perf_counter()
    try:
        yield
    finally:
        logger.debug("%s: %.1f ms", what, (time.perf_counter() - began) * 1000)
