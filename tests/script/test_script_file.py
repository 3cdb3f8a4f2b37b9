"""What is not a timed script, to those who render it and to those who measure by it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.edited import read_script
from audioguide.errors import RoutineError
from audioguide.script.script_file import LARGEST_BYTES
from audioguide.verifier.promise import read_promise


@pytest.mark.parametrize("read", [read_script, read_promise])
def test_what_is_too_large_or_no_file_is_reported(read: Callable[[Path], object], tmp_path: Path) -> None:
    large, device = tmp_path / "large.script.json", Path(os.devnull)
    with large.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    missing = tmp_path / "missing"
    for path, said in (
        (large, f"{large} is larger than 16 MiB"), (tmp_path, f"{tmp_path} is a folder, not a timed script"),
        (device, f"{device} is a device, not a timed script"),
        (missing, f"cannot read {missing}: No such file or directory"),
    ):  # fmt: skip
        with pytest.raises(RoutineError) as caught:
            read(path)
        assert str(caught.value) == said
