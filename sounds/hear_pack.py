"""Listen to the voice pack, and list the phrases of which other words are heard.

    python -m sounds.hear_pack af_heart             # listens to what was not heard yet, lists all misheard
    python -m sounds.hear_pack af_heart --new       # listens to and lists what the last commit does not have
    python -m sounds.hear_pack af_heart --new main  # ... what another commit or branch does not have
    python -m sounds.hear_pack af_heart --check     # listens to nothing: lists what is known

What was heard is kept in `heard.json` beside the phrases, so a stopped call goes on where it
was. A phrase that was spoken again is heard again. It needs the extra `ears` (0.7 s a phrase).
`FIRST WORD` marks the phrases with a false word at their start, or one before it.
The exit code is 1 where phrases are misheard or, with `--check`, not heard.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audioguide.ears.recogniser import Recogniser
from audioguide.ears.sounds import Speller
from audioguide.errors import AudioguideError
from audioguide.reading.read import reading_for
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.measure.decode import sound
from sounds.heard import Misheard, Record
from sounds.make_voice import FOLDER

KEPT_EVERY = 20
READS = reading_for("en-us", "kokoro")


def main(arguments: Sequence[str] | None = None) -> int:
    """Listen to the pack of the named voice."""
    parser = argparse.ArgumentParser(
        "sounds.hear_pack", description="List misheard phrases of the voice pack."
    )
    parser.add_argument("name", help="a voice of the pack, such as af_heart")
    parser.add_argument(
        "--new", nargs="?", const="HEAD", metavar="COMMIT", help="only what COMMIT does not have"
    )
    parser.add_argument("--check", action="store_true", help="listen to nothing, use what was heard")
    parser.add_argument("--jobs", type=int, default=2, help="phrases at a time")
    chosen = parser.parse_args(arguments)
    record = Record.read(FOLDER / chosen.name)
    texts = set(record.files) if chosen.new is None else changed_since(chosen.new, record)
    try:
        if not chosen.check:
            listen(record, texts, chosen.jobs)
        with Speller() as sounds:
            misheard = record.misheard(READS, sounds)
    except AudioguideError as error:
        print(f"hear_pack: {error}", file=sys.stderr)
        return error.exit_code
    return _report([each for each in misheard if each.text in texts], record, texts)


def listen(record: Record, texts: Collection[str], jobs: int) -> None:
    """Listen to those of `texts` that `record` lacks, and keep what is heard. Raises AudioguideError."""
    waiting = [text for text in record.unheard() if text in texts]
    if not waiting:
        return
    recogniser = Recogniser(workers=jobs)

    def hear(text: str) -> tuple[str, str]:
        return text, recogniser.hear(sound(record.files[text]), SAMPLE_RATE).text

    try:
        with ThreadPoolExecutor(jobs) as pool:
            for done, (text, heard) in enumerate(pool.map(hear, waiting), start=1):
                record.add(text, heard)
                if done % KEPT_EVERY == 0:
                    record.write()
                    print(f"heard {done} of {len(waiting)}", file=sys.stderr)
    finally:
        record.write()


def changed_since(commit: str, record: Record) -> set[str]:
    """Return the phrases whose files are not the same in `commit`."""
    ways = (["diff", "--name-only", "--relative", commit, "--", "."], ["ls-files", "--others", "."])
    names: set[str] = set()
    for way in ways:
        done = subprocess.run(  # noqa: S603 - git, with fixed words and a commit
            ["git", *way],  # noqa: S607
            cwd=record.home, check=True, capture_output=True, text=True,
        )  # fmt: skip
        names.update(Path(line).name for line in done.stdout.splitlines())
    return {text for text, file in record.files.items() if file.name in names}


def _report(misheard: list[Misheard], record: Record, texts: set[str]) -> int:
    print(*misheard, sep="\n", end="\n" if misheard else "")
    unheard = [text for text in record.unheard() if text in texts]
    first = sum(each.first for each in misheard)
    words = sum(each.comparison.differing for each in misheard)
    print(
        f"{len(misheard)} of {len(texts)} phrases misheard ({words} words); {first} with a false first word; "
        f"{len(unheard)} not heard yet"
    )
    return 1 if misheard or unheard else 0


if __name__ == "__main__":
    sys.exit(main())
