"""Draw the first picture of the README: the page on a phone, next to the timeline of what it plays.

    python docs/front_picture.py

Needs `pip install -e '.[dev]'` and a Chromium on the PATH. Writes `docs/pictures/front.png` and
`docs/pictures/phone.png`. The timeline is `docs/pictures/knee-to-chest.svg`.
"""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).parent / "pictures"
ROUTINE = "knee-to-chest"
PHONE = (390, 844)
FRONT = (1120, 640)
SHOWN_OF_TIMELINE = "40 195 765 575"  # above are title and safety, below the list of phrases
LARGEST = 150_000  # bytes; the README has to load on a phone, too

PAGE = """
<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; background: #fff; display: flex; align-items: center; gap: 28px; padding: 12px 14px;
         height: {height}px; box-sizing: border-box }}
  .phone {{ flex: none; border: 9px solid #1f2933; border-radius: 34px; overflow: hidden; line-height: 0 }}
  .phone img {{ width: 280px }}
  svg {{ flex: 1; min-width: 0; height: auto }}
</style><div class="phone"><img src="data:image/png;base64,{phone}"></div>{timeline}
"""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the page with nobody's own routines, and yield its link."""
    places = {name: str(folder) for name in ("AUDIOGUIDE_CONFIG_DIR", "AUDIOGUIDE_ROUTINES")}
    with subprocess.Popen(
        [sys.executable, "-m", "audioguide", "serve", "--port", "0"],
        stdout=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ | places,
    ) as process:  # fmt: skip
        try:
            yield next(line.strip() for line in process.stdout or () if "http://" in line)
        finally:
            process.send_signal(signal.SIGINT)


def phone(browser: Browser, link: str) -> bytes:
    """Return the page of the routine as a phone shows it, once its sound is ready."""
    tab = browser.new_page(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, reduced_motion="reduce"
    )
    tab.goto(link)  # which gives the tab its cookie
    answer = tab.goto(f"{link.partition('/?')[0]}/routine/{ROUTINE}", wait_until="networkidle")
    if answer is None or not answer.ok:
        raise ValueError(f"the page of {ROUTINE} cannot be shown: {tab.inner_text('body')}")
    return tab.screenshot()


def front(browser: Browser, phone: bytes) -> bytes:
    """Return the phone and the timeline side by side."""
    timeline = (PICTURES / f"{ROUTINE}.svg").read_text(encoding="utf-8")
    whole = 'width="210mm" height="297mm" viewBox="0 0 840 1188"'
    if whole not in timeline:
        raise ValueError(f"{ROUTINE}.svg is not an A4 page any more: {whole} is not in it")
    cut = timeline.replace(whole, f'viewBox="{SHOWN_OF_TIMELINE}"')
    tab = browser.new_page(viewport={"width": FRONT[0], "height": FRONT[1]})
    shown = base64.b64encode(phone).decode()
    tab.set_content(PAGE.format(phone=shown, timeline=cut, height=FRONT[1]))
    tab.wait_for_timeout(300)
    return tab.screenshot()


def main() -> None:
    """Write both pictures."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with serving(Path(folder)) as link:
            shown = phone(browser, link)
        both = front(browser, shown)
        browser.close()
    for name, picture in (("phone", shown), ("front", both)):
        if len(picture) > LARGEST:
            raise ValueError(f"{name}.png has {len(picture)} bytes, and {LARGEST} are the most")
        (PICTURES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
