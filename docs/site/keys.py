"""The reference of the routine language, from its models: each key with an example that is compiled.

The examples are the shortest uses of each key in `docs/language.md` and in `docs/site/examples.yaml`. All of
them are compiled by tests.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audioguide.routine.language.document import schema
from audioguide.units import TICKS_PER_SECOND

DOCS = Path(__file__).parents[1]
HEAD = """# Every key of a routine

Made from the models that check a routine, with the shortest example of each key from routines that work.
[The routine language](language.md) explains them in order.
"""
ROUTINE, STEP = "A routine", "Every step"
ANY_STEP = {"voice", "id"}  # what steps of all kinds have
WIDEST = 110  # characters of an example
# Keys whose name says it; the models describe all others.
_PLAIN = {
    "min": "the least", "max": "the most", "say": "words", "chime": "a sound", "hold": "a time, or breaths",
    "name": "its name, or a language such as `de`", "pitch": "how high it is, from 0 to 99",
} | dict.fromkeys(("left", "right", "both"), "the text for this side")  # fmt: skip
_REF, _TIME = "#/definitions/", "a time such as"


def reference() -> str:
    """Return the page as Markdown. Raises LookupError for a key without an example."""
    found = examples()
    missing = [
        f"{name}.{key}" for name, model in models().items() for key in model if (name, key) not in found
    ]
    if missing:
        raise LookupError(f"docs/site/examples.yaml needs an example of {', '.join(missing)}")
    parts = [HEAD]
    for name, model in models().items():
        parts.append(
            f"## {_heading(name)}\n\n{_about(name)}\n\n| key | what it is | example |\n|---|---|---|"
        )
        needed = _required(name)
        parts += [
            f"| `{key}` | {_cell(_described(key, known, key in needed))} | `{_cell(found[name, key])}` |"
            for key, known in model.items()
        ]
        parts.append("")
    return "\n".join(parts)


def models() -> dict[str, Mapping[str, Any]]:
    """Return the keys of each kind of mapping, by its name; the routine itself comes first."""
    whole = _schema()
    found = {ROUTINE: whole["properties"], STEP: {}}
    for name, model in whole["definitions"].items():
        keys = dict(model.get("properties", {}))
        if keys.keys() >= ANY_STEP:
            found[STEP] |= {key: keys.pop(key) for key in sorted(ANY_STEP)}
        if keys:
            found[name] = keys
    return found


@cache
def examples() -> dict[tuple[str, str], str]:
    """Return the shortest example of each key."""
    found: dict[tuple[str, str], str] = {}
    for routine in _routines():
        for name, key, mapping in _uses(routine, _schema(), ROUTINE):
            text = _flow({key: mapping[key]})[1:-1] if name == ROUTINE else _flow(mapping)
            for use in {(name, key), (STEP if key in ANY_STEP else name, key)}:
                if len(text) < len(found.get(use, text + " ")):
                    found[use] = text
    return {use: text if len(text) <= WIDEST else f"{text[:WIDEST]}…" for use, text in found.items()}


def own_examples() -> list[Any]:
    """Return the routines of `docs/site/examples.yaml`."""
    return list(_yaml().load_all((DOCS / "site/examples.yaml").read_text(encoding="utf-8")))


def _routines() -> Iterator[Any]:
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        yield _yaml().load(block)
    yield from own_examples()


def _uses(data: Any, shape: Mapping[str, Any], name: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each use of a key in `data` that `shape` allows: the model, the key, and the mapping it is in."""
    if isinstance(data, list):
        for each in data:
            yield from _all_uses(each, shape.get("items", {}))
    if not isinstance(data, dict):
        return
    below = [*shape.get("patternProperties", {}).values(), shape.get("additionalProperties")]
    for value in data.values():
        for each in below:
            yield from _all_uses(value, each if isinstance(each, dict) else {})
    known = shape.get("properties", {})
    if name and set(shape.get("required", ())) <= data.keys() <= known.keys():
        for key, value in data.items():
            yield name, key, data
            yield from _all_uses(value, known[key])


def _all_uses(data: Any, shape: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for inner, name in _shapes(shape):
        yield from _uses(data, inner, name)


def _shapes(shape: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield what a value may be, with the names of models."""
    if "$ref" in shape:
        name = shape["$ref"].removeprefix(_REF)
        yield _schema()["definitions"][name], name
        return
    yield shape, ""
    for each in (*shape.get("anyOf", ()), *shape.get("oneOf", ()), *shape.get("allOf", ())):
        yield from _shapes(each)


@cache
def _schema() -> dict[str, Any]:
    return schema()


def _yaml() -> YAML:
    return YAML(typ="safe")


def _flow(mapping: Any) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = True, 10_000, True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    out = io.StringIO()
    yaml.dump(mapping, out)
    return out.getvalue().removesuffix("...\n").strip()


def _heading(name: str) -> str:
    if name == ROUTINE:
        return name
    steps = _own_keys(name)
    return f"`{steps}`" if steps else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _own_keys(name: str) -> str:
    """Return the key that a step is named after, where the model is a step."""
    first = name.lower()
    names = {"counted": "count"}
    key = names.get(first, first)
    return key if key in models()[name] else ""


def _about(name: str) -> str:
    if name == STEP:
        return "A step of any kind may have these."
    return " ".join(str(_model(name).get("description", "")).split())


def _model(name: str) -> Mapping[str, Any]:
    whole: Mapping[str, Any] = _schema()
    return whole if name == ROUTINE else whole["definitions"].get(name, {})


def _required(name: str) -> list[str]:
    return list(_model(name).get("required", ()))


def _described(key: str, known: Any, required: bool) -> str:
    said = known.get("description", "") or _PLAIN.get(key, "")
    inner = [model for _, model in _shapes(known) if model]
    if not said and inner:
        said = "see " + ", ".join(
            f"[{_heading(each)}](#{_heading(each).strip('`').lower().replace(' ', '-')})" for each in inner
        )
    kinds = _kinds(known, said)
    default = known.get("default")
    unless = f"`{_written(default, known)}` unless written" if isinstance(default, str | int | float) else ""
    return "; ".join(filter(None, (said, kinds, "needed" if required else unless)))


def _written(value: str | float, known: Any) -> str:
    """Return a default as one writes it in a routine: the models keep times in ticks."""
    if isinstance(value, bool):
        return str(value).lower()
    is_time = any(inner.get("description", "").startswith(_TIME) for inner, _ in _shapes(known))
    return f"{value / TICKS_PER_SECOND:g}s" if is_time and not isinstance(value, str) else _number(value)


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _kinds(known: Any, said: str) -> str:
    """Return the words that a key allows, where it allows only a few and `said` does not list them."""
    words = [word for inner, _ in _shapes(known) for word in inner.get("enum", ())]
    listed = all(str(word) in said for word in words)
    return "" if listed or len(words) > 8 else "one of " + ", ".join(map(str, dict.fromkeys(words)))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
