"""What is written and changes nothing: settings, growth, rests, words and sounds that nobody hears."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from audioguide.compiler.growth import Grown, changed, grown
from audioguide.compiler.holds import amount_of, chimes_of, nearest_breaths, phases
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject, ends_asleep
from audioguide.reading.lexicon import SayAs, is_in
from audioguide.routine.language import model
from audioguide.routine.language.base import SideTexts
from audioguide.routine.language.document import OwnSound, Setting
from audioguide.routine.language.marks import BreathWords, Countdown, Mark, MarkCue
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.language.values import Amount, Change, Ref
from audioguide.routine.load import Routine
from audioguide.routine.usage import unused_settings, used_in
from audioguide.routine.walk import ROLES, is_sound
from audioguide.script.script import EXACT
from audioguide.units import volume_within

RULE = "no-effect"


def silent(subject: Subject) -> Iterator[Finding]:
    """Check each file as it is written, whatever a listener asks for."""
    for routine in subject.files:
        head = Place(routine=routine, keys=())
        for keys, found in (*_settings(routine), *_others(routine), *_sounds(routine)):
            yield head.found(RULE, found, *keys)
        for word in unsaid(routine.document.say_as, subject):
            yield head.found(RULE, f"no text says '{word}'", "say_as", word)
        for place in places_in(routine, routine.document.steps, ()):
            for keys, found in _step(place):
                yield place.found(RULE, found, *keys)
    yield from _roles(subject)


def _roles(subject: Subject) -> Iterator[Finding]:
    """Yield words that take or leave the position of a hold, where there is none."""
    exact = [at for at, cue in enumerate(subject.script.cues) if cue.kind in EXACT]
    found: dict[str, set[str]] = defaultdict(set)
    for at, cue in enumerate(subject.script.cues):
        step = subject.places[cue.step].step if cue.kind == "say" else None
        if isinstance(step, model.Say) and (step.enter or step.release):
            behind, before = bisect_right(exact, at), bisect_right(exact, at) - 1
            kinds = {
                "enter": exact[behind : behind + 1],
                "release": exact[before : before + 1] if before >= 0 else [],
            }
            for key, places in kinds.items():
                if getattr(step, key) and [subject.script.cues[each].kind for each in places] == ["hold"]:
                    found[cue.step].add(key)
            found[cue.step] |= set()
    for name, holds in found.items():
        place = subject.places[name]
        for key, words in (
            ("enter", "no hold follows these words"),
            ("release", "no hold comes before these words"),
        ):
            if getattr(place.step, key) and key not in holds:
                yield place.found(RULE, words, key)


def unsaid(say_as: SayAs, subject: Subject) -> list[str]:
    """Return the words of `say_as` that neither a text of the files nor the script says."""
    said = [text.text for each in subject.texts.values() for text in each]
    said += [cue.spoken or cue.text for cue in subject.script.cues if cue.text]
    return [word for word in say_as if not any(is_in(text, word) for text in said)]


Found = tuple[Keys, str]


def _settings(routine: Routine) -> Iterator[Found]:
    document = routine.document
    for name in unused_settings(routine):
        yield ("settings", name), f"no step uses the setting '{name}': write ${name} where it counts"
    for name, setting in document.settings.items():
        if setting.weight and "weight" in setting.model_fields_set and not _turns(setting):
            yield ("settings", name, "weight"), f"'{name}' has no bounds within which you could change it"
        if setting.load and f"${name}" not in _holds(routine):
            yield ("settings", name, "load"), f"no hold uses ${name}"
    for name, values in document.doses.items():
        if not values:
            yield ("doses", name), f"the dose '{name}' sets nothing"


def _holds(routine: Routine) -> set[str]:
    holds = (getattr(place.step, "hold", None) for place in places_in(routine, routine.document.steps, ()))
    return {f"${hold.name}" for hold in holds if isinstance(hold, Ref)}


def _turns(setting: Setting) -> bool:
    return any(bound is not None and bound != setting.default for bound in (setting.min, setting.max))


def _others(routine: Routine) -> Iterator[Found]:
    document, safety = routine.document, routine.document.safety
    spoken = "closing" in safety.model_fields_set and safety.closing not in ("sleep", "none")
    if spoken and ends_asleep(routine):
        yield ("safety", "closing"), "`profile: sleep` ends without words"
    if not OPENINGS[safety.notice].sentences:
        if document.welcome:
            yield ("welcome",), "with `notice: none`, no words open the file: write it as the first `say`"
        if "explain" in document.chimes.model_fields_set and document.chimes.explain:
            yield ("chimes", "explain"), "with `notice: none`, no words open the file"
    if document.progress and sum(isinstance(step, model.Include) for step in document.steps) < 2:
        yield ("progress",), "fewer than two routines are included"


def _sounds(routine: Routine) -> Iterator[Found]:
    sounds = routine.document.sounds
    used = {sound for place in places_in(routine, routine.document.steps, ()) for sound in _heard(place.step)}
    used |= {"open"} if OPENINGS[routine.document.safety.notice].sentences else set()
    for name, sound in sounds.items():
        own, volume = (sound.file, sound.volume) if isinstance(sound, OwnSound) else (sound, 0.0)
        # A volume alone counts where the sound is heard, be it under another name.
        names = used if own else used | {_known(each, sounds) for each in used}
        if name not in names:
            role = (
                ""
                if name in ROLES
                else next((f": the role is `{each}`" for each in used if ROLES.get(each) == name), "")
            )
            yield ("sounds", name), f"'{name}' is never heard{role}"
        elif (whole := volume + routine.document.chimes.volume) != volume_within(whole):
            yield ("sounds", name), f"{whole:+g} dB in all are {volume_within(whole):+g} dB"


def _known(name: str, sounds: Mapping[str, str | OwnSound]) -> str:
    sound = sounds.get(name)
    file = sound.file if isinstance(sound, OwnSound) else sound
    return ROLES.get(file or name, file or name)


def _heard(step: object) -> Iterator[str]:
    if isinstance(step, model.Chime):
        yield step.chime
    elif isinstance(step, model.Hold | model.Rest):
        yield from filter(None, chimes_of(step.chime, at_end=isinstance(step, model.Rest)))
        marks = step.marks
        for mark in (marks.halfway, *marks.at.values(), *marks.before_end.values(), *marks.every.values()):
            yield from sounds_of(mark)
        if isinstance(marks.countdown, Countdown) and marks.countdown.chime:
            yield marks.countdown.chime
        yield from (each.chime for each in (marks.tempo, marks.random) if each)
    elif isinstance(step, model.Counted) and step.chime != "none":
        yield step.chime


def sounds_of(mark: Mark | None) -> Iterator[str]:
    """Yield the names of the sounds in a mark, of which there may be several."""
    if isinstance(mark, list):
        for each in mark:
            yield from sounds_of(each)
    elif isinstance(mark, str) and is_sound(mark):
        yield mark
    elif isinstance(mark, MarkCue) and mark.chime:
        yield mark.chime


def places_in(routine: Routine, steps: list[model.Step], keys: Keys) -> Iterator[Place]:
    """Yield the place of each of `steps` at `keys` of `routine`, and of all inside of them."""
    for index, step in enumerate(steps):
        place = Place(routine=routine, keys=(*keys, "steps", index))
        yield place
        yield from places_in(routine, getattr(step, "steps", []), place.keys)


def _step(place: Place) -> Iterator[Found]:
    step = place.step
    if isinstance(step, model.Repeat):
        yield from _repeat(step, place)
    elif isinstance(step, model.Sides):
        if len(step.sides) == 1 and step.switch is not None:
            yield ("switch",), "with one side, there is no change of sides"
        yield from _sides(step, place)
    elif isinstance(step, model.Breathe):
        yield from _breathe(step.breathe, place.routine)
    elif isinstance(step, model.Hold):
        if isinstance(step.hold, model.BreathHold) and isinstance(step.marks.breaths, BreathWords):
            yield from _phases(step.hold, step.marks.breaths, ("marks", "breaths"))
        if "release" in step.model_fields_set and chimes_of(step.chime, at_end=False)[1] is None:
            yield ("release",), "no chime ends this hold"
    elif isinstance(step, model.Rest | model.Settle | model.Switch | model.Gap):
        key = next(each for each, kind in model.STEPS.items() if kind is type(step))
        if getattr(step, key) == 0:
            yield (key,), f"a {key} of 0 s has no effect: remove the step"


def _breathe(breath: model.Breath, routine: Routine) -> Iterator[Found]:
    if not (breath.tone or breath.spoken_cycles or breath.halfway or breath.last):
        yield ("breathe",), "this breathing cannot be heard: it has no tone and no words"
    yield from _now_and_then(breath, _most(routine))
    if breath.spoken_cycles == 0:
        for phase in sorted(breath.words.model_fields_set):
            yield ("breathe", "words", phase.rstrip("_")), "with `voice: none`, no word of a breath is said"
    else:
        yield from _phases(breath, breath.words, ("breathe", "words"))


def _most(routine: Routine) -> Mapping[str, Amount]:
    """Return the most that each setting may be."""
    settings = routine.document.settings
    return {name: setting.max or setting.default for name, setting in settings.items()}


def _now_and_then(breath: model.Breath, most: Mapping[str, Amount]) -> Iterator[Found]:
    """Yield words that come with a breath which there is not, or which has words already."""
    cycles = amount_of(breath.cycles, most) if breath.cycles is not None else 0
    if breath.for_ is not None:
        one = sum(length for _, length in phases(breath, most)) or 1
        cycles = nearest_breaths(amount_of(breath.for_, most), one)
    aloud = cycles if (spoken := breath.spoken_cycles or 0) < 0 else spoken
    for key, least, cycle in (("halfway", 6, cycles // 2 + 1), ("last", 3, cycles)):
        if getattr(breath, key) is None:
            continue
        if cycles < least:
            yield ("breathe", key), f"it needs at least {least} breaths, and there are at most {cycles}"
        elif cycle <= aloud:
            yield ("breathe", key), "this breath already has words: write `voice: none` or `first two`"


def _phases(pace: model.Pace, words: BreathWords, keys: Keys) -> Iterator[Found]:
    for phase in ("full", "empty"):
        if phase in words.model_fields_set and getattr(pace, phase) == 0:
            yield (*keys, phase), f"the breath has no rest `{phase}`: write how long, such as {phase}: 2s"


def _sides(step: model.Sides, place: Place) -> Iterator[Found]:
    """Yield texts for sides that are none here."""
    for inner in places_in(place.routine, step.steps, place.keys):
        for key in ("say", "short", "minimal", "first", "last"):
            for more, side in _sides_of(getattr(inner.step, key, None)):
                if side not in step.sides:
                    yield (*inner.keys[len(place.keys) :], key, *more), f"no side here is '{side}'"


def _sides_of(text: object) -> Iterator[tuple[Keys, str]]:
    if isinstance(text, list):
        for index, each in enumerate(text):
            yield from (((index, *keys), side) for keys, side in _sides_of(each))
    elif isinstance(text, SideTexts):
        yield from (((side,), side) for side in text.texts)


def _repeat(step: model.Repeat, place: Place) -> Iterator[Found]:
    reps = step.repeat
    yield from _turns_of(step, _most(place.routine)[reps.name].value if isinstance(reps, Ref) else reps)
    if reps == 1:
        for key in ("rest", "grow"):
            if getattr(step, key) not in (None, {}):
                yield (key,), f"with one rep, `{key}` has no effect"
        return
    settings = place.routine.document.settings
    values = {name: setting.default for name, setting in settings.items()}
    if isinstance(reps, Ref):
        reps = max(2, _most(place.routine)[reps.name].value)
    used = used_in(place.raw["steps"])
    for name, growth in step.grow.items():
        if name not in used:
            yield ("grow", name), f"no step of the repeat uses ${name}"
        elif found := _growth(name, settings[name], growth, values, reps):
            yield ("grow", name), found


def _turns_of(step: model.Repeat, most: int) -> Iterator[Found]:
    """Yield the texts of a repeat of `most` reps at most that `first` and `last` leave no turn."""
    for keys, say in _says_in(step.steps, ("steps",)):
        if say.first and say.last and most == 1:
            yield (*keys, "last"), "with one rep, the first rep is also the last, and `first` is said"
        if most > sum(text is not None for text in (say.first, say.last)):
            continue
        why = "`first` and `last` are said in both reps" if most > 1 else "the only rep has its own words"
        for key in ("say", "short", "minimal"):
            if getattr(say, key) is not None:
                yield (*keys, key), f"{why}: write those as `say`" if key == "say" else why


def _says_in(steps: Sequence[object], keys: Keys) -> Iterator[tuple[Keys, model.Say]]:
    """Yield each `say` of a repeat, and of the sides in it; another repeat has its own reps."""
    for index, step in enumerate(steps):
        if isinstance(step, model.Say):
            yield (*keys, index), step
        elif isinstance(step, model.Sides):
            yield from _says_in(step.steps, (*keys, index, "steps"))


def _beyond(setting: Setting, listed: Sequence[Change | Ref], values: Mapping[str, Amount]) -> str:
    """Return the first written value that is outside the bounds of `setting`, or ""."""
    kind = setting.default.kind
    amounts = [changed(each, kind, values) for each in listed if not isinstance(each, Ref)]
    low, high = setting.min.value if setting.min else 0, setting.max.value if setting.max else None
    return next(
        (str(Amount(kind, each)) for each in amounts if each < low or (high is not None and each > high)), ""
    )


def _growth(name: str, setting: Setting, growth: Grown, values: Mapping[str, Amount], reps: int) -> str:
    if not isinstance(growth, model.Growth):
        if beyond := _beyond(setting, growth, values):
            return f"'{name}' is never {beyond}: its bounds come first"
        return f"{reps} reps use only the first {reps} of {len(growth)} values" if reps < len(growth) else ""
    start, kind = setting.default.value, setting.default.kind
    last = grown(setting, growth, values, start, rep=reps, reps=reps, spoken=False)
    change = growth.by if growth.by is not None else growth.to
    if change is None or (isinstance(change, Ref) and last == start):
        return ""  # a listener may turn it up
    by = changed(change, kind, values)
    goal = by if growth.to is not None else start + by * (reps - 1)
    shown = {value: str(Amount(kind, value)) for value in (start, last, goal) if value >= 0}
    way, bound = ("grows", "max") if goal > start else ("shrinks", "min")
    if last == start:
        return (
            f"'{name}' starts at its {bound} of {shown[start]}"
            if goal != start
            else (f"'{name}' is {shown[start]} in every rep")
        )
    if growth.to is not None and goal != last:
        return f"'{name}' {way} to its {bound} of {shown[last]}, not to {shown[goal]}"
    return ""
