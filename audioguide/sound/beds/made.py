"""The beds that are made here, by name."""

from __future__ import annotations

from audioguide.sound.beds.air import air
from audioguide.sound.beds.drone import drone
from audioguide.sound.beds.noise import brown
from audioguide.sound.beds.ocean import ocean
from audioguide.sound.beds.rain import rain

MADE = {"brown": brown, "rain": rain, "ocean": ocean, "drone": drone, "air": air}
