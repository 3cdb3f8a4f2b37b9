"""The timed script for machines, `X.script.json`: written after a render, read when edited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from audioguide.script.layout import Timed, Timeline
from audioguide.script.load import load_of
from audioguide.script.script_file import FORMAT
from audioguide.units import (
    SAMPLE_RATE,
    TICK_MS,
)
from audioguide.untrusted.characters import escaped

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode  # made once: `json.dumps` makes one for each cue


def script_json(timeline: Timeline) -> dict[str, Any]:
    """Return the timed script as JSON data; starts and lengths are in ticks of 4 ms."""
    return {**_head(timeline), "cues": list(_cues(timeline))}


def dump(timeline: Timeline) -> str:
    """Return `script_json` as text, one cue a line."""
    return "".join(dumped(timeline))


def dumped(timeline: Timeline) -> Iterator[str]:
    """Yield the text of `dump` piece by piece: a day of cues need not be in memory at once."""
    head = escaped(json.dumps(_head(timeline), indent=2, ensure_ascii=False))
    between = f'{head[:-2]},\n  "cues": [\n'
    for cue in _cues(timeline):
        yield f"{between}    {escaped(_AS_JSON(cue))}"
        between = ",\n"
    yield "\n  ]\n}\n"


def _head(timeline: Timeline) -> dict[str, Any]:
    script = timeline.script
    voice = script.voice
    beyond = {"beyond_bounds": list(script.beyond_bounds)} if script.beyond_bounds else {}
    return {
        "format": FORMAT,
        "title": script.title,
        "tick_ms": TICK_MS,
        "sample_rate": SAMPLE_RATE,
        "length": timeline.length,
        "settings": script.settings,
        **beyond,
        **({"bed": script.bed} if script.bed else {}),
        **({"bed_volume": script.bed_volume} if script.bed and script.bed_volume else {}),
        **({"profile": script.profile} if script.profile != "standard" else {}),
        **({"say_as": {word: said.shown for word, said in script.say_as.items()}} if script.say_as else {}),
        "safety": {"avoid": list(script.safety.avoid), "rules": list(script.safety.rules)},
        "voice": {
            "engine": voice.engine,
            "name": voice.name,
            "rate": voice.rate,
            "pitch": voice.pitch,
            **({"warm": True} if voice.warm else {}),
        },
        **(
            {"speakers": {name: list(who) for name, who in script.speakers.items()}}
            if script.speakers
            else {}
        ),
        **({"asked": dict(script.asked)} if script.asked else {}),
    }


def _cues(timeline: Timeline) -> Iterator[dict[str, Any]]:
    loads = load_of(timeline)
    for timed in timeline.cues:
        cue = _cue(timed)
        if load := loads.get(id(timed)):
            cue["in_position"] = [load.start, load.end]
        yield cue


def _cue(timed: Timed) -> dict[str, Any]:
    cue = timed.cue
    sound = f"breath-{cue.tone.phase}" if cue.tone else cue.sound
    gain = (cue.tone.gain_db if cue.tone else cue.gain_db) if sound else 0.0
    optional = {
        "text": cue.text, "spoken": cue.spoken, "sound": sound, "gain_db": gain or None,
        "step": cue.step, "side": cue.side, "rep": cue.rep,
        "from_end": cue.from_end, "halfway": cue.halfway or None,
        "duck": cue.duck, "enters": cue.enters or None, "releases": cue.releases or None,
        "exact": cue.exact or None, "beat": cue.beat or None,
        "voice": cue.voice.as_json() if cue.voice else None,
        **(cue.scene.as_json() if cue.scene else {}),
    }  # fmt: skip
    return {
        "kind": cue.kind, "start": timed.start, "length": timed.length,
        **{key: value for key, value in optional.items() if value is not None},
    }  # fmt: skip
