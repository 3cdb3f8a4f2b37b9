"""The commented routine that `audioguide new` writes; it renders as it is."""

from __future__ import annotations

import re

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# Windows takes these for devices, whatever their suffix.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
NAMES = "use small letters, digits, - and _, at most 64, such as my-stretch"

STARTER = """\
# A routine for audioguide. Render it with: audioguide render {name}.yaml
# Every key is described in docs/language.md; `audioguide check {name}.yaml` finds mistakes.
title: {title}
summary: One line for lists.
position: lying on your back

# Settings that the listener can change: --hold 25s, --reps 3, or --set pause=8s.
settings:
  hold: {{default: 15s, min: 10s, max: 30s, source: ours}}
  reps: {{default: 2, min: 1, max: 4, source: ours}}

# What is said first: general, stretch, back, breathing ... or none.
safety:
  notice: stretch
  rules: [R1, R2, R9, R10, R11]

steps:
  # Name the pose first, then one action a sentence. `settle`, and [10s] inside a text, are time to get there.
  - say: {title}.
  - say: Lie on your back. [10s] Bend your knees. [3s] Place your feet flat on the floor.
    into: back, knees bent
    settle: 8s

  # A name for this part: `--skip knees` leaves it out, together with its words.
  - repeat: $reps
    id: knees
    rest: 8s
    steps:
      # What is in braces is filled in. From the second time on, `short` is said.
      - say: You will do this {{times}} on each side. Each hold lasts {{hold}}.
        short: "{{nth}} time."
        settle: 2s

      - sides: [left, right]
        switch: 6s
        steps:
          # How to do it comes first. {{side}} is left, then right.
          - say: Bring your {{side}} knee up. Hold it with both hands.
            settle: 4s

          # The last words before a hold are short: the body is in position after them.
          - say: Slowly pull your {{side}} knee towards your chest.
            settle: 3s

          # From the start chime to the end chime, exactly. Marks never lengthen it.
          - hold: $hold
            marks: {{before_end: {{5s: Five more seconds.}}}}

          - say: Slowly put your {{side}} foot back on the floor.
            settle: 4s

  - say: Rest. Breathe softly.
    settle: 8s
"""


def is_name(name: str) -> bool:
    """Return whether a new routine can be called `name`: what can be says NAMES."""
    return bool(_NAME.fullmatch(name)) and name not in _DEVICES


def starter(name: str) -> str:
    """Return the text of a new routine called `name`, such as my-stretch."""
    title = name.replace("-", " ").replace("_", " ").strip().capitalize() or "My routine"
    return STARTER.format(name=name, title=title)
