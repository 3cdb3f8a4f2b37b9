"""One file to hand over: all in it, nothing from elsewhere, and every text escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from audioguide.compiler.estimate import estimated
from audioguide.export.handout.moments import moments
from audioguide.export.handout.page import handout
from audioguide.script.layout import Timeline
from audioguide.script.script import Script

STEPS = """
  - say: Rest your hands.
  - sides: [left]
    steps:
      - hold: 20s
  - rest: 8s
  - breathe: {cycles: 2, in: 4s, out: 6s, voice: none}
  - say: </script><b>&
"""
SOUND = bytes(range(256)) * 9000  # longer than what becomes Base64 at once


@pytest.fixture
def timeline(script: Callable[..., Script]) -> Timeline:
    return estimated(replace(script(STEPS), remark="For <you> & yours"))


def page(timeline: Timeline) -> str:
    return "".join(handout(timeline, [SOUND[:1001], SOUND[1001:900_001], SOUND[900_001:]]))


def data(text: str) -> Any:
    return json.loads(html.fromstring(text).get_element_by_id("data").text_content())


def test_the_sound_is_in_it_byte_for_byte(timeline: Timeline) -> None:
    address = html.fromstring(page(timeline)).get_element_by_id("audio").get("src")
    kind, _, written = address.partition(",")
    assert kind == "data:audio/mpeg;base64"
    assert base64.b64decode(written, validate=True) == SOUND


def test_it_shows_what_is_said_held_and_breathed_at_its_moment(timeline: Timeline) -> None:
    shown = data(page(timeline))["moments"]
    kinds = [each["k"] for each in shown]
    assert kinds == ["say", "rest", "hold", "rest", "in", "out", "in", "out", "say"]
    hold = shown[2]
    assert (hold["t"], hold["a"], hold["e"] - hold["s"]) == ("Hold 20 s", "left side", pytest.approx(20))
    assert [round(each["e"] - each["s"]) for each in shown[4:6]] == [4, 6]


def test_without_its_script_the_words_and_a_player_are_there(timeline: Timeline) -> None:
    tree = html.fromstring(page(timeline))
    lines = [item.text_content() for item in tree.get_element_by_id("words").iter("li")]
    assert lines == [
        "Rest your hands.", "Get ready 4 s", "Hold 20 s, left side", "Rest 8 s", "Breathe with the tones",
        "</script><b>&",
    ]  # fmt: skip
    assert tree.get_element_by_id("audio").get("controls") is not None
    assert "For <you> & yours" in tree.text_content()


def test_no_text_of_a_routine_can_end_the_script(timeline: Timeline) -> None:
    text = page(timeline)
    assert text.count("</script>") == 2
    assert "<b>" not in text
    assert data(text)["moments"][-1]["t"] == "</script><b>&"


def test_nothing_else_may_run_or_load(timeline: Timeline) -> None:
    text = page(timeline)
    policy = html.fromstring(text).xpath("//meta[@http-equiv]")[0].get("content")
    [script] = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r'(?:src|href)="(?!data:)', text)


def test_a_short_rest_is_not_shown(script: Callable[..., Script]) -> None:
    found = list(moments(estimated(script("  - say: One.\n  - rest: 1s\n  - say: Two."))))
    assert [each.text for each in found] == ["One.", "Two."]
