"""The page in a browser, as a thumb uses it: on a phone, and on a screen."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import pytest

from tests.conftest import CHROMIUM
from tests.slow import first
from tests.web.conftest import SLOWLY, Gated, Running, running, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the page is tried in a browser by playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="and looked over by axe")

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
    # Of the browser's own pipes, when it ends before the test does.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SIZES = {"phone": (390, 844), "screen": (1280, 800)}


@pytest.fixture(params=first(1, SIZES))
def tab(request: pytest.FixtureRequest, chromium: Browser, server: Running) -> Iterator[Page]:
    """Open a tab of each size; what its console says in the end must be nothing."""
    wide, high = SIZES[request.param]
    context = chromium.new_context(
        viewport={"width": wide, "height": high}, has_touch=request.param == "phone", base_url=server.at,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def _clock(page: Page) -> str:
    return page.locator("#clock").inner_text()


def _playing_at(page: Page) -> float:
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def _wait_until_playing(page: Page, after: float = 0.2) -> None:
    wait_for(page, f"document.getElementById('audio').currentTime > {after}")


def _length(mp3: bytes, folder: Path) -> float:
    path = folder / "heard.mp3"
    path.write_bytes(mp3)
    with av.open(str(path)) as file:
        return sum(frame.samples for frame in file.decode(audio=0)) / 48_000


def _spoken(page: Page, *links: str) -> None:
    """Have the sounds of `links` spoken: they have a length from the first second on."""
    for link in links:
        assert page.request.head(f"/audio/{link}").ok


@pytest.mark.slow
def test_the_list_narrows_says_what_a_session_contains_and_keeps_what_was_played(tab: Page) -> None:
    tab.goto("/")
    shown = tab.locator("#list .cards > li:visible")
    everything = shown.count()
    assert tab.locator("#recent").is_hidden()
    tab.get_by_label("Search").fill("bridge")
    session = tab.locator('#list li[data-name="full-back-care"]')
    playwright.expect(session.locator(".contains")).to_have_text("Contains: Bridge pose")
    groups = tab.locator("#list .group:visible h2")
    playwright.expect(groups).to_have_text(["Sessions", "Lower back", "Hips and glutes"])
    tab.get_by_label("Search").fill("buttocks pain")  # only the server knows this word
    playwright.expect(tab.locator('#list li[data-name="bridge-pose"]')).to_be_visible()
    tab.get_by_label("Search").fill("")
    playwright.expect(shown).to_have_count(everything)
    playwright.expect(session.locator(".contains")).to_be_hidden()

    for name in ("cat-stretch", "cobra-pose", "cat-stretch"):
        _spoken(tab, f"{name}.mp3")
        tab.goto(f"/routine/{name}")
        tab.get_by_role("button", name="Play", exact=True).click()
        _wait_until_playing(tab)
    tab.goto("/")
    recent = tab.locator("#recent .cards > li")
    playwright.expect(recent).to_have_count(2)
    assert [each.get_attribute("data-name") for each in recent.all()] == ["cat-stretch", "cobra-pose"]
    tab.get_by_label("Search").fill("knee")
    playwright.expect(tab.locator("#recent")).to_be_hidden()


def test_choose_slide_play_leap_and_save(tab: Page, tmp_path: Path) -> None:
    tab.goto("/")
    with tab.expect_response(re.compile("/api/found")):
        tab.get_by_label("Search").fill("knee chest")
    playwright.expect(tab.locator("#list .cards > li:visible").nth(9)).to_have_count(0)
    tab.locator('#list a[href="/routine/knee-to-chest"]').click()

    before = _clock(tab)
    slider = tab.get_by_label("Each hold, slider")
    slider.fill("25")
    playwright.expect(tab.locator("#clock")).not_to_have_text(before)
    playwright.expect(tab.get_by_label("Each hold", exact=True)).to_have_value("25")
    tab.get_by_role("button", name="More: Each hold").click()
    playwright.expect(tab.get_by_label("Each hold", exact=True)).to_have_value("26")
    tab.wait_for_url(re.compile("set.hold=26"))

    _spoken(tab, "knee-to-chest.mp3?set.hold=26")
    with tab.expect_response(re.compile(r"/api/words/.*set\.hold=26")) as reported:
        tab.get_by_role("button", name="Play", exact=True).click()
    _wait_until_playing(tab)
    measured = reported.value.json()["length"]
    assert abs(tab.evaluate("document.getElementById('audio').duration") - measured) < 0.1

    places = tab.get_by_label("Go to").get_by_role("button")
    chapters = reported.value.json()["chapters"]
    assert chapters[3]["title"] == "Right side"
    start = chapters[3]["start"]
    clicked = time.monotonic()
    places.nth(3).click()
    _wait_until_playing(tab, start)
    tab.get_by_role("button", name="Pause").click()
    wait_for(tab, "document.getElementById('audio').paused")
    at = _playing_at(tab)
    assert start < at < start + 1 + time.monotonic() - clicked
    here = [number for number, each in enumerate(chapters) if each["start"] <= at][-1]
    playwright.expect(places.nth(here)).to_have_attribute("aria-current", "true")
    heard = [line for line in reported.value.json()["lines"] if start <= line["start"] <= at]
    assert heard[0]["kind"] == "say"
    playwright.expect(tab.locator("#words .here")).to_have_text(heard[-1]["text"])

    with tab.expect_download() as saved:
        tab.get_by_role("link", name="Download MP3").click()
    assert re.fullmatch(r"Knee to chest \d+\.\d\d\.mp3", saved.value.suggested_filename)
    assert _length(Path(saved.value.path()).read_bytes(), tmp_path) == pytest.approx(measured, abs=1e-6)


@pytest.mark.slow
def test_a_setting_that_is_turned_while_it_plays_is_heard_in_the_next_version(tab: Page) -> None:
    tab.goto("/routine/cat-stretch")
    _spoken(tab, "cat-stretch.mp3", "cat-stretch.mp3?guidance=chimes")
    tab.get_by_role("button", name="Play", exact=True).click()
    _wait_until_playing(tab)
    old = tab.evaluate("document.getElementById('audio').duration")
    tab.get_by_label("How much is said").select_option("chimes")
    playwright.expect(tab.get_by_role("status")).to_contain_text("Settings changed")
    tab.get_by_role("button", name="Pause").click()
    tab.get_by_role("button", name="Play the new version").click()
    wait_for(tab, f"document.getElementById('audio').duration < {old} - 5")
    _wait_until_playing(tab)


@pytest.mark.slow
def test_a_wanted_length_is_met(tab: Page) -> None:
    tab.goto("/routine/lower-back")
    tab.get_by_label("Fit to a length", exact=True).fill("23")
    playwright.expect(tab.locator("#clock")).to_have_text("23:00")
    assert "hold 20s to" in tab.locator("#fit").inner_text()
    tab.get_by_label("Fit to a length", exact=True).fill("1")
    playwright.expect(tab.get_by_role("alert")).to_contain_text("1")


def _at(page: Page, moment: float) -> None:
    page.evaluate(f"document.getElementById('audio').currentTime = {moment}")
    wait_for(page, f"Math.abs(document.getElementById('audio').currentTime - {moment}) < 0.3")


@pytest.mark.slow
def test_a_part_is_left_out_with_a_switch_and_the_link_names_it(tab: Page) -> None:
    tab.goto("/routine/morning-ten?skip.cat-cow=1")
    bend = tab.get_by_role("switch", name="Leave out Forward bend")
    playwright.expect(tab.get_by_role("switch", name="Leave out Cat cow")).to_be_checked()
    playwright.expect(bend).not_to_be_checked()
    places = tab.get_by_label("Go to").get_by_role("button")
    playwright.expect(places.filter(has_text="Forward bend")).to_have_count(1)
    bend.focus()
    tab.keyboard.press("Space")
    playwright.expect(places.filter(has_text="Forward bend")).to_have_count(0)
    tab.wait_for_url(re.compile(r"skip\.cat-cow=1&skip\.forward-bend=1"))
    assert "bend no more than halfway" not in tab.locator("#words").inner_text()
    tab.reload()
    playwright.expect(bend).to_be_checked()
    tab.get_by_text("Forward bend", exact=True).click()
    playwright.expect(tab.get_by_label("Go to").get_by_text("Forward bend")).to_have_count(1)


@pytest.mark.slow
def test_previous_says_the_part_again_and_twice_the_one_before(tab: Page) -> None:
    # What the button of headphones calls: the browser hands it to the page's Media Session.
    tab.add_init_script(
        "window.session = {}; const set = MediaSession.prototype.setActionHandler;"
        "MediaSession.prototype.setActionHandler = function (action, handler) {"
        " session[action] = handler; set.call(this, action, handler); }"
    )
    tab.goto("/routine/knee-to-chest")
    _spoken(tab, "knee-to-chest.mp3")
    with tab.expect_response(re.compile("/api/words/")) as reported:
        tab.get_by_role("button", name="Play", exact=True).click()
    _wait_until_playing(tab)
    starts = [each["start"] for each in reported.value.json()["chapters"]]
    tab.get_by_role("button", name="Pause").click()
    wait_for(tab, "!!window.session.previoustrack")
    for press in ("document.getElementById('again').click()", "session.previoustrack()"):
        _at(tab, starts[3] + 9)
        tab.evaluate(press)
        assert _playing_at(tab) == pytest.approx(starts[3], abs=0.1)
        tab.evaluate(press)
        assert _playing_at(tab) == pytest.approx(starts[2], abs=0.1)
        tab.evaluate(press)
        assert _playing_at(tab) == pytest.approx(starts[1], abs=0.1)
        _at(tab, starts[3] + 1)  # it has hardly begun
        tab.evaluate(press)
        assert _playing_at(tab) == pytest.approx(starts[2], abs=0.1)
        _at(tab, 1)
        tab.evaluate(press)
        assert _playing_at(tab) == 0
    tab.evaluate("session.nexttrack()")
    assert _playing_at(tab) == pytest.approx(starts[1], abs=0.1)


@pytest.mark.slow
def test_sliders_follow_a_fit_until_they_are_chosen(tab: Page) -> None:
    tab.goto("/routine/lower-back")
    hold = tab.get_by_label("Each knee and hamstring stretch", exact=True)
    slider = tab.get_by_label("Each knee and hamstring stretch, slider")
    playwright.expect(hold).to_have_value("20")
    fit = tab.get_by_label("Fit to a length", exact=True)
    with tab.expect_response(re.compile(r"/api/look/.*minutes=22")) as reported:
        fit.fill("22")
    found = reported.value.json()["controls"]["hold"]
    assert found != "20"
    playwright.expect(hold).to_have_value(found)
    playwright.expect(slider).to_have_value(found)
    playwright.expect(slider).to_have_attribute("aria-valuetext", f"{found} seconds")
    assert "set.hold" not in tab.url
    slider.fill("22")
    tab.wait_for_url(re.compile("set.hold=22"))
    with tab.expect_response(re.compile(r"/api/look/.*minutes=20")):
        fit.fill("20")
    tab.wait_for_timeout(200)
    assert hold.input_value() == "22"
    fit.fill("")
    tab.wait_for_url(re.compile(r"^[^?]*\?set.hold=22$"))
    playwright.expect(slider).to_have_attribute("aria-valuetext", "22 seconds")


@pytest.mark.slow
def test_a_link_keeps_what_it_chooses(tab: Page) -> None:
    chosen = {"guidance": "short", "bed": "rain", "rate": "130", "minutes": "6", "set.hold": "17"}
    tab.goto("/routine/knee-to-chest?" + "&".join(f"{name}={value}" for name, value in chosen.items()))
    for _ in range(2):  # the page writes the address again, and a reload reads it
        with tab.expect_response(re.compile("/api/look/")) as looked:
            tab.reload()
        assert all(f"{name}={value}" in looked.value.url for name, value in chosen.items()), looked.value.url
        wait_for(tab, "document.getElementById('fit').textContent.length > 0")
        assert all(f"{name}={value}" in tab.url for name, value in chosen.items()), tab.url
        assert tab.locator("#guidance").input_value() == "short"
        assert tab.locator("#bed").input_value() == "rain"
    # A look from before may still be under way: wait for one without a bed, as it is written.
    with tab.expect_response(lambda each: "/api/look/" in each.url and "bed" not in each.url) as looked:
        tab.select_option("#bed", "none")
    assert "guidance=short" in looked.value.url


@pytest.mark.slow
def test_the_focus_ring_is_as_round_as_the_button(tab: Page) -> None:
    tab.goto("/routine/knee-to-chest")
    for name in ("#play", "#back", "#again", "#download"):
        radius = f"getComputedStyle(document.querySelector('{name}')).borderRadius"
        before = tab.evaluate(radius)
        tab.locator("#play").press("Shift+Tab")  # from here on, focus is shown
        tab.locator(name).focus()
        assert tab.locator(name).evaluate("each => each.matches(':focus-visible')")
        assert tab.evaluate(radius) == before
        assert tab.evaluate(f"getComputedStyle(document.querySelector('{name}')).outlineStyle") == "solid"


PAGES = (
    "/", "/routine/lower-back", "/routine/lower-back?set.hold=9999", "/plan/knee-to-chest", "/phone", "/own",
    "/own/mine", "/compose", "/practice", "/nothing-here",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("large", "size"), first(1, [("html", "200%"), ("body", "34px")]))
def test_nothing_overflows_with_text_twice_as_large(
    large: str, size: str, chromium: Browser, server: Running
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(server.link)
    page.wait_for_url(f"{server.at}/")
    for path in PAGES:
        page.goto(f"{server.at}{path}")
        page.wait_for_load_state("networkidle")
        before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
        page.add_style_tag(content=f"{large} {{ font-size: {size} !important }}")
        after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
        assert after == pytest.approx(2 * before)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        tall = (
            "[...document.querySelectorAll('.bar button')].map(each =>"
            " each.offsetHeight / parseFloat(getComputedStyle(each).fontSize)).filter(lines => lines > 4)"
        )
        assert page.evaluate(tall) == [], path  # a word in one letter a line
    context.close()


@pytest.mark.slow
def test_high_contrast_keeps_the_legend_and_the_buttons(chromium: Browser, server: Running) -> None:
    context = chromium.new_context(forced_colors="active", base_url=server.at)
    page = context.new_page()
    page.goto("/routine/lower-back")
    seen = page.evaluate(
        """() => {
            const style = (what, part) => getComputedStyle(document.querySelector(what), part);
            return {
                left: style(".k-left", "::before").backgroundColor,
                voice: style(".k-say", "::before").backgroundColor,
                drawn: style(".s-left").fill, border: style("#play").borderTopWidth,
                sign: style("#play svg").fill, behind: style("#play").backgroundColor,
            };
        }"""
    )
    context.close()
    assert seen["left"] == seen["drawn"]
    assert seen["left"] != seen["voice"]
    assert seen["border"] == "3px"
    assert seen["sign"] != seen["behind"]


@pytest.mark.slow
@pytest.mark.parametrize("secure", [True, False])
def test_an_address_is_copied(secure: bool, chromium: Browser, server: Running) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    if not secure:  # as on a phone in the network: plain HTTP has no clipboard
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(server.link)
    page.wait_for_url(f"{server.at}/")
    page.goto(f"{server.at}/phone")
    page.get_by_role("button", name="Copy the address: Podcast of all routines").click()
    playwright.expect(page.get_by_role("status")).to_have_text("Copied.")
    shown = page.locator(".address").last.inner_text()
    if secure:
        assert page.evaluate("navigator.clipboard.readText()") == shown
    else:
        assert page.evaluate("getSelection().toString()") == shown
    context.close()


@pytest.mark.slow
def test_the_keyboard_is_enough(tab: Page) -> None:
    tab.goto("/routine/knee-to-chest")
    tab.locator("#play").focus()
    tab.keyboard.press("Enter")
    _wait_until_playing(tab)
    tab.keyboard.press("Space")
    wait_for(tab, "document.getElementById('audio').paused")
    before = _clock(tab)
    tab.get_by_label("Each hold, slider").focus()
    tab.keyboard.press("ArrowRight")
    playwright.expect(tab.locator("#clock")).not_to_have_text(before)


@pytest.mark.slow
def test_nothing_is_wider_than_the_screen(tab: Page) -> None:
    for path in ("/", "/routine/lower-back", "/routine/heat-move-ice"):
        tab.goto(path)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.slow
@pytest.mark.parametrize("scheme", first(1, ["dark", "light"]))
@pytest.mark.parametrize(
    "path", first(2, ["/", "/routine/lower-back", "/plan/knee-to-chest", "/nothing-here"])
)
def test_axe_finds_nothing(path: str, scheme: Any, chromium: Browser, server: Running) -> None:
    # The policy of the page lets no foreign script in, so axe is let past it.
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, base_url=server.at, bypass_csp=True
    )
    page = context.new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = axe.Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.slow
def test_without_script_a_form_a_player_and_a_link_do(chromium: Browser, server: Running) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=server.at)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search").fill("knee to chest")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url(re.compile("knee"))
    page.locator('#list a[href="/routine/knee-to-chest"]').click()
    before = _clock(page)
    page.get_by_label("Each hold", exact=True).fill("26")
    page.get_by_role("button", name="Update").click()
    playwright.expect(page.locator("#clock")).not_to_have_text(before)
    assert page.locator("audio").get_attribute("controls") is not None
    source = page.locator("audio").get_attribute("src") or ""
    assert "set.hold=26" in source
    assert context.request.get(source).headers["content-type"] == "audio/mpeg"
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download MP3").click()
    assert Path(saved.value.path()).stat().st_size > 1_000_000
    context.close()


TRICKS = [
    "<script>window.caught=1</script>", "<img src=x onerror=window.caught=1>", "]]><b>", "&lt;b&gt;",
    '" onload="window.caught=1', "'-window.caught--'", "<svg onload=window.caught=1>", "{{ 7*7 }}",
    "javascript:window.caught=1",
    "</textarea><script>caught=1</script>", "</title><script>caught=1</script>",
]  # fmt: skip


@pytest.mark.slow
def test_a_stranger_s_titles_run_nothing(
    chromium: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with running(tmp_path) as started:
        for number, trick in enumerate(TRICKS):
            said = json.dumps(trick)
            (tmp_path / "own" / f"trick-{number}.yaml").write_text(
                f"title: {said}\nsummary: {said}\nposition: {said}\nbody: [{said}]\nequipment: [{said}]\n"
                f"source: {{name: {said}}}\n"
                f"settings: {{hold: {{default: 5s, min: 4s, max: 9s, label: {said}}}}}\n"
                f"steps:\n  - chapter: {said}\n  - say: Hello.\n  - hold: $hold\n"
            )
        context = chromium.new_context(base_url=started.at, bypass_csp=True)  # escaping alone has to do
        page = context.new_page()
        page.goto("/", timeout=120_000)  # it lists the library
        for number, trick in enumerate(TRICKS):
            page.goto(f"/routine/trick-{number}")
            assert page.locator("h1").inner_text() == trick, page.locator("main").inner_text()
            wait_for(page, "!!document.querySelector('#places button')")
            assert page.evaluate("window.caught") is None
            assert page.locator("img, svg[onload], b").count() == 0
        context.close()


@pytest.mark.slow
def test_a_page_from_elsewhere_reads_and_changes_nothing(chromium: Browser, server: Running) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.link)  # the cookie is there, and still
    page.wait_for_url(f"{server.at}/")
    page.goto("data:text/html,<title>elsewhere</title>")
    reply = page.evaluate(
        """async (at) => {
            const tries = [["GET", {}], ["POST", {"content-type": "text/plain"}],
                           ["PUT", {"content-type": "application/json", "x-audioguide": "1"}]];
            const seen = [];
            for (const [method, headers] of tries) {
                try {
                    const how = {method, headers, credentials: "include"};
                    seen.push((await fetch(at + "/api/own/mine", how)).status);
                } catch { seen.push("refused") }
            }
            return seen;
        }""",
        server.at,
    )
    assert reply == ["refused"] * 3
    context.close()


@pytest.mark.slow
def test_a_routine_is_written_fixed_and_heard(chromium: Browser, server: Running) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(server.link)
    page.wait_for_url(f"{server.at}/")
    page.get_by_role("link", name="Your own routines").click()
    page.get_by_label("A new one").fill("evening")
    page.get_by_role("button", name="Write it").click()
    playwright.expect(page.get_by_role("status")).to_contain_text("No fault")
    page.locator("summary", has_text="The same as text").click()
    text = page.get_by_label("The routine, as YAML")
    good = text.input_value()
    text.fill(good.replace("    settle: 8s\n", "    setle: 8s\n", 1))
    fault = page.locator("#faults").get_by_role("button", name="setle")
    playwright.expect(fault).to_contain_text("did you mean 'settle'")
    line = good.split("    settle: 8s\n")[0].count("\n") + 1
    assert f"Line {line}:" in fault.inner_text()
    assert page.locator("#numbers .bad").inner_text().strip() == str(line)
    fault.click()
    assert page.evaluate("getSelection().toString()") == "setle: 8s"
    page.get_by_role("button", name="Save").click()
    playwright.expect(page.get_by_role("status")).to_contain_text("Not saved")
    assert axe.Axe().run(page).response["violations"] == []
    text.fill(good)
    page.get_by_role("button", name="Save").click()
    playwright.expect(page.get_by_role("status")).to_have_text("Saved.")
    page.get_by_role("link", name="Listen").click()
    page.get_by_role("button", name="Play", exact=True).click()
    _wait_until_playing(page)
    page.goto(f"{server.at}/own/evening")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove this routine").click()
    page.wait_for_url(f"{server.at}/own")
    assert page.get_by_role("link", name="evening").count() == 0
    context.close()


@pytest.mark.slow
def test_a_phone_in_the_network_comes_in_by_the_link_and_listens(chromium: Browser, tmp_path: Path) -> None:
    with running(tmp_path, "--lan") as started:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=started.at)
        page = context.new_page()
        said: list[str] = []
        assert context.request.get("/").status == 403
        page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
        page.goto(started.link, timeout=120_000)  # it lists the library
        page.wait_for_url(f"{started.at}/")
        page.locator('#list a[href="/routine/cat-stretch"]').click()
        page.get_by_role("button", name="Play", exact=True).click()
        _wait_until_playing(page)
        assert page.evaluate("document.cookie") == ""
        wait_for(page, "navigator.mediaSession.metadata !== null")
        assert page.evaluate("navigator.mediaSession.metadata.title") == "Cat stretch"
        context.close()
        assert said == []


@pytest.fixture
def listener(request: pytest.FixtureRequest, chromium: Browser, gated: Gated) -> Iterator[Page]:
    """Open a tab on a phone, at a server whose voice waits for the test."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=gated.server.at, reduced_motion="reduce",
        bypass_csp=True,
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(60_000)
    playwright.expect.set_options(timeout=60_000)
    yield page
    playwright.expect.set_options(timeout=30_000)
    context.close()


