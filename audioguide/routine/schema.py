"""The JSON Schema of the routine language, for editors (draft-07)."""

from __future__ import annotations

import json
from typing import Any

from audioguide.routine.language.document import Document


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a routine file, draft-07, which is what editors understand."""
    # pydantic writes `$defs`, the newer name; draft-07 says `definitions`.
    text = json.dumps(Document.model_json_schema(by_alias=True)).replace("#/$defs/", "#/definitions/")
    document = json.loads(text)
    document["definitions"] = document.pop("$defs")
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document, "title": "audioguide routine"}
