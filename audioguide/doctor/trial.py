"""A hold of one second, made and measured: the whole path, from a routine to the proof of its MP3."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audioguide.doctor.finding import Diagnosis
from audioguide.listener.request import Request
from audioguide.pipeline.build import build
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.script.script import VoiceChoice
from audioguide.storage.cache import Cache
from audioguide.verifier.proof import prove

ROUTINE = """\
title: Self-test
safety: {notice: none, closing: none}
steps:
  - say: One second.
    settle: 1s
  - hold: 1s
"""


def trial(choice: VoiceChoice) -> Iterator[Diagnosis]:
    """Render a routine in a folder of its own, without the cache, and prove it.

    Raises EngineError, OutputError.
    """
    with tempfile.TemporaryDirectory(prefix="audioguide-doctor-") as name:
        folder = Path(name)
        path = folder / "self-test.yaml"
        path.write_text(ROUTINE, encoding="utf-8")
        receipt = render(
            replace(build(Request(routine=load(path))), voice=choice), folder, cache=Cache(folder / "cache")
        )
        proof = prove(receipt.mp3, receipt.script)
    [held] = proof.holds
    found = f"a hold of 1 s measured in the MP3: {held.measured_s or 0:.6f} s; took {receipt.took_s:.2f} s"
    faults = [*proof.faults, *([found] if held.measured_s is None or round(held.measured_s, 6) != 1 else [])]
    if not faults:
        yield Diagnosis("self-test", "fine", found)
    for fault in faults:
        yield Diagnosis("self-test", "fault", fault, "please report it, with what this command prints")
