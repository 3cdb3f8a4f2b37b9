"""Voices of other languages say units, ranges and abbreviations in words, and leave the rest as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.reading.foreign_words import WORDS
from audioguide.reading.read import reading_for
from audioguide.speech.espeak import PyttsxEngine

READ = [
    ("de", "Halten Sie 10 s.", "Halten Sie 10 Sekunden."),
    ("de", "Nur 1 s.", "Nur 1 Sekunde."),
    ("de", "3x10 Wdh. pro Seite", "3 mal 10 Wiederholungen pro Seite"),
    ("de", "2–3x tägl.", "2 bis 3 mal täglich"),
    ("de", "2-3 mal/Woche", "2 bis 3 mal pro Woche"),
    ("de", "3x/Woche", "3 mal pro Woche"),
    ("de", "ca. 20 Sek. halten", "zirka 20 Sekunden halten"),
    ("de", "1,5 Min. ruhen", "1,5 Minuten ruhen"),
    ("de", "10-15 Wiederholungen", "10 bis 15 Wiederholungen"),
    ("de", "Die 4-7-8-Atmung", "Die 4 7 8-Atmung"),
    ("de", "Zwischen L4/L5", "Zwischen L4 L5"),
    ("de", "Krieger II", "Krieger 2"),
    ("de", "½ Drehung, 2½ Minuten", "ein halb Drehung, 2 einhalb Minuten"),
    ("de", "z. B. ein Kissen, d. h. weich", "zum Beispiel ein Kissen, das heißt weich"),
    ("de", "linkes/rechtes Knie", "linkes oder rechtes Knie"),
    ("de", "li/re", "links oder rechts"),
    ("de", '30" halten', "30 Sekunden halten"),
    ("de", "1:30 Min. halten", "1 Minute 30 Sekunden halten"),
    ("de", "Übung #1", "Übung Nummer 1"),
    ("de", "5 cm, dann 2 kg", "5 Zentimeter, dann 2 Kilogramm"),
    ("fr-fr", "Tenez 30 s.", "Tenez 30 secondes."),
    ("fr-fr", "3x10 rép.", "3 fois 10 répétitions"),
    ("fr-fr", "2-3 fois/jour", "2 à 3 fois par jour"),
    ("fr-fr", "env. 20 s", "environ 20 secondes"),
    ("fr-fr", "p. ex. une serviette", "par exemple une serviette"),
    ("fr-fr", "10–15 répétitions", "10 à 15 répétitions"),
    ("fr-fr", "Guerrier II", "Guerrier 2"),
    ("fr-fr", "le 2e tour", "le 2ème tour"),
    ("es", "Mantén 30 s.", "Mantén 30 segundos."),
    ("es", "3x10 rep.", "3 por 10 repeticiones"),
    ("es", "2-3 veces/día", "2 a 3 veces por día"),
    ("es", "10-15 repeticiones", "10 a 15 repeticiones"),
    ("es", "1:30 min", "1 minuto 30 segundos"),
    ("es", "Estira 5 cm.", "Estira 5 centímetros."),
    ("es-419", "Espera 1 h.", "Espera 1 hora."),
    ("it", "Tieni 20 s.", "Tieni 20 secondi."),
    ("it", "3x10 rip.", "3 per 10 ripetizioni"),
    ("it", "10-15 volte", "10 a 15 volte"),
    ("pt-br", "Segure 20 s.", "Segure 20 segundos."),
    ("pt-br", "2-3x/semana", "2 a 3 vezes por semana"),
    ("nl", "Houd 20 s vast.", "Houd 20 seconden vast."),
    ("nl", "10-15 herh.", "10 tot 15 herhalingen"),
]
LEFT_ALONE = [
    ("de", "Atmen Sie ein. Und aus!"),
    ("de", "Die 2. Runde beginnt."),
    ("de", "Der Winkel ist 90°, also 20 % mehr."),
    ("de", "Links-rechts, vor-zurück."),
    ("de", "Li kommt mit, mein re-aktiver Nacken."),
    ("de", "Ich will ruhen."),
    ("fr-fr", "Inspirez ; expirez !"),
    ("fr-fr", "Mettez les mains à 9:30."),
    ("fr-fr", "L'été est là."),
    ("es", "¿Listo? ¡Sí!"),
    ("es", "A las 10, descansa."),
    ("it", "Respira, e poi riposa."),
    ("ru", "Держите 10-15 с."),
    ("pl", "Oddychaj 3x10."),
]


@pytest.mark.parametrize(("voice", "text", "said"), READ)
def test_what_is_written_short_is_said_in_full(voice: str, text: str, said: str) -> None:
    assert reading_for(voice, "pyttsx3")(text) == said


@pytest.mark.parametrize(("voice", "text"), LEFT_ALONE)
def test_other_texts_stay_as_they_are(voice: str, text: str) -> None:
    assert reading_for(voice, "pyttsx3")(text) == text


def test_what_is_said_needs_no_more_reading() -> None:
    for voice, _, said in READ:
        assert reading_for(voice, "pyttsx3")(said) == said


def test_each_language_has_a_name_for_each_unit_and_fraction() -> None:
    for words in WORDS.values():
        assert set(words.units) == set(WORDS["de"].units)
        assert set(words.parts) == {"1/4", "3/4", "1/3", "2/3"}
        assert all(all(pair) for pair in words.units.values())


@pytest.fixture(scope="module")
def espeak() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


@pytest.mark.parametrize(
    ("voice", "text", "sounds"),
    [
        ("de", "10-15 s", "tsˈeːn bɪs fˈʏnftseːn zeːkˈʊndən"),
        ("fr-fr", "10-15 s", "dˈiz a kˈɛ̃z səɡˈɔ̃d"),
        ("es", "10-15 s", "djˈɛθ a kˈinθe seɣˈundos"),
    ],
)
def test_no_voice_says_dash_or_names_letters(
    espeak: PyttsxEngine, voice: str, text: str, sounds: str
) -> None:
    assert espeak.phonemes(reading_for(voice, "pyttsx3")(text), voice) == sounds
