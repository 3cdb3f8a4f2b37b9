"""Routines that each check leaves alone, and routines that it finds: (fine, faulty), by check."""

from __future__ import annotations

from collections.abc import Sequence

NONE = "safety: {notice: none}"
ICE, HEAT = "safety: {notice: ice}", "safety: {notice: heat}"
YOGA, STRETCH = "safety: {notice: yoga}", "safety: {notice: stretch}"
SLEEP = "safety: {notice: NOTICE, closing: sleep}"
QUIET = "safety: {notice: none, closing: gentle}"
STAY = "settings: {stay: {default: 20s, min: 10s, max: 30s}}"
GREW = "settings: {hold: {default: 10s, max: 20s}}"
GROWS = "settings: {hold: {default: 10s, max: 20s}, reps: {default: 1, max: 4}}"
LONG = "settings: {stay: {default: 20s, max: 2m}}"
BOOK = "settings: {stay: {default: 3m, min: 2m, max: 5m, source: SOURCE}}"


def say(text: str, settle: str = "4s") -> str:
    return f'  - say: "{text}"\n    settle: {settle}\n'


def steps(*parts: str) -> str:
    """Make steps of texts to say and, from "@20s", of holds with a tick each minute."""
    return "".join(
        f"  - hold: {part[1:]}\n    marks: {{every: {{1m: tick}}}}\n" if part[0] == "@" else say(part)
        for part in parts
    )


def held(text: str, length: str) -> str:
    return steps(text, f"@{length}", "Take it off.")


def both(switch: str, settle: str, hold: str = "20s", said: str = "{side} leg.") -> str:
    inner = f'      - say: "{said}"\n        settle: 4s\n      - hold: {hold}\n'
    inner += "        marks: {every: {1m: tick}}\n"
    sides = f"  - sides: [left, right]\n    switch: {switch}\n    steps:\n{inner}"
    return f"{sides}      - say: Down.\n        settle: {settle}\n"


def breathe(pace: str) -> str:
    return f"  - breathe: {{{pace}}}\n"


def marked(marks: str, hold: str = "20s") -> str:
    return say("Sit.") + f"  - hold: {hold}\n    marks: {marks}\n" + say("Rest.")


def chimes(*sounds: str) -> str:
    return say("Sit.") + "".join(f"  - chime: {sound}\n" for sound in sounds)


def grow(growth: str, reps: str = "$reps", hold: str = "$hold") -> str:
    more = f"    grow: {{hold: {growth}}}\n" + (
        "    steps:\n      - say: Stay.\n      - hold: " + hold + "\n"
    )
    return f"  - repeat: {reps}\n{more}      - say: Come back.\n"


# Steps, or (head, steps), or (head, steps, title).
Case = str | tuple[str, str] | tuple[str, str, str]

STAYED = steps("Sit.", "@$stay", "Rise.")

