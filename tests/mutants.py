"""Change the program on purpose, one small thing at a time, and see whether a test notices.

`python -m tests.mutants [MODULE ...]` needs the extra `mutation` and a system with `fork`. Cosmic Ray makes
the mutants. Each is tried in a process of its own, which imports it in place of the module: no file of the
package is written. `mutants.toml` says which tests concern a module, and which mutants no test can tell from
the original. CONTRIBUTING.md has the scores.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import resource
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from math import ceil
from pathlib import Path

import cosmic_ray.plugins
import hypothesis  # noqa: F401  these are imported once here, not once for each mutant
import numpy  # noqa: F401
import pydantic  # noqa: F401
import pytest
import ruamel.yaml  # noqa: F401
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).parents[1]
# What the tests import is imported once, too; each mutant imports again what depends on its module.
BEFOREHAND = ("audioguide.compiler.compile", "audioguide.pipeline.render", "audioguide.verifier.proof")
QUICKLY = (
    "-x",
    "-q",
    "-n0",
    "-pno:cacheprovider",
    "-pno:anyio",
    "--timeout=0",
    "-Wignore::pytest.PytestAssertRewriteWarning",
)
# A slip turns one of a group into another. Cosmic Ray also writes `^` for `+` and `"hold" <= kind` for `==`:
# nobody does, and as the first kind breaks nearly every test, it would flatter the score.
ALIKE = [
    {"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod"},
    {"Lt", "LtE", "Gt", "GtE"},
    *({"Eq", "NotEq"}, {"Is", "IsNot"}, {"Delete", "USub"}, {"Delete", "Not"}, {"USub", "UAdd"}),
]
# An endless loop counts as noticed. CPU time does not depend on what else runs: so many times what the tests
# take without a mutant, and some seconds to import again what depends on the module.
CPU_TIMES, CPU_SECONDS = 3, 5


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the operator of Cosmic Ray that makes it, and at which of its places."""

    module: str
    operator: str
    occurrence: int
    line: int

    @property
    def source(self) -> str:
        """Return the changed source."""
        operator = cosmic_ray.plugins.get_operator(self.operator)()
        return str(mutate_code(source_of(self.module), operator, self.occurrence))


