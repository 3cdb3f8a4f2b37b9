"""Abbreviations by language, for telling where a sentence ends. Small letters, without the last full stop."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


# Something always follows: a name, a number, or the rest of the sentence.
_BEFORE_MORE = {
    "": "dr prof mr mrs ms vs cf ca i.e e.g st",
    "en": "bilat unilat abd approx mt gen rev capt lt col sgt hon messrs esp incl excl cf viz ft.lb viz",
    "de": (
        "re li med ca bzw ggf evtl vgl sog inkl exkl mind max z.b d.h u.a u.u o.g i.d.r z.t v.a u.v.m hr fr "
        "frl dipl nr abb bspw entspr usf zzgl abzgl gem lt str geb ehem allg jew insb insbes d.i s.o s.u "
        "i.allg i.w.s z.zt vs"
    ),
    "fr": (
        "mm mme mmes mlle mlles me mgr pr ste ex p.ex env c.-à-d cf av apr bd boul tél vs dr drs docteur.sse"
    ),
    "es": (
        "sr sra srta srs sres sras dra d dña ud uds vd vds aprox ej p.ej pág págs fig cap vol art "
        "núm lic ing profa arq gral sta sto av avda máx mín tel dpto vs prof ee"
    ),
    "it": "dott dott.ssa sig sig.ra sig.na sigg prof.ssa es p.es pag pagg avv ing arch geom dr.ssa on cav",
    "pt": "sr sra srta srs dra profa aprox ex p.ex pág exmo av máx mín tel eng núm",
    "nl": (
        "dhr mevr mw drs ir ing bijv bv d.w.z o.a m.b.t evt incl excl nr blz afb resp vgl zgn i.p.v t.o.v ca"
    ),
    "da": "hr fr skt ca f.eks bl.a nr maks dvs evt inkl ekskl jf kl pga ift",
    "nb": "hr fr ca f.eks bl.a nr maks dvs ev inkl ekskl jf kl pga ift",
    "sv": "hr fr ca t.ex bl.a nr max dvs ev inkl exkl jfr kl s.k d.v.s",
    "pl": "np mgr inż m.in tzn tzw tj ul św ew wg por nr prof lek",
    "cs": "např tj tzv cca mgr ing sv resp popř mudr phdr obr str",
    "sk": "napr t.j tzv cca mgr ing sv resp popr mudr obr str",
    "hu": "pl kb ill ún ld vö",
    "tr": "örn doç av bkz yak yakl prof op uzm",
    "fi": "esim mm ks ns toht nro n",
    "ru": "т.е т.к напр им проф ул доц акад св тел г см рис стр д-р гр",
    "uk": "тобто напр ім проф вул доц акад св тел м див рис стор д-р",
    "bg": "т.е напр проф ул доц акад св тел г вж фиг стр д-р",
    "el": "π.χ κ κα κος δηλ βλ περ καθ",
    "hi": "डॉ प्रो कु डा",
    "mr": "डॉ प्रा श्री सौ",
    "gu": "ડૉ ડો શ્રી પ્રો",
    "bn": "ড ডা মো মি",
    "ta": "திரு டாக்டர்",
    "ro": "dl d-na dna dra ex p.ex cca str nr art",
    "ca": "sr sra dra p.ex aprox pàg núm ex",
}
# A sentence may end with these: it does where a capital letter follows.
_MAYBE_LAST = {
    "": "etc a.m p.m u.s u.k e.u u.s.a co inc ltd corp jr sr al min sec cm mm km kg",
    "en": (
        "ea int ext flex add med lat ant post fwd bkwd wk wks mon tue tues wed thu thur thurs fri sat sun "
        "deg max temp dept ave blvd misc avg lb lbs ft yd oz mins secs min hr hrs esq est"
    ),
    "de": "usw u.s.w o.ä u.ä etc sek min std stdn tgl tägl wöchtl monatl wdh wdhg wiederh pos u.a.m",
    "fr": "etc sec max min rép répét sér resp gche",
    "es": "rep reps etc seg min ee.uu izq dcha der izda dcho izqdo izqda resp",
    "it": "ecc sec min pos rip ripet dx sx",
    "pt": "etc seg min rep reps esq dir",
    "nl": "enz etc sec min max herh",
    "da": "osv o.s.v m.v mv m.fl sek min",
    "nb": "osv o.s.v m.v mv m.fl sek min",
    "sv": "osv o.s.v m.m m.fl sek min",
    "pl": "itp itd godz min sek powt",
    "cs": "atd apod aj min sek",
    "sk": "atď a.pod apod min sek",
    "hu": "stb u.n max min",
    "tr": "vb vs sn dk",
    "fi": "jne tms yms ym sek min",
    "ru": "т.д т.п др пр мин сек ч гг н.э",
    "uk": "т.д т.п ін хв сек год с",
    "bg": "т.н др пр мин сек ч",
    "el": "κλπ κ.λπ κ.ά δευτ λεπ δ",
    "ro": "etc ș.a min sec",
    "ca": "etc seg min",
}
# Only before a number: elsewhere these are words ("no", "fig"), or end a sentence.
_BEFORE_NUMBER = {
    "": (
        "no nos nr vers ex nº n° p pp vol fig figs ch chap art sec tel ext jan feb mar apr jun jul aug sep "
        "sept oct nov dec"
    ),
    "de": "s kap bd abs tab aufl ziff",
    "fr": "n num p pp éd chap",
    "es": "n num cap",
    "it": "n num fig art cap vol pag",
    "pt": "n num fig cap art vol",
    "pl": "ok str rys",
    "cs": "č s",
    "sk": "č s",
    "hu": "sz old",
    "tr": "no s",
    "ru": "с п",
}
COUNTRIES = frozenset({"u.s", "u.s.a", "u.k", "e.u"})
# After these, a single letter is the name of a thing and may end a sentence ("Vitamin D.", "Group A.").
LETTERED = _words(
    "vitamin plan group part step type point option version exercise set figure level block position "
    "letter class phase section variant gruppe teil schritt typ punkt variante übung stufe vitamine "
    "groupe partie étape exercice niveau vitamina grupo parte paso tipo punto opción ejercicio fase nivel "
    "posición position buchstabe lettre letra gruppo passo esercizio livello"
)
# What begins a sentence, where a capital letter alone does not say so: behind "U.S.", and in German, where
# each noun has one.
STARTERS = _words(
    "a an and as at but by do for from he her his how i if in it let my no not now on or our please rest "
    "she so take that the their then there these they this to we what when where who why you your breathe "
    "aber als auch auf aus bei beide da dabei danach dann das dein deine der die dies diese diesen doch "
    "dort ein eine einen er es für heben hier ich ihr ihre im immer in ist jetzt kommen lassen legen "
    "lösen mit nach nehmen nicht noch nun nur ob öffnen ruhen schließen sehr senken setzen sie sind so "
    "spüren stellen über um und unser von vor wann warum was weiter wenn wer wie wieder wir wo zählen "
    "ziehen zu zum zur zuerst zuletzt"
)
# German words before an ordinal: "die 3. Übung".
BEFORE_ORDINAL = _words(
    "und am beim dem den der des die das im vom zum zur jede jedem jeden jeder jedes diese diesem diesen "
    "dieser dieses eine einem einen einer eines ihre ihrem ihren ihrer meine meinen meiner unsere unserer "
    "deine deinen deiner"
)
THEN = frozenset({"dann", "danach", "jetzt", "nun"})
MONTHS = _words("januar jänner februar märz april mai juni juli august september oktober november dezember")
# Languages in which "3." is "third".
ORDINALS = _words("de lb da nb nn no fo is fi et lv lt pl cs sk sl hr sr bs hu tr eu kl")


def before_more(language: str) -> frozenset[str]:
    """Return the abbreviations that end no sentence in `language` (its code: "de")."""
    return _words(_BEFORE_MORE[""], _BEFORE_MORE.get(language, ""))


def maybe_last(language: str) -> frozenset[str]:
    """Return the abbreviations that end a sentence where a capital letter follows."""
    return _words(_MAYBE_LAST[""], _MAYBE_LAST.get(language, ""))


def before_number(language: str) -> frozenset[str]:
    """Return the abbreviations that end no sentence where a number follows."""
    return _words(_BEFORE_NUMBER[""], _BEFORE_NUMBER.get(language, ""))
