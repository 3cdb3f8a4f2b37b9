"""What measures shares nothing with what is measured."""

from __future__ import annotations

import subprocess
import sys

MIXES = (
    "mp3", "mixer", "containers", "pipeline", "compiler", "script.layout", "audio.loudness",
    "sound.own_sound", "audio.files",
)  # fmt: skip


def test_the_proof_loads_nothing_that_mixes_or_encodes() -> None:
    code = "import sys, audioguide.verifier.report.summary; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = [name for name in ran.stdout.split() if name.startswith("audioguide.")]
    loaded = {name.removeprefix("audioguide.") for name in names}
    assert "verifier.proof" in loaded
    assert {name for name in loaded if any(f"{name}.".startswith(f"{mixes}.") for mixes in MIXES)} == set()
