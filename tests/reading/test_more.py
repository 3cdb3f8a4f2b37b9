"""Voices of further languages name units, ranges, crosses and halves in words, each in its form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.reading.foreign_words import WORDS
from audioguide.reading.more_words import UNITS, more_words, plural
from audioguide.reading.read import reading_for
from audioguide.speech.espeak import PyttsxEngine
from tests.reading.phonemes import phonemes
from tests.tables import every

READ = [
    ("pl", "Wytrzymaj 20 s, potem 2 min.", "Wytrzymaj 20 sekund, potem dwie minuty."),
    ("pl", "3x10 powtórzeń, 3x dziennie", "3 razy 10 powtórzeń, 3 razy dziennie"),
    ("pl", "22 s, 5 godz., 1.5 kg", "22 sekundy, 5 godzin, 1,5 kilograma"),
    ("ru", "Держите 10-15 с.", "Держите 10–15 секунд."),
    ("ru", "1 мин, 2 сек, 21 кг, 5 см", "одна минута, две секунды, 21 килограмм, 5 сантиметров"),
    ("ru", "3х10, 4×5, 2х", "3 по 10, 4 по 5, 2 раза"),
    ("ru", "Угол 45°, 20 %", "Угол 45 градусов, 20 процентов"),
    ("ru", "½ мин, 1½ мин, левая/правая", "половина минуты, 1 с половиной минуты, левая или правая"),
    ("ru", "10 с закрытыми глазами", "10 с закрытыми глазами"),
    ("cs", "5 s nádechem, pak 5s.", "5 s nádechem, pak 5 sekund."),
    ("uk", "10-15 хв, 1,5 год", "10–15 хвилин, 1 кома 5 години"),
    ("sv", "Håll 1,5 min, 10–15 s, 1 h", "Håll 1 komma 5 minuter, 10 till 15 sekunder, en timme"),
    ("nb", "3x10, vänster", "3 ganger 10, vänster"),
    ("no", "2 min", "to minutter"),
    ("da", "½ min, 45°", "en halv minut, 45 grader"),
    ("fi", "Pidä 10-15 s, ½ min.", "Pidä 10–15 sekuntia, puoli minuuttia."),
    ("hu", "4-7-8 légzés, 30 mp", "4 7 8 légzés, 30 másodperc"),
    ("ro", "20 s, 1 min, 2 min", "20 de secunde, un minut, două minute"),
    ("hr", "1,5 min u 7:30", "1 zarez 5 minuta u 7 30"),
    ("el", "10-15 s, 20 °C", "10 έως 15 δευτερόλεπτα, 20 βαθμοί Κελσίου"),
    ("tr", "10-15 sn, %20 veya 20%", "10 ila 15 saniye, %20 veya yüzde 20"),
    ("hi", "10-15 s, 3 घं॰", "10 से 15 सेकंड, 3 घंटे"),
    ("hi", "10 से 15 सेकंड", "10 से 15 सेकंड"),
    ("ar", "1 min, 2 min, 5 min, 15 min", "دقيقة, دقيقتان, 5 دقائق, 15 دقيقة"),
    ("he", "1:30 min, 10-15 s", "1 דקה 30 שניות, 10 עד 15 שניות"),
    ("cmn", "10-15 s, 20%, 1,5 min", "10 到 15秒钟, 百分之20, 1 点 5分钟"),
    ("zh", "3x10", "3 乘 10"),
    ("ko", "10-15 s", "10 에서 15초"),
    ("ja", "10 s", "10 びょう"),
    ("id", '30" dan 1\'30"', "30 detik dan 1 menit 30 detik"),
    ("vi", "L4/L5, 10/15", "L4 L5, 10, 15"),
    ("sw", "20 s, 2 m", "sekunde 20, mita 2"),
    ("sl", "1 s, 2 s, 3 s, 5 s", "ena sekunda, dve sekundi, 3 sekunde, 5 sekund"),
    ("lt", "1 min, 2 min, 11 min", "viena minutė, dvi minutės, 11 minučių"),
    ("cy", "Daliwch am 10 s.", "Daliwch am 10 s."),
    ("pl", "Oddychaj. I spokojnie!", "Oddychaj. I spokojnie!"),
    ("ru", "Шаги 1, 2, 3", "Шаги 1, 2, 3"),
]


@every(("voice", "text", "said"), READ)
def test_what_is_written_short_is_said_in_full(voice: str, text: str, said: str) -> None:
    assert reading_for(voice, "pyttsx3")(text) == said


@every(
    ("rule", "forms"),
    [
        ("one", "1:0 0:1 2:1 21:1 1,5:1"),
        ("zero", "0:0 1:0 2:1"),
        ("east", "1:0 2:1 5:2 11:2 12:2 21:0 24:1 100:2 111:2 1,5:3"),
        ("polish", "1:0 3:1 13:2 21:2 22:1 1,5:3"),
        ("west", "1:0 4:1 5:2 22:2 1,5:3"),
        ("slovene", "1:0 2:1 4:2 5:3 101:0"),
        ("lithuanian", "1:0 2:1 10:2 11:2 21:0 25:1"),
        ("latvian", "1:0 2:1 10:2 11:2 21:0"),
        ("romanian", "1:0 2:1 19:1 20:2 101:1 120:2"),
        ("arabic", "1:0 2:1 3:2 10:2 11:3 99:3 100:4 103:2"),
        ("hebrew", "1:0 2:1 3:2 20:2"),
    ],
)
def test_a_number_asks_for_its_form(rule: str, forms: str) -> None:
    for pair in forms.split():
        number, form = pair.split(":")
        assert plural(rule, number) == int(form), pair


@pytest.fixture(scope="module")
def espeak() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


# Names of letters and of signs in the voice of the language, and words that it borrows from English.
@every(
    ("voice", "text", "sounds"),
    [
        ("ru", "10 s", "dʲˈesʲɪtʲ sʲikˈunt"),
        ("uk", "10-15", "dˈɛsjat pjatnˈatsjat"),
        ("sv", "1,5", "ˈɛt kˈɔma fˈɛm"),
    ],
)
def test_no_voice_names_letters_or_signs(espeak: PyttsxEngine, voice: str, text: str, sounds: str) -> None:
    assert espeak.phonemes(reading_for(voice, "pyttsx3")(text), voice) == sounds


def test_the_table_is_whole() -> None:
    from audioguide.reading.more_words import _table

    said = {code: reading_for(code, "pyttsx3")("10 s") for code in _table()}
    heard = phonemes([*said.items(), *((code, "10") for code in said)])
    for code, text in said.items():
        words = more_words(code)
        assert words is not None
        assert code not in WORDS
        assert set(words.units) >= set(UNITS) - {"%"}, code
        assert set(words.signs.values()) <= set(words.units)
        assert set(words.ones) <= set(words.units)
        assert all(form for forms in words.units.values() for form in forms)
        by_itself = heard[code, "10"]  # Nepali reads these digits in English
        assert "(en)" not in heard[code, text].removeprefix(by_itself), text
