"""Texts that nobody would write, and somebody will: for a voice that dies of some of them."""

from __future__ import annotations

import random
from collections.abc import Callable

CONTROLS = [chr(code) for code in (*range(32), *range(0x7F, 0xA0))]
BIDI = ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
EMOJI = ["😀", "🧘", "🏽", "👩‍⚕️", "❤️", "🇩🇪", "🏳️‍🌈", "☯", "⏱️", "✅", "1️⃣", "🫁"]
WORDS = [
    "lie",
    "down",
    "your",
    "back",
    "and",
    "breathe",
    "in",
    "slowly",
    "let",
    "the",
    "left",
    "knee",
    "sink",
]
OTHER = [
    "שכב על הגב",
    "استلق على ظهرك",
    "仰向けに寝て",
    "Ляг на спину",
    "ลงนอน",
    "पीठ के बल",
    "Ξάπλωσε",
    "누워서",
]
TAGS = [
    "<audio src='/etc/passwd'/>", "<speak>", "</speak>", "<break time='600s'/>", "<prosody rate='x-slow'>",
    "<!-- x", "<?xml version='1.0'?>", "&lt;b&gt;", "&#0;", "&#x202e;", "]]>", "<![CDATA[", "<s><s><s>",
    "<mark name='a'/>", "<voice name='en+f3'>",
]  # fmt: skip
PHONEMES = [
    "[[",
    "]]",
    "[[h@l'oU]]",
    "[[[[",
    "[[ [[",
    "[\u200b[",
    "[\x00[",
    "[[_::_::_]]",
    "[[%%%",
    "((",
    "|||",
]
ESPEAK = [
    "\x01200A",
    "\x01 20A",
    "\x0115R",
    "\x01P",
    "\x01+10P",
    "\x01V",
    "\x01\x01",
    "\x00",
    "\\",
    "`",
    "$(id)",
]


def words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 12))).capitalize() + "."


def strewn(chance: random.Random, signs: list[str], most: int = 12) -> str:
    """Return words with some of `signs` anywhere between and inside of them."""
    text = list(words(chance))
    for _ in range(chance.randint(1, most)):
        text.insert(chance.randint(0, len(text)), chance.choice(signs))
    return "".join(text)


def repeated(chance: random.Random) -> str:
    part = chance.choice(
        ["s'", "s' ", "'s", "a'", "!", "?!", "...", "-", "1", "9,", "ab", "I'", '"', "x.", "%", "°C "]
    )
    return part * chance.choice([1, 5, 20, 49, 50, 51, 100, 125, 166, 220, 250])


def anything(chance: random.Random) -> str:
    codes = (chance.choice([0x7F, 0x2FF, 0xFFFF, 0x10FFFF]) for _ in range(chance.randint(1, 60)))
    return "".join(chr(chance.randint(1, most)) for most in codes)  # halves of pairs among them


def stacked(chance: random.Random) -> str:
    marks = "".join(chr(chance.randint(0x300, 0x36F)) for _ in range(chance.randint(1, 90)))
    return words(chance)[: chance.randint(1, 20)] + marks + " and breathe."


def long(chance: random.Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice("asz1é漢") * chance.choice([39, 40, 41, 500, 4096])
    if kind == 1:
        return "".join(chance.choices("bcdfghaeiou'-", k=chance.choice([40, 41, 4096])))
    if kind == 2:
        return " ".join(words(chance) for _ in range(60))[: chance.choice([499, 500, 501, 4096])]
    return "".join(
        f"{chance.choice('abcdefghij')}{chance.choice(['-', '/', '_', chr(39)])}" for _ in range(19)
    )


KINDS: dict[str, Callable[[random.Random], str]] = {
    "controls": lambda chance: strewn(chance, CONTROLS),
    "commands": lambda chance: strewn(chance, ESPEAK),
    "bidi": lambda chance: strewn(chance, BIDI),
    "emoji": lambda chance: strewn(chance, EMOJI),
    "phonemes": lambda chance: strewn(chance, PHONEMES),
    "tags": lambda chance: strewn(chance, TAGS),
    "other scripts": lambda chance: strewn(chance, OTHER, most=3),
    "nothing to say": lambda chance: "".join(chance.choices([*CONTROLS, *BIDI, " ", ".", "\u00a0"], k=9)),
    "repeated": repeated,
    "anything": anything,
    "stacked": stacked,
    "long": long,
}


def texts(count: int, chance: random.Random) -> list[str]:
    """Return `count` texts, as many of each kind."""
    return [make(chance) for _, make in zip(range(count), _round(), strict=False)]


def _round() -> list[Callable[[random.Random], str]]:
    return list(KINDS.values()) * 1000
