"""The phonemes of many texts at once: one process for all of them, where a render has a copy for each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing

from audioguide.speech.espeak import PyttsxEngine

Spoken = tuple[str, str]  # a voice, and what it reads

PROGRAM = """
import json, sys, tempfile
from pathlib import Path
from audioguide.speech.process.pyttsx import Pyttsx
with tempfile.TemporaryDirectory() as folder:
    voice = Pyttsx(Path(folder), apart=lambda work: work())
    print(json.dumps([voice.answer(job)["phonemes"] for job in json.load(sys.stdin)]))
"""


def phonemes(texts: Iterable[Spoken]) -> dict[Spoken, str]:
    """Return the IPA that espeak-ng makes of each text, a clause a line."""
    asked = list(dict.fromkeys(texts))
    with closing(PyttsxEngine()) as engine:
        jobs = [{"op": "phonemes", "text": engine.sent(text, voice), "voice": voice} for voice, text in asked]
    answers = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(jobs), stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return dict(zip(asked, json.loads(answers), strict=True))
