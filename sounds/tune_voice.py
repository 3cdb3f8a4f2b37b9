"""Look for a way of speaking in which a misheard phrase is understood, and note it in `tuning.yaml`.

    python -m sounds.tune_voice af_heart                          # each phrase that `hear_pack` lists
    python -m sounds.tune_voice af_heart "Chair arch." "Fist."    # these
    python -m sounds.tune_voice af_heart "Fist." --as "Fisst."    # this one, also in these words

It speaks at other paces, with other marks at the end, and with a comma between two words, until nothing false
is heard in the finished frames; else it notes the best of all. Afterwards, `make_voice` speaks what has a new
way and `hear_pack` hears it. It needs the extras `natural` and `ears`, and the voice.
"""

from __future__ import annotations

import argparse
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from audioguide.ears.recogniser import Recogniser
from audioguide.ears.sounds import Speller
from audioguide.speech.kokoro import KokoroEngine
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.measure.decode import sound
from sounds.hear_pack import READS
from sounds.heard import Misheard, Record, judged
from sounds.make_voice import FOLDER, RATE, Take, take_of, taken

PACES = (140, 160, 200, 180, 150, 130, 170, 190)
ENDS = ("!", ",", "", ":", "...")
JOBS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune the pack of the named voice."""
    parser = argparse.ArgumentParser(
        "sounds.tune_voice", description="Find clearer takes of misheard phrases."
    )
    parser.add_argument("name", help="a voice of the pack, such as af_heart")
    parser.add_argument("texts", nargs="*", help="phrases; without any, all that were misheard")
    parser.add_argument(
        "--as", dest="spelt", nargs="+", default=[], metavar="WORDS", help="other words to try"
    )
    parser.add_argument("--most", type=int, default=24, help="ways to try for each phrase")
    chosen = parser.parse_intermixed_args(arguments)
    record = Record.read(FOLDER / chosen.name)
    with Speller() as sounds:
        texts = chosen.texts or [each.text for each in record.misheard(READS, sounds)]
        recogniser, lock = Recogniser(workers=JOBS), threading.Lock()

        def tuned(text: str) -> tuple[Misheard, Take]:
            def judge(path: Path) -> Misheard:
                heard = recogniser.hear(sound(path), SAMPLE_RATE).text
                with lock:  # one process of espeak-ng
                    return judged(text, heard, READS, sounds)

            kept = take_of(record.home, text)
            return best_of([kept, *islice(ways(text, chosen.spelt), chosen.most)], chosen.name, judge)

        with ThreadPoolExecutor(JOBS) as pool:
            for best, take in pool.map(tuned, texts):
                note(record.home, best.text, take)
                print(best if best.comparison.runs else f"understood  {best.text}", take, flush=True)
    return 0


def ways(text: str, spelt: Sequence[str] = ()) -> Iterator[Take]:
    """Yield the takes of `text` to try, the least unusual first."""
    for words in spelt:
        yield from (Take(words, pace) for pace in (RATE, 150, 200))
    yield from (Take(text, pace) for pace in PACES)
    stem = text.rstrip(".,;:!?")
    yield from (Take(stem + end, pace) for pace in (RATE, 150) for end in ENDS if stem + end != text)
    for space in re.finditer(r"(?<=\w) ", text):
        parted = f"{text[: space.start()]},{text[space.start() :]}"
        yield from (Take(parted, pace) for pace in (RATE, 150))


def best_of(takes: Sequence[Take], name: str, judge: Callable[[Path], Misheard]) -> tuple[Misheard, Take]:
    """Speak `takes` as the voice `name` up to the first that is understood; return the clearest one.

    Raises EngineError.
    """
    found: list[tuple[Misheard, Take]] = []
    with TemporaryDirectory() as folder, closing(KokoroEngine()) as engine:
        path = Path(folder) / "take.mp3"
        for take in takes:
            path.write_bytes(taken(engine, name, take)[0])
            found.append((judge(path), take))
            if not found[-1][0].comparison.runs:
                break
    return min(found, key=lambda each: each[0].rank)


def note(home: Path, text: str, take: Take) -> None:
    """Write into `tuning.yaml` of the folder `home` how `text` is spoken; comments stay."""
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 4_000, True
    path = home / "tuning.yaml"
    known = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else CommentedMap()
    how = CommentedMap()
    if take.text != text:
        how["text"] = DoubleQuotedScalarString(take.text)
    if take.rate != RATE:
        how["rate"] = take.rate
    how.fa.set_flow_style()
    known.pop(text, None)
    if how:
        known[DoubleQuotedScalarString(text)] = how
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(known, file)


if __name__ == "__main__":
    sys.exit(main())
