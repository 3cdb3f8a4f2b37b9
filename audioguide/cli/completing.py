"""What the Tab key offers: routines, settings, parts, voices, beds. Loads nothing that makes sound."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING

from audioguide.cli.program import COMPLETES

if TYPE_CHECKING:
    from audioguide.routine.load import Routine
    from audioguide.vocabulary.vocabulary import Kind

Offers = Iterable[str | tuple[str, str]]
# The setting whose value bash asks for: it replaces only what stands after "=".
_SETTING = "_AUDIOGUIDE_SETTING"


def routines(incomplete: str) -> list[str]:
    """Return the names of routines that begin like that; where none does, the shell offers files."""
    from audioguide.listener.listener import this_listener

    with suppress(Exception):
        return [name for name in this_listener().library.routines() if name.startswith(incomplete)]
    return []


def settings(incomplete: str) -> Offers:
    """Return the settings of the routines on the line, as `hold=`; after that, values that are possible."""
    asked = os.environ.get(_SETTING, "")
    name, equals, _ = incomplete.partition("=")
    for routine in _named():
        for key, setting in (routine.document.settings or {}).items():
            values = [str(each) for each in (setting.default, setting.min, setting.max) if each is not None]
            if asked:
                yield from values if key == asked else ()
            elif equals:
                yield from (f"{key}={value}" for value in values if key == name)
            else:
                yield f"{key}=", f"usually {setting.default}"


def parts(incomplete: str) -> list[str]:
    """Return the parts of the routines on the line that can be skipped."""
    from audioguide.routine.skipping import names_to_skip

    found = [name for routine in _named() for name in names_to_skip(routine)]
    return [name for name in dict.fromkeys(found) if name.startswith(incomplete)]


def doses(incomplete: str) -> list[str]:
    """Return the doses of the routines on the line."""
    found = [name for routine in _named() for name in routine.document.doses or ()]
    return [name for name in dict.fromkeys(found) if name.startswith(incomplete)]


def voices(incomplete: str) -> list[str]:
    """Return voices that are there by their files, and languages."""
    return [name for name in dict.fromkeys(_voices()) if name.startswith(incomplete)]


def _voices() -> Iterator[str]:
    from audioguide.reading.language import languages
    from audioguide.speech.pack.catalogue import packed_voices
    from audioguide.speech.voices import folder
    from audioguide.speech.voices.packaged import BLENDS, PACKAGED

    yield from (voice.id for voice in packed_voices())
    yield from (*PACKAGED, *BLENDS)
    for engine in folder.engines():
        yield from (voice.id for voice in folder.installed(engine))
    yield from languages()


def beds(incomplete: str) -> list[str]:
    """Return the background sounds; the shell offers your own files."""
    from audioguide.script.choices import BEDS, NO_BED

    return [name for name in (*BEDS, NO_BED) if name.startswith(incomplete)]


def engines(incomplete: str) -> list[str]:
    """Return the engines that come with audioguide."""
    from audioguide.speech.engines import AUTO, ENGINES

    return [name for name in (AUTO, *ENGINES) if name.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """Return the formats of sound."""
    from audioguide.containers.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def codes(incomplete: str) -> list[str]:
    """Return the codes of checks and errors."""
    from audioguide.cli.commands.explain import FAMILIES
    from audioguide.routine.language.checks import CHECKS

    return [name for name in (*CHECKS, *FAMILIES) if name.startswith(incomplete)]


def words(kind: Kind) -> Callable[[str], list[str]]:
    """Return what offers the words of the vocabulary for a `kind`."""

    def offered(incomplete: str) -> list[str]:
        from audioguide.vocabulary.vocabulary import vocabulary

        return [name for name in vocabulary().names[kind] if name.startswith(incomplete)]

    return offered


# By the name of the option.
OFFERED: dict[str, Callable[..., Offers]] = {
    "settings": settings, "skip": parts, "dose": doses, "voice": voices, "bed": beds, "engine": engines,
}  # fmt: skip


def _named() -> Iterator[Routine]:
    """Yield the routines that stand on the line; one that cannot be read offers nothing.

    The line is read as the shell gives it: without the value that is asked for, its options cannot be parsed.
    """
    from audioguide.listener.listener import this_listener
    from audioguide.routine.load import load

    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    with suppress(Exception):
        library = this_listener().library
        known = library.routines()
        for word in line.split()[1:]:
            if word in known or word.endswith((".yaml", ".yml")):
                with suppress(Exception):
                    yield load(library.find(word), library)


def rejoin(environment: MutableMapping[str, str]) -> None:
    """Put together what bash takes apart at "=", and keep apart what it asks for.

    It completes `--set hold=2` as the words `--set`, `hold`, `=` and `2`, of which it replaces the last.
    """
    line = environment.get("COMP_WORDS", "")
    if environment.get(COMPLETES) != "complete_bash" or "=" not in line:
        return
    asked = line.split("\n" if "\n" in line else " ")[: int(environment.get("COMP_CWORD", "0")) + 1]
    value = "" if asked[-1] == "=" else asked.pop()
    whole: list[str] = []
    for index, word in enumerate(asked):
        joins = whole and (word == "=" or asked[index - 1] == "=")
        whole = [*whole[:-1], whole[-1] + word] if joins else [*whole, word]
    if whole[-1].endswith("="):
        name = whole.pop().removesuffix("=")
        if name.startswith("-"):
            whole.append(name)
        else:
            environment[_SETTING] = name
    environment["COMP_WORDS"] = "\n".join([*whole, value])
    environment["COMP_CWORD"] = str(len(whole))
