"""Units, ranges, fractions and abbreviations in German, French, Spanish, Italian, Portuguese and Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: `units` are (one, several) by how they are written."""

    to: str  # 10-15
    times: str  # 3x10
    often: str  # 10x
    per: str  # 3x/week
    either: str  # left/right
    about: str  # ~10
    number: str  # #1
    minus: str
    half: str  # alone, and after a whole number
    and_half: str
    parts: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    periods: str  # what stands after "per"
    of: str  # 2/4, where it counts
    less_more: tuple[str, str]  # <30, >90
    short: Mapping[str, str]  # abbreviations, without their last full stop


def _units(*names: str) -> dict[str, tuple[str, str]]:
    """Name seconds, minutes, hours, kilograms, grams, metres (milli-, centi-, none, kilo-): one/several."""
    written = (
        ("s", "sec", "sek", "seg", "séc"), ("min", "Min", "mins"), ("h", "Std", "std"), ("kg",), ("g",),
        ("mm",), ("cm",), ("m",), ("km",),
    )  # fmt: skip
    pairs = [each.partition("/")[::2] for each in names]
    return {
        sign: (one, several or one)
        for signs, (one, several) in zip(written, pairs, strict=True)
        for each in signs
        for sign in {each, each.capitalize() if len(each) > 2 else each}
    }


WORDS: dict[str, Words] = {
    "de": Words(
        "bis", "mal", "mal", "pro", "oder", "ungefähr", "Nummer", "minus", "ein halb", "einhalb",
        {"1/4": "ein viertel", "3/4": "drei viertel", "1/3": "ein drittel", "2/3": "zwei drittel"},
        _units("Sekunde/Sekunden", "Minute/Minuten", "Stunde/Stunden", "Kilogramm", "Gramm", "Millimeter",
               "Zentimeter", "Meter", "Kilometer"),
        "Tag|Woche|Monat|Stunde|Minute|Seite|Bein|Arm|Satz|Runde|Übung", "von",
        ("weniger als", "mehr als"),
        {"wdh": "Wiederholungen", "whg": "Wiederholungen", "z. b": "zum Beispiel", "z.b": "zum Beispiel",
         "d. h": "das heißt", "d.h": "das heißt", "bzw": "beziehungsweise", "usw": "und so weiter",
         "ca": "zirka", "max": "maximal", "mind": "mindestens", "ggf": "gegebenenfalls",
         "evtl": "eventuell", "abb": "Abbildung", "kap": "Kapitel",
         "tägl": "täglich", "bds": "beidseits", "nr": "Nummer", "inkl": "inklusive",
         "u. a": "unter anderem", "u.a": "unter anderem", "o. ä": "oder Ähnliches", "o.ä": "oder Ähnliches",
         "re": "rechts", "li": "links", "vgl": "vergleiche", "etc": "et cetera", "wo": "Wochen"},
    ),
    "fr": Words(
        "à", "fois", "fois", "par", "ou", "environ", "numéro", "moins", "un demi", "et demi",
        {"1/4": "un quart", "3/4": "trois quarts", "1/3": "un tiers", "2/3": "deux tiers"},
        _units("seconde/secondes", "minute/minutes", "heure/heures", "kilogramme/kilogrammes",
               "gramme/grammes", "millimètre/millimètres", "centimètre/centimètres", "mètre/mètres",
               "kilomètre/kilomètres"),
        "jour|semaine|mois|heure|minute|côté|jambe|bras|série|exercice", "sur", ("moins de", "plus de"),
        {"env": "environ", "p. ex": "par exemple", "p.ex": "par exemple", "c.-à-d": "c'est-à-dire",
         "rép": "répétitions", "rep": "répétitions", "max": "maximum", "n°": "numéro", "etc": "et cétéra",
         "dr": "docteur", "sem": "semaine"},
    ),
    "es": Words(
        "a", "por", "veces", "por", "o", "aproximadamente", "número", "menos", "medio", "y medio",
        {"1/4": "un cuarto", "3/4": "tres cuartos", "1/3": "un tercio", "2/3": "dos tercios"},
        _units("segundo/segundos", "minuto/minutos", "hora/horas", "kilogramo/kilogramos", "gramo/gramos",
               "milímetro/milímetros", "centímetro/centímetros", "metro/metros", "kilómetro/kilómetros"),
        "día|semana|mes|hora|minuto|lado|pierna|brazo|serie|ejercicio", "de", ("menos de", "más de"),
        {"rep": "repeticiones", "reps": "repeticiones", "aprox": "aproximadamente", "máx": "máximo",
         "mín": "mínimo", "p. ej": "por ejemplo", "p.ej": "por ejemplo", "nº": "número", "n.º": "número",
         "izq": "izquierda", "dcha": "derecha", "etc": "etcétera", "c/u": "cada uno", "sem": "semana"},
    ),
    "it": Words(
        "a", "per", "volte", "per", "o", "circa", "numero", "meno", "mezzo", "e mezzo",
        {"1/4": "un quarto", "3/4": "tre quarti", "1/3": "un terzo", "2/3": "due terzi"},
        _units("secondo/secondi", "minuto/minuti", "ora/ore", "chilogrammo/chilogrammi", "grammo/grammi",
               "millimetro/millimetri", "centimetro/centimetri", "metro/metri", "chilometro/chilometri"),
        "giorno|settimana|mese|ora|minuto|lato|gamba|braccio|serie|esercizio", "su", ("meno di", "più di"),
        {"rip": "ripetizioni", "ca": "circa", "p. es": "per esempio", "p.es": "per esempio",
         "per es": "per esempio", "max": "massimo", "dx": "destra", "sx": "sinistra", "ecc": "eccetera",
         "n°": "numero"},
    ),
    "pt": Words(
        "a", "vezes", "vezes", "por", "ou", "aproximadamente", "número", "menos", "meio", "e meio",
        {"1/4": "um quarto", "3/4": "três quartos", "1/3": "um terço", "2/3": "dois terços"},
        _units("segundo/segundos", "minuto/minutos", "hora/horas", "quilograma/quilogramas", "grama/gramas",
               "milímetro/milímetros", "centímetro/centímetros", "metro/metros", "quilómetro/quilómetros"),
        "dia|semana|mês|hora|minuto|lado|perna|braço|série|exercício", "de", ("menos de", "mais de"),
        {"rep": "repetições", "reps": "repetições", "aprox": "aproximadamente", "máx": "máximo",
         "mín": "mínimo", "p. ex": "por exemplo", "p.ex": "por exemplo", "n.º": "número", "nº": "número",
         "esq": "esquerda", "dir": "direita", "etc": "et cetera"},
    ),
    "nl": Words(
        "tot", "maal", "keer", "per", "of", "ongeveer", "nummer", "min", "een half", "en een half",
        {"1/4": "een kwart", "3/4": "drie kwart", "1/3": "een derde", "2/3": "twee derde"},
        _units("seconde/seconden", "minuut/minuten", "uur", "kilogram", "gram", "millimeter", "centimeter",
               "meter", "kilometer"),
        "dag|week|maand|uur|minuut|kant|been|arm|serie|oefening", "van", ("minder dan", "meer dan"),
        {"herh": "herhalingen", "ca": "circa", "max": "maximaal", "bijv": "bijvoorbeeld",
         "d.w.z": "dat wil zeggen", "enz": "enzovoort", "nr": "nummer", "evt": "eventueel",
         "incl": "inclusief", "etc": "et cetera"},
    ),
}  # fmt: skip
