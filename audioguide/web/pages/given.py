"""What a page sends as JSON."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def given(request: Request, key: str) -> dict[str, Any]:
    """Return the JSON object of a request. Raise 400, naming `key`, where it is none or lacks that key."""
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise _wrong(key) from error
    if not isinstance(data, dict) or key not in data:
        raise _wrong(key)
    return data


async def given_text(request: Request, key: str) -> str:
    """Return the text that a request gives under `key`. Raise 400 where there is none."""
    return text_in(await given(request, key), key)


def text_in(data: dict[str, Any], key: str) -> str:
    """Return the text under `key`. Raise 400 where there is none."""
    if not isinstance(text := data.get(key), str):
        raise _wrong(key)
    return text


def _wrong(key: str) -> HTTPException:
    return HTTPException(400, f"a change is JSON with a `{key}`")
