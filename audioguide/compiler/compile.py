"""Routine and settings in, script out: the steps unrolled into cues, in order.

Pure: no voice, no clip, no file. Lengths of clips come later, in `lay_out`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from audioguide.compiler import holds, late_chimes, pauses, scenes, stays
from audioguide.compiler.ahead import ahead, around
from audioguide.compiler.chimes import kept_sounds, with_chime_volume
from audioguide.compiler.closing import add_closing, let_sleep
from audioguide.compiler.context import Context, Unrolling
from audioguide.compiler.explain import explain
from audioguide.compiler.growth import Grown, grown
from audioguide.compiler.load import with_loads
from audioguide.compiler.mentions import notes_of
from audioguide.compiler.opening import (
    add_opening,
    ask_first,
    printed,
    say_after_first_words,
    without_title_again,
)
from audioguide.compiler.progress import leave_one_half, say_progress
from audioguide.compiler.transitions import leave_staying, led_there, still_holds
from audioguide.compiler.variants import chosen as chosen_text
from audioguide.compiler.voices import other_voice, voice_of, voice_places
from audioguide.errors import RoutineError, faulty
from audioguide.listener.options import NOTHING, Options
from audioguide.reading.language import language_of
from audioguide.reading.lexicon import SayAs, merged
from audioguide.routine.language import model
from audioguide.routine.language.base import Strict
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.load import Routine
from audioguide.routine.settings import Chosen, choose, dose_of, out_of_bounds
from audioguide.routine.skipping import left_out
from audioguide.routine.usage import unused_settings
from audioguide.script.pause_marks import parts
from audioguide.script.script import Cue, Script
from audioguide.script.sentences import sentences
from audioguide.units import format_length, format_seconds
from audioguide.untrusted.characters import file_stem

# What stands around exercises: nobody needs a rest from it.
_BETWEEN = (model.Say, model.Chapter, model.Chime, model.Settle, model.Gap, model.Switch)


def compile(routine: Routine, options: Options = NOTHING) -> Script:
    """Unroll `routine` with the settings that a listener asked for, on top of those of a dose.

    What `options` skip are parts by name, or steps such as "steps[2]"; the words that belong to them go with
    them. Their profile comes before
    that of the routine; "sleep" leaves out what would wake. A player check comes before the first words.
    What the chimes mean is said unless the options or the routine say not to. Texts of which there are
    several begin with another one in each session of a plan. The length and note of `options` do not matter
    here. Raises RoutineError for an unknown setting, dose or thing to skip, a value outside its bounds
    (unless the options allow that), and a mark outside of its hold.
    """
    document, beyond_bounds, guidance = routine.document, options.beyond_bounds, options.guidance or "fade"
    try:
        chosen = chosen_settings(routine, options)
    except RoutineError as error:
        raise RoutineError(f"{routine.name}: {error.message}", hint=error.hint) from error
    scene, voice = scenes.first_scene(routine, options), options.voice_over(voice_of(routine))
    gone = left_out(routine, options.skip)
    unrolled = Unrolling(
        beyond=list(chosen.beyond), beyond_allowed=beyond_bounds, guidance=guidance,
        skip=gone.steps, language=language_of(voice.name),
        session=options.session, scene=scene, heard=scene, settled=scenes.settled_by(options),
    )  # fmt: skip
    here = Context(routine=routine, values=chosen.values, out=unrolled)
    add_opening(here, player_check=bool(options.player_check))
    _steps(document.steps, here)
    asleep = unrolled.scene.profile == "sleep"
    let_sleep(here)
    add_closing(here, asleep=asleep)
    leave_one_half(here)
    if unrolled.faults:
        raise faulty(str(routine.path), unrolled.faults)
    ask_first(here)
    without_title_again(here)
    say_after_first_words(here, OPENINGS[document.safety.notice].then)
    if document.chimes.explain if options.explain_chimes is None else options.explain_chimes:
        explain(here)
    cues = pauses.with_pauses(with_loads(unrolled.cues))
    if asleep:
        cues = late_chimes.without_late_chimes(cues, voice)
    unused = set(unused_settings(routine))
    script = Script(
        name=file_stem(routine.name), title=document.title, cues=cues, voice=voice, profile=scene.profile,
        bed=scene.bed, bed_volume=scene.bed_volume if scene.bed else 0.0,
        safety=printed(routine), say_as=merged(said_in(routine), options.say_as),
        settings={name: value.shown for name, value in chosen.values.items() if name not in unused},
        guidance=guidance, beyond_bounds=tuple(dict.fromkeys(unrolled.beyond)), places=unrolled.places,
        voice_places=voice_places(routine),
        notes=(*notes_of(gone, cues, unrolled.places), *dict.fromkeys(unrolled.notes)),
    )  # fmt: skip
    return with_chime_volume(script, options.chime_volume)


def chosen_settings(routine: Routine, options: Options) -> Chosen:
    """Return the value of every setting: as asked for, else of the dose, else its default.

    Raises RoutineError as `choose` and `dose_of` do.
    """
    asked = asked_settings(routine, options)
    return choose(routine.document.settings, asked, beyond_bounds=options.beyond_bounds)


def asked_settings(routine: Routine, options: Options) -> dict[str, str]:
    """Return the settings that are asked for, over those of a dose. Raises RoutineError as `dose_of` does."""
    return {**dose_of(routine.document, options.dose), **options.settings}


def said_in(routine: Routine) -> SayAs:
    """Return how words are said in `routine` and in all that it includes; its own ways come first."""
    included = (said_in(each) for each in routine.includes.values())
    return merged(*included, routine.document.say_as)


def _steps(steps: Sequence[Strict], here: Context, order: Sequence[int] | None = None) -> None:
    """Unroll `steps`, in the `order` of these places among them where one is given."""
    order = range(len(steps)) if order is None else order
    skipped = False
    worked = False  # since the last rest: else, where something is left out, there is nothing to rest from
    for number, index in enumerate(order, 1):
        step = steps[index]
        inner = here.inner(index, ahead([steps[each] for each in order[number:]], here))
        if inner.step in here.out.skip:
            skipped = True
            if isinstance(step, model.Chapter):
                scenes.change(step, inner)
            continue
        if skipped and isinstance(step, model.Rest) and not worked:
            continue
        skipped = skipped and isinstance(step, model.Chapter)
        worked = not isinstance(step, model.Rest) and (worked or not isinstance(step, _BETWEEN))
        if isinstance(step, model.Action) and step.voice is not None:
            inner = replace(inner, voice=other_voice(step.voice, here.routine, (*inner.keys, "voice")))
        _UNROLL[type(step)](step, inner)
    if skipped and not here.keys and not here.prefix and here.out.cues[-1].kind == "rest":
        here.out.cues.pop()  # nothing comes after it any more


def _say(step: model.Say, here: Context) -> None:
    if here.exact:
        return here.blame(
            "words between exact times would delay them: make them a mark, `at: {1s: …}`", "say"
        )
    if (step.alone and here.prefix) or here.step == here.out.stays or led_there(step, here):
        return None
    again = here.out.seen[here.step] > 0
    here.out.seen[here.step] += 1
    wording = _wording(step, here, again)
    said = [part for part in wording if isinstance(part, int) or not still_holds(part, here)]
    if wording and not said:
        return None
    spoken = [index for index, part in enumerate(said) if isinstance(part, str)]
    for index, part in enumerate(said):
        if isinstance(part, int):
            here.add(Cue(kind="gap", step="", length=part))
            continue
        enters, releases = step.enter and index == spoken[-1], step.release and index == spoken[0]
        here.add(Cue(kind="say", step="", text=part, enters=enters, releases=releases))
    if step.settle is not None:
        here.soft("settle", step.settle)
    if step.gap is not None:
        here.soft("gap", step.gap)
    return None


def _wording(step: model.Say, here: Context, again: bool) -> list[str | int]:
    """Return the sentences of a step, and the pauses between them in ticks."""
    level = here.out.guidance
    # No text is ever cut: its first sentence alone may lose the movement, or what keeps it safe.
    brief = level == "short" or (level in ("fade", "minimal") and again)
    ways = (
        ("first", here.rep == 1), ("last", here.rep == here.reps),
        ("minimal", level == "minimal"), ("short", brief), ("say", True),
    )  # fmt: skip
    for key in (key for key, wanted in ways if wanted):
        if text := chosen_text(getattr(step, key), key, here):
            return list(_spoken(here.words(text), here))
    return []


def _spoken(text: str, here: Context) -> Iterator[str | int]:
    for part in parts(text):
        yield from (part,) if isinstance(part, int) else sentences(part, here.language)


def _repeat(step: model.Repeat, here: Context) -> None:
    reps = holds.amount_of(step.repeat, here.values)
    here = replace(here, exact=here.exact or step.exact)
    if reps < 1:
        return here.blame(f"the number of reps cannot be {reps}", "repeat")
    for rep in range(1, reps + 1):
        if rep > 1 and step.rest is not None:
            here.soft("rest", step.rest)
        values, written = dict(here.values), repr(step.steps) if step.grow else ""
        for name, growth in step.grow.items():
            spoken = any(f"{{{each}}}" in written for each in ("hold", name))
            setting, start = here.routine.document.settings[name], here.values[name].value
            value = grown(setting, growth, here.values, start, rep=rep, reps=reps, spoken=spoken)
            values[name] = Amount(setting.default.kind, value)
        before = len(here.out.cues), here.out.ticks
        inner = replace(here, values=values, rep=rep, reps=reps, coming=around(step, here, last=rep == reps))
        _steps(step.steps, inner, inner.shuffled(len(step.steps)) if step.shuffle else None)
        # All others are as long, or longer: too many are refused before they are unrolled.
        if rep == 2 and all(
            _grows(growth, values[name], here.values[name]) for name, growth in step.grow.items()
        ):
            cues, ticks = len(here.out.cues) - before[0], here.out.ticks - before[1]
            here.limit(cues * (reps - rep), ticks * (reps - rep))
    return None


def _grows(growth: Grown, now: Amount, before: Amount) -> bool:
    return isinstance(growth, model.Growth) and now.value >= before.value


def _sides(step: model.Sides, here: Context) -> None:
    for index, side in enumerate(step.sides):
        inner = replace(here, side=side, sides=step.sides)
        if index:  # the same side again is a rest, not a change of sides
            kind = "rest" if side == step.sides[index - 1] else "switch"
            inner.soft(kind, step.switch, pauses.SWITCH)
        _steps(step.steps, inner)


def _breathe(step: model.Breathe, here: Context) -> None:
    breath = step.breathe
    length = sum(ticks for _, ticks in holds.phases(breath, here.values))
    if breath.cycles is not None:
        cycles = holds.amount_of(breath.cycles, here.values)
    else:
        wanted = holds.amount_of(breath.for_ or 0, here.values)
        if not wanted:
            return here.blame(
                f"0s of breathing is nothing: write {format_seconds(length)}s", "breathe", "for"
            )
        cycles = holds.nearest_breaths(wanted, length)
        if cycles * length != wanted:
            here.note(
                f"{format_length(wanted)} of breathing are {cycles} whole breaths of "
                f"{format_seconds(length)} s, {format_length(cycles * length)} in all", "breathe", "for",
            )  # fmt: skip
    spoken = breath.spoken_cycles
    for cycle in range(1, cycles + 1):
        aloud = spoken is not None and (spoken < 0 or cycle <= spoken)
        said = None if aloud else _now_and_then(breath, cycle, cycles)
        first, *others = holds.breath_cues(
            breath, here.values, aloud, breath.tone, breath.words, words=here.words
        )
        for cue in (holds.with_words(first, said) if said else first, *others):
            here.add(replace(cue, rep=cycle))
    return None


def _now_and_then(breath: model.Breath, cycle: int, cycles: int) -> str | None:
    """Return what is said with a breath that the words have left to the tone."""
    if cycle == cycles > 2:
        return breath.last
    return breath.halfway if cycles > 5 and cycle == cycles // 2 + 1 else None


def _include(step: model.Include, here: Context) -> None:
    if here.exact:
        return here.blame(
            "another routine cannot be included between exact times: it has words and pauses", "include"
        )
    routine = here.routine.includes[step.include]
    settings = routine.document.settings
    given = {
        name: here.values[value.name] if isinstance(value, Ref) else value
        for name, value in step.settings.items()
    }
    values = {name: setting.default for name, setting in settings.items()}
    for name, amount in given.items():
        values[name] = amount
        if excess := out_of_bounds(settings[name], amount):
            here.out.beyond.append(f"{step.include}.{name}")
            if not here.out.beyond_allowed:
                here.blame(f"{name}: {excess} (bounds of '{step.include}')", "settings", name)
    scenes.begin_chapter(routine.document.title, here)
    say_progress(here)
    leave_staying(step, here)
    around = (here.routine, *here.around)
    if kept := kept_sounds(routine, around):
        here.out.notes.append(f"'{step.include}' keeps its own sounds: {', '.join(kept)}")
    own_length = routine.document.length
    if own_length and not any(each.document.length for each in around):
        note = (
            f"'{step.include}' lasts {own_length.default} on its own; included "
            f"here, its settings decide its length"
        )
        here.out.notes.append(note)
    inner = Context(
        routine=routine,
        values=values,
        out=here.out,
        prefix=here.step,
        side=here.side,
        sides=here.sides,
        voice=here.voice,
        around=around,
    )
    _steps(routine.document.steps, inner)
    return None


def _chime(step: model.Chime, here: Context) -> None:
    if here.exact:
        return here.blame(
            "a chime between exact times would delay them: make it a mark, `at: {0s: …}`", "chime"
        )
    here.add(Cue(kind="chime", step="", sound=step.chime))
    if step.gap is not None:
        here.soft("gap", step.gap)
    return None


def _chapter(step: model.Chapter, here: Context) -> None:
    scenes.change(step, here)
    scenes.begin_chapter(here.words(step.chapter), here)


_UNROLL: dict[type[Strict], Callable[[Any, Context], None]] = {
    model.Say: _say,
    model.Hold: stays.hold,
    model.Counted: stays.counted,
    model.Repeat: _repeat,
    model.Sides: _sides,
    model.Breathe: _breathe,
    model.Include: _include,
    model.Chime: _chime,
    model.Chapter: _chapter,
    model.Settle: lambda step, here: here.soft("settle", step.settle, pauses.SETTLE),
    model.Rest: stays.rest,
    model.Switch: lambda step, here: here.soft("switch", step.switch, pauses.SWITCH),
    model.Gap: lambda step, here: here.soft("gap", step.gap, pauses.GAP),
}
