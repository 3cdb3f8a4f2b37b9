"""Reading as a whole: what never reaches a voice, what stays as it is, and what each language gets."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.reading.lexicon import read_say_as
from audioguide.reading.marks import shown
from audioguide.reading.plain import Need, need_of
from audioguide.reading.read import reading_for
from audioguide.reading.thorough import read_thoroughly
from tests.tables import every

ENGLISH = reading_for("en-us", "pyttsx3")
GERMAN = reading_for("de", "pyttsx3")

SOME = (
    "Lie close your eyes and hold for 15s on the left savasana śavāsana 2x10 L4/L5 use it. now, 1/2 #1 20°C"
)
FOR_EYES = r"""
**bold** *it* __u__ ~~s~~ `code` # > - * [link](http://a.org/b) ![i](x.png) <b> </b> <br/> <break/> <!--c-->
&amp; &lt;b&gt; &#128512; [b] [/b] [url=http://x.de] \textbf{x} $x^2$ $$ ``` --- === ___ [^1] <script>
{x} {{x}} |a|b| http://example.org/a?b=c&d=e https://x.io www.example.com a.b@example.org example.net/x ftp://x.y
mailto:a@b.org <speak> <phoneme ph='x'>y</phoneme> <![CDATA[ ]]> &amp;lt; &amp;amp;amp;lt; :-) <3
"""
WORDS, MARKUP = st.sampled_from(SOME.split()), st.sampled_from(FOR_EYES.split())
PICTURES = st.sampled_from(
    ["😀", "🧘🏽‍♀️", "👨‍👩‍👧", "🇩🇪", "1️⃣", "✅", "→", "♥️", "©", "\U0001fae8", "\U0001f9d8", "⏸", "▶", "★"]
)
ANYTHING = st.text(st.characters(codec="utf-8") | st.sampled_from("<>[]{}*_`#&|\\~^$@:/.-=+ "), max_size=12)
TEXTS = st.lists(WORDS | MARKUP | PICTURES | ANYTHING, max_size=9).map(" ".join) | ANYTHING

ADDRESS = re.compile(r"://|\bwww\.\w|\bhttps?:|[\w.]@\w+\.\w|mailto:", re.IGNORECASE)
TAG = re.compile(r"<\s*/?\s*[a-z!]|&[a-z]+;|&#\d+;|\[/?[a-z]+\]|\]\(", re.IGNORECASE)


def is_emoji(char: str) -> bool:
    code = ord(char)
    pictures = 0x1F000 <= code <= 0x1FBFF or 0x2600 <= code <= 0x27BF or 0x2190 <= code <= 0x21FF
    return (
        pictures
        or code in (0xFE0F, 0x20E3)
        or (unicodedata.category(char) == "So" and 0x2100 <= code < 0x2C00)
    )


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["en-us", "de"]))
def test_no_markup_no_address_and_no_emoji_reaches_a_voice(text: str, voice: str) -> None:
    said = shown(reading_for(voice, "pyttsx3")(text))
    assert not set(said) & set("*_`~|\\^{}<>[]#"), said
    assert not ADDRESS.search(said), said
    assert not TAG.search(said), said
    assert not [char for char in said if is_emoji(char)], said


@settings(max_examples=200, deadline=None)
@given(st.lists(st.from_regex(r"[A-Za-z]{1,7}[,.;!?'’-]?", fullmatch=True) | WORDS, max_size=8).map(" ".join))
def test_the_short_way_leads_to_the_same(text: str) -> None:
    if need_of(text, ENGLISH.lexicon.first_words) is not Need.ALL:
        assert ENGLISH(text) == read_thoroughly(text, ENGLISH.lexicon)


@every(
    "text",
    [
        "Lie on your back.",
        "Slowly lift, and hold.",
        "Don't push.",
        "Breathe in… and out.",
        "That is all.",
        "Lift 2 of 8.",
    ],
)
def test_plain_words_keep_their_clips(text: str) -> None:
    assert ENGLISH(text) == text


@every(
    ("text", "said"),
    [
        ("**Halte** 15 s &amp; atme 😀.", "Halte 15 Sekunden & atme."),
        ("Ｌｏｓ! L4, 2x10.", "Los! L4, 2 mal 10."),
        ("Siehe https://example.org/a jetzt.", "Siehe jetzt."),
        ("Close your eyes.", "Close your eyes."),
        ("Savasana.", "Savasana."),
    ],
)
def test_other_languages_only_lose_what_nobody_says(text: str, said: str) -> None:
    assert GERMAN(text) == said


@every(
    ("voice", "text"),
    [
        ("fr", "« Respirez » lentement… où ?"),
        ("sv", "Nr 5: en halv minut, åäö."),
        ("es", "¿Listo? ¡Respira! El 1º."),
        ("ru", "Дышите, № 5."),
        ("cmn", "呼吸：吸气，呼气。（慢）"),
        ("hi", "क्‍ष धीरे-धीरे सांस लें।"),
        ("fa", "می‌خواهم"),
        ("ko", "숨을 쉬세요 ㄱ"),
        ("th", "หายใจ ทำ"),
    ],
)
def test_plain_text_of_other_languages_stays_as_it_is(voice: str, text: str) -> None:
    assert reading_for(voice, "pyttsx3")(text) == text


@every("text", ["🧘", "---", "<br/>", "https://example.org", "** **", "[pause 3s]", ""])
def test_of_what_is_for_eyes_alone_nothing_is_left(text: str) -> None:
    assert not any(char.isalnum() for char in ENGLISH(text))


def test_every_emoji_block_is_left_out() -> None:
    for code in (*range(0x1F000, 0x1FB00), *range(0x2600, 0x27C0), *range(0x2190, 0x2200)):
        if "DIGIT" not in unicodedata.name(chr(code), "") and "CIRCLED" not in unicodedata.name(
            chr(code), ""
        ):
            assert not any(is_emoji(char) for char in ENGLISH(f"Sit {chr(code)} now.")), hex(code)


def test_pause_tags_of_other_programs_are_not_read_aloud() -> None:
    tags = [
        "[pause 3s]", "[Pause: 3 seconds]", "(pause)", "(long pause)", '<break time="3s"/>', "<#0.5#>",
        "[2s]", "<break time='500ms' />", "[3 second pause]", "[[slnc 500]]", "\\pau=500\\",
        "<silence msec='500'/>", "*pause*", "— pause —",
    ]  # fmt: skip
    for tag in tags:
        assert ENGLISH(f"Sit. {tag} Lie down.") == "Sit. Lie down.", tag
    for words in ("Pause here.", "Break it (gently).", "(Breathe out.) Rest.", "[softly] Rest."):
        assert "Rest" in words or ENGLISH(words) == words


def test_one_place_is_said_otherwise() -> None:
    assert ENGLISH("A ⟦live|liv⟧ one.") == "A liv one."
    assert ENGLISH("A ⟦psoas|SOH-as⟧.") == "A ⟦psoas|sˈoʊæs⟧."
    assert ENGLISH("Lift ⟦**x**|?⟧ it.") == "Lift x it."  # what cannot be said is left as words


def test_what_is_asked_for_comes_before_the_names_that_ship() -> None:
    say_as = read_say_as(
        {"Savasana": "corpse pose", "adho mukha": "face down", "close": "shut", "ṭeśt": "/tɛst/"}
    )
    reads = reading_for("en-us", "pyttsx3", say_as)
    assert reads("SAVASANA, savasana and Śavāsana.") == "corpse pose, corpse pose and corpse pose."
    assert reads("Adho mukha svanasana") == "face down ⟦svanasana|ʃvɑːnˈɑːsənə⟧"
    assert reads("test") == "⟦test|tˈɛst⟧"


def test_each_language_and_engine_has_its_own_way() -> None:
    say_as = read_say_as({"asana": {"de": "Ahsana", "en-gb": "AH-sa-na", "en": "posture", "command": "pose"}})
    said = {
        (voice, engine): reading_for(voice, engine, say_as)("Asana.")
        for voice, engine in (
            ("de", "pyttsx3"),
            ("en-us", "pyttsx3"),
            ("en-gb", "tone"),
            ("en-us", "command"),
            ("fr", "x"),
        )
    }
    assert said == {
        ("de", "pyttsx3"): "Ahsana.", ("en-us", "pyttsx3"): "posture.", ("en-gb", "tone"): "⟦Asana|ˈɑːsənə⟧.",
        ("en-us", "command"): "pose.", ("fr", "x"): "Asana.",
    }  # fmt: skip
