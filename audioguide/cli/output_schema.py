"""The JSON Schema of what commands print with `--json`; it allows more fields than it names."""

from __future__ import annotations

from typing import Any

_MAYBE = (str, None)
_NUMBER = (float, None)
_VOICE = {"engine": str, "name": str}
_FINDING = {
    "rule": str, "level": str, "file": str, "line": int, "column": int, "step": str, "found": str,
    "reason": str, "remedy": str,
}  # fmt: skip
_RECEIPT: dict[str, Any] = {
    "mp3": _MAYBE, "script": _MAYBE, "text": _MAYBE, "title": str, "format": str, "files": [str],
    "length_s": float, "size_bytes": int, "settings": {}, "voice": _VOICE, "notes": [str],
    "holds": [{"step": str, "side": _MAYBE, "asked_s": float, "placed_s": float, "start_s": float}],
    "chapters": [{"start_s": float, "title": str}], "phrases": {"spoken": int, "reused": int},
}  # fmt: skip
_ROWS: dict[str, Any] = {
    "rows": int, "already": int, "files": int, "length_s": float, "size_bytes": int, "failed": [{}],
}  # fmt: skip

# By command, and where it has several shapes, by what differs between them; a key with "?" may be missing.
FIELDS: dict[str, dict[str, Any]] = {
    "list": {
        "routines": [
            {
                "name": str, "title": str, "summary": _MAYBE, "section": str, "level": _MAYBE,
                "phase": _MAYBE,
                "includes": [str], "found_for": [str], "position": _MAYBE, "body": [str], "equipment": [str],
                "estimated_length_s": float, "settings": {},
            }
        ]
    },
    "show": {"title": str, "cues": [{}], "parts?": [str], "estimated": bool},
    "render": {
        **{f"{key}?": value for key, value in _RECEIPT.items()},
        "warnings?": [_FINDING], "renders?": [{**_RECEIPT, "warnings": [_FINDING]}],
    },
    "compose": {
        "text?": str, "parts?": [str], "sessions?": [{}],
    },
    "plan": {"playlist": str, "overview": str, "calendar?": str, "renders": [_RECEIPT]},
    "batch": _ROWS,
    "export": {"files": [str]},
    "check": {
        "files": [
            {
                "file": str, "title": str, "ok": bool, "note": str, "error": _MAYBE, "findings": [_FINDING],
                "faults": [{"file": str, "line": int, "column": int, "found": str, "remedy": str}],
                "problems": [
                    {"file": str, "code": str, "level": str, "found": str, "allowed": str, "fix": str}
                ],
            }
        ]
    },
    "verify": {
        "mp3": str, "script": _MAYBE, "length_s": float, "promised_length_s": _NUMBER, "stands": bool,
        "faults": [str], "outside": [str], "holds": [{}], "sounds": [{}], "phrases": [{}], "figures": [{}],
    },
    "draft": {"exercises": [{}], "notes": [str], "files": [str]},
    "practice": {"done": [{"moment": str, "name": str, "title": str, "minutes": float}], "tastes": {}},
    "voices": {"engines": [{}]},
    "voices add": {"voices?": [{"id": str, "engine": str}], "id?": str, "result?": str},
    "voices compare": {"file": str, "voices": [{"engine": str, "voice": str}], "left_out": [{}]},
    "voices record-list": {"lines": [{}]},
    "doctor": {
        "healthy": bool, "findings": [{"part": str, "state": str, "found": str, "advice": str}],
    },
    "cache info": {"folder": str, "entries": int, "size_bytes": int, "limit_bytes": int},
}  # fmt: skip
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", None: "null"}


def output_schema() -> dict[str, Any]:
    """Return the schema: four fields that all commands share, and those of each command.

    Where an error ended the command before it found anything, its own fields are missing.
    """
    error = {
        "code": str,
        "message": str,
        "faults?": [{"file": str, "line": int, "column": int, "found": str}],
    }
    shared = _schema({"audioguide": str, "command": str, "ok": bool, "errors": [error]})
    shared["properties"]["command"]["enum"] = ["", *FIELDS]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What audioguide prints with --json", **shared,
        "allOf": [_of(command, fields) for command, fields in FIELDS.items()],
    }  # fmt: skip


def _of(command: str, fields: dict[str, Any]) -> dict[str, Any]:
    whole = {"properties": {"command": {"const": command}, "errors": {"maxItems": 0}}}
    return {
        "if": {"properties": {"command": {"const": command}}},
        "then": {"properties": _schema(fields)["properties"], "if": whole, "then": _schema(fields)},
    }


def _schema(shape: Any) -> dict[str, Any]:
    if isinstance(shape, tuple):
        return {"type": [_TYPES[each] for each in shape]}
    if isinstance(shape, list):
        return {"type": "array", "items": _schema(shape[0])}
    if isinstance(shape, dict):
        return {
            "type": "object",
            "required": [key for key in shape if not key.endswith("?")],
            "properties": {key.removesuffix("?"): _schema(each) for key, each in shape.items()},
        }
    return {"type": _TYPES[shape]}
