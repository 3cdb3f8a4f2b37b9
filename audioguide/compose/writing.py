"""A composed session as YAML, as a person would write it: settings with bounds, a comment for each part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from audioguide.compose import purpose, rules
from audioguide.compose.facts import LEVELS, Facts, SessionSetting, is_warning
from audioguide.compose.lengths import REST, ROUND_TIME, capped
from audioguide.compose.preparing import prepared
from audioguide.compose.wishes import Wishes
from audioguide.routine.language.positions import OPEN_EYES
from audioguide.units import TICKS_PER_SECOND, format_length
from audioguide.vocabulary.vocabulary import vocabulary

NOTICES = ("none", "meditation", "general", "breathing", "stretch", "back", "yoga")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ./'-]*")
_WORDS = frozenset({"true", "false", "yes", "no", "null", "on", "off"})
_LONGEST_NAME = 32
_LONGEST_TEXT = 500  # of a step
# Between two exercises on hands and knees, where nothing else fits: words of the voice pack.
WRISTS = (
    "  - say: Sit back towards your heels, as far as is comfortable.", "    settle: 8s",
    "  - say: Lean forward, onto your hands and knees.", "    settle: 4s",
)  # fmt: skip


def plain(text: str) -> str:
    """Return a text as YAML, in quotation marks where it needs them."""
    text = " ".join(text.split())
    return (
        text
        if _PLAIN.fullmatch(text) and text.lower() not in _WORDS
        else json.dumps(text, ensure_ascii=False)
    )


def and_list(names: Sequence[str]) -> str:
    """Return names as people list them: neck, shoulders and hips."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def title_of(wishes: Wishes) -> str:
    """Return what the session is called."""
    aim = {"desk": "at the desk", "sleep": "for sleep", "morning": "in the morning"}.get(
        wishes.aim, wishes.aim
    )
    text = ", ".join(filter(None, (and_list(wishes.body), aim, _minutes(wishes.length))))
    return text[:1].upper() + text[1:]


def plan_title(wishes: Wishes) -> str:
    """Return what a plan is called, whose sessions may differ in length."""
    text = and_list(wishes.body)
    return text[:1].upper() + text[1:]


def retitled(text: str, title: str) -> str:
    """Return the text of a session under another title."""
    return f"title: {plain(title)}\n{text.partition(chr(10))[2]}"


def _minutes(ticks: int) -> str:
    minutes, rest = divmod(ticks, 60 * TICKS_PER_SECOND)
    return format_length(ticks) if rest else f"{minutes} minutes"


def closing_of(wishes: Wishes) -> str:
    """Return the closing words that suit the aim."""
    return {"sleep": "sleep", "desk": "day"}.get(wishes.aim, "gentle")


def notice_of(parts: Sequence[Facts], wishes: Wishes) -> str:
    """Return the stop rule that holds for all parts: the one that says the most.

    With a condition to mind, it says whom to ask.
    """
    known = [
        NOTICES.index(each.notice) if each.notice in NOTICES else NOTICES.index("general") for each in parts
    ]
    least = NOTICES.index("stretch" if wishes.mind else "none")
    return NOTICES[max(least, *known)]


def session_text(parts: Sequence[Facts], wishes: Wishes, asked: str) -> str:
    """Return the session as YAML; `asked` says what it was made from."""
    names = _setting_names(parts)
    return "\n".join([*_head(parts, wishes, asked), *_settings(parts, names, wishes), *_safety(parts, wishes),
                      "steps:", *_steps(parts, names, wishes)]) + "\n"  # fmt: skip


