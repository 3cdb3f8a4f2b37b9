"""The page that builds, in a browser: from a pasted leaflet to the file, with mouse, keyboard and text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import CHROMIUM
from tests.slow import first
from tests.web.conftest import Running, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the page is tried in a browser by playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="and looked over by axe")

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
    # Of the browser's own pipes, when it ends before the test does.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SIZES = {"screen": (1280, 800), "phone": (360, 780)}
PLAYS = "(at => !at.paused && at.currentTime > 0.3)(document.getElementById('audio'))"
SLOW = """(quick => {
    window.fetch = async (...of) => { await new Promise((go) => setTimeout(go, 300)); return quick(...of); };
})(fetch)"""
LEAFLET = """\
Three exercises for the evening

1. Knee to chest
Lie on your back with your knees bent. Pull one knee towards your chest. Hold for 15 to 20 seconds.
Repeat with the other leg.

2. Pelvic tilt
Lie on your back with your knees bent. Press your lower back into the floor. Hold for 5 seconds, then
relax. Repeat 3 times.

3. Side bend
Stand with your feet apart. Slide one hand down the side of your leg and pause. Repeat a few times.
"""


@pytest.fixture(params=first(1, SIZES))
def tab(request: pytest.FixtureRequest, chromium: Browser, server: Running) -> Iterator[Page]:
    """Open a tab of each size, let in by the link; what its console says in the end must be nothing."""
    wide, high = SIZES[request.param]
    context = chromium.new_context(
        viewport={"width": wide, "height": high}, base_url=server.at, reduced_motion="reduce"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(60_000)
    assert page.request.get(server.link, max_redirects=0).ok  # it sets the cookie
    yield page
    context.close()
    assert said == []


def _new(page: Page, name: str) -> None:
    """Open the page for a routine that no test at another size has saved."""
    assert page.viewport_size
    page.goto(f"/own/{name}-{page.viewport_size['width']}")
    playwright.expect(page.get_by_role("status")).to_contain_text("No fault")


def _card(page: Page, words: str) -> Locator:
    """Return the innermost card that has `words` in its name."""
    return page.get_by_role("group", name=words).last


def _text(page: Page) -> str:
    return page.locator("#text").input_value()


@pytest.mark.slow
def test_a_pasted_leaflet_becomes_a_routine_that_is_corrected_heard_and_saved(
    tab: Page, server: Running, tmp_path: Path
) -> None:
    _new(tab, "evening")
    tab.locator("summary", has_text="Paste exercises").click()
    tab.get_by_label("The text, in English").fill(LEAFLET)
    tab.get_by_role("button", name="Find the exercises").click()
    playwright.expect(tab.get_by_role("status")).to_contain_text("Side bend (hold")
    assumed = tab.get_by_role("group", name="Assumed: reps 3")
    playwright.expect(assumed).to_contain_text("Repeat a few times.")
    before = tab.locator("#clock").inner_text()
    assumed.get_by_label("In place of 3").fill("2")
    assumed.get_by_role("button", name="Change reps").click()
    playwright.expect(assumed).to_have_count(0)
    playwright.expect(tab.locator("#clock")).not_to_have_text(before)
    assert re.search(r"reps_3: \{default: 2,", _text(tab))
    assert "Assumed: reps" not in _text(tab)

    tilt = _card(tab, "Repeat 9: $reps_2")
    tilt.get_by_role("combobox", name="Add a step into").select_option("hold")
    tilt.get_by_role("button", name="Add a step into").click()
    hold = _card(tab, "Hold 4: $hold")
    hold.get_by_label("Hold", exact=True).fill("7")
    hold.get_by_label("Hold", exact=True).press("Tab")
    playwright.expect(_card(tab, "Hold 4: 7s")).to_be_visible()

    title = _card(tab, "Chapter 6: Pelvic tilt")
    title.focus()
    tab.keyboard.press("Alt+ArrowUp")
    playwright.expect(_card(tab, "Chapter 5: Pelvic tilt")).to_be_visible()
    wait_for(tab, "document.activeElement.closest('[data-path]')?.dataset.path === 'steps.4'")
    assert _text(tab).index("- chapter: Pelvic tilt") < _text(tab).index("- rest: $rest")

    tab.get_by_role("button", name="Save", exact=True).click()
    playwright.expect(tab.get_by_role("status")).to_have_text("Saved.")
    start = _play(tab, _card(tab, "Hold 4: 7s"))
    assert start > 60
    with tab.expect_download() as sound:
        tab.get_by_role("link", name="Download MP3").click()
    sound.value.save_as(tmp_path / "page.mp3")
    path = Path(re.search(r"saved as (.*)", tab.locator(".top .hint").inner_text(), re.I)[1])  # type: ignore[index]
    assert path.read_text() == _text(tab)
    command = ["-m", "audioguide", "render", str(path), "--engine", "tone", "-o", str(tmp_path / "made.mp3")]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    assert (tmp_path / "made.mp3").read_bytes() == (tmp_path / "page.mp3").read_bytes()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _play(page: Page, card: Locator) -> float:
    """Play from a card, and return the second of the routine at which it is heard."""
    card.get_by_role("button", name="Play from here").last.click()
    wait_for(page, PLAYS)
    page.wait_for_timeout(300)
    minutes, seconds = page.locator("#at").inner_text().split(":")
    page.get_by_role("button", name="Pause").click()
    return int(minutes) * 60 + int(seconds)


@pytest.mark.slow
def test_undo_redo_and_reload_lose_nothing(tab: Page) -> None:
    _new(tab, "undone")
    before = _text(tab)
    tab.get_by_role("button", name="Copy").first.click()
    playwright.expect(tab.locator("#text")).not_to_have_value(before)
    after = _text(tab)
    tab.get_by_role("button", name="Undo").click()
    playwright.expect(tab.locator("#text")).to_have_value(before)
    tab.get_by_role("button", name="Redo").click()
    playwright.expect(tab.locator("#text")).to_have_value(after)
    tab.reload()
    playwright.expect(tab.locator("#text")).to_have_value(after)
    playwright.expect(tab.locator("#notices")).to_contain_text("had not saved are back")
    tab.get_by_role("button", name="Take the saved text").click()
    playwright.expect(tab.locator("#text")).to_have_value(before)


@pytest.mark.slow
def test_a_second_tab_is_warned_and_saves_over_nothing(tab: Page) -> None:
    _new(tab, "twice")
    other = tab.context.new_page()
    _new(other, "twice")
    playwright.expect(other.locator("#notices")).to_contain_text("open in another tab")
    assert tab.locator("#notices").inner_text() == ""
    tab.get_by_role("button", name="Save", exact=True).click()
    playwright.expect(tab.get_by_role("status")).to_have_text("Saved.")
    playwright.expect(other.locator("#notices")).to_contain_text("has saved this routine")
    other.get_by_role("button", name="Copy").first.click()
    other.get_by_role("button", name="Save", exact=True).click()
    playwright.expect(other.locator("#notices")).to_contain_text("was changed elsewhere")
    other.get_by_role("button", name="Save mine over it").click()
    playwright.expect(other.get_by_role("status")).to_have_text("Saved.")
    other.close()


@pytest.mark.slow
def test_nothing_moves_between_press_and_release(tab: Page) -> None:
    _new(tab, "pressed")
    before = _text(tab)
    tab.evaluate(SLOW)
    tab.get_by_role("button", name="Copy").first.click()
    tab.get_by_role("button", name="Save", exact=True).hover()
    tab.mouse.down()
    tab.wait_for_timeout(600)  # the answer arrives in this time, with a step more
    assert _text(tab) == before
    tab.mouse.up()
    playwright.expect(tab.get_by_role("status")).to_have_text("Saved.")
    assert _text(tab) != before


@pytest.mark.slow
def test_a_lost_network_is_reported_and_the_change_comes_when_it_is_back(tab: Page) -> None:
    _new(tab, "lost")
    before = _text(tab)
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Copy").first.click()
    playwright.expect(tab.get_by_role("status")).to_contain_text("No connection")
    assert _text(tab) == before
    tab.context.set_offline(False)
    playwright.expect(tab.locator("#text")).not_to_have_value(before)


@pytest.mark.slow
def test_a_text_pasted_without_a_network_is_there_after_a_reload_until_its_exercises_are_found(
    tab: Page,
) -> None:
    _new(tab, "waiting")
    tab.locator("summary", has_text="Paste exercises").click()
    tab.context.set_offline(True)
    tab.get_by_label("The text, in English").fill(LEAFLET)
    tab.get_by_role("button", name="Find the exercises").click()
    playwright.expect(tab.get_by_role("status")).to_contain_text("No connection")
    tab.context.set_offline(False)
    tab.reload()
    pasted = tab.get_by_label("The text, in English")
    playwright.expect(pasted).to_have_value(LEAFLET)
    tab.get_by_role("button", name="Find the exercises").click()
    playwright.expect(tab.get_by_role("status")).to_contain_text("Side bend (hold")
    tab.reload()
    playwright.expect(tab.locator("#notices")).to_contain_text("had not saved are back")
    playwright.expect(pasted).to_have_value("")


@pytest.mark.slow
def test_a_fault_stands_at_its_card_with_a_fix(tab: Page) -> None:
    _new(tab, "faulty")
    tab.locator("summary", has_text="The same as text").click()
    tab.locator("#text").fill("title: Mine\nsteps:\n  - say: Go.\n    setle: 5s\n  - hold: 20s\n")
    fix = tab.locator('[data-path="steps.0"]').get_by_role("button", name="Write “settle”")
    fix.click()
    playwright.expect(tab.locator("#text")).to_have_value(re.compile("    settle: 5s"))
    tab.locator("#text").fill("title: [\n")
    playwright.expect(tab.locator("#findings")).to_contain_text("is not closed")
    playwright.expect(tab.locator("#cards")).to_have_class(re.compile("stale"))


@pytest.mark.slow
def test_every_field_of_every_step_opens_without_an_error_and_axe_finds_nothing(tab: Page) -> None:
    _new(tab, "all-steps")
    kinds = tab.locator("#add select option").evaluate_all("all => all.map(each => each.value)")
    assert len(kinds) == 13
    for kind in kinds:
        tab.locator("#add select").select_option(kind)
        count = tab.locator("#cards > li").count()
        tab.locator("#add").get_by_role("button").click()
        playwright.expect(tab.locator("#cards > li")).to_have_count(count + 1)
        card = tab.locator("#cards > li").last
        card.locator(".step > .more > summary").first.click()
        shown = card.locator(".more [data-key], .mains [data-key]")
        playwright.expect(shown.nth(2), kind).to_be_attached()  # more than two fields
    tab.locator("#about > summary").click()
    unnamed = "all => all.filter(each => !each.labels?.length && !each.ariaLabel).map(each => each.outerHTML)"
    assert tab.locator("main :is(input, select, textarea)").evaluate_all(unnamed) == []


@pytest.mark.slow
@pytest.mark.parametrize("how", [{"color_scheme": "dark"}, {"color_scheme": "light"}])
def test_axe_finds_nothing(how: dict[str, Any], chromium: Browser, server: Running) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 780}, base_url=server.at, bypass_csp=True, **how
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    assert page.request.get(server.link, max_redirects=0).ok  # it sets the cookie
    page.goto("/own/axe")
    page.locator("#cards > li").first.wait_for()
    for summary in page.locator("main > details > summary, .more > summary").all():
        summary.click()
    found = axe.Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], [node["html"][:150] for node in each["nodes"]][:4]) for each in found] == []
