"""From what is in a cell to what an overlay takes: numbers, yes and no, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from audioguide.listener.options import Options

YES = frozenset({"yes", "y", "true", "1", "x", "on", "ja", "wahr", "oui", "vrai", "si", "sí"})
NO = frozenset({"no", "n", "false", "0", "off", "nein", "falsch", "non", "faux"})
_TYPES = {each.name: each.type for each in fields(Options)}
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?")
# What a spreadsheet would run. A text that begins so was written with a ' in front, and is read without it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DECIBELS = frozenset({"chime_volume", "bed_volume"})


def is_formula(value: object) -> bool:
    """Return whether a cell holds a formula in place of its value."""
    return isinstance(value, str) and value.lstrip().startswith("=")


def text_of(value: object) -> str:
    """Return a cell as text, without the ' that keeps a spreadsheet from running it."""
    text = f"{value:.9g}" if isinstance(value, float) else str(value)
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def option_value(option: str, value: object) -> Any:
    """Return what an overlay has for `option`; what does not fit stays as it is, for the check to name it."""
    if isinstance(value, Mapping | list):
        return value
    kinds = get_args(_TYPES[option]) or (_TYPES[option],)
    if bool in kinds:
        return _yes_or_no(value)
    if int in kinds or float in kinds or option in DECIBELS:
        return _number(value, whole=int in kinds)
    text = text_of(value)
    if option == "skip":
        return [each.strip() for each in re.split(r"[;|\n]", text) if each.strip()]
    if option == "say_as":
        return pairs(text)
    return " ".join(text.split()) if text else None


def setting_value(value: object) -> Any:
    """Return what an overlay has for a setting: a count, or a time such as "17,5s"."""
    if isinstance(value, Mapping | list | bool):
        return value
    text = text_of(value)
    if re.fullmatch(r"\d{1,9}([.,]0+)?", text):
        return int(re.split(r"[.,]", text)[0])
    return text


def pairs(text: str) -> Any:
    """Return "hold=25s; reps=3" as a mapping; a text that is not of that form stays as it is."""
    parts = [each.partition("=") for each in re.split(r"[;|\n]", text) if each.strip()]
    if not all(name.strip() and value.strip() for name, _, value in parts):
        return text
    return {name.strip(): value.strip() for name, _, value in parts}


def _yes_or_no(value: object) -> Any:
    if isinstance(value, bool):
        return value
    text = text_of(value).casefold()
    return True if text in YES else False if text in NO else value


def _number(value: object, *, whole: bool) -> Any:
    if isinstance(value, bool):
        return value
    text = re.sub(r"\s*dB$", "", text_of(value).replace("\N{MINUS SIGN}", "-"), flags=re.IGNORECASE)
    if not _NUMBER.fullmatch(text):
        return value
    number = float(text.replace(",", "."))
    return int(number) if whole and number.is_integer() else number
