"""The page that builds, by mouse: a card is dragged, a bell is uploaded and heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CHROMIUM
from tests.web.conftest import Running, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the page is tried in a browser by playwright")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
STEPS = """\
title: Mine
steps:
  - say: First.  # the first remark
  - say: Second.
  - repeat: 2
    steps:
      - say: Third.
"""


@pytest.fixture
def tab(chromium: Browser, server: Running) -> Iterator[Page]:
    """Open a tab, let in by the link; its console must say nothing."""
    context = chromium.new_context(viewport={"width": 1280, "height": 2400}, base_url=server.at)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(60_000)
    assert page.request.get(server.link, max_redirects=0).ok
    yield page
    context.close()
    assert said == []


def _opened(page: Page, name: str, text: str = STEPS) -> None:
    page.goto(f"/own/{name}")
    playwright.expect(page.locator("#said")).to_contain_text("No fault")
    page.locator("summary", has_text="The same as text").click()
    page.locator("#text").fill(text)
    words = re.findall(r"say: (.*?\.)", text)[0]
    playwright.expect(page.get_by_role("group", name=f"1: {words}").first).to_be_visible()
    page.wait_for_timeout(1500)  # until the last answer has been drawn


def _drag(page: Page, path: str, onto: str, share: float) -> None:
    """Drag the card at `path` by its grip to a `share` of the height of the card at `onto`."""
    grip = page.locator(f'[data-path="{path}"] .grip').first.bounding_box()
    card = page.locator(f'[data-path="{onto}"]').bounding_box()
    assert grip
    assert card
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(card["x"] + 60, card["y"] + card["height"] * share - 8, steps=5)
    page.mouse.move(card["x"] + 60, card["y"] + card["height"] * share, steps=3)
    page.mouse.up()


def _said(page: Page) -> list[str]:
    return re.findall(r"say: (\w+)", page.locator("#text").input_value())


def test_a_card_is_dragged_below_another_and_into_a_block(tab: Page) -> None:
    _opened(tab, "dragged")
    _drag(tab, "steps.0", "steps.1", 0.8)
    playwright.expect(tab.locator("#text")).to_have_value(re.compile(r"Second\..*First\.", re.DOTALL))
    assert _said(tab) == ["Second", "First", "Third"]
    assert "# the first remark" in tab.locator("#text").input_value()
    _drag(tab, "steps.0", "steps.2.steps.0", 0.8)
    playwright.expect(tab.locator("#text")).to_have_value(re.compile(r"Third\..*Second\.", re.DOTALL))
    assert "      - say: Second." in tab.locator("#text").input_value()
    tab.get_by_role("button", name="Undo").click()
    tab.get_by_role("button", name="Undo").click()
    playwright.expect(tab.locator("#text")).to_have_value(STEPS)


def test_a_card_that_is_dropped_where_it_is_stays(tab: Page) -> None:
    _opened(tab, "stays")
    _drag(tab, "steps.1", "steps.1", 0.9)
    _drag(tab, "steps.2", "steps.2.steps.0", 0.9)  # a block cannot go into itself
    tab.wait_for_timeout(500)
    assert tab.locator("#text").input_value() == STEPS
    assert tab.locator(".target").count() == 0


def test_a_bell_from_a_phone_is_uploaded_chosen_and_heard(tab: Page, tmp_path: Path) -> None:
    bell = tmp_path / "my-bell.m4a"
    _write_m4a(bell)
    _opened(tab, "belled", "title: Mine\nsteps:\n  - say: Listen.\n  - chime: bell\n  - rest: 3s\n")
    tab.locator("#sounds summary").click()
    tab.locator("#sound").set_input_files(bell)
    playwright.expect(tab.locator("#sound-said")).to_contain_text("Kept as sounds/my-bell.m4a")
    heard = tab.get_by_label("Hear sounds/my-bell.m4a")
    playwright.expect(heard).to_have_count(1)
    wait_for(tab, "document.querySelector('#own-sounds audio').src.includes('my-bell.m4a')")
    field = tab.locator('[data-path="steps.1"] input[name="steps.1.chime"]')
    field.fill("sounds/my-bell.m4a")
    field.press("Tab")
    playwright.expect(tab.locator("#text")).to_have_value(re.compile(r"chime: sounds/my-bell\.m4a"))
    playwright.expect(tab.locator("#said")).to_contain_text("No fault")
    tab.get_by_role("button", name="Save", exact=True).click()
    playwright.expect(tab.locator("#said")).to_have_text("Saved.")
    with tab.expect_download() as sound:
        tab.get_by_role("link", name="Download MP3").click()
    made = tmp_path / "made.mp3"
    sound.value.save_as(made)
    assert _loudest(made) == pytest.approx(BELL, abs=15)


def test_any_name_or_none_leads_to_a_new_routine(tab: Page) -> None:
    tab.goto("/own")
    tab.locator("#name").fill("Mein Rücken 2")
    tab.get_by_role("button", name="Paste exercises").click()
    tab.wait_for_url("**/own/mein-rucken-2#paste")
    tab.goto("/own")
    tab.get_by_role("button", name="Paste exercises").click()
    tab.wait_for_url("**/own/my-routine#paste")
    playwright.expect(tab.locator("#pasted")).to_be_visible()


BELL = 1234.0  # Hz, a pitch that no voice and no bell of ours has


def _write_m4a(path: Path) -> None:
    import av
    import numpy as np

    moments = np.arange(48_000) / 48_000
    samples = (0.5 * np.sin(2 * np.pi * BELL * moments)).astype(np.float32)[None, :]
    with av.open(str(path), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        frame.sample_rate = 48_000
        for each in (frame, None):
            container.mux(stream.encode(each))


def _loudest(path: Path) -> float:
    """Return the pitch in Hz at which the half second with the purest tone sounds."""
    import av
    import numpy as np

    with av.open(str(path)) as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    samples = np.concatenate(parts).astype(float)
    best, pitch = 0.0, 0.0
    for start in range(0, len(samples) - rate // 2, rate // 4):
        power = np.abs(np.fft.rfft(samples[start : start + rate // 2])) ** 2
        if power.sum() > 0 and (share := power.max() / power.sum() * power.max()) > best:
            best, pitch = share, float(power.argmax() * 2)
    return pitch
