"""JSON data bases of exercises: the form of free-exercise-db, exports of wger, and what is like them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audioguide.draft.readers.html import blocks_of as html_blocks
from audioguide.draft.readers.plain_text import blocks_of as plain_blocks
from audioguide.draft.text import Block, Passage, block, plain
from audioguide.errors import RoutineError

_LISTS = ("exercises", "results", "data", "items", "exerciseinfo", "exercise")
_TITLES = ("name", "title", "exercise")
_TEXTS = ("instructions", "description", "steps", "text", "how_to", "instruction")
_ENGLISH = 2  # the id of English in wger
_FORM = "a list of {name, instructions}, as in free-exercise-db, or a wger export"


class _Places:
    """Finds in which line of the JSON text a string stands; strings are asked for in their order."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.line = text, 0, 1

    def line_of(self, value: str) -> int:
        for encoded in (json.dumps(value, ensure_ascii=False), json.dumps(value)):
            found = self.text.find(encoded, self.place)
            if found >= 0:
                self.line += self.text.count("\n", self.place, found)
                self.place = found
                return self.line
        return self.line


def passages_of(text: str, name: str) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the exercises, and a note on each entry without a text.

    Raises RoutineError for JSON that is broken or holds no exercises.
    """
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = f":{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise RoutineError(f"{name}{at}: this JSON is broken: {error}") from error
    entries = list(_entries(data))
    if not entries:
        raise RoutineError(f"{name}: this JSON has no exercises; expected {_FORM}")
    places = _Places(text)
    passages, notes = [], []
    for entry in entries:
        title = _title(entry)
        found = _passage(entry, title, places)
        if found is None:
            notes.append(f"“{title or 'an entry without a name'}” has no instructions in English: left out")
        else:
            passages.append(found)
    return tuple(passages), tuple(notes)


def _entries(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, Mapping):
        for key in _LISTS:
            if isinstance(data.get(key), list):
                yield from _entries(data[key])
                return
        if any(key in data for key in (*_TEXTS, "translations")):
            yield data
        elif all(isinstance(value, Mapping) for value in data.values()):
            yield from _entries(list(data.values()))
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for each in data:
            if isinstance(each, Mapping):
                yield from _entries(each)


def _english(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the English translation of an entry of wger, or the entry itself."""
    translations = [each for each in entry.get("translations") or () if isinstance(each, Mapping)]
    for each in translations:
        language = each.get("language")
        code = language.get("short_name") if isinstance(language, Mapping) else language
        if code in (_ENGLISH, "en"):
            return each
    return {} if translations else entry


def _title(entry: Mapping[str, Any]) -> str:
    for source in (_english(entry), entry):
        for key in _TITLES:
            if isinstance(source.get(key), str) and source[key].strip():
                return plain(source[key])
    return ""


def _passage(entry: Mapping[str, Any], title: str, places: _Places) -> Passage | None:
    source = _english(entry)
    line = places.line_of(title) if title else places.line
    blocks: list[Block] = []
    for key in _TEXTS:
        value = source.get(key)
        if isinstance(value, str) and value.strip():
            at = places.line_of(value)
            found = html_blocks(value) if "<" in value else plain_blocks(value)
            blocks += [
                block([(at, each.text)], "text" if each.kind == "heading" else each.kind) for each in found
            ]
        elif isinstance(value, list):
            for each in value:
                words = each.get("text", "") if isinstance(each, Mapping) else each
                if isinstance(words, str) and words.strip():
                    blocks.append(block([(places.line_of(words), words)]))
    if not blocks:
        return None
    return Passage(
        title=title or "Exercise",
        blocks=tuple(blocks),
        line=line,
        sure=True,
        equipment=tuple(
            _names(entry.get("equipment"), no=("body only", "none", "other", "none (bodyweight exercise)"))
        ),
        body=tuple(_names(entry.get("primaryMuscles") or entry.get("muscles")))[:3],
    )


def _names(value: Any, no: tuple[str, ...] = ()) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = (each.get("name_en") or each.get("name")) if isinstance(each, Mapping) else each
        if isinstance(name, str) and name.strip() and name.strip().lower() not in no:
            yield plain(name).lower()[:60]