@pytest.mark.slow
def test_it_plays_while_the_rest_is_spoken(listener: Page, gated: Gated) -> None:
    gated.write("juniper")
    listener.goto("/routine/juniper")
    listener.get_by_role("button", name="Play", exact=True).click()
    bar, text = listener.get_by_role("progressbar"), listener.locator("#making-text")
    playwright.expect(bar).to_be_visible()
    assert listener.evaluate("document.getElementById('audio').currentTime") == 0

    gated.let("Lie on your back juniper")
    _wait_until_playing(listener, 1)
    playwright.expect(text).to_contain_text("Speaking the rest: 3 of 6")
    assert axe.Axe().run(listener).response["violations"] == []
    # It comes to the end of what is spoken, and goes on from there.
    playwright.expect(listener.get_by_role("status")).to_have_text("Waiting for the voice …")
    stood = _playing_at(listener)
    gated.let("left knee juniper")
    _wait_until_playing(listener, stood + 0.5)

    # What is not spoken yet is waited for; its words then begin where they are, not where they were guessed.
    listener.get_by_label("Go to").get_by_role("button").nth(1).click()
    listener.get_by_role("button", name="Forward 15 seconds").click()
    playwright.expect(text).to_contain_text("Speaking what comes before")
    listener.get_by_label("Go to").get_by_role("button").nth(1).click()
    gated.let("juniper")
    playwright.expect(bar).to_be_hidden()
    playwright.expect(listener.locator("#about")).to_have_text("")
    playwright.expect(listener.locator("#now")).to_have_text("Bend your right knee juniper.")

    # After a pause it is the whole file, at the same place.
    listener.get_by_role("button", name="Pause").click()
    at = listener.locator("#at").inner_text()
    listener.get_by_role("button", name="Play", exact=True).click()
    wait_for(listener, "Number.isFinite(document.getElementById('audio').duration)")
    _wait_until_playing(listener, 10)
    assert listener.locator("#at").inner_text() >= at
    listener.get_by_role("button", name="Pause").click()
    wait_for(listener, "document.getElementById('audio').paused")
    stood = _playing_at(listener)
    listener.get_by_role("button", name="Back 15 seconds").click()
    wait_for(listener, f"document.getElementById('audio').currentTime < {stood} - 10")


