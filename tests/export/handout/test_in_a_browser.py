"""The page to hand over in Chromium, from a disk and offline, on a phone and on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audioguide.export.handout.page import handout
from audioguide.pipeline.stream import stream
from audioguide.script.script import Script, VoiceChoice
from tests.conftest import CHROMIUM
from tests.slow import first

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the page is tried in a browser by playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="and looked over by axe")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
STEPS = """
  - say: Rest your hands.
  - sides: [left]
    steps:
      - hold: 20s
  - breathe: {cycles: 2, in: 4s, out: 6s, voice: none}
  - sides: [right]
    steps:
      - hold: 20s
"""
SHOWN: dict[str, tuple[int, int, Any]] = {
    "phone": (360, 740, "light"),
    "dark": (390, 844, "dark"),
    "screen": (1280, 800, "light"),
}


@pytest.fixture
def path(script: Callable[..., Script], tmp_path: Path) -> Path:
    made = stream(toned(script(STEPS)))
    path = tmp_path / "page.html"
    sound = made.mp3.read(0, made.mp3.size)
    path.write_text("".join(handout(made.timeline, sound)), encoding="utf-8")
    return path


def toned(script: Script) -> Script:
    return replace(script, voice=VoiceChoice(engine="tone"))


@pytest.fixture(params=first(1, SHOWN))
def tab(request: pytest.FixtureRequest, chromium: Browser, path: Path) -> Iterator[Page]:
    """Open the file offline; its console must say nothing, and nothing else is asked for."""
    wide, high, scheme = SHOWN[request.param]
    context = chromium.new_context(
        viewport={"width": wide, "height": high}, color_scheme=scheme, offline=True,
        has_touch=request.param != "screen",
    )  # fmt: skip
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(20_000)
    page.goto(path.as_uri())
    yield page
    context.close()
    assert said == []
    assert [each for each in asked if not each.startswith(("file:", "data:", "blob:"))] == []


def now(page: Page) -> Any:
    return page.evaluate("document.getElementById('audio').currentTime")


def wait_for(page: Page, what: str) -> None:
    for _ in range(400):
        if page.evaluate(what):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {what}")


def moment(page: Page, kind: str) -> float:
    found: float = page.evaluate(
        "(kind) => JSON.parse(document.getElementById('data').textContent)"
        ".moments.find((each) => each.k === kind).s",
        kind,
    )
    return found


@pytest.mark.slow
def test_it_plays_and_words_holds_and_breaths_follow(tab: Page) -> None:
    tab.get_by_role("button", name="Play", exact=True).click()
    wait_for(tab, "document.getElementById('audio').currentTime > 0.1")
    tab.get_by_role("button", name="Pause").click()
    line = tab.get_by_role("button", name="Hold 20 s, left side")
    line.click()
    wait_for(tab, "document.getElementById('count').textContent.includes('Hold, left side')")
    tab.get_by_role("button", name="Pause").click()
    assert line.get_attribute("aria-current") == "true"
    assert 0 <= now(tab) - moment(tab, "hold") < 5
    start = moment(tab, "in")
    sizes = []
    for at in (start + 0.1, start + 3.9):
        tab.evaluate(f"document.getElementById('audio').currentTime = {at}")
        wait_for(tab, f"Math.abs(document.getElementById('audio').currentTime - {at}) < 0.05")
        wait_for(tab, "document.getElementById('count').textContent.includes('Breathe in')")
        tab.wait_for_timeout(100)
        sizes.append(tab.locator("#circle").bounding_box()["width"])  # type: ignore[index]
    assert sizes[1] > 1.8 * sizes[0]
    assert tab.locator("#count").inner_text().startswith("1")


@pytest.mark.slow
def test_it_can_be_used_with_the_keyboard_and_leaps_by_parts(tab: Page) -> None:
    tab.locator("h1").click()
    tab.keyboard.press("Space")
    wait_for(tab, "!document.getElementById('audio').paused")
    tab.keyboard.press("Space")
    wait_for(tab, "document.getElementById('audio').paused")
    before = now(tab)
    tab.keyboard.press("ArrowRight")
    assert now(tab) - before == pytest.approx(5, abs=0.1)
    tab.get_by_role("button", name="15 seconds on").press("Enter")
    assert now(tab) - before == pytest.approx(20, abs=0.2)
    tab.get_by_role("button", name="Next part").click()
    after = now(tab)
    assert after > before
    tab.get_by_role("button", name="This part again").click()
    assert now(tab) <= after
    slider = tab.get_by_role("slider", name="Position")
    assert " of " in (slider.get_attribute("aria-valuetext") or "")


@pytest.mark.slow
def test_buttons_are_large_nothing_is_cut_off_and_axe_finds_nothing(tab: Page) -> None:
    for button in tab.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= tab.viewport_size["width"]  # type: ignore[index]
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = axe.Axe().run(tab)
    assert found.response["violations"] == []


@pytest.mark.slow
def test_without_scripts_the_player_of_the_browser_is_there(chromium: Browser, path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("audio").is_visible()
    assert page.get_by_text("Hold 20 s, left side").is_visible()
    assert not page.locator("#player").is_visible()
    context.close()


@pytest.mark.slow
def test_the_circle_stays_still_where_motion_is_not_wanted(chromium: Browser, path: Path) -> None:
    context = chromium.new_context(reduced_motion="reduce", offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(f"document.getElementById('audio').currentTime = {moment(page, 'in') + 0.2}")
    wait_for(page, "document.getElementById('count').textContent.includes('Breathe in')")
    assert page.evaluate("document.getElementById('circle').style.transform") == "scale(1)"
    context.close()
