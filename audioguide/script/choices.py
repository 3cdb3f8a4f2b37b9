"""What can be chosen of how a file sounds: the levels of guidance, the profiles, and the bounds of numbers.

Apart from the script, since the command line names these choices before it knows of any script.
"""

from __future__ import annotations

from typing import Literal

Guidance = Literal["fade", "full", "short", "minimal", "chimes"]
Profile = Literal["standard", "quiet", "sleep"]  # how loud: see `audioguide.script.profiles`

SLOWEST, FASTEST = 80, 450  # words a minute; below, espeak-ng speaks as at 80
LOWEST_PITCH, HIGHEST_PITCH = 0, 99

# How much softer or louder than usual a bed may be, in dB. Louder, it would drown the chimes.
QUIETEST_BED, LOUDEST_BED = -20.0, 12.0
BEDS = ("brown", "rain", "ocean", "drone", "air")  # made in `audioguide.sound.beds`
NO_BED = "none"  # chosen in place of a bed that the defaults name
