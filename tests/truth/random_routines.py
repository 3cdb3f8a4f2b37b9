"""Routines made at random, the same for the same seed: every kind of step, short enough to render many."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

Step = dict[str, Any]

RATE = 300  # words a minute: a test tone then lasts 0.2 s for each word
SOUNDS = ("bell", "bowl", "chime", "tick", "wood")
ROLES = ("start", "end", "open", "close", "halfway")
SHIPPED = ("cat-stretch", "knee-to-chest", "diaphragmatic-breathing")
WORDS = ("slowly", "gently", "lift", "lower", "knee", "arm", "back", "breathe", "rest", "and", "feel", "go")


def random_routine(seed: int) -> str:
    """Return the text of a routine (JSON is YAML): valid, of 10 to 90 seconds as tones."""
    maker = _Maker(Random(seed))
    steps = maker.steps(depth=0, times=1)
    if seed % 20 == 0:
        steps.append({"include": SHIPPED[seed // 20 % len(SHIPPED)]})
    routine = {
        "title": f"Random routine {seed}",
        "voice": {"rate": RATE},
        "sounds": {
            "gong": {
                "file": maker.random.choice(SOUNDS),
                "volume": maker.random.choice([-12, "-3dB", "+2dB"]),
            },
            "close": maker.random.choice(SOUNDS),
        },
        "safety": {
            "notice": maker.random.choice(["none", "none", "general", "breathing"]),
            "closing": maker.random.choice(["none", "none", "gentle"]),
        },
        "settings": {
            "hold": {"default": "4s", "min": "2s", "max": "5s"},
            "reps": {"default": 2, "min": 1, "max": 3},
        },
        "steps": steps,
    }
    return json.dumps(routine, indent=1)


@dataclass(frozen=True, slots=True)
class _Maker:
    random: Random

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def time(self, low: float, high: float) -> str:
        """Return a time that is a multiple of 4 ms, or of 0.1 s."""
        steps = 250 if self.chance(0.5) else 10
        return f"{self.random.randint(int(low * steps), int(high * steps)) / steps:.3f}s"

    def words(self, most: int = 6) -> str:
        chosen = self.random.choices(WORDS, k=self.random.randint(1, most))
        return " ".join(chosen).capitalize() + "."

    def sound(self) -> str:
        return self.random.choice((*SOUNDS, *ROLES, "gong"))

    def steps(self, *, depth: int, times: int, sides: bool = False) -> list[Step]:
        """Return some steps that are done `times` times."""
        most = 4 if times == 1 else 1
        kinds = ["say", "hold", "hold", "pause", "chime", "breathe", "chapter"]
        if depth < 2 and times < 4:
            kinds += ["repeat"] + ([] if sides else ["sides"])
        chosen = [self.random.choice(kinds) for _ in range(self.random.randint(1, most))]
        return [self.step(kind, depth, times, sides) for kind in (*chosen, "hold")]

    def step(self, kind: str, depth: int, times: int, sides: bool) -> Step:
        makers: dict[str, Callable[[], Step]] = {
            "say": lambda: self.say(sides, brief=times > 1),
            "hold": lambda: self.hold(8 if times == 1 else 3 if times == 2 else 2),
            "repeat": lambda: self.repeat(depth, times, sides),
            "sides": lambda: self.sides(depth, times),
            "chime": lambda: {"chime": self.sound()} | ({"gap": self.time(0, 1)} if self.chance(0.5) else {}),
            "breathe": lambda: self.breathe(times),
            "chapter": lambda: {"chapter": self.words()},
            "pause": lambda: {self.random.choice(["settle", "rest", "switch", "gap"]): self.time(0, 1)},
        }
        return makers[kind]()

    def sides(self, depth: int, times: int) -> Step:
        orders = [["left", "right"], ["right", "left"], ["left", "right", "left"]]
        chosen = self.random.choice(orders[: 5 - times])
        step: Step = {"sides": chosen}
        if times > 1 or self.chance(0.8):
            step["switch"] = self.time(0, 1)
        return step | {"steps": self.steps(depth=depth + 1, times=times * len(chosen), sides=True)}

    def say(self, sides: bool, *, brief: bool) -> Step:
        text = f"{self.words()} {self.words()}" if self.chance(0.3) else self.words()
        step: Step = {"say": text}
        if sides and self.chance(0.7):
            step = {"say": "Now lift the {side} arm."}
            if self.chance(0.5):
                step["say"] = {
                    "left": f"Left. {self.words()}",
                    "right": "Turn to the right, and " + self.words().lower(),
                }
        if self.chance(0.4):
            step["short"] = self.words(2)
        if brief or self.chance(0.6):
            step[self.random.choice(["settle", "gap"])] = self.time(0, 1)
        return step

    def repeat(self, depth: int, times: int, sides: bool) -> Step:
        step: Step = {"repeat": 2}
        if self.chance(0.4):
            step["repeat"] = "$reps"
        if self.chance(0.6):
            step["rest"] = self.time(0, 1)
        if self.chance(0.5):
            step["grow"] = {"hold": {"by": self.time(0, 0.5)} if self.chance(0.5) else {"to": "5s"}}
        return step | {"steps": self.steps(depth=depth + 1, times=times * 2, sides=sides)}

    def breathe(self, times: int) -> Step:
        breath = {
            "in": self.time(1.5, 2.5), "out": self.time(1.5, 2.5), "cycles": 2 if times == 1 else 1,
            "voice": self.random.choice(["all", "none", "first one", 1]), "tone": self.chance(0.7),
        }  # fmt: skip
        if self.chance(0.3):
            breath["full"] = self.time(1, 1.5)
        if self.chance(0.3):
            breath["empty"] = self.time(1, 1.5)
        return {"breathe": breath}

    def hold(self, longest: int) -> Step:
        if self.chance(0.15):
            length: Any = {"breaths": 2, "in": self.time(1.5, 2), "out": self.time(1.5, 2)}
            marks: Step = {"breaths": self.random.choice(["tone", "voice", "both", "none"])}
        elif self.chance(0.3):
            length, marks = "$hold", {}
        else:
            ticks = self.random.randint(250, 250 * longest)
            length, marks = f"{ticks / 250:.3f}s", self.marks(ticks)
        step: Step = {"hold": length}
        if self.chance(0.7):
            ends = {"start": self.sound(), "end": self.sound()}
            ends[self.random.choice(["start", "end"])] = self.random.choice(["none", *SOUNDS])
            step["chime"] = self.random.choice([ends, ends, "none", self.sound()])
        return step | ({"marks": marks} if marks else {})

    def marks(self, ticks: int) -> Step:
        """Return marks that neither overlap nor outlast a hold of `ticks`: one mark in each third."""
        third = ticks // 3
        marks: Step = {}
        if self.chance(0.5) and (mark := self.mark(third)):
            marks["at"] = {f"{self.random.randrange(0, third - mark[1] + 1) / 250:.3f}s": mark[0]}
        if self.chance(0.4) and (mark := self.mark(ticks // 6)):
            marks["halfway"] = mark[0]
        if self.chance(0.3) and third >= 250:
            count = third // 250
            marks["countdown"] = self.random.choice([count, {"from": count, "chime": "tick"}])
        elif self.chance(0.5) and (mark := self.mark(third)):
            marks["before_end"] = {f"{self.random.randint(mark[1], third) / 250:.3f}s": mark[0]}
        return marks

    def mark(self, longest: int) -> tuple[Any, int] | None:
        """Return a mark of up to `longest` ticks, and its length."""
        lengths = {"tick": 60, "wood": 240, "chime": 396, "bell": 450, "bowl": 750}
        fitting = [name for name, length in lengths.items() if length <= longest]
        if fitting and self.chance(0.5):
            name = self.random.choice(fitting)
            return self.random.choice([name, {"chime": name}]), lengths[name]
        if longest < 50:
            return None
        text = self.words(longest // 50)
        return self.random.choice([text, {"say": text}]), 50 * len(text.split())
