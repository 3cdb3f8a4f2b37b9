"""The clips and the files over beds that the tests of `mp3` make."""

from __future__ import annotations

from tests.mp3.conftest import bell, render_over, voice

__all__ = ["bell", "render_over", "voice"]
