"""All exercises of a text as one routine: a chapter for each, and each assumption above its step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audioguide.draft.compose import Draft
from audioguide.draft.exercise import Assumption
from audioguide.draft.vocabulary import SAID
from audioguide.draft.write import comment, flow, line_of, scalar, settings_lines, step_lines

ASSUMED = "Assumed: "
# The most careful first.
_NOTICES = ("heat and ice", "ice", "heat", "back", "yoga", "stretch", "breathing", "general")
_REST = "  rest: {default: 10s, min: 4s, max: 30s, label: rest between two exercises, source: ours}"
_USES = re.compile(r"(\s*- (?:hold|repeat): \$|\s*- breathe: \{.*\$)(hold|duration|reps)")
_WHERE = {
    "hold": re.compile(r"\s*- (?:hold|say: Keep going)"), "duration": re.compile(r"\s*- (?:hold|breathe):"),
    "reps": re.compile(r"\s*- (?:repeat: \$|breathe:)"), "sides": re.compile(r"\s*- sides:"),
}  # fmt: skip


def together(drafts: Sequence[Draft], source: str, title: str) -> str:
    """Return one routine with all exercises in their order. `source` is the name of the text."""
    lines = [f"# Drafted from {comment(source)}. Check every step before you use it."]
    lines += [f"title: {scalar(line_of(title, 80) or 'Exercises')}"]
    positions = {each.exercise.position for each in drafts}
    if len(positions) == 1 and (position := positions.pop()):
        lines.append(f"position: {scalar(SAID[position])}")
    for key, of in (("body", lambda draft: draft.exercise.body), ("equipment", _things)):
        if words := list(dict.fromkeys(word for draft in drafts for word in of(draft))):
            lines.append(f"{key}: [{', '.join(map(flow, words))}]")
    lines.append(f"source: {{name: {flow(line_of(source, 80))}}}")
    names = [_names(number) for number, _ in enumerate(drafts, 1)]
    settings = [each for draft, name in zip(drafts, names, strict=True) for each in _settings(draft, name)]
    if len(drafts) > 1:
        settings.append(_REST)
    lines += ["settings:", *settings] if settings else []
    lines += _safety(drafts)
    lines.append("steps:")
    for number, (draft, name) in enumerate(zip(drafts, names, strict=True)):
        if number:
            lines.append("  - rest: $rest")
        lines += _steps(draft, name, alone=len(drafts) == 1)
    return "\n".join(lines) + "\n"


def _things(draft: Draft) -> tuple[str, ...]:
    return (*draft.exercise.equipment, *(["a partner"] if draft.exercise.partner else []))


def _names(number: int) -> dict[str, str]:
    """Return what each setting of a draft is called in a routine of several."""
    tail = "" if number == 1 else f"_{number}"
    return {each: f"{each}{tail}" for each in ("hold", "duration", "reps")}


def _settings(draft: Draft, names: dict[str, str]) -> Iterator[str]:
    title = line_of(draft.exercise.title, 40)
    for line in list(settings_lines(draft))[1:]:
        name, _, rest = line.strip().partition(":")
        for label in ("each hold", "how long to move", "how often"):
            rest = rest.replace(f"label: {label},", f"label: {flow(f'{title}, {label}')},")
        yield f"  {names[name]}:{rest}"


def _safety(drafts: Sequence[Draft]) -> Iterator[str]:
    notices = {draft.notice for draft in drafts}
    notice = next((each for each in _NOTICES if each in notices), "general")
    if {"ice", "heat"} <= notices:
        notice = "heat and ice"
    yield "safety:"
    yield f"  notice: {notice}"
    if avoid := list(dict.fromkeys(each for draft in drafts for each in draft.exercise.avoid_with)):
        yield f"  avoid_with: [{', '.join(flow(line_of(each, 100)) for each in avoid)}]"


def _steps(draft: Draft, names: dict[str, str], *, alone: bool) -> list[str]:
    lines = [_USES.sub(lambda use: use[1] + names[use[2]], line) for line in step_lines(draft)]
    for assumed in draft.assumed:
        where = _WHERE.get(assumed.what.split()[0])
        at = next((n for n, line in enumerate(lines) if where and where.match(line)), 0)
        pad = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines.insert(at, pad + _remark(assumed))
    if not alone:
        lines.insert(0, f"  - chapter: {scalar(line_of(draft.exercise.title, 80) or 'Exercise')}")
    return lines


def _remark(assumed: Assumption) -> str:
    reason = assumed.reason[:1].upper() + assumed.reason[1:]
    words = f' From line {assumed.line}: "{comment(assumed.words)}"' if assumed.words else ""
    return f"# {ASSUMED}{assumed.what} {comment(assumed.value)}. {comment(reason)}.{words}"
