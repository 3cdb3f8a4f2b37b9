"""A library that is missing or does not load: one line that names it, in place of a traceback."""

from __future__ import annotations

import re
import traceback

MISSING = 5
NO_VOICE = 4
_VOICE = frozenset({"pyttsx3", "espeakng_loader"})
_PACKAGE = re.compile(r"[/\\]site-packages[/\\]([A-Za-z0-9_]+)")
# Without one of these no command line can be read: `doctor` cannot run either.
_EVERY_COMMAND = frozenset({
    "typer", "shellingham", "annotated_doc", "pydantic", "pydantic_core", "annotated_types",
    "typing_extensions", "typing_inspection",
})  # fmt: skip
DOCTOR = "`audioguide doctor` says what to install"
_LONGEST = 200  # characters of the reason; some libraries send a page


def while_importing(error: BaseException) -> bool:
    """Return whether `error` comes from a library that was being loaded."""
    frames = traceback.extract_tb(error.__traceback__)
    # What a command calls is in functions; only a module that is being loaded runs outside of one.
    return isinstance(error, ImportError) or any(frame.name == "<module>" for frame in frames)


def library_of(error: BaseException) -> str:
    """Return the name of the library that could not be loaded."""
    name = getattr(error, "name", None) or ""
    if name and not name.startswith("audioguide"):
        return str(name).partition(".")[0]
    frames = traceback.extract_tb(error.__traceback__)
    packages = [found[1] for frame in frames if (found := _PACKAGE.search(frame.filename))]
    return packages[-1] if packages else "a library"


def missing(error: BaseException) -> str:
    """Say in one line which library is missing and what helps."""
    reason = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    name = library_of(error)
    helps = "`pip install --force-reinstall audioguide` installs it" if name in _EVERY_COMMAND else DOCTOR
    return f"the library {name} cannot be loaded ({reason[:_LONGEST]}); {helps}"


def in_a_line(message: str) -> str:
    """Return `message` without the list of ways to install espeak-ng: `doctor` shows it."""
    if "\n" not in message:
        return message
    from audioguide.speech.process.library import WAYS  # here: only what went wrong pays for it

    said, ways, _ = message.partition(WAYS)
    return f"{said}{DOCTOR}" if ways else message


def code_of(error: BaseException) -> int:
    """Return the exit code: 4 where the voice is missing, 5 for any other library."""
    return NO_VOICE if library_of(error) in _VOICE else MISSING
