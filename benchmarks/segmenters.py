"""Compare how texts are split into sentences: ours, sentencex and pysbd; `python -m benchmarks.segmenters`.

The texts are those of the tests, short spoken instructions in many languages, and articles: the golden rules
of pragmatic_segmenter, where its clone is given (`--golden FOLDER`). Needs `pip install sentencex pysbd`.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from audioguide.reading.language import language_of
from audioguide.script.sentences import sentences
from tests.instructions import INSTRUCTIONS, joined
from tests.paragraphs import PARAGRAPHS

Case = tuple[str, str, list[str]]
Segmenter = Callable[[str, str], list[str]]

_TEXT = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_RULE = re.compile(
    rf"new\(text: ({_TEXT}), language: [\"'](\w+)[\"']\)\s*expect\(ps\.segment\)\.to eq\(\[(.*?)\]\)", re.S
)


def instructions() -> Iterator[Case]:
    """Yield language, text and sentences of the texts of the tests."""
    for language, whole in INSTRUCTIONS:
        parts = whole.split("|")
        yield language, joined(language, parts), parts
    for voice, each in PARAGRAPHS.items():
        yield language_of(voice), joined(language_of(voice), list(each)), list(each)


def golden(folder: Path) -> Iterator[Case]:
    """Yield the golden rules of a clone of pragmatic_segmenter, those over several lines left out."""
    for file in sorted((folder / "spec/pragmatic_segmenter/languages").glob("*_spec.rb")):
        text = file.read_text(encoding="utf-8").partition("describe '#segment'")[0]
        for said, language, parts in _RULE.findall(text):
            if "\\n" not in said and "\\r" not in said:
                yield language, _plain(said), [_plain(part) for part in re.findall(_TEXT, parts)]


def segmenters() -> Iterator[tuple[str, Segmenter]]:
    """Yield each segmenter that is installed, with the milliseconds that its import took."""
    yield "audioguide", sentences
    for name, made in (("sentencex", _sentencex), ("pysbd", _pysbd)):
        begun = time.perf_counter()
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        yield f"{name} (import {(time.perf_counter() - begun) * 1000:.0f} ms)", made(module)


def main() -> None:
    """Print how many texts each takes apart as they were written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--golden", type=Path, metavar="FOLDER", help="a clone of pragmatic_segmenter")
    folder = parser.parse_args().golden
    sets = {"instructions": [*instructions()]} | ({"golden rules": [*golden(folder)]} if folder else {})
    for name, segment in segmenters():
        for what, cases in sets.items():
            right = sum(
                [each.strip() for each in segment(text, language)] == parts for language, text, parts in cases
            )
            print(f"{name}: {what}: {right} of {len(cases)}")


def _sentencex(module: object) -> Segmenter:
    codes = {"cmn": "zh", "yue": "zh"}
    return lambda text, language: [*module.segment(codes.get(language, language), text)]  # type: ignore[attr-defined]


def _pysbd(module: object) -> Segmenter:
    known = importlib.import_module("pysbd.languages").LANGUAGE_CODES

    def segment(text: str, language: str) -> list[str]:
        code = {"cmn": "zh", "yue": "zh"}.get(language, language)
        return list(module.Segmenter(language=code if code in known else "en", clean=False).segment(text))  # type: ignore[attr-defined]

    return segment


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


if __name__ == "__main__":
    main()
