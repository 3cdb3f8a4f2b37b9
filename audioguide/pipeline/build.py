"""From what a listener asks for to the script: compiled, fitted, named. The one way there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audioguide.compiler.chimes import with_chime_volume
from audioguide.compiler.compile import asked_settings, chosen_settings
from audioguide.compiler.estimate import Estimate
from audioguide.errors import RoutineError
from audioguide.fitting.fit import compile_to_length
from audioguide.listener.layers import COMMAND_LINE, ON_THE_PAGE, Layered, place_of
from audioguide.listener.options import Options, without_bed
from audioguide.listener.plan import PlanSession, numbered, schedule
from audioguide.listener.request import Request
from audioguide.pipeline.idle import idle
from audioguide.script.script import ClipRef, Cue, Script, VoiceChoice

if TYPE_CHECKING:
    from audioguide.script.layout import Lengths


def build(request: Request, lengths: Lengths | None = None) -> Script:
    """Compile what is asked for, to its length where there is one.

    Clips are as long as `lengths` says, else as estimated. Raises UsageError and RoutineError as
    `compile_to_length` does.
    """
    options = request.options

    estimate = Estimate()

    def measured(script: Script) -> Mapping[ClipRef, int]:
        # With origins, so that a fault of the voice is blamed on where it was chosen.
        return (lengths or estimate.lengths)(replace(script, origins=request.origins))

    guess = estimate.lengths if lengths else None
    try:
        script = compile_to_length(request.routine, options, lengths=measured, guess=guess)
    except RoutineError as error:
        raise _blamed(error, request.origins) from error
    remark = (options.note or "") if request.name else ""
    useless = dict(idle(request.routine, options, script, request.origins))
    notes = [f"{'.'.join(keys)} has no effect: {why}" for keys, why in useless.items()]
    unused = {keys[-1] for keys in useless}
    # As the script writes them: "17" and "17s" are the same version.
    settings = {name: str(value) for name, value in script.settings.items() if name in options.settings}
    script = replace(
        script, name=request.stem, remark=remark, asked={**options.written, **settings},
        notes=(*script.notes, *notes),
        origins={name: origin for name, origin in request.origins.items() if name not in unused},
    )  # fmt: skip
    return numbered(script, request.session, request.sessions) if request.session else script


def _blamed(error: RoutineError, origins: Mapping[str, str]) -> RoutineError:
    """Return `error`; with the file in front that asks for a length that cannot be."""
    from audioguide.fitting.search import UnreachableLength

    origin = origins.get("fit", COMMAND_LINE)
    if not isinstance(error, UnreachableLength) or origin in (COMMAND_LINE, ON_THE_PAGE):
        return error
    return UnreachableLength(f"{place_of(origin, 'fit')}: {error.message}", error.shortest, error.longest)


# What may still be chosen for a timed script; bounds hold nothing there.
REBUILT = frozenset(
    {
        "engine",
        "voice",
        "rate",
        "pitch",
        "warm",
        "profile",
        "bed",
        "bed_volume",
        "chime_volume",
        "beyond_bounds",
    }
)


def rebuild(script: Script, asked: Layered, own: str = "") -> Script:
    """Return an edited `script` with what may still be chosen: voice, profile, bed, volumes.

    What the listener chooses holds for the whole file; what `own`, the script, asks for may change in it.
    """
    options = without_bed(asked.options)
    chosen = {name for name in ("bed", "bed_volume", "profile") if asked.origins.get(name, own) != own}
    script = replace(
        script, voice=_speaks_now(script.voice, options),
        speakers={} if options.engine else script.speakers, profile=options.profile or script.profile,
        bed=options.bed, bed_volume=options.bed_volume or 0.0,
        cues=tuple(_rechosen(cue, options, chosen) for cue in script.cues),
        voice_places={**script.voice_places, **asked.origins},
    )  # fmt: skip
    return with_chime_volume(script, options.chime_volume)


def _rechosen(cue: Cue, options: Options, chosen: Collection[str]) -> Cue:
    if not (cue.scene and chosen):
        return cue
    values = {name: getattr(options, name) for name in chosen}
    if "bed" in chosen:
        values["bed_volume"] = options.bed_volume or 0.0
    return replace(cue, scene=replace(cue.scene, **values))


def _speaks_now(voice: VoiceChoice, options: Options) -> VoiceChoice:
    """Return who speaks now. A voice belongs to an engine: another one has it, or one of its language."""
    if options.engine not in (None, voice.engine) and options.voice is None:
        from audioguide.speech.auto import same_voice  # it may have to ask espeak-ng

        voice = replace(voice, name=same_voice(voice.name, options.engine))
    return options.voice_over(voice)


def plan_requests(
    request: Request, *, sessions: int, weeks: int | None = None, grow: Sequence[str] = ()
) -> tuple[tuple[PlanSession, Request], ...]:
    """Return the sessions of a plan that grows from this `request`, with what is asked for in each.

    Raises UsageError and RoutineError as `schedule` and `chosen_settings` do.
    """
    from audioguide.fitting.uses import spoken_in  # with what searches; most scripts are not part of a plan

    routine, options = request.routine, request.options
    start = chosen_settings(routine, options).values
    fixed = asked_settings(routine, options)
    listed = schedule(
        routine.document, start, sessions=sessions, weeks=weeks, grow=grow,
        spoken=spoken_in(routine, start),
    )  # fmt: skip
    return tuple(
        (session, request.as_session(session, len(listed), _in_session(options, fixed, session)))
        for session in listed
    )


def _in_session(options: Options, fixed: Mapping[str, str], session: PlanSession) -> Options:
    grown = {name: str(amount) for name, amount in session.settings.items()}
    # Once the player has been checked, later sessions need not do so.
    check = options.player_check and session.number == 1
    return replace(options, settings={**fixed, **grown}, player_check=check, session=session.number)
