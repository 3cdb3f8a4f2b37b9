"""A draft as YAML that a person would write; above each step stand the words that it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from audioguide.draft.compose import PAUSE, ChosenNumber, Draft
from audioguide.draft.numbers import whole
from audioguide.draft.rewrite import LONGEST, DraftPhrase, clean, for_both, settle_for
from audioguide.draft.text import Sentence
from audioguide.draft.vocabulary import SAID
from audioguide.routine.language.positions import POSITIONS

_PLAIN = re.compile(r"[A-Za-z][^:#{}\[\],&*!|>'\"%@`\\]*(?:[,'][^:#{}\[\],&*!|>\"%@`\\]*)*")
_WORDS = frozenset({"true", "false", "yes", "no", "null", "on", "off"})
WAY = 15  # seconds that the way into a position and out of it may take
MOST_SOURCE = 160  # characters of a comment


def scalar(text: str) -> str:
    """Return a text as YAML, with quotation marks only where it needs them."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not text.endswith(" "):
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(text: str) -> str:
    """Return a text as YAML inside of brackets or braces."""
    text = " ".join(text.split())
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 ./'-]*", text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def routine_text(draft: Draft, name: str) -> str:
    """Return the routine as YAML. `name` is that of the source, for comments and `source:`."""
    return "\n".join([*_head(draft, name), "steps:", *step_lines(draft)]) + "\n"


def _head(draft: Draft, name: str) -> Iterator[str]:
    exercise = draft.exercise
    yield (
        f"# Drafted from {comment(name)}, line {exercise.passage.line}. Check every step before you use it."
    )
    for each in draft.assumed:
        yield (
            f"# Assumed: {each.what} {comment(each.value)}. "
            f"{comment(each.reason[:1].upper() + each.reason[1:])}."
        )
    if draft.known:
        yield f"# The library has this exercise: `audioguide show {draft.known.name}`."
    yield f"title: {scalar(line_of(exercise.title, 80) or 'Exercise')}"
    if exercise.position:
        yield f"position: {scalar(SAID[exercise.position])}"
    if exercise.body:
        yield f"body: [{', '.join(map(flow, exercise.body))}]"
    things = [*exercise.equipment, *(["a partner"] if exercise.partner else [])]
    if things:
        yield f"equipment: [{', '.join(flow(line_of(each, 60)) for each in things)}]"
    yield f"source: {{name: {flow(line_of(name, 80))}, note: {json.dumps(f'line {exercise.passage.line}')}}}"
    yield from settings_lines(draft)
    yield "safety:"
    yield f"  notice: {draft.notice}"
    if exercise.avoid_with:
        yield f"  avoid_with: [{', '.join(flow(line_of(each, 100)) for each in exercise.avoid_with)}]"


def line_of(text: str, most: int) -> str:
    """Return a text as one line of `most` characters at most."""
    text = "".join(letter if letter.isprintable() else " " for letter in clean(text))
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]


def comment(text: str) -> str:
    """Return a text as it can stand in a comment, shortened."""
    words = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    return words if len(words) <= MOST_SOURCE else f"{words[:MOST_SOURCE].rsplit(' ', 1)[0]} ..."


def settings_lines(draft: Draft) -> Iterator[str]:
    """Yield the lines of the settings of a draft."""
    lines: list[str] = []
    length = draft.hold or draft.duration
    if length and length.default > PAUSE:
        label = "each hold" if draft.hold else "how long to move"
        lines.append(f"  {'hold' if draft.hold else 'duration'}: {_choice(length, label, 's')}")
    if draft.reps.high > 1:
        lines.append(f"  reps: {_choice(draft.reps, 'how often', '')}")
    if lines:
        yield "settings:"
        yield from lines


def _choice(choice: ChosenNumber, label: str, unit: str) -> str:
    """Return a setting. A hold allows for the way in and out, which the text does not count."""
    default, low, high = (
        f"{whole(round(each, 1))}{unit}" for each in (choice.default, choice.low, choice.high)
    )
    load = f", load: {{min: {low}, max: {whole(round(choice.high + WAY, 1))}s}}" if unit else ""
    source = json.dumps(choice.source)
    return f"{{default: {default}, min: {low}, max: {high}{load}, label: {label}, source: {source}}}"


def step_lines(draft: Draft) -> Iterator[str]:
    """Yield the lines of the steps of a draft."""
    exercise = draft.exercise
    yield f"  - say: {scalar(f'{line_of(exercise.title, 80) or chr(69)}.')}"
    yield from _advice(exercise.warnings)
    for index, phrase in enumerate(draft.spoken.setup):
        into = exercise.position if index == 0 and exercise.position in POSITIONS else None
        yield from _say(phrase, 2, into=into)
    yield from _advice(exercise.tips)
    yield from _rounds(draft)


