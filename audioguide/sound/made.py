"""The beds that are made here, by name."""

from __future__ import annotations

from audioguide.sound.air import air
from audioguide.sound.drone import drone
from audioguide.sound.noise import brown
from audioguide.sound.ocean import ocean
from audioguide.sound.rain import rain

MADE = {"brown": brown, "rain": rain, "ocean": ocean, "drone": drone, "air": air}
