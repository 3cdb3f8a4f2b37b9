"""Make me a session, in a browser: wishes, a session, its sound, its file."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audioguide.verifier.proof import prove
from tests.conftest import CHROMIUM
from tests.web.conftest import Running, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the page is tried in a browser by playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="and looked over by axe")

pytestmark = [
    pytest.mark.slow,  # the whole library is measured once
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
    # Of the browser's own pipes, when it ends before the test does.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SIZES = {"phone": (360, 780), "screen": (1280, 800)}
SESSION = "/compose?for=neck&for=shoulders&length=5&position=on+a+chair&make=1"

MINDED = SESSION.replace("&make", "&mind=high+blood+pressure&make")


@pytest.fixture(params=SIZES)
def tab(request: pytest.FixtureRequest, chromium: Browser, server: Running) -> Iterator[Page]:
    """Open a tab of each size, with the link that lets in."""
    wide, high = SIZES[request.param]
    context = chromium.new_context(
        viewport={"width": wide, "height": high}, base_url=server.at, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(server.link)
    page.wait_for_url(f"{server.at}/")
    yield page
    context.close()


def test_wishes_become_a_session_that_plays_and_whose_mp3_verifies_strictly(
    tab: Page, tmp_path: Path
) -> None:
    tab.get_by_role("link", name="Make me a session").click()
    tab.get_by_role("checkbox", name="neck", exact=True).check()
    tab.get_by_role("group", name="Parts of the body").get_by_label("In your own words").fill("sholders")
    tab.get_by_label("Length in minutes").fill("5")
    tab.locator("summary", has_text="Only in these positions").click()
    tab.get_by_role("group", name="Only in these positions").get_by_role(
        "checkbox", name="on a chair"
    ).check()
    tab.get_by_role("button", name="Make my session").click()
    playwright.expect(tab.get_by_role("alert")).to_contain_text("did you mean 'shoulders'?")
    words = tab.get_by_role("group", name="Parts of the body").get_by_label("In your own words")
    playwright.expect(words).to_have_attribute("aria-invalid", "true")
    words.fill("")
    tab.get_by_role("checkbox", name="shoulders", exact=True).check()
    tab.get_by_role("button", name="Make my session").click()

    playwright.expect(tab.get_by_role("heading", level=1)).to_have_text("Neck and shoulders, 5 minutes")
    playwright.expect(tab.locator("#clock")).to_have_text("5:00")
    assert tab.locator(".why li").count() >= 2
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.get_by_role("button", name="Play", exact=True).click()
    wait_for(tab, "document.getElementById('audio').currentTime > 0.2")
    tab.get_by_role("button", name="Pause").click()
    with tab.expect_download() as sound:
        tab.get_by_role("link", name="Download MP3").click()
    with tab.expect_download() as text:
        tab.get_by_role("link", name="Download as YAML").click()
    assert text.value.suggested_filename == "neck-and-shoulders-5-minutes.yaml"
    session = tmp_path / "session.yaml"
    text.value.save_as(session)
    sound.value.save_as(tmp_path / "session.mp3")
    command = ["-m", "audioguide", "compile", str(session), "--engine", "tone", "-o", str(tmp_path)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    proof = prove(tmp_path / "session.mp3", tmp_path / "session.script.json")
    assert proof.stands(strict=True), proof.faults


def test_whom_to_ask_is_seen_before_the_reasons(tab: Page) -> None:
    tab.goto(SESSION.replace("&make", "&mind=pregnant&make"))
    before = tab.get_by_role("region", name="Before you begin")
    playwright.expect(before).to_contain_text(
        "Ask your midwife or doctor before you follow it: you named pregnant."
    )
    playwright.expect(before).to_contain_text("Stop and get help if you bleed, or feel contractions.")
    why = tab.get_by_role("region", name="Why each part is here").bounding_box()
    box = before.bounding_box()
    assert box
    assert why
    assert box["y"] < why["y"]
    playwright.expect(tab.get_by_role("list", name="Safety")).to_contain_text("not medical advice")


def test_a_session_is_saved_under_a_name_with_the_keyboard_alone(tab: Page) -> None:
    tab.goto(SESSION)
    name = f"neck-{tab.viewport_size and tab.viewport_size['width']}"
    tab.get_by_label("Save as yours").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(name)
    tab.keyboard.press("Enter")
    said = tab.locator("#kept")
    playwright.expect(said).to_contain_text(re.compile(rf"Saved as .*{name}\.yaml"))
    tab.keyboard.press("Tab")
    tab.get_by_label("Save as yours").press("Enter")
    playwright.expect(said).to_contain_text("already")
    tab.goto(f"/routine/{name}")
    playwright.expect(tab.locator("#clock")).to_have_text("5:00")


def test_without_script_the_form_and_the_player_do(chromium: Browser, server: Running) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=server.at)
    page = context.new_page()
    page.goto("/compose")
    page.get_by_role("checkbox", name="neck", exact=True).check()
    page.get_by_label("Length in minutes").fill("8")
    page.get_by_role("button", name="Make my session").click()
    playwright.expect(page.locator("#clock")).to_have_text("8:00")
    before = page.locator(".why").inner_text()
    page.get_by_role("link", name="Another one").click()
    playwright.expect(page.locator(".why")).not_to_have_text(before, use_inner_text=True)
    assert page.locator("audio").get_attribute("controls") is not None
    assert page.get_by_label("Save as yours").is_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("path", ["/compose", "/compose?for=nekc&length=3&make=1", SESSION, MINDED])
def test_axe_finds_nothing(path: str, scheme: Any, chromium: Browser, server: Running) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 780}, color_scheme=scheme, base_url=server.at, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(path)
    for summary in page.locator("summary").all():
        summary.click()
    found = axe.Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_what_is_ticked_is_seen_in_forced_colours(chromium: Browser, server: Running) -> None:
    context = chromium.new_context(forced_colors="active", base_url=server.at)
    page = context.new_page()
    page.goto("/compose")
    tick = page.locator(".tick", has_text="neck").first
    tick.get_by_role("checkbox").check()
    assert tick.evaluate("it => getComputedStyle(it).borderTopWidth") == "2px"
    context.close()