@pytest.mark.slow
def test_a_fit_waits_with_a_bar_and_the_link_of_it_stays_a_fit(listener: Page, gated: Gated) -> None:
    gated.write("larch")
    gated.let("Lie on your back larch")
    listener.goto("/routine/larch?minutes=1&guidance=short")
    playwright.expect(listener.locator("#clock")).to_have_text("1:00")
    listener.get_by_role("button", name="Play", exact=True).click()
    bar, text = listener.get_by_role("progressbar"), listener.locator("#making-text")
    playwright.expect(text).to_contain_text("All of it is spoken first, as it is fitted to a length: 3 of 6")
    assert bar.evaluate("each => each.position") == pytest.approx(0.5)
    assert _playing_at(listener) == 0
    gated.let("larch")
    _wait_until_playing(listener)
    assert listener.evaluate("document.getElementById('audio').duration") == pytest.approx(60, abs=0.1)
    assert "minutes=1" in listener.url
    assert "guidance=short" in listener.url


@pytest.mark.slow
def test_a_voice_that_fails_says_why_and_what_was_heard_is_not_lost(listener: Page, gated: Gated) -> None:
    gated.write("maple", SLOWLY.replace("You have finished", "Refuse this"))
    gated.let("Lie on your back maple")
    listener.goto("/routine/maple")
    listener.get_by_role("button", name="Play", exact=True).click()
    _wait_until_playing(listener, 1)
    gated.let("maple")
    playwright.expect(listener.get_by_role("alert")).to_contain_text("the voice refuses")
    assert listener.get_by_role("button", name="Play", exact=True).is_visible()
