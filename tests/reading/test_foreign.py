"""Voices of other languages say units, ranges and abbreviations in words, and leave the rest as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.reading.foreign_words import WORDS
from audioguide.reading.read import reading_for
from audioguide.speech.espeak import PyttsxEngine
from tests.tables import every

READ = [
    ("de", "3 Sätze à 20 Sek.", "3 Sätze zu 20 Sekunden."),
    ("de", "Nr. 3 u. Nr. 4", "Nummer 3 und Nummer 4"),
    ("fr-fr", "côté D/G", "côté droite ou gauche"),
    ("it", "per es. un cuscino", "per esempio un cuscino"),
    ("de", "Halten Sie 10 s.", "Halten Sie 10 Sekunden."),
    ("de", "Nur 1 s.", "Nur eine Sekunde."),
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
    ("de", "½ Drehung, 2½ Minuten", "eine halbe Drehung, 2 einhalb Minuten"),
    ("de", "z. B. ein Kissen, d. h. weich", "zum Beispiel ein Kissen, das heißt weich"),
    ("de", "linkes/rechtes Knie", "linkes oder rechtes Knie"),
    ("de", "li/re", "links oder rechts"),
    ("de", '30" halten', "30 Sekunden halten"),
    ("de", "1:30 Min. halten", "eine Minute 30 Sekunden halten"),
    ("de", "Übung #1", "Übung Nummer 1"),
    ("de", "5 cm, dann 2 kg", "5 Zentimeter, dann 2 Kilogramm"),
    ("fr-fr", "Tenez 30 s.", "Tenez 30 secondes."),
    ("fr-fr", "3x10 rép.", "3 fois 10 répétitions"),
    ("fr-fr", "2-3 fois/jour", "2 à 3 fois par jour"),
    ("fr-fr", "env. 20 s", "environ 20 secondes"),
    ("fr-fr", "p. ex. une serviette", "par exemple une serviette"),
    ("fr-fr", "10–15 répétitions", "10 à 15 répétitions"),
    ("fr-fr", "Guerrier II", "Guerrier 2"),
    ("fr-fr", "le 2e tour", "le deuxième tour"),
    ("es", "Mantén 30 s.", "Mantén 30 segundos."),
    ("es", "3x10 rep.", "3 por 10 repeticiones"),
    ("es", "2-3 veces/día", "2 a 3 veces por día"),
    ("es", "10-15 repeticiones", "10 a 15 repeticiones"),
    ("es", "1:30 min", "un minuto 30 segundos"),
    ("es", "Estira 5 cm.", "Estira 5 centímetros."),
    ("es-419", "Espera 1 h.", "Espera una hora."),
    ("it", "Tieni 20 s.", "Tieni 20 secondi."),
    ("it", "3x10 rip.", "3 per 10 ripetizioni"),
    ("it", "10-15 volte", "10 a 15 volte"),
    ("pt-br", "Segure 20 s.", "Segure 20 segundos."),
    ("pt-br", "2-3x/semana", "2 a 3 vezes por semana"),
    ("nl", "Houd 20 s vast.", "Houd 20 seconden vast."),
    ("nl", "10-15 herh.", "10 tot 15 herhalingen"),
    # Ordinals
    ("de", "Die 2. Runde beginnt.", "Die zweite Runde beginnt."),
    ("de", "Am 3. Tag, in der 2. Woche", "Am dritten Tag, in der zweiten Woche"),
    ("de", "Der 21. Tag", "Der einundzwanzigste Tag"),
    ("de", "1.-3. Runde", "erste bis dritte Runde"),
    ("de", "Die 2./3. Übung", "Die zweite oder dritte Übung"),
    ("de", "1. Satz, 2. Teil", "erster Satz, zweiter Teil"),
    ("de", "Zum 1. Mal am 4.", "Zum ersten Mal am vierten."),
    ("de", "am 1. Mai", "am ersten Mai"),
    ("fr-fr", "la 1re fois, le 1er tour", "la première fois, le premier tour"),
    ("fr-fr", "3ème série, puis la 2nde", "troisième série, puis la seconde"),
    ("es", "la 1.ª vez, el 3.er ejercicio", "la 1ª vez, el tercer ejercicio"),
    ("it", "il 2° giro, la 1ª volta", "il secondo giro, la prima volta"),
    ("nl", "de 1e ronde, de 2de keer", "de eerste ronde, de tweede keer"),
    # One, and a half, by the gender of what is counted
    ("de", "½ Min. halten", "eine halbe Minute halten"),
    ("de", "1/2 Liter, ½ Jahr", "einen halben Liter, ein halbes Jahr"),
    ("de", "Nach ½ Stunde, mit 1 Hand", "Nach einer halben Stunde, mit einer Hand"),
    ("de", "1½ Stunden", "eineinhalb Stunden"),
    ("de", "1 Wdh., 1 Atemzug, 1 Mal", "eine Wiederholung, einen Atemzug, ein Mal"),
    ("fr-fr", "½ minute, 1/2 tour", "une demi-minute, un demi-tour"),
    ("fr-fr", "2½ heures, 1 minute", "2 heures et demie, une minute"),
    ("es", "½ vuelta, ½ minuto, 1½ hora", "media vuelta, medio minuto, una hora y media"),
    ("it", "½ giro, 1 ora", "mezzo giro, una ora"),
    ("pt-br", "½ hora, 2 horas, 1 minuto", "meia hora, duas horas, um minuto"),
    ("nl", "½ minuut, ½ uur", "een halve minuut, een half uur"),
    # What else is written short
    ("de", "re. Arm, das li. Bein", "rechter Arm, das linke Bein"),
    ("de", "re + li", "rechts und links"),
    ("de", "und/oder", "und oder"),
    ("de", "um 7.30 Uhr", "um 7 Uhr 30"),
    ("de", "10 Min/Tag, 2x/Wo.", "10 Minuten pro Tag, 2 mal pro Woche"),
    ("de", "Satz 2/4, 7/10", "Satz 2 von 4, 7 von 10"),
    ("de", ">90°, <30 s", "mehr als 90°, weniger als 30 Sekunden"),
    ("de", "min. 10, s. Abb. 3, S. 12", "mindestens 10, s. Abbildung 3, Seite 12"),
    ("de", "Krieger I", "Krieger 1"),
    ("de", "1h30, 1:30 h", "eine Stunde 30 Minuten, eine Stunde 30 Minuten"),
    ("de", "10'000 Schritte", "10000 Schritte"),
    ("fr-fr", "à 7h30", "à 7 heures 30"),
    ("es", "a las 10.30 h", "a las 10:30"),
]
LEFT_ALONE = [
    ("de", "Atmen Sie ein. Und aus!"),
    ("de", "Der Winkel ist 90°, also 20 % mehr."),
    ("de", "Links-rechts, vor-zurück."),
    ("de", "Li kommt mit, mein re-aktiver Nacken."),
    ("de", "Ich will ruhen."),
    ("de", "1. Legen Sie sich hin."),
    ("de", "Übung 1 ist leicht."),
    ("de", "Von 1 bis 3."),
    ("fr-fr", "Exercice 1 et 2"),
    ("fr-fr", "Inspirez ; expirez !"),
    ("fr-fr", "Mettez les mains à 9:30."),
    ("fr-fr", "L'été est là."),
    ("es", "¿Listo? ¡Sí!"),
    ("es", "A las 10, descansa."),
    ("it", "Respira, e poi riposa."),
    ("ru", "Держите ноги вместе."),
    ("pl", "Oddychaj 3 razy."),
]


@every(("voice", "text", "said"), READ)
def test_what_is_written_short_is_said_in_full(voice: str, text: str, said: str) -> None:
    assert reading_for(voice, "pyttsx3")(text) == said


@every(("voice", "text"), LEFT_ALONE)
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


@every(
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