def _head(parts: Sequence[Facts], wishes: Wishes, asked: str) -> Iterator[str]:
    yield f"title: {plain(title_of(wishes))}"
    yield f"summary: {plain(_summary(parts))}"
    if places := _places(parts):
        yield f"position: {plain(', '.join(places))}"
    yield "welcome: Welcome."
    if len(parts) > 2 and wishes.aim != "sleep":  # nothing wakes who falls asleep
        yield "progress: true"
    yield f"body: [{', '.join(map(plain, wishes.body))}]"
    if things := [
        name for name in vocabulary().names["equipment"] if any(name in each.equipment for each in parts)
    ]:
        yield f"equipment: [{', '.join(map(plain, things))}]"
    yield f"level: {LEVELS[max(each.effort for each in parts)]}"
    yield f"phase: {_phase(parts, wishes)}"
    yield f"source: {{name: audioguide compose, note: {json.dumps(asked, ensure_ascii=False)}}}"
    yield f"length: {{default: {format_length(wishes.length)}, source: ours}}"
    if wishes.aim == "sleep":
        yield "profile: sleep"
    if any(each.own_sound for each in parts):
        yield "allow: {no-effect: one voice and one loudness for the whole session}"


def _summary(parts: Sequence[Facts]) -> str:
    titles = [
        each.title if number == 0 else each.title[:1].lower() + each.title[1:]
        for number, each in enumerate(parts)
    ]
    return f"{and_list(titles)}."


def _places(parts: Sequence[Facts]) -> list[str]:
    led = [place for each in parts if each.first for place in each.places]
    found = led or [place for each in parts for place in each.places]
    return list(dict.fromkeys(found))


def _phase(parts: Sequence[Facts], wishes: Wishes) -> str:
    if wishes.aim in ("sleep", "unwind"):
        return "rest"
    mains = [each.phase for each in parts if each.stage == 2]
    return max(("move", "stretch"), key=mains.count) if mains else parts[-1].phase


def _setting_names(parts: Sequence[Facts]) -> dict[tuple[str, str], str]:
    """Return what the session calls each setting that it passes on, by exercise and setting."""
    found: dict[tuple[str, str], str] = {}
    for each in parts:
        stem = re.sub(r"[^a-z0-9]+", "_", each.name.lower()).strip("_")
        stem = stem if stem[:1].isalpha() else f"x_{stem}"
        for setting in each.settings:
            start = stem[: _LONGEST_NAME - len(setting.name) - 1]
            number, name = 1, f"{start}_{setting.name}"[:_LONGEST_NAME]
            while name in found.values() or name == "rest":
                number += 1
                name = f"{name[: _LONGEST_NAME - 3]}_{number}"
            found[each.name, setting.name] = name
    return found


def _settings(parts: Sequence[Facts], names: dict[tuple[str, str], str], wishes: Wishes) -> Iterator[str]:
    lines = [
        f"  {names[each.name, setting.name]}: {_setting(each, setting, wishes)}"
        for each in parts
        for setting in each.settings
        if _varies(each, setting, wishes)
    ]
    if len(parts) > 1:
        low, usual, high = map(format_length, REST)
        lines.append(
            f"  rest: {{default: {usual}, min: {low}, max: {high}, "
            "label: rest between two exercises, "
            'source: "ours: a breath or more"}'
        )
    if lines:
        yield "settings:"
        yield from lines


def _varies(facts: Facts, setting: SessionSetting, wishes: Wishes) -> bool:
    """Return whether there is anything left between the bounds of a setting."""
    low, _, high = _bounds(facts, setting, wishes)
    return low != high


def _bounds(facts: Facts, setting: SessionSetting, wishes: Wishes) -> tuple[str, str, str]:
    """Return how low and how high a setting may go in this session, with its default between them."""
    default, high = capped(facts, setting, wishes)
    return _as_asked(facts, setting, default, wishes) or setting.low, default, high


def _as_asked(facts: Facts, setting: SessionSetting, default: str, wishes: Wishes) -> str:
    """Return the least of a setting that is no shorter than as written; "" where it may be shorter."""
    return default if facts.name in wishes.like and default != setting.high else ""


def _setting(facts: Facts, setting: SessionSetting, wishes: Wishes) -> str:
    low, default, high = _bounds(facts, setting, wishes)
    turned = setting.weight * (2 if _as_asked(facts, setting, default, wishes) else 1)
    weight = "" if turned == 1 else f", weight: {turned:g}"
    source = f", source: {plain(setting.source)}" if setting.source else ""
    label = plain(f"{facts.title}: {setting.label}")
    step = f", step: {format_length(ROUND_TIME)}" if setting.kind == "time" else ""
    return f"{{default: {default}, min: {low}, max: {high}{step}{weight}, label: {label}{source}}}"


