"""What is written and changes nothing: settings, growth, rests, words and sounds that nobody hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioguide.compiler.growth import grown
from audioguide.compiler.holds import amount_of, chimes_of
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.reading.lexicon import SayAs, is_in
from audioguide.routine.language import model
from audioguide.routine.language.document import OwnSound, Setting
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.load import Routine
from audioguide.routine.references import ROLES, is_sound
from audioguide.routine.usage import unused_settings, used_in
from audioguide.units import format_length, volume_within

RULE = "no-effect"


def silent(subject: Subject) -> Iterator[Finding]:
    """Check each file as it is written, whatever a listener asks for."""
    for routine in subject.files:
        head = Place(routine=routine, keys=())
        for keys, found in (*_settings(routine), *_others(routine), *_sounds(routine)):
            yield head.found(RULE, found, *keys)
        for word in unsaid(routine.document.say_as, subject):
            yield head.found(RULE, f"no text says '{word}'", "say_as", word)
        for place in _places(routine, routine.document.steps, ()):
            for keys, found in _step(place):
                yield place.found(RULE, found, *keys)


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
            yield ("settings", name, "weight"), f"'{name}' has no bounds to be turned between"
    for name, values in document.doses.items():
        if not values:
            yield ("doses", name), f"the dose '{name}' sets nothing"


def _turns(setting: Setting) -> bool:
    return any(bound is not None and bound != setting.default for bound in (setting.min, setting.max))


def _others(routine: Routine) -> Iterator[Found]:
    safety = routine.document.safety
    spoken = "closing" in safety.model_fields_set and safety.closing not in ("sleep", "none")
    if spoken and routine.document.profile == "sleep":
        yield ("safety", "closing"), "`profile: sleep` ends without a word"


def _sounds(routine: Routine) -> Iterator[Found]:
    sounds = routine.document.sounds
    used = {sound for place in _places(routine, routine.document.steps, ()) for sound in _heard(place.step)}
    used |= {"open"} if OPENINGS[routine.document.safety.notice].sentences else set()
    for name, sound in sounds.items():
        own, volume = (sound.file, sound.volume) if isinstance(sound, OwnSound) else (sound, 0.0)
        # A volume alone counts wherever the sound is heard, be it under another name.
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
    elif isinstance(step, model.Hold):
        yield from filter(None, chimes_of(step.chime))
        marks = step.marks
        for mark in (marks.halfway, *marks.at.values(), *marks.before_end.values(), *marks.every.values()):
            if isinstance(mark, str) and is_sound(mark):
                yield mark
            elif isinstance(mark, model.MarkCue) and mark.chime:
                yield mark.chime
        if isinstance(marks.countdown, model.Countdown) and marks.countdown.chime:
            yield marks.countdown.chime


def _places(routine: Routine, steps: list[model.Step], keys: Keys) -> Iterator[Place]:
    for index, step in enumerate(steps):
        place = Place(routine=routine, keys=(*keys, "steps", index))
        yield place
        yield from _places(routine, getattr(step, "steps", []), place.keys)


def _step(place: Place) -> Iterator[Found]:
    step = place.step
    if isinstance(step, model.Repeat):
        yield from _repeat(step, place)
    elif isinstance(step, model.Sides):
        if len(step.sides) == 1 and step.switch is not None:
            yield ("switch",), "with one side, there is no change of sides"
        yield from _sides(step, place)
    elif isinstance(step, model.Breathe):
        breath = step.breathe
        if breath.spoken_cycles == 0 and breath.words.model_fields_set:
            yield ("breathe", "words"), "with `voice: none`, no word of a breath is said"
        else:
            yield from _phases(breath, breath.words, ("breathe", "words"))
    elif isinstance(step, model.Hold) and isinstance(step.hold, model.BreathHold):
        if isinstance(step.marks.breaths, model.BreathWords):
            yield from _phases(step.hold, step.marks.breaths, ("marks", "breaths"))
    elif isinstance(step, model.Include):
        yield from _include(step, place.routine)


def _phases(pace: model.Pace, words: model.BreathWords, keys: Keys) -> Iterator[Found]:
    for phase in ("full", "empty"):
        if phase in words.model_fields_set and getattr(pace, phase) == 0:
            yield (*keys, phase), f"the breath has no rest `{phase}`: write how long, such as {phase}: 2s"


def _include(step: model.Include, routine: Routine) -> Iterator[Found]:
    own, inner = routine.document, routine.includes[step.include].document
    for key in sorted(inner.voice.model_fields_set):
        asked = getattr(inner.voice, key)
        if asked is not None and getattr(own.voice, key) is None and key == "name":
            yield (
                ("include",),
                f"'{step.include}' asks for the voice {asked}, and this file has the say: name it here",
            )


def _sides(step: model.Sides, place: Place) -> Iterator[Found]:
    """Yield texts for sides that are none here."""
    for inner in _places(place.routine, step.steps, place.keys):
        for key in ("say", "short", "minimal"):
            text = getattr(inner.step, key, None)
            for side in text.model_fields_set if isinstance(text, model.SideTexts) else ():
                if side not in step.sides and getattr(text, side) is not None:
                    yield (*inner.keys[len(place.keys) :], key, side), f"no side here is '{side}'"


def _repeat(step: model.Repeat, place: Place) -> Iterator[Found]:
    reps = step.repeat
    if reps == 1:
        for key in ("rest", "grow"):
            if getattr(step, key) not in (None, {}):
                yield (key,), f"with one rep, nothing comes of `{key}`"
        return
    settings = place.routine.document.settings
    values = {name: setting.default for name, setting in settings.items()}
    if isinstance(reps, Ref):
        most = settings[reps.name].max or settings[reps.name].default
        reps = max(2, most.value)
    used = used_in(place.raw["steps"])
    for name, growth in step.grow.items():
        if name not in used:
            yield ("grow", name), f"no step of the repeat uses ${name}"
        elif found := _growth(name, settings[name], growth, values, reps):
            yield ("grow", name), found


def _growth(
    name: str, setting: Setting, growth: model.Growth, values: Mapping[str, Amount], reps: int
) -> str:
    start = setting.default.value
    last = grown(setting, growth, values, start, rep=reps, reps=reps, spoken=False)
    by = growth.by if growth.by is not None else growth.to
    if isinstance(by, Ref) and last == start:
        return ""  # a listener may turn it up
    if growth.to is not None and (goal := amount_of(growth.to, values)) != last:
        if goal < start:
            return f"'{name}' starts at {format_length(start)}, and never shrinks to {format_length(goal)}"
        return f"'{name}' grows to its max of {format_length(last)}, not to {format_length(goal)}"
    if last != start:
        return ""
    if growth.by == 0 or growth.to is not None:
        return f"'{name}' is {format_length(start)} in every rep"
    return f"'{name}' starts at its max of {format_length(start)}"