def _advice(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Yield what is said once, and asks for no movement."""
    for each in sentences:
        text = clean(each.text).replace("{", "{{").replace("}", "}}")
        if text and len(text) <= LONGEST:
            yield from _say(DraftPhrase("say", text[:1].upper() + text[1:], each, 2), 2)


def _rounds(draft: Draft) -> Iterator[str]:
    """Yield what is done again: sets, reps, sides; stretches change sides within a rep, movements after."""
    indent = 2
    if draft.breath:
        yield from _breathed(draft)
        return
    if draft.sets > 1:
        yield from _open(indent, f"repeat: {draft.sets}", ["rest: 30s"])
        indent += 4
    inner = indent
    still = draft.hold is not None and draft.hold.default > PAUSE and not draft.exercise.moving
    again = draft.reps.high > 1
    repeat = ("repeat: $reps", ["rest: 5s"] if still else [])
    sides = (f"sides: [{', '.join(draft.sides)}]", ["switch: 8s"])
    order = [repeat if again else None, sides if draft.sides else None]
    for part in order if still else reversed(order):
        if part:
            yield from _open(inner, *part)
            inner += 4
    yield from _once(draft, inner)


def _breathed(draft: Draft) -> Iterator[str]:
    """Yield the breath that the text counts, with its words above it."""
    breath = draft.breath
    if breath is None:
        return
    for phrase in draft.spoken.each:
        yield from _say(phrase, 2)
    for each in breath.said:
        yield f"  # line {each.line}: {comment(each.text)}"
    often = "for: $duration" if draft.duration else "cycles: $reps"
    lengths = ", ".join(f"{name}: {length:g}s" for name, length in breath.lengths)
    yield f"  - breathe: {{{lengths}, {often}, voice: first two}}"
    yield "  - say: Let your breath come and go by itself."
    yield "    settle: 6s"


def _open(indent: int, head: str, more: Sequence[str]) -> Iterator[str]:
    pad = " " * indent
    yield f"{pad}- {head}"
    yield from (f"{pad}  {line}" for line in more)
    yield f"{pad}  steps:"


def _once(draft: Draft, indent: int) -> Iterator[str]:
    """Yield what is done in one repetition on one side."""
    words = draft.spoken
    pad = " " * indent
    both = "both" in draft.sides
    both_too = ", both: Now both sides together." if both else ""
    if draft.sides and not (words.each and "side}" in words.each[0].text):
        yield f"{pad}- say: {{left: Now your left side., right: Now your right side.{both_too}}}"
        yield f"{pad}  settle: 2s"
    for phrase in words.each:
        yield from _say(phrase, indent, both=both)
    if not words.each and not words.setup:
        yield f"{pad}- say: Begin."
        yield f"{pad}  settle: 3s"
    yield from _hold(draft, indent)
    if words.release:
        for phrase in words.release:
            yield from _say(phrase, indent, both=both)
    elif draft.hold or draft.duration or draft.breaths:
        yield f"{pad}- say: {'Slowly come back.' if not draft.duration else 'Stop, and rest.'}"
        yield f"{pad}  settle: 4s"


def _hold(draft: Draft, indent: int) -> Iterator[str]:
    pad = " " * indent
    if draft.breaths:
        yield f"{pad}- hold: {{breaths: {min(draft.breaths, 100)}, in: 4s, out: 6s}}"
        return
    length = draft.hold or draft.duration
    if length is None:
        return
    if length.default <= PAUSE:
        yield f"{pad}- hold: {whole(round(length.default, 1))}s"
        yield f"{pad}  chime: none"
        return
    if draft.duration:
        yield f"{pad}- say: Keep going until the end chime."
        yield f"{pad}  settle: 1s"
    yield f"{pad}- hold: ${'hold' if draft.hold else 'duration'}"
    marks = []
    if length.low >= 15:
        marks.append("before_end: {5s: Five more seconds.}")
    if length.high > 60:
        marks.append("every: {30s: tick}")
    if marks:
        yield f"{pad}  marks:"
        yield from (f"{pad}    {mark}" for mark in marks)


def _say(phrase: DraftPhrase, indent: int, *, into: str | None = None, both: bool = False) -> Iterator[str]:
    pad = " " * indent
    yield f"{pad}# line {phrase.source.line}: {comment(phrase.source.text)}"
    if both and "side}" in phrase.text:
        yield f"{pad}- say:"
        for side in ("left", "right"):
            yield f"{pad}    {side}: {scalar(phrase.text)}"
        yield f"{pad}    both: {scalar(for_both(phrase.text))}"
    else:
        yield f"{pad}- say: {scalar(phrase.text)}"
    if into:
        yield f"{pad}  into: {scalar(into)}" if "," not in into else f"{pad}  into: {into}"
    yield f"{pad}  settle: {phrase.settle or settle_for(phrase.text)}s"


def session_text(title: str, files: Sequence[tuple[str, str]], source: str) -> str:
    """Return a session that includes routines: pairs of a file name and a title."""
    lines = [
        f"# Drafted from {comment(source)}: all exercises in their order.",
        f"title: {scalar(line_of(title, 80) or 'Session')}",
        "progress: true",
        "settings:",
        "  rest: {default: 10s, min: 4s, max: 30s, label: rest between two exercises, source: ours}",
        "steps:",
    ]
    for index, (file, _) in enumerate(files):
        if index:
            lines.append("  - rest: $rest")
        lines.append(f"  - include: {scalar(file)}")
    if len(files) == 1:
        lines = [line for line in lines if not line.startswith(("settings:", "  rest:", "progress:"))]
    return "\n".join(lines) + "\n"