ROUTINES: dict[str, tuple[Sequence[Case], Sequence[Case]]] = {
    "no-effect": (
        [
            (
                "settings: {stay: {default: 20s, min: 10s, max: 30s, weight: 2}}",
                steps("Sit.", "@$stay", "Rise."),
            ),
            ("settings: {times: {default: 3}}", say("Do it {times} times.")),
            (GROWS, grow("{by: 2s}")),
            (GROWS, grow("{to: 20s}")),
            (GREW, grow("{by: 2s}", reps="3")),
            ("sounds: {gong: bell, bowl: {volume: -3dB}}", steps("Sit.", "@20s", "Rise.") + chimes("gong")),
            ("say_as: {asana: AH-suh-nuh}", say("Two asanas follow.")),
            (f"{QUIET}\ndoses: {{long: {{stay: 30s}}}}\n{STAY}", steps("Sit.", "@$stay", "Rise.")),
            "  - repeat: 2\n    rest: 10s\n    steps:\n      - say: Up.\n      - say: Down.\n",
            breathe("in: 4s, full: 2s, out: 6s, cycles: 3, voice: none, last: The last one."),
            breathe("in: 4s, full: 2s, out: 6s, cycles: 3, words: {full: Stay.}"),
            breathe("in: 4s, out: 6s, cycles: 3, voice: none, tone: false, last: The last one."),
            ("settings: {pause: {default: 0s, max: 9s}}", say("Sit.") + "  - rest: $pause\n" + say("Up.")),
            ("allow: {sight-words: eyes are open}", say("Look at your feet.")),
            (f"allow: {{hold-length: ours}}\n{STRETCH}\n{LONG}", steps("Lean.", "@$stay", "Rise.")),
            ("safety: {notice: none}\nvoice: {rate: 120}", say("Sit.") + "  - include: relax-the-back\n"),
        ],
        [
            (STAY, steps("Sit.", "@20s", "Rise.")),
            (STAY, say("Stay for {stay}.").replace("{stay}", "{hold}") + "  - hold: 20s\n" + say("Up.")),
            ("settings: {stay: {default: 20s, weight: 2}}", steps("Sit.", "@$stay", "Rise.")),
            (GROWS, grow("{to: 10s}")),
            (GROWS, grow("{to: 40s}")),
            (GROWS, grow("{by: 0s}")),
            ("settings: {hold: {default: 10s}}", grow("{by: 2s}", "3", "12s")),
            (GREW, grow("{by: 2s}", reps="1")),
            ("sounds: {gong: bell}", steps("Sit.", "@20s", "Rise.")),
            ("sounds: {close: bell}", steps("Sit.", "@20s", "Rise.")),
            ("sounds: {bell: bowl}", steps("Sit.", "@20s", "Rise.")),
            ("sounds: {wood: {volume: -3dB}}", steps("Sit.", "@20s", "Rise.")),
            ("chimes: {volume: -20dB}\nsounds: {bell: {volume: -20dB}}", steps("Sit.", "@20s", "Rise.")),
            ("say_as: {savassana: shah-VAH-sah-nah}", say("Lie in savasana.")),
            (f"{STAY}\ndoses: {{long: {{}}}}", steps("Sit.", "@$stay", "Rise.")),
            ("profile: sleep\nsafety: {notice: none, closing: day}", say("Sleep well.")),
            ("safety: {notice: none}\nwelcome: Welcome back.", say("Sit.")),
            ("progress: true", say("Sit.")),
            "  - repeat: 1\n    steps:\n      - say: Lean.\n        first: Lean left.\n",
            "  - repeat: 1\n    steps:\n      - {say: Lean., first: Lean left., last: And up.}\n",
            "  - repeat: 2\n    steps:\n      - {say: Lean., first: Lean left., last: And up.}\n",
            (
                "  - repeat: 2\n    steps:\n      - sides: [left, right]\n        steps:\n"
                '          - {say: "Lean {side}.", first: "Lean to the {side}.", last: "{side}, and up."}\n'
            ),
            "  - repeat: 1\n    rest: 10s\n    steps:\n      - say: Up.\n",
            "  - sides: [left]\n    switch: 10s\n    steps:\n      - say: Lean left.\n",
            "  - sides: [left]\n    steps:\n      - say: {left: Lean left., right: Lean right.}\n",
            breathe("in: 4s, out: 6s, cycles: 3, words: {full: Stay.}"),
            breathe("in: 4s, out: 6s, cycles: 3, voice: none, words: {in: In.}"),
            breathe("in: 4s, out: 6s, cycles: 3, last: The last one."),
            breathe("in: 4s, out: 6s, cycles: 4, voice: none, halfway: Half way."),
            marked("{breaths: {full: Stay.}}", "{breaths: 3, in: 4s, out: 6s}"),
            say("Sit.") + "  - hold: 20s\n    chime: none\n    release: 3s\n" + say("Up."),
            say("Sit.").replace("    settle", "    enter: true\n    settle"),
            breathe("in: 4s, out: 6s, cycles: 3, voice: none, tone: false"),
            say("Sit.") + "  - rest: 0\n" + say("Up."),
            say("Sit.") + "  - settle: 0s\n",
            ("allow: {sight-words: eyes are open}", say("Feel your feet.")),
            ("allow: {hold-length: ours}", steps("Lean.", "@20s", "Rise.")),
            ("safety: {notice: none}", say("Sit.") + "  - include: relax-the-back\n"),
        ],
    ),
    "out-of-reach": (
        [
            ("settings: {stay: {default: 20s, min: 10s, max: 2m}}\nlength: {default: 2m}", STAYED),
            ("settings: {stay: {default: 20s, min: 10s, max: 60s}}\nlength: {default: 80s}", STAYED),
            (
                "settings: {reps: {default: 2, min: 1, max: 9}}\nlength: {default: 2m}",
                grow("{}", hold="20s").replace("    grow: {hold: {}}\n", ""),
            ),
            ("settings: {stay: {default: 20s}}", STAYED),
            ("settings: {stay: {default: 10s, min: 5s, max: 20s}}\nlength: {default: 80s, max: 9m}", STAYED),
        ],
        [
            ("settings: {stay: {default: 60s, min: 50s, max: 70s}}\nlength: {default: 30s}", STAYED),
            ("settings: {stay: {default: 60s}}\nlength: {default: 30s}", STAYED),
            ("settings: {stay: {default: 20s, min: 10s, max: 30s}}\nlength: {default: 20m}", STAYED),
            ("settings: {stay: {default: 60s, min: 5s, weight: 0}}\nlength: {default: 40s}", STAYED),
            (
                "settings: {reps: {default: 9, min: 8, max: 10}}\nlength: {default: 1m}",
                grow("{}", hold="20s").replace("    grow: {hold: {}}\n", ""),
            ),
        ],
    ),
    "lost-mark": (
        [
            marked("{every: {15s: tick}}", "60s"),
            marked("{every: {1s: tick}}", "20s"),
            marked("{every: {15s: tick, 20s: bell}}", "60s"),
            marked("{every: {30s: Half., 10s: tick}, halfway: Half.}", "60s"),
            marked("{every: {10s: tick, 30s: bell}}", "3m"),
            marked("{tempo: {beats: 60}, countdown: 3}", "12s"),
            marked("{random: {min: 10s, max: 20s}}", "3m"),
            ("settings: {stay: {default: 5m, max: 20m}}", marked("{every: {5m: tick}}", "$stay")),
            marked("{every: {30s: Feel it.}, halfway: Half way. Feel it.}", "60s"),
            ("profile: sleep", say("Lie down.") + "  - hold: 20m\n    marks: {at: {3m: chime}}\n"),
            ("sounds: {gong: bowl}", marked("{random: {chime: gong, min: 10s, max: 20s}}", "3m")),
            say("Sit.") + "  - rest: 20s\n    chime: tick\n" + say("Up."),
            say("Sit.")
            + "  - hold: 9s\n    exact: true\n    chime: {end: tick}\n  - rest: 9s\n    exact: true\n",
        ],
        [
            marked("{every: {25s: tick}}", "27s"),
            marked("{every: {40s: tick}}", "30s"),
            marked("{every: {30s: Half a minute.}, halfway: Half way.}", "60s"),
            marked("{every: {30s: tick}, at: {30s: bell}}", "50s"),
            marked("{every: {20s: tick}, countdown: 5}", "27s"),
            marked("{every: {1m: tick}}"),
            marked("{every: {10s: bell, 10.1s: tick}}", "60s"),
            marked("{tempo: {beats: 20}}", "2s"),
            marked("{tempo: {beats: 60}, at: {1s: Go on., 5s: And on.}}", "9s"),
            marked("{random: {min: 1m, max: 2m}}", "30s"),
            ("profile: sleep", say("Lie down.") + "  - hold: 60s\n    marks: {halfway: chime}\n"),
            ("profile: sleep", say("Lie down.") + "  - hold: 60s\n    chime: bell\n"),
            ("profile: sleep", say("Lie down.") + "  - chime: close\n"),
            ("profile: sleep", say("Lie down.") + "  - hold: 9m\n    marks: {before_end: {20s: chime}}\n"),
            (
                "profile: sleep",
                say("Lie down.") + "  - hold: 9s\n    marks: {countdown: {from: 3, chime: tick}}\n",
            ),
            ("profile: sleep", say("Lie down.") + "  - repeat: 2\n    steps:\n      - chime: bell\n"),
            ("profile: sleep", say("Lie down.") + "  - count: [Up, down]\n    chime: tick\n"),
            marked("{breaths: both, tempo: {beats: 30}}", "{breaths: 3, in: 4s, out: 4s}"),
            say("Sit.") + "  - rest: 20s\n    chime: tick\n  - hold: 20s\n    exact: true\n",
            say("Sit.")
            + "  - hold: 9s\n    exact: true\n    chime: {end: tick}\n  - hold: 9s\n    exact: true\n",
        ],
    ),
    "long-sentence": (
        [
            say("rest " * 20 + "."),
            say("Lie down.\\nThen rest your head.\\nThen rest your arms and your legs, and all of you."),
            say("Breathe in … and out … and in … and out … and in … and out."),
            say("One - two - three - four - five - six - seven - eight - nine - ten - eleven - twelve."),
            say("Lie down. rest your head. rest your arms. rest your legs. rest your feet. and all of you."),
        ],
        [
            say("rest " * 21 + "."),
            say("Now " + "and then " * 11 + "rest."),
            say("Lie down and " + "relax and " * 10 + "sleep."),
            say("One, two, " + "three, " * 20 + "four."),
            marked("{halfway: " + "rest " * 21 + ".}", "60s"),
        ],
    ),
    "broken-line": (
        [
            "  - say: |\n      Sit tall\n      Rest your hands\n",
            "  - say: |\n      Sit tall.\n      then rest\n",
            "  - say: >\n      Sit tall\n      and rest\n",
            "  - say: Sit tall\n      and rest.\n",
            "  - sides: [left]\n    steps:\n      - say: |\n          Sit\n          {side} arm up\n",
        ],
        [
            "  - say: |\n      Sit tall\n      and rest.\n",
            "  - say: |\n      Rest your head,\n      your arms and your legs.\n",
            "  - say: |\n      Feel the floor\n\n      under your back.\n",
            "  - say: Sit.\n    short: |\n      Sit down and\n      rest.\n",
            marked("\n      halfway:\n        say: |\n          Half the\n          time is over."),
        ],
    ),
    "cut-text": (
        [
            say("Do exercise #3."),
            "  - say: Rest.  # a comment\n",
            "  - say: Rest#3 is glued.\n",
            "  - say: |\n      Do #3 now.\n",
            "  - say: Sit.\n    settle: 4s #short\n",
        ],
        [
            "  - say: Do exercise #3.\n",
            "  - say: Rest. #later\n",
            "  - chapter: Part #2\n  - say: Sit.\n",
            "  - say: Do # 3 now.\n",
            "  - say: Sit down and\n      do #3 now.\n",
        ],
    ),
    "english-phrases": (
        [
            ("voice: {name: en-gb}", say("Sit.")),
            ("safety: {notice: none, closing: none}\nvoice: {name: de}", say("Setzen Sie sich.")),
            ("voice: {name: English (Scotland)}", say("Sit.")),
            ("voice: {name: robot}", say("Sit.")),
            ("safety: {notice: none, closing: sleep}\nvoice: {name: fr}", say("Dormez.")),
        ],
        [
            ("voice: {name: de}", say("Sitzen.")),
            ("safety: {notice: none}\nvoice: {name: fr-ch}", say("Assis.")),
            ("safety: {notice: yoga, closing: none}\nvoice: {name: Spanish (Spain)}", say("Respira.")),
            (
                "safety: {notice: none, closing: none}\nvoice: {name: it}",
                breathe("in: 4s, out: 6s, cycles: 2"),
            ),
            ("safety: {notice: none, closing: none}\nvoice: {name: nl}", both("8s", "4s")),
        ],
    ),
    "unknown-word": (
        [
            (f"body: [lower back]\n{QUIET}", say("Sit.")),
            (f"body: [Neck, whole body]\n{QUIET}", say("Sit.")),
            (f"equipment: [foam roller, kitchen towel, cushion]\n{QUIET}", say("Sit.")),
            (f"body: [Nacken]\nvoice: {{name: de}}\n{QUIET}", say("Sitzen.")),
            (f"level: Gentle\nphase: warm-up\n{QUIET}", say("Sit.")),
            (f"position: on a soft bed, or standing at a wall\n{QUIET}", say("Sit.")),
            ("safety: {notice: none, avoid_with: [hypertension, a sore or weak knee injury]}", say("Sit.")),
            ("safety: {notice: none, avoid_with: [pregnancy of six months or more]}", say("Sit.")),
        ],
        [
            (f"body: [sholders]\n{QUIET}", say("Sit.")),
            (f"body: [neck, quadrants]\n{QUIET}", say("Sit.")),
            (f"body: [soul]\n{QUIET}", say("Sit.")),
            (f"equipment: [pilow]\n{QUIET}", say("Sit.")),
            (f"equipment: [chair, matt]\n{QUIET}", say("Sit.")),
            (f"position: in a hammock\n{QUIET}", say("Sit.")),
            (f"level: gentel\n{QUIET}", say("Sit.")),
            (f"phase: dessert\n{QUIET}", say("Sit.")),
            ("safety: {notice: none, avoid_with: [glaucomma]}", say("Sit.")),
            ("safety: {notice: none, avoid_with: [fever, a full moon]}", say("Sit.")),
        ],
    ),
    "unread-letters": (
        [
            ("voice: {name: ja}", "  - say: めをとじて。\n"),
            ("voice: {name: ja}", "  - say: ヨガです。\n"),
            ("voice: {name: cmn}", "  - say: 闭上眼睛。\n"),
            ("voice: {name: ru}", "  - say: Relax.\n"),
            ("voice: {name: en-gb}", "  - say: Relax.\n"),
        ],
        [
            ("voice: {name: ja}", "  - say: 目をとじて。\n"),
            ("voice: {name: Japanese}", "  - say: しずかに呼吸します。\n"),
            ("voice: {name: ja}", "  - say: Relax.\n"),
            ("voice: {name: ky}", "  - say: Relax.\n"),
            ("voice: {name: ba+f2}", "  - say: Relax.\n"),
        ],
    ),
    "unequal-sides": (
        [
            steps("Left knee up.", "@20s", "Lower it.", "Right knee up.", "@20s", "Lower it."),
            steps("Turn left.", "@20s", "Back.", "Turn right.", "@20s", "Back."),
            steps("Lift your left leg.", "@20s", "Down.", "Now the other leg.", "@20s", "Down."),
            both("8s", "4s"),
            steps(
                "Left ear down.",
                "@10s",
                "Up.",
                "Right ear down.",
                "@10s",
                "Up.",
                "Both arms up.",
                "@30s",
                "Down.",
            ),
        ],
        [
            steps("Left knee up.", "@20s", "Lower it.", "Right knee up.", "@10s", "Lower it."),
            steps(
                "Turn left.", "@20s", "Back.", "Turn right.", "@20s", "Back.", "Turn right.", "@20s", "Back."
            ),
            both("8s", "4s").replace("[left, right]", "[left, right, left]"),
            steps("Left leg up.", "@20s", "Down.", "Other leg up.", "@30s", "Down."),
            steps("Left arm.", "@15s", "Down.", "Left arm.", "@15s", "Down.", "Right arm.", "@15s", "Down."),
        ],
    ),
    "missing-side": (
        [
            steps("Lift your left leg.", "@20s", "Lower it.", "Now the other leg.", "@20s", "Lower it."),
            steps("Place your right hand on your heart.", "@20s", "Let it rest."),
            steps(
                "Your left hand on your belly, and your right hand on your chest.", "@20s", "Let them sink."
            ),
            steps("Lie on your left side.", "@20s", "Roll onto your back."),
            steps("Whatever is left of tension goes.", "@20s", "Good."),
            steps("Left leg.", "@20s", "Lower. Same with the right leg.", "@20s", "Lower."),
        ],
        [
            steps("Left knee up.", "@20s", "Lower it."),
            steps("Turn your head to the left.", "@20s", "Come back."),
            steps("Left side stretch.", "@20s", "Come back."),
            steps("Left hamstring.", "@20s", "Let go."),
            steps("Lift your right leg.", "@20s", "Lower it.", "Bend both knees.", "@20s", "Rest."),
        ],
    ),
    "side-change": (
        [both("5s", "0s"), both("10s", "0s"), both("8s", "4s"), both("2s", "4s"), both("7s", "1s")],
        [both(switch, "0s") for switch in ("1s", "2s", "11s", "20s", "60s")],
    ),
    "no-way-out": (
        [
            steps("Lift your hips.", "@20s", "Lower them."),
            steps("Lift.", "@20s", "Now the other side.", "@20s", "Down."),
            steps("Rest.", "@70s"),
            breathe("in: 4s, out: 6s, cycles: 2"),
            steps("Lift.", "@20s") + "  - chime: bell\n" + say("Down."),
        ],
        [
            steps("Lift.", "@20s") + "  - rest: 5s\n" + say("Up."),
            steps("Lift.", "@20s", "@20s", "Down."),
            steps("Lift.", "@20s") + breathe("in: 4s, out: 6s, cycles: 2"),
            steps("Lift.", "@20s"),
            both("8s", "4s").replace("      - say: Down.\n        settle: 4s\n", ""),
        ],
    ),
    "long-silence": (
        [
            steps("Rest.", "@5m", "Up."),
            "  - rest: 45s\n" + say("Up."),
            marked("{halfway: chime}", "90s"),
            marked("{at: {40s: Breathe on.}}", "90s"),
            breathe("in: 5s, out: 7s, cycles: 10"),
        ],
        [
            say("Rest.") + "  - hold: 90s\n" + say("Up."),
            "  - rest: 90s\n" + say("Up."),
            marked("{at: {10s: Breathe on.}}", "90s"),
            marked("{halfway: chime}", "3m"),
            breathe("in: 5s, out: 7s, cycles: 10, tone: false, voice: first two"),
        ],
    ),
    "mark-overlap": (
        [
            marked("{halfway: Half way.}"),
            marked("{countdown: 5}"),
            marked("{before_end: {5s: Five more.}}"),
            marked("{at: {3s: Breathe on.}, before_end: {5s: tick}}"),
            marked("{every: {12s: tick}}", "60s"),
        ],
        [
            marked("{before_end: {1s: This is the end of this hold now.}}"),
            marked("{at: {3s: Breathe on and on and on and on., 4s: Stay there.}}"),
            marked("{halfway: You have done one half., at: {11s: Stay.}}"),
            marked("{countdown: 3, before_end: {4s: Come back slowly now.}}"),
            marked("{at: {2s: Let it all sink down now.}}", "3s"),
        ],
    ),
    "loud-chime": (
        [
            (f"{NONE}\nsounds: {{bell: {{volume: {volume}}}}}", chimes("bell"))
            for volume in ("-6dB", "-1dB", "0dB", "+1dB", "+2dB")
        ],
        [
            (f"{NONE}\nsounds: {{{sound}: {{volume: {volume}}}}}", chimes(sound))
            for sound, volume in (
                ("bell", "+6dB"),
                ("bowl", "+6dB"),
                ("chime", "+6dB"),
                ("bell", "+5dB"),
                ("wood", "+6dB"),
            )
        ],
    ),
    "many-chimes": (
        [
            chimes("bell"),
            chimes("bell", "bowl"),
            chimes("bell", "bowl", "tick"),
            chimes(*["bell"] * 9),
            ("safety: {notice: none, closing: none}", chimes("bell", "bowl", "chime", "tick")),
        ],
        [
            chimes("bell", "bowl", "chime", "tick", "wood"),
            chimes("wood", "tick", "chime", "bowl", "bell", "bell"),
            chimes("bell", "bowl", "chime") + marked("{countdown: {from: 3, chime: tick}, halfway: wood}"),
            marked("{every: {20s: tick}, halfway: wood}", "60s") + chimes("chime"),
            chimes("tick", "wood") + "  - chime: halfway\n" + marked("{halfway: Half.}"),
        ],
    ),
    "spoken-pace": (
        [(f"{NONE}\nvoice: {{rate: {rate}}}", say("Sit.")) for rate in (100, 105, 115, 120, 130)],
        [(f"{NONE}\nvoice: {{rate: {rate}}}", say("Sit.")) for rate in (80, 99, 131, 200, 450)],
    ),
    "hold-length": (
        [
            (YOGA, steps("Relax and stay.", "@2m", "Up.")),
            (YOGA, steps("Melt into the mat.", "@2m", "Up.")),
            (YOGA, steps("Lie in savasana, with your eyes closed.", "@5m", "Up.")),
            (STRETCH, steps("Bend.", "@60s", "Up.")),
            ("safety: {notice: back}", steps("Bend.", "@2s", "Up.")),
            (f"{YOGA}\n{BOOK.replace('SOURCE', 'a book')}", steps("Bend.", "@$stay", "Up.")),
        ],
        [
            (STRETCH, steps("Pull.", "@90s", "Up.")),
            (STRETCH, steps("Bend.", "@4s", "Up.")),
            (YOGA, steps("Reach up.", "@2m", "Up.")),
            ("safety: {notice: back}", steps("Bend.", "@1s", "Up.")),
            (f"{YOGA}\n{BOOK.replace('SOURCE', 'ours')}", steps("Bend.", "@$stay", "Up.")),
        ],
    ),
    "side-total": (
        [
            (f"{YOGA}\n{BOOK.replace('SOURCE', 'a yin yoga book')}", both("8s", "4s", "$stay")),
            (YOGA, both("8s", "4s", "60s")),
            (YOGA, both("8s", "4s", "3m", "Lie on your {side} side, and let it rest.")),
            (NONE, both("8s", "4s", "3m")),
            (STRETCH, both("8s", "4s", "55s")),
        ],
        [
            (YOGA, both("8s", "4s", "3m")),
            (STRETCH, both("8s", "4s", "121s")),
            (f"{YOGA}\n{BOOK.replace('SOURCE', 'ours')}", both("8s", "4s", "$stay")),
            (f"{YOGA}\nsettings: {{stay: {{default: 3m}}}}", both("8s", "4s", "$stay")),
            ("safety: {notice: back}", both("8s", "4s", "150s")),
        ],
    ),
    "breath-pace": (
        [
            breathe(f"{pace}, cycles: 2")
            for pace in ("in: 5s, out: 5s", "in: 4s, full: 2s, out: 6s", "in: 4s, out: 5s")
        ]
        + [breathe("in: 6s, out: 7s, for: 26s"), "  - hold: {breaths: 3, in: 4s, out: 6s}\n" + say("Down.")],
        [
            breathe(f"{pace}, cycles: 2")
            for pace in ("in: 2s, out: 2s", "in: 8s, out: 8s", "in: 4s, full: 7s, out: 8s")
        ]
        + [breathe("in: 3s, out: 4s, for: 14s"), "  - hold: {breaths: 3, in: 2s, out: 3s}\n" + say("Down.")],
    ),
    "breath-out": (
        [
            breathe(f"{pace}, cycles: 2")
            for pace in ("in: 5s, out: 5s", "in: 4s, out: 6s", "in: 4s, full: 2s, out: 4s")
        ]
        + [breathe("in: 4s, out: 8s, cycles: 1"), "  - hold: {breaths: 3, in: 4s, out: 6s}\n" + say("Down.")],
        [
            breathe(f"{pace}, cycles: 2")
            for pace in ("in: 6s, out: 4s", "in: 5.5s, out: 5s", "in: 5s, empty: 2s, out: 4s")
        ]
        + [breathe("in: 7s, out: 3s, cycles: 1"), "  - hold: {breaths: 3, in: 6s, out: 4s}\n" + say("Down.")],
    ),
    "ice-minutes": (
        [
            (ICE, held("Ice on.", "15m")),
            (ICE, held("Ice on.", "10m") + steps("Rest.", "@10m", "Up.")),
            (ICE, held("Ice on.", "1m")),
            (NONE, held("Feel the cool air.", "18m")),
            (ICE, steps("Ice on.", "@12m", "The ice comes off.", "@6m", "Up.")),
        ],
        [
            (ICE, held("Ice on.", "16m")),
            (ICE, held("Ice on.", "20m")),
            (ICE, steps("Ice on.", "@9m", "Keep it there.", "@9m", "Take it off.")),
            (ICE, steps("Ice on.", "@12m", "Do not take it off yet.", "@6m", "Take it off.")),
            (ICE, steps("Ice on.", "@12m", "Soon you can take it off.", "@6m", "Take it off.")),
        ],
    ),
    "ice-limit": (
        [
            (ICE, held("Ice on.", "20m")),
            (ICE, steps("Ice on.", "@15m", "Lay it aside.", "@15m", "Up.")),
            (ICE, steps("Ice on.", "@15m", "Remove the ice.", "@15m", "Up.")),
            (ICE, steps("Ice on.", "@12m", "Off with it.", "@12m", "Up.")),
            (ICE, steps("Ice on.", "@12m", "Take it off before you rest.", "@12m", "Up.")),
        ],
        [
            (ICE, held("Ice on.", "21m")),
            (ICE, held("Put the pack on.", "25m")),
            (ICE, steps("Ice on.", "@11m", "Keep it there.", "@11m", "Take it off.")),
            (ICE, steps("Ice on.", "@15m", "Before you take it off, rest.", "@10m", "Take it off.")),
            (ICE, steps("Ice on.", "@15m", "You will take it off later.", "@10m", "Take it off.")),
        ],
    ),
    "heat-minutes": (
        [
            (HEAT, held("Pad on.", "20m")),
            (HEAT, steps("Heat on.", "@15m", "Unplug the pad.", "@10m", "Up.")),
            (HEAT, steps("Heat on.", "@15m", "Put it down.", "@10m", "Up.")),
            (NONE, held("Feel the warmth of your hands.", "25m")),
            (HEAT, steps("Step in.", "@10m", "Step out of the shower.", "@15m", "Done.")),
        ],
        [
            (HEAT, held("Pad on.", "21m")),
            (HEAT, held("Pad on.", "30m")),
            (HEAT, steps("Heat on.", "@15m", "Turn over.", "@10m", "Take it off.")),
            (HEAT, steps("Heat on.", "@15m", "If it is too hot, take it off.", "@10m", "Take it off.")),
            (HEAT, steps("Heat on.", "@15m", "Don't switch it off yet.", "@10m", "Switch it off.")),
        ],
    ),
    "heat-limit": (
        [
            (HEAT, held("Pad on.", "30m")),
            (HEAT, steps("Pad on.", "@15m", "Take the pad off.", "@16m", "Up.")),
            (HEAT, steps("Heat on.", "@20m", "Switch it off.", "@15m", "Up.")),
            (HEAT, steps("Heat on.", "@20m", "Unplug the pad.", "@15m", "Up.")),
            (HEAT, steps("Step in.", "@10m", "Step out of the shower.", "@25m", "Done.")),
        ],
        [
            (HEAT, held("Heat on.", "31m")),
            (HEAT, held("Pad on.", "45m")),
            (HEAT, steps("Heat on.", "@20m", "Turn over.", "@15m", "Take it off.")),
            (HEAT, steps("Heat on.", "@20m", "Keep it on.", "@15m", "Take it off.")),
            (HEAT, steps("Heat on.", "@20m", "Never take it off too early.", "@15m", "Take it off.")),
        ],
    ),
    "bedtime-heat": (
        [
            (SLEEP.replace("NOTICE", "none"), steps("Feel heavy.", "@5m")),
            (SLEEP.replace("NOTICE", "none"), steps("A warm light fills you.", "@5m")),
            (SLEEP.replace("NOTICE", "none"), steps("Imagine a hot bath.", "@5m")),
            (HEAT, held("Pad on.", "5m")),
            (SLEEP.replace("NOTICE", "breathing"), breathe("in: 4s, out: 6s, cycles: 12")),
        ],
        [
            (SLEEP.replace("NOTICE", "heat"), steps("Pad on.", "@5m")),
            (SLEEP.replace("NOTICE", "ice"), steps("Ice on.", "@5m")),
            (SLEEP.replace("NOTICE", "none"), steps("Hot water bottle on the belly.", "@5m")),
            (SLEEP.replace("NOTICE", "none"), steps("Lean on the warm wheat bag.", "@5m")),
            (f"{HEAT}\nprofile: sleep", held("Pad on.", "5m")),
        ],
    ),
    "yoga-rule": (
        [
            (NONE, steps("Pose a question.", "@20s", "Done.")),
            (NONE, steps("Feel the bridge of your nose.", "@20s", "Done.")),
            (NONE, steps("Cobra pose. Learn it with a teacher first.", "@20s", "Done.")),
            (NONE, steps("Hold this pose.", "@20s", "Done.")),
            (YOGA, steps("Camel pose.", "@20s", "Done.")),
        ],
        [
            (NONE, steps("Come into cobra pose.", "@20s", "Down.")),
            (NONE, steps("Lie in shavasana.", "@20s", "Up.")),
            (NONE, steps("Upward facing dog.", "@20s", "Down.")),
            (NONE, steps("Warrior two.", "@20s", "Down.")),
            (NONE, steps("Stand tall.", "@20s", "Rest."), "Evening yoga"),
        ],
    ),
    "ice-rule": (
        [
            (NONE, steps("Think of ice cream.", "@5m", "Done.")),
            (NONE, steps("In your mind, swim in an ice cold lake.", "@5m", "Done.")),
            (NONE, steps("Break the ice with a smile.", "@5m", "Done.")),
            (NONE, held("Never put ice directly on the skin.", "10m"), "Ice"),
            (ICE, held("Ice on.", "10m")),
        ],
        [
            (NONE, held("Put the ice pack on your knee.", "10m")),
            (NONE, held("Hold the frozen peas to your back.", "10m")),
            (NONE, held("Place the cool pack on the knee.", "10m")),
            (NONE, held("Rub the ice cube over your back.", "5m")),
            (NONE, held("Lie down.", "10m"), "Ice your knee"),
        ],
    ),
    "heat-rule": (
        [
            (NONE, steps("Feel the heat of your hands.", "@5m", "Done.")),
            (NONE, steps("Imagine the heat of a fire.", "@5m", "Done.")),
            (NONE, steps("Warm up your back slowly.", "@5m", "Done.")),
            (NONE, steps("Without heat, rest.", "@5m", "Done.")),
            (NONE, held("Put the heating pad on. Heat can burn your skin.", "10m")),
        ],
        [
            (NONE, held("Put the heating pad on your back.", "10m")),
            (NONE, held("Lean against the warm wheat bag.", "10m")),
            (NONE, steps("Sit in the sauna.", "@10m", "Step out.")),
            (NONE, held("Turn on the infrared lamp.", "10m")),
            (NONE, held("Lay the hot water bottle on your belly.", "10m")),
        ],
    ),
    "unknown-safety-rule": (
        [
            (f"safety: {{notice: none, rules: [{rule}]}}", say("Sit."))
            for rule in ("R1", "R2", "R10", "R15", "R19")
        ],
        [
            (f"safety: {{notice: none, rules: [{rule}]}}", say("Sit."))
            for rule in ("R0", "R20", "r1", "X", "R1a")
        ],
    ),
}
