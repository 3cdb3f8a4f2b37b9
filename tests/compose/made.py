"""Exercises that nobody has written, for libraries of any size."""

from __future__ import annotations

from random import Random

from audioguide.compose.facts import Facts, SessionSetting

PARTS = ("neck", "shoulders", "lower back", "hips", "hamstrings", "core", "upper back", "chest")
MOVEMENTS = ("Roll", "Lift", "Turn", "Swing")
SECOND = 250
FRAMES = {"gentle": 90 * SECOND, "day": 60 * SECOND, "sleep": 50 * SECOND}


def exercises(count: int, seed: int = 1, parts: tuple[str, ...] = PARTS) -> list[Facts]:
    """Return so many exercises; among the first four is one of each part of the arc."""
    random = Random(seed)
    phases = ["arrive", "warm up", "rest", "stretch"]
    return [
        _exercise(number, phases[number] if number < len(phases) else random.choice(["move", "stretch", "stretch"]),  # noqa: E501
                  parts, random) for number in range(count)
    ]  # fmt: skip


def _exercise(number: int, phase: str, parts: tuple[str, ...], random: Random) -> Facts:
    place, position = random.choice(
        [("on a chair", "chair"), ("standing", "standing"), ("lying on your back", "back")]
    )
    usual = random.randint(60, 240) * SECOND
    setting = SessionSetting(
        name="hold",
        kind="time",
        low="10s",
        default="20s",
        high="60s",
        label="each hold",
        source="ours",
        weight=1,
    )
    return Facts(
        name=f"exercise-{number}", title=f"{random.choice(MOVEMENTS)} {number}", summary="", body=tuple(random.sample(parts, min(2, len(parts)))),  # noqa: E501
        equipment=random.choice([(), (), ("wall",)]), places=(place,), first=position, last=position,
        level=random.choice(["gentle", "gentle", "moderate"]) if phase in ("move", "stretch") else "gentle", phase=phase,  # noqa: E501
        cautions=random.choice([(), ("knee injury",)]), avoid_with=(), rules=("R1",), notice="stretch",
        bend=random.choice(["", "", "forward", "back", "both"]), settings=(setting,),
        shortest=usual // 2, usual=usual, longest=usual * 2,
    )  # fmt: skip