def source_of(module: str) -> str:
    """Return the source of a module such as "compiler/pauses"."""
    return (ROOT / "audioguide" / f"{module}.py").read_text(encoding="utf-8")


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yield every likely mutant of `module`, but for those of what mypy checks."""
    text = source_of(module)
    checked, nodes = list(_checked(text)), list(ast_nodes(get_ast(text)))
    for name in cosmic_ray.plugins.operator_names():
        operator = cosmic_ray.plugins.get_operator(name)
        if operator.arguments() or not _likely(name):
            continue  # those with arguments replace variables by others that a configuration names
        places = (start for node in nodes for start, _ in operator().mutation_positions(node))
        for occurrence, start in enumerate(places):
            if not any(first <= start < last for first, last in checked):
                yield Mutant(module, name, occurrence, start[0])


def _likely(operator: str) -> bool:
    _, replaces, pair = operator.partition("Operator_")
    return not replaces or any(set(pair.split("_")) <= alike for alike in ALIKE)


def _checked(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    # Annotations, and how strict and frozen a dataclass is: mypy knows that, and nothing runs it.
    for node in ast.walk(ast.parse(text)):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        parts += node.decorator_list if isinstance(node, ast.ClassDef) else []
        for each in parts:
            if isinstance(each, ast.expr):
                yield (each.lineno, each.col_offset), (each.end_lineno or 0, each.end_col_offset or 0)


def change_of(mutant: Mutant) -> str:
    """Return the line that `mutant` changes, before and after, without indents: it outlives other edits."""
    old, new = (source.splitlines() for source in (source_of(mutant.module), mutant.source))
    at = next(
        (at for at, both in enumerate(zip(old, new, strict=False)) if both[0] != both[1]), mutant.line - 1
    )
    # A decorator that is gone stands before many functions: the next line says before which.
    lines = [old[at], new[at]] if len(old) == len(new) else [f"{old[at]} {old[at + 1]}", old[at + 1]]
    return " -> ".join(" ".join(line.split()) for line in lines)


class _InPlace(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports `source` in place of a module."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def get_source(self, fullname: str) -> str:
        return self.source if fullname == self.name else ""


@cache
def _depending_on(module: str) -> frozenset[str]:
    """Return the names of a module and of all that import it, however far around, among those in memory."""
    for name in BEFOREHAND:
        importlib.import_module(name)
    imports = {
        name: set(_imported(inspect.getsource(each)))
        for name, each in sys.modules.items()
        if name.startswith("audioguide.")
    }
    found: set[str] = set()
    more = {f"audioguide.{module.replace('/', '.')}"}
    while more:
        found |= more
        more = {name for name, wanted in imports.items() if wanted & found} - found
    return frozenset(found)


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{each.name}" for each in node.names))


def _forget(names: Collection[str]) -> None:
    """Let these modules be imported again."""
    for name in names:
        package, _, last = name.rpartition(".")
        if sys.modules.pop(name, None):
            vars(sys.modules[package]).pop(last, None)


def start(mutant: Mutant | None, tests: Sequence[str], folder: Path, seconds: int = 600) -> int:
    """Start `tests` in a process of its own, with `mutant` in place; return the number of the process.

    It ends after so many `seconds` of CPU time at the latest.
    """
    depending = _depending_on(mutant.module) if mutant else frozenset()
    if process := os.fork():
        return process
    code = 3
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        log = os.open(f"{folder}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        if mutant:
            _forget(depending)
            name = f"audioguide.{mutant.module.replace('/', '.')}"
            sys.meta_path.insert(0, _InPlace(name, mutant.source))
        os.chdir(ROOT)
        for part in _parts(tests):
            code = int(pytest.main([*QUICKLY, f"--basetemp={folder}", *part]))
            if code:
                break
    except BaseException:  # noqa: BLE001  whatever it is, this process must not go on as a second parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _parts(tests: Sequence[str]) -> Iterator[list[str]]:
    """Yield the first of the files, which notices most mutants, then the others: each with the options."""
    paths = list(takewhile(lambda each: not each.startswith("-"), tests))
    options = tests[len(paths) :]
    yield from ([*part, *options] for part in (paths[:1], paths[1:]) if part)


def survivors(mutants: Sequence[Mutant], tests: Sequence[str], processes: int) -> list[Mutant]:
    """Try `mutants` and return those that no test notices. Raises SystemExit where the tests fail anyway."""
    running: dict[int, Mutant] = {}
    survived: list[Mutant] = []

    def collect() -> None:
        process, status = os.wait()
        mutant = running.pop(process)
        survived.extend([mutant] if status == 0 else [])

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain")
        _, status, used = os.wait4(start(None, tests, plain), 0)
        if status:
            log = Path(f"{plain}.log").read_text(encoding="utf-8")
            raise SystemExit(f"{log}\nthe tests fail without a mutant")
        seconds = CPU_SECONDS + ceil(CPU_TIMES * (used.ru_utime + used.ru_stime))
        for number, mutant in enumerate(mutants):
            if len(running) == processes:
                collect()
            running[start(mutant, tests, Path(folder, str(number)), seconds)] = mutant
        while running:
            collect()
    return survived


@dataclass(frozen=True)
class Score:
    """How many mutants of a module were tried; those that survived and are not equivalent are its gaps."""

    module: str
    tried: int
    equivalent: int
    survived: int

    def __str__(self) -> str:
        """Return a row of the table."""
        others = self.tried - self.equivalent
        killed = others - self.survived
        return (
            f"| {self.module} | {self.tried} | {killed} | {self.equivalent} | {self.survived} "
            f"| {killed / max(1, others):.1%} |"
        )


def score(module: str, tests: Sequence[str], equivalent: Collection[str], processes: int) -> Score:
    """Try all mutants of `module`; print the survivors, and what is called equivalent but killed."""
    mutants = list(mutants_of(module))
    changes = [change_of(each) for each in survivors(mutants, tests, processes)]
    found = sorted(change for change in changes if change not in equivalent)
    for what, lines in (("survived", found), ("is killed", sorted(set(equivalent) - set(changes)))):
        print("".join(f"{module} {what}: {line}\n" for line in lines), end="", flush=True)
    return Score(module, len(mutants), len(changes) - len(found), len(found))


def main() -> int:
    """Try the mutants of the modules named, or of all; print the survivors and a table of the scores."""
    settings = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("modules", nargs="*", default=list(settings["tests"]), metavar="MODULE")
    parser.add_argument("--processes", type=int, default=2, help="how many mutants to try at a time")
    asked = parser.parse_args()
    equivalent = settings["equivalent"]
    scores = [
        score(module, settings["tests"][module], equivalent.get(module, ()), asked.processes)
        for module in asked.modules
    ]
    columns = ([getattr(each, name) for each in scores] for name in ("tried", "equivalent", "survived"))
    whole = Score("in all", *map(sum, columns))
    print("\n| module | mutants | killed | equivalent | survived | score |\n|---|---|---|---|---|---|")
    print(*scores, whole, sep="\n")
    return 1 if whole.survived else 0


if __name__ == "__main__":
    sys.exit(main())