def _safety(parts: Sequence[Facts], wishes: Wishes) -> Iterator[str]:
    yield "safety:"
    yield f"  notice: {notice_of(parts, wishes)}"
    if (closing := closing_of(wishes)) != "gentle":
        yield f"  closing: {closing}"
    if cautions := [*map(agreed, wishes.mind), *merged_cautions(parts)]:
        yield "  avoid_with:"
        yield from (f"    - {plain(each)}" for each in cautions)
    if ids := sorted({rule for each in parts for rule in each.rules}, key=lambda rule: (len(rule), rule)):
        yield f"  rules: [{', '.join(ids)}]"


def agreed(condition: str) -> str:
    """Return who has to agree before somebody with a condition follows a session, as a line to print."""
    if condition == "pregnant":
        return "pregnancy, unless your midwife or doctor agrees"
    return f"{condition}, unless your doctor agrees"


def merged_cautions(parts: Sequence[Facts]) -> list[str]:
    """Return who should not do a session: of several texts for the same conditions, the longest."""
    longest: dict[tuple[str, ...], str] = {}
    for text in (text for each in parts for text in each.avoid_with):
        same = vocabulary().kinds_of("contraindication", text) or (text,)
        if len(text) > len(longest.get(same, "")):
            longest[same] = text
    return list(longest.values())


def _steps(parts: Sequence[Facts], names: dict[tuple[str, str], str], wishes: Wishes) -> Iterator[str]:
    yield from _preparation(parts, wishes)
    for number, each in enumerate(parts):
        if number and rules.stays_on_hands(parts[number - 1], each):
            yield from WRISTS
        elif number:
            yield "  - rest: $rest"
        yield f"  # {why(each, parts[number - 1] if number else None, wishes)}"
        yield f"  - include: {plain(each.name)}"
        if each.settings:
            values = {
                setting.name: f"${names[each.name, setting.name]}"
                if _varies(each, setting, wishes)
                else _bounds(each, setting, wishes)[0]
                for setting in each.settings
            }
            given = ", ".join(f"{name}: {value}" for name, value in values.items())
            yield f"    settings: {{{given}}}"
    if closing_of(wishes) == "day" and "eyes" not in parts[-1].body:  # which open at its end
        yield f"  - say: {OPEN_EYES}"
        yield "    settle: 2s"


def _preparation(parts: Sequence[Facts], wishes: Wishes) -> Iterator[str]:
    """Yield what has to be at hand, then when to stop."""
    said = prepared(parts, wishes.mind)
    warnings = [sentence for sentence in said if is_warning(sentence)]
    for sentences, settle in (([each for each in said if each not in warnings], 4), (warnings, 2)):
        for text in _pieces(sentences):
            yield f"  - say: {plain(text)}"
        if sentences:
            yield f"    settle: {settle}s"


def _pieces(sentences: Sequence[str]) -> list[str]:
    """Return sentences in as few texts as a step may hold."""
    pieces: list[str] = []
    for each in sentences:
        if pieces and len(pieces[-1]) + len(each) < _LONGEST_TEXT:
            pieces[-1] += f" {each}"
        else:
            pieces.append(each)
    return pieces


def why(facts: Facts, before: Facts | None, wishes: Wishes) -> str:
    """Say in a few words why an exercise is in the session."""
    best = purpose.purpose(facts, wishes)
    wanted = [wish for wish in wishes.body if best and purpose.is_for(facts, wish) == best]
    reasons = []
    if facts.name in wishes.like:
        reasons.append("you asked for it")
    if before and rules.counters(before, facts):
        reasons.append(f"balances {before.title}")
    if wanted:
        reasons.append(f"for your {and_list(wanted)}")
    if facts.stage != 2 or not reasons:
        reasons.append({0: "to arrive", 1: "to warm up", 3: "to rest"}.get(facts.stage, "to go on"))
    if facts.name in wishes.liked:
        reasons.append("you like it")
    elif facts.name in wishes.disliked and facts.name not in wishes.like:
        reasons.append("you do not like it, but nothing else fits")
    return ", ".join(reasons)
