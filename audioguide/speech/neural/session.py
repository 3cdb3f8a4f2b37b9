"""The one place that knows onnxruntime: a model that runs on one thread of the CPU."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.process.jobs import JobError

# One thread: two cost more and are hardly faster (measured 1.68 s of CPU against 1.2 s for each second of
# speech), and with another number of threads some models give other bytes.
THREADS = 1


def read_checked(paths: Sequence[str], sha256: str) -> bytes:
    """Return the bytes of all `paths`, joined. Raises JobError where their checksum is not `sha256`."""
    try:
        data = b"".join(Path(path).read_bytes() for path in paths)
    except OSError as error:
        raise JobError("voice", f"cannot read {error.filename}: {error.strerror}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise JobError(
            "voice",
            f"{paths[0]} is damaged or not what was installed ({len(data)} bytes, "
            f"sha256 {found[:12]}…, expected {sha256[:12]}…): install it again",
        )
    return data


class Session:
    """A loaded model."""

    def __init__(self, model: bytes, name: str) -> None:
        """Load `model`. Raises JobError where it is not a model that can run here."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        options.log_severity_level = 4  # what fails is reported here, in one line
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has no error class of its own in its public names
            reason = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
            raise JobError("voice", f"{name} cannot be loaded as a model: {reason}") from error
        self.inputs = {each.name for each in self._session.get_inputs()}

    def run(self, inputs: dict[str, Any]) -> NDArray[np.float32]:
        """Return the sound (n,) that the model makes of `inputs`."""
        return np.asarray(self._session.run(None, inputs)[0], dtype=np.float32).reshape(-1)
