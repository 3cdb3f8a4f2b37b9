"""A routine built in code, from the numbers of a plan: `python examples/built_in_code.py OUT`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import audioguide as ag

STRETCHES = {
    "Neck": "Slowly let your {side} ear sink towards your {side} shoulder.",
    "Side": "Slowly lean to your {side} side.",
}


def steps(holds: dict[str, int]) -> list[dict[str, Any]]:
    """Return the steps of every stretch, with its hold in seconds."""
    listed: list[dict[str, Any]] = [{"say": "Sit tall, with both feet on the floor.", "settle": "4s"}]
    for name, words in STRETCHES.items():
        both = {
            "sides": ["left", "right"],
            "steps": [
                {"say": words, "settle": "4s"},
                {"hold": f"{holds[name]}s"},
                {"say": "Slowly come back to the middle.", "settle": "3s"},
            ],
        }
        listed += [{"chapter": name}, both, {"rest": "6s"}]
    return listed


def main(out: Path) -> None:
    """Check the routine, and render it where nothing is wrong."""
    routine = ag.load(
        {"title": "At the desk", "position": "sitting", "steps": steps({"Neck": 15, "Side": 20})},
        name="at-the-desk",
    )
    for finding in ag.check(routine):
        print(finding, file=sys.stderr)
    print(ag.render(ag.fit(routine, "4m"), out).mp3)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
