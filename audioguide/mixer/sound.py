"""A clip at its moment: what is mixed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from audioguide.audio.clip import Clip

NO_CLIP = Clip(np.zeros(0, dtype=np.int16))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A clip that starts at the tick `start`; `key` names its content, and stands for it in `==`.

    `words` says that it is spoken: a bed goes down under it.
    """

    start: int
    key: str
    clip: Clip = field(compare=False)
    words: bool = field(default=False, compare=False)

    @property
    def end(self) -> int:
        """Return the tick behind the last one."""
        return self.start + self.clip.ticks
