"""Store what this version of audioguide writes, for later versions to read: run once for each release.

python -m tests.stored.store 0.2.0

The two tokens are made up, for this file alone: no server ever had them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from starlette.testclient import TestClient

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.export.script_json import dump
from audioguide.listener.options import Options
from audioguide.routine.library import Library
from audioguide.routine.load import load
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache, key_of
from audioguide.web.app import make_app
from audioguide.web.security.access import TOKENS_FILE, Tokens, kept_tokens
from audioguide.web.security.hosts import Hosts
from audioguide.web.service import Service

HERE = Path(__file__).parent
HOST = "127.0.0.1:8765"
TOKENS = Tokens("the-page-token-of-0.1.0", "the-feed-token-of-0.1.0")
PARTS = ("cache/1", "clip", 120, True)
ENTRY = b"\x00\x01stored by this version" * 9
PHRASE = Phrase("Hi.", voice="en-us", rate=400, pitch=50)
# Every kind of cue, mark and option that a timed script can hold.
ROUTINE = """\
title: Stored – gespeichert 保存
summary: Every kind of cue.
safety: {notice: none, closing: none, avoid_with: [a stored injury], rules: [ease-off]}
settings:
  hold: {default: 12s, min: 5s, max: 30s}
  reps: {default: 2, min: 1, max: 3}
doses: {more: {hold: 20s}}
voice: {rate: 110, warm: true}
profile: quiet
steps:
  - chapter: Begin
  - say: Lie down. And rest.
    settle: 2s
  - repeat: $reps
    steps:
      - sides: [left, right]
        steps:
          - say: Now the {side} side.
          - hold: $hold
            marks: {halfway: Half of it., before_end: {3s: Three more.}, at: {4s: {chime: tick}}}
            chime: {start: bell, end: bowl}
      - rest: 1s
  - breathe: {in: 2s, out: 3s, cycles: 2, voice: first one}
  - chime: wood
  - gap: 1s
  - say: Done.
"""
OVERLAY = """\
# A person's version, as docs/language.md describes it.
routine: knee-to-chest
settings: {hold: 25s}
skip: []
say_as: {psoas: SOH-as}
rate: 100
warm: true
bed: brown
bed_volume: -3
chime_volume: -3dB
profile: quiet
guidance: short
player_check: false
note: for a client, since March
"""
DEFAULTS = """\
rate: 110
voice: en-gb
guidance: fade
bed: rain
bed_volume: -3
chime_volume: -3dB
profile: standard
player_check: true
engine: tone
say_as: {psoas: {en: SOH-as}}
routines: [own]
"""


def store(folder: Path) -> None:
    """Write all of it into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    store_script(folder)
    (folder / "client.yaml").write_text(OVERLAY, encoding="utf-8")
    (folder / "config.yaml").write_text(DEFAULTS, encoding="utf-8")
    _cache(folder)
    store_tokens(folder)
    store_feeds(folder)


def store_script(folder: Path) -> None:
    """Write a routine, its timed script, and where each cue is in it."""
    (folder / "stored.yaml").write_text(ROUTINE, encoding="utf-8")
    options = Options(bed="brown", bed_volume=-2.0, engine="pyttsx3")
    script = compile(load(folder / "stored.yaml", Library()), options)
    timeline = estimated(script)
    (folder / "stored.script.json").write_text(dump(timeline), encoding="utf-8")
    times = [[timed.cue.kind, timed.start, timed.length] for timed in timeline.cues]
    facts = {"length": timeline.length, "title": script.title, "cues": times}
    (folder / "stored.facts.json").write_text(json.dumps(facts) + "\n", encoding="utf-8")


def _cache(folder: Path) -> None:
    cache = Cache(folder / "cache")
    cache.put(key_of(*PARTS), ENTRY)
    CachedEngine(ToneEngine(), cache).speak(PHRASE)


def store_tokens(folder: Path) -> None:
    """Write the file of the links, with made-up tokens."""
    kept_tokens(folder, renew=True)
    shape = json.loads((folder / TOKENS_FILE).read_text(encoding="utf-8"))
    known = {**shape, "page": TOKENS.page, "feed": TOKENS.feed}  # no secret belongs into a repository
    (folder / TOKENS_FILE).write_text(json.dumps(known), encoding="utf-8")


def store_feeds(folder: Path) -> None:
    service = Service(Options(engine="tone"), Library(), TOKENS, lan=True, warm=False)
    with TestClient(make_app(service, Hosts(frozenset({HOST}))), base_url=f"http://{HOST}") as client:
        for name, path in (("feed", "audioguide.xml"), ("plan", "plan/knee-to-chest.xml?sessions=2&weeks=1")):
            answer = client.get(f"/feed/{TOKENS.feed}/{path}")
            answer.raise_for_status()
            (folder / f"{name}.xml").write_bytes(answer.content)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # a page may still be warming up
        os.environ |= {"AUDIOGUIDE_CONFIG_DIR": home, "AUDIOGUIDE_CACHE_DIR": f"{home}/cache"}
        store(HERE / sys.argv[1])
