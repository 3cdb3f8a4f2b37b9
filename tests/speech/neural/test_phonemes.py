"""What espeak-ng is asked for beside names whose sounds somebody wrote down."""

from __future__ import annotations

from audioguide.reading.marks import marked
from audioguide.speech.neural.phonemes import sayable
from tests.tables import every


@every(
    ("text", "parts"),
    [
        ("Rest in {savasana|sa}!", [("Rest in ", None), ("savasana", "sa")]),
        ("Rest in {savasana|sa}:", [("Rest in ", None), ("savasana", "sa")]),
        ("({savasana|sa})", [("savasana", "sa")]),
        ("{savasana|sa}'s end.", [("savasana", "saz"), (" end.", None)]),
        ("{savasana|sa}\u2019s", [("savasana", "saz")]),
        ("{savasana|sa}, and {baddha|ba} ...", [("savasana", "sa"), (", and ", None), ("baddha", "ba")]),
        ("Wait ... !", [("Wait  ", None)]),
        ("It's 'so', they say!", [("It's 'so', they say!", None)]),
    ],
)
def test_marks_beside_a_name_are_not_words(text: str, parts: list[tuple[str, str | None]]) -> None:
    found = [(" ".join(words.replace(",", "").split()), said) for words, said in sayable(marked(text))]
    assert found == [(" ".join(words.replace(",", "").split()), said) for words, said in parts]
