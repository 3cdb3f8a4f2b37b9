"""Bring the voice pack up to date: `python -m sounds.make_voice af_heart`.

It speaks what is missing, and removes what nothing says any more. It needs the extra `natural`, and the voice
itself: `audioguide voices add af_heart`. The same phrase gives the same bytes. With `--check` it speaks
nothing, and lists what is missing or unused. `tuning.yaml` beside the phrases says which are spoken at
another pace, or in other words.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from ruamel.yaml import YAML

from audioguide.mp3.encode import encode
from audioguide.mp3.frames import BITRATE
from audioguide.speech.engine import Phrase
from audioguide.speech.kokoro import KokoroEngine
from audioguide.speech.pack.catalogue import INDEX
from audioguide.speech.pack.engine import USUAL_PITCH
from sounds.phrases import phrases

FOLDER = Path(__file__).parent / "voices"
RATE = 120  # words a minute that are asked for: as calm as the voice can be
PROCESSES = 2
VOICES = {
    "af_heart": {"rank": "1", "language": "en-us", "about": "Heart, female, American English"},
    "am_michael": {"rank": "2", "language": "en-us", "about": "Michael, male, American English"},
    "bm_george": {"rank": "3", "language": "en-gb", "about": "George, male, British English"},
}
LICENCE = "spoken by Kokoro-82M v1.0 (Apache-2.0, hexgrad)"


@dataclass(frozen=True, slots=True)
class Take:
    """How a phrase is spoken: its `text` for the voice, `rate` in words a minute."""

    text: str
    rate: int


def main() -> None:
    """Bring the pack of the named voice up to date."""
    name, *flags = sys.argv[1:]
    wanted, home = phrases(), FOLDER / name
    tuned, known = _tuning(home), _index(home)
    missing, unused = [text for text in wanted if text not in known], sorted(set(known) - set(wanted))
    if "--check" in flags:
        print(*[f"missing: {text}" for text in missing], *[f"unused: {text}" for text in unused], sep="\n")
        sys.exit(bool(missing or unused))
    home.mkdir(parents=True, exist_ok=True)
    for text in unused:
        (home / known.pop(text)[0]).unlink()
    with closing(KokoroEngine()) as engine:
        made_with = f"{engine.fingerprint(name)}; takes {_digest(tuned)}"
    for done, (text, frames, ticks) in enumerate(_spoken(name, missing, tuned), 1):
        file = _file_name(text)
        (home / file).write_bytes(frames)
        known[text] = [file, ticks]
        print(f"{done} of {len(missing)}: {text}")
        if done % 50 == 0:
            _write(home, name, known, tuned, made_with)
    _write(home, name, known, tuned, made_with)
    size = sum((home / file).stat().st_size for file, _ in known.values())
    print(f"{len(known)} phrases, {size / 1e6:.2f} MB, {size / len(known) / 1000:.1f} kB each")


def _digest(tuned: dict[str, Any]) -> str:
    # What else is made of phrases, such as warm ones, is kept under the name of what they were made with.
    return sha256(repr(sorted(tuned.items())).encode()).hexdigest()[:8]


def _spoken(name: str, texts: list[str], tuned: dict[str, Any]) -> Iterator[tuple[str, bytes, int]]:
    engines: SimpleQueue[KokoroEngine] = SimpleQueue()
    for _ in range(PROCESSES):
        engines.put(KokoroEngine())

    def speak(text: str) -> tuple[str, bytes, int]:
        engine = engines.get()
        try:
            return text, *taken(engine, name, _take(text, tuned))
        finally:
            engines.put(engine)

    with ThreadPoolExecutor(PROCESSES) as pool:
        yield from pool.map(speak, texts)
    while not engines.empty():
        engines.get().close()


def taken(engine: KokoroEngine, name: str, take: Take) -> tuple[bytes, int]:
    """Return the MP3 frames of one take by the voice `name`, and its length in ticks. Raises EngineError."""
    clip = engine.speak(Phrase(take.text, name, take.rate, USUAL_PITCH))
    return encode(clip.samples, BITRATE), clip.ticks


def take_of(home: Path, text: str) -> Take:
    """Return how `text` is spoken in the pack in `home`."""
    return _take(text, _tuning(home))


def _take(text: str, tuned: dict[str, Any]) -> Take:
    return Take(**{"text": text, "rate": RATE, **tuned.get(text, {})})


def _file_name(text: str) -> str:
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:40].strip("-")
    return f"{words}-{sha256(text.encode()).hexdigest()[:8]}.mp3"


def _index(home: Path) -> dict[str, list[Any]]:
    """Return file and length of each phrase that is there, spoken as `tuning.yaml` says now."""
    path = home / INDEX
    document = json.loads(path.read_bytes()) if path.exists() else {"phrases": []}
    before, now = document.get("tuned", {}), _tuning(home)
    return {
        text: [file, ticks]
        for text, file, ticks in document["phrases"]
        if (home / file).exists() and before.get(text) == now.get(text)
    }


def _write(home: Path, name: str, known: dict[str, list[Any]], tuned: dict[str, Any], made_with: str) -> None:
    voice = {**VOICES[name], "licence": LICENCE, "made_with": made_with}
    lines = [json.dumps([text, *known[text]], ensure_ascii=False) for text in sorted(known)]
    body = ",\n".join(lines)
    # As it was when the phrases were spoken: the file may have changed meanwhile.
    tuned = {text: take for text, take in sorted(tuned.items()) if text in known}
    (home / INDEX).write_text(
        f'{{"voice": {json.dumps(voice, ensure_ascii=False, indent=1)},\n'
        f'"tuned": {json.dumps(tuned, ensure_ascii=False, indent=1)},\n'
        f'"phrases": [\n{body}\n]}}\n',
        encoding="utf-8",
    )


def _tuning(home: Path) -> dict[str, Any]:
    path = home / "tuning.yaml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


if __name__ == "__main__":
    main()
