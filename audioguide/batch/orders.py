"""What is to be made for each row: small values that go to a worker, named by all that shapes their files."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from audioguide.batch.naming import folders, named_for, safe_name, unique
from audioguide.batch.rows import RowRequest
from audioguide.listener.layers import COMMAND_LINE, layered
from audioguide.listener.listener import Listener, layer
from audioguide.listener.options import Options
from audioguide.listener.plan import PlanShape
from audioguide.listener.request import Request
from audioguide.mp3.encode import encoder_name
from audioguide.pipeline.output import Output
from audioguide.routine.load import Routine
from audioguide.routine.parts import fingerprint
from audioguide.script.names import is_path
from audioguide.speech.engines import AUTO, make_engine
from audioguide.speech.settings import EngineSettings
from audioguide.speech.versions import stamp
from audioguide.speech.versions import version as installed
from audioguide.storage.cache import key_of

FORMAT = "batch/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The files of one row: into the folder `folder` of the client, called `stem`.

    `routine` is the fingerprint of the text, `options` are those of all layers. Orders of one `version` have
    the same sound; `hash` stands for the row and for everything that shapes its files.
    """

    row: int
    client: str
    folder: str
    stem: str
    routine: str
    title: str
    options: Options
    origins: Mapping[str, str]
    plan: PlanShape | None = None
    version: str = ""
    hash: str = ""

    def request(self, routine: Routine) -> Request:
        """Return what `audioguide render` would make of the same overlay."""
        return Request(routine=routine, options=self.options, origins=self.origins, name=self.stem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What holds for every row of a batch: where files go, what is written, which engines speak.

    `shelf` has each routine by its fingerprint, pickled: a worker needs none of the files. `manifest` is
    where a worker of this machine notes a row as soon as it is made.
    """

    output: Output
    place: str
    engines: EngineSettings = field(default_factory=EngineSettings)
    cache: Path | None = None
    shelf: Mapping[str, bytes] = field(default_factory=dict)
    manifest: Path | None = None

    def without_shelf(self) -> Job:
        """Return it as it goes along with one order, whose routine goes beside it."""
        return replace(self, shelf={})


@lru_cache(maxsize=256)
def unpacked(routine: bytes) -> Routine:
    """Return a routine that `packed` made bytes of; each is unpacked once in a process."""
    found: Routine = pickle.loads(routine)  # noqa: S301 - from the process that started this worker
    return found


def packed(routines: Sequence[Routine]) -> dict[str, bytes]:
    """Return each of `routines`, pickled, by its fingerprint."""
    different = {fingerprint(routine): routine for routine in routines}
    return {name: pickle.dumps(routine) for name, routine in different.items()}


def orders(
    rows: Sequence[RowRequest],
    listener: Listener,
    *,
    below: Options,
    output: Output,
    plan: PlanShape | None = None,
) -> list[Order]:
    """Return what to make for each of `rows`; its own cells come before the options `below`.

    Raises RoutineError for a bed that cannot be found.
    """
    known = _Fingerprints()
    homes = folders(each.client for each in rows)
    stems = [
        (homes[each.client], safe_name(each.name) if each.name else named_for(each.routine.name, each.client))
        for each in rows
    ]
    result: list[Order] = []
    for asked, (folder, _), stem in zip(rows, stems, unique(stems), strict=True):
        path = asked.overlay.path
        whole = layered(
            [
                *listener.layers,
                layer(COMMAND_LINE, below, Path()),
                layer(str(path), asked.overlay.options, path.parent),
            ]
        )
        order = Order(
            row=asked.row.number, client=asked.client, folder=folder, stem=stem,
            routine=known.text(asked.routine), title=asked.routine.document.title,
            options=whole.options, origins=whole.origins, plan=plan,
        )  # fmt: skip
        version = _version(order, asked.routine, output, known)
        own = key_of(version, folder, stem, order.options.note)
        result.append(replace(order, version=version, hash=own))
    return result


class _Fingerprints:
    """What is worked out once for many rows: of texts, voices and the user's own files."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._voices: dict[tuple[str, str], str] = {}
        self._kept: list[Routine] = []  # so that no other gets the same id

    def text(self, routine: Routine) -> str:
        if id(routine) not in self._texts:
            self._texts[id(routine)] = fingerprint(routine)
            self._kept.append(routine)
        return self._texts[id(routine)]

    def voice(self, engine: str, voice: str) -> str:
        if (engine, voice) not in self._voices:
            self._voices[engine, voice] = voice_fingerprint(engine, voice)
        return self._voices[engine, voice]


def voice_fingerprint(engine: str, voice: str) -> str:
    """Return what names everything that shapes how `voice` of `engine` speaks, on this machine."""
    if engine != AUTO:
        return make_engine(engine).fingerprint(voice)
    from audioguide.speech.auto import ORDER
    from audioguide.speech.engines import ENGINES

    known = [name for name in ORDER if name in ENGINES]
    return key_of(*known, *(make_engine(name).fingerprint(voice) for name in known))


def _version(order: Order, routine: Routine, output: Output, known: _Fingerprints) -> str:
    from audioguide.compiler.voices import voice_of

    options = order.options
    voice = options.voice_over(voice_of(routine))
    return key_of(
        FORMAT, installed("audioguide"), encoder_name(), order.routine,
        sorted(options.written.items()), options.beyond_bounds,
        known.voice(voice.engine, voice.name), *_own_sounds(options, routine),
        *(known.voice(voice.engine, name) for name in _other_voices(routine)),
        output.kind.name, output.rate, output.year, [each.name for each in output.texts], order.plan,
        *(["page"] if output.page else []),
    )  # fmt: skip


def _other_voices(routine: Routine) -> list[str]:
    """Return the names of the voices of roles; those of single steps stand in the text of the routine."""
    roles = [role for each in routine.whole() for role in each.document.voices.values()]
    return sorted({role.name for role in roles if role.name})


def _own_sounds(options: Options, routine: Routine) -> list[str]:
    """Return the size and time of each sound file that may be heard: they are not part of any text."""
    found = [options.bed] if options.bed and is_path(options.bed) else []
    for each in routine.whole():
        for sound in each.document.sounds.values():
            name = sound if isinstance(sound, str) else getattr(sound, "file", None)
            if name and is_path(name):
                found.append(str(each.path.parent / name))
    return [stamp(name) for name in found]
