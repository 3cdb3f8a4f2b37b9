"""What a listener may choose of the manner of a file: how much is spoken, and how loud it is.

Apart from the script, since the command line names these choices before it knows of any script.
"""

from __future__ import annotations

from typing import Literal

Guidance = Literal["fade", "full", "short", "minimal", "chimes"]
Profile = Literal["standard", "quiet", "sleep"]  # how loud: see `audioguide.timeline.profiles`

# How much softer or louder than usual a bed may be, in dB. Louder, it would drown the chimes.
QUIETEST_BED, LOUDEST_BED = -20.0, 12.0
