"""What the pages show and take, without a browser."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import UsageError
from audioguide.export.chapters_json import chapters_json
from audioguide.export.tagging import tags_of
from audioguide.fitting.fit import fit
from audioguide.listener.options import Options
from audioguide.listing.sections import sections
from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.layout import Timeline
from audioguide.units import parse_duration, seconds
from audioguide.web.app import make_app
from audioguide.web.pages.controls import controls
from audioguide.web.pages.outline import lines, outline
from audioguide.web.query import read_query
from audioguide.web.service import Service
from tests.conftest import Write, laid_out
from tests.shipped import NAMES, shipped
from tests.slow import first
from tests.tables import every
from tests.web.conftest import HOSTS, ORIGIN, TOKENS, Serve

LOOK = "/api/look/knee-to-chest"


def _shipped(name: str, **settings: str) -> Timeline:
    return estimated(compile(load(SHIPPED / f"{name}.yaml"), Options(settings=settings, engine="tone")))


def test_the_front_page_lists_every_routine(page: TestClient) -> None:
    text = page.get("/").text
    assert [name for name in SHIPPED_LIBRARY.shipped if f'href="/routine/{name}"' not in text] == []


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("q=knee+chest", "knee-to-chest", "ice-massage"), ("q=CHAIR", "seated-hamstring-stretch", "bedtime"),
        ("body=hips", "knee-to-chest", "hot-shower"),
        ("body=hips&q=knee+one", "knee-to-chest", "bridge-pose"),
    ],
)  # fmt: skip
def test_words_and_parts_of_the_body_narrow_it_down(
    query: str, there: str, not_there: str, page: TestClient
) -> None:
    text = page.get(f"/?{query}").text
    assert f'href="/routine/{there}"' in text
    assert f'href="/routine/{not_there}"' not in text


def test_a_routine_with_a_length_of_its_own_is_listed_with_it(page: TestClient) -> None:
    assert '<strong>Unwind</strong> <span class="pill">17:00</span>' in page.get("/?q=unwind").text


def test_what_nobody_finds_is_reported(page: TestClient) -> None:
    assert '<p id="none" class="empty" role="status">' in page.get("/?q=xyzzy").text


def test_the_list_has_sections_in_their_order(page: TestClient) -> None:
    found = re.findall(r'<h2 id="section-\d+">(.+)</h2>', page.get("/").text)
    assert found == [section for section in sections() if section in found]
    assert {found[0], *found[-2:]} == {"Sessions", "Breath and rest", "Heat and cold"}
    assert "Lower back" in found


def test_your_own_are_a_section_at_the_end(serve: Serve, odd: Path) -> None:
    text = serve().get("/").text
    assert re.findall(r'<h2 id="section-\d+">(.+)</h2>', text)[-1] == "Yours"
    assert text.index(">Yours<") < text.index('href="/routine/knees%20%26%20hips"')


def test_a_session_is_found_by_what_it_contains_and_says_so(page: TestClient) -> None:
    text = page.get("/?q=bridge").text
    card = text[text.index('href="/routine/full-back-care"') :].partition("</a>")[0]
    assert '<span class="contains">Contains: Bridge pose</span>' in card
    assert page.get("/api/found?q=bridge").json() == {
        "bridge-in-bed": [], "bridge-pose": [], "core-and-back": [], "full-back-care": ["Bridge pose"],
        "neck-and-back": [], "strong-legs": ["Bridge pose"],
    }  # fmt: skip


def test_a_search_as_you_type_knows_other_words_and_slips(page: TestClient) -> None:
    found = page.get("/api/found?q=stiff+sholders").json()
    assert "thread-the-needle" in found
    assert "hot-shower" not in found
    assert list(page.get("/api/found?q=knee&body=hips").json()) == [
        name
        for name in page.get("/api/found?q=knee").json()
        if f'href="/routine/{name}"' in page.get("/?body=hips").text
    ]


def test_the_list_compiles_nothing_twice(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page.get("/").text
    monkeypatch.setattr("audioguide.pipeline.build.build", None)
    assert page.get("/").text == before


def test_a_look_is_the_estimated_timeline(page: TestClient) -> None:
    reported = page.get(f"{LOOK}?set.hold=25&set.reps=2").json()
    timeline = _shipped("knee-to-chest", hold="25s", reps="2")
    assert reported["length"] == seconds(timeline.length)
    assert reported["settings"] == {"hold": "25s", "reps": 2, "rest": "10s"}
    assert reported["controls"] == {"hold": "25", "reps": "2", "rest": "10"}
    assert reported["audio"] == "/audio/knee-to-chest.mp3?set.hold=25&set.reps=2"


def test_a_wanted_length_turns_what_was_left_at_its_default(page: TestClient) -> None:
    reported = page.get(f"{LOOK}?minutes=6&set.hold=20&set.reps=1&set.rest=10").json()
    routine = load(SHIPPED / "knee-to-chest.yaml")
    from audioguide.compiler.estimate import estimated_lengths

    fitted = fit(routine, Options(engine="tone"), parse_duration("6m"), lengths=estimated_lengths)
    assert reported["length"] == 360 == seconds(fitted.length)
    assert reported["settings"] == dict(fitted.script.settings)
    held = page.get("/api/look/lower-back?minutes=22&set.hold=25").json()
    assert (held["length"], held["settings"]["hold"]) == (1320, "25s")


@every(
    ("query", "said"),
    [
        ("set.hold=99", "15s to 26s"), ("set.hodl=20", "did you mean 'hold'"), ("set.hold=x", "not"),
        ("rate=9", "80"), ("rate=²", "rate"), ("voice=nobody", "voice"), ("bed=/etc/passwd", "bed"),
        ("guidance=none", "guidance"), ("minutes=0", "minutes"), ("minutes=inf", "minutes"),
        ("minutes=nan", "minutes"), ("minutes=1e2", "minutes"), ("minutes=241", "minutes"),
        ("set.hold=" + "1" * 41, "characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_reported(query: str, said: str, page: TestClient) -> None:
    assert said in page.get(f"{LOOK}?{query}").json()["error"]
    shown = page.get(f"/routine/knee-to-chest?{query}")
    assert shown.status_code == 400
    assert 'role="alert">' in shown.text


def test_a_link_names_what_is_left_out(page: TestClient) -> None:
    link = "/api/look/full-back-care"
    reported = page.get(f"{link}?skip.bridge=1&skip.Knee+to+chest=1").json()
    titles = [chapter["title"] for chapter in reported["chapters"]]
    assert not {"Bridge pose", "Knee to chest"} & set(titles)
    assert "Cat stretch" in titles
    assert reported["query"] == "skip.bridge-pose=1&skip.knee-to-chest=1"
    assert reported["audio"].endswith(f"?{reported['query']}")
    shown = page.get(f"/routine/full-back-care?{reported['query']}").text
    checked = re.findall(r'role="switch" [^>]*name="skip\.([^"]+)"[^>]*checked', shown)
    assert checked == ["knee-to-chest", "bridge-pose"]
    assert len(re.findall('role="switch"', shown)) == 10
    nested = page.get("/routine/heat-move-ice?skip.lower-back/cat-stretch=1").text
    assert '<input type="hidden" name="skip.lower-back/cat-stretch" value="1">' in nested


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("skip.bridg=1", "did you mean 'bridge-pose'"), ("skip.steps[3]=1", "is a step number"),
        ("skip.=1", "there is no '' to skip"), ("skip.%3Cb%3E=1", "there is no"),
    ],
)  # fmt: skip
def test_a_part_that_is_not_there_is_reported(query: str, said: str, page: TestClient) -> None:
    assert said in page.get(f"/api/look/full-back-care?{query}").json()["error"]
    assert page.get(f"/routine/full-back-care?{query}").status_code == 400


def test_a_routine_of_one_part_has_no_switches(page: TestClient) -> None:
    assert 'role="switch"' not in page.get("/routine/knee-to-chest").text


def test_the_same_wish_has_one_link() -> None:
    routine = load(SHIPPED / "knee-to-chest.yaml")
    voices = ["en-us"]
    for query in (
        {"set.reps": "2", "set.hold": "25", "bed": "brown"},
        {"bed": "brown", "set.hold": "25", "set.reps": "2", "voice": "", "utm": "x", "set.rest": "10s"},
    ):
        assert read_query(routine, query, voices).text == "set.hold=25&set.reps=2&bed=brown"
    with pytest.raises(UsageError):
        read_query(routine, {"voice": "en-gb"}, voices)


@pytest.fixture(scope="module")
def one_page() -> Iterator[TestClient]:
    """Return a client of one server for many tests: it reads its templates once."""
    service = Service(Options(engine="tone"), SHIPPED_LIBRARY, TOKENS, warm=False)
    with TestClient(make_app(service, HOSTS), base_url=ORIGIN) as client:
        yield client


@pytest.mark.parametrize("name", first(20, NAMES))
def test_every_routine_has_a_page_whose_settings_can_be_turned(name: str, one_page: TestClient) -> None:
    document = shipped(name).document
    assert one_page.get(f"/routine/{name}").status_code == 200
    for control in controls(document, {}):
        low, value, step = float(control.low), float(control.value), float(control.step)
        assert low <= value
        # A browser refuses a number that is no whole number of steps above the lowest.
        assert ((value - low) / step) == pytest.approx(round((value - low) / step), abs=1e-6), control


def test_who_should_not_do_it_is_read_before_the_player(page: TestClient) -> None:
    text = page.get("/routine/lower-back").text
    assert 0 < text.index("Not with:") < text.index('id="player"')
    assert "recent injury" in text


def test_a_slider_says_its_unit(page: TestClient) -> None:
    text = page.get("/routine/knee-to-chest").text
    assert 'aria-valuetext="20 seconds"' in text
    assert 'aria-valuetext="120 words per minute"' in text
    assert 'aria-valuetext="as written"' in text


def test_a_setting_stands_at_what_the_link_says() -> None:
    document = load(SHIPPED / "knee-to-chest.yaml").document
    changed = {
        control.name: control.value for control in controls(document, {"hold": "0:20.5", "rest": "1m"})
    }
    assert changed == {"hold": "20.5", "reps": "1", "rest": "60"}


def test_words_are_those_of_the_timeline(write: Write) -> None:
    steps = "  - say: Hello.\n  - hold: 20s\n    marks: {halfway: Half.}\n  - rest: 9s\n  - say: Bye.\n"
    timeline = laid_out(
        compile(load(write(f"title: T\nsafety: {{notice: none, closing: none}}\nsteps:\n{steps}")))
    )
    heard = list(lines(timeline))
    assert [line["text"] for line in heard] == ["Hello.", "Hold 20 s", "Half.", "Rest 9 s", "Bye."]
    assert heard[1]["end"] - heard[1]["start"] == 20
    assert all(one["start"] <= other["start"] for one, other in itertools.pairwise(heard))


@every("name", ["lower-back", "knee-to-chest", "cat-cow", "bedtime", "corpse-pose"])
def test_chapters_are_the_same_in_page_podcast_and_file_and_start_with_words(name: str) -> None:
    """Going back to the start of a chapter has to repeat the instruction, not begin in the hold after it."""
    timeline = _shipped(name)
    shown = [(each["start"], each["title"]) for each in outline(timeline)["chapters"]]
    podcast = json.loads("".join(chapters_json(timeline)))["chapters"]
    file = tags_of(timeline).chapters
    assert shown == [(each["startTime"], each["title"]) for each in podcast]
    assert shown == [(seconds(each.start), each.title) for each in file]
    words = {timed.start for timed in timeline.cues if timed.cue.kind == "say"}
    assert {each.start for each in file if each.start} <= words


def test_the_strip_is_drawn_to_scale_and_well_formed() -> None:
    from xml.etree import ElementTree as Xml

    timeline = _shipped("lower-back")
    drawn = Xml.fromstring(outline(timeline)["strip"])
    holds = [each for each in drawn if "s-hold" in each.get("class", "")]
    held = [timed for timed in timeline.cues if timed.cue.kind == "hold"]
    assert len(holds) == len(held)
    for block, timed in zip(holds, held, strict=True):
        assert float(block.get("x", "")) == pytest.approx(timed.start * 1000 / timeline.length, abs=0.01)
        assert float(block.get("width", "")) == pytest.approx(timed.length * 1000 / timeline.length, abs=0.01)


@pytest.mark.slow
def test_a_changed_file_is_read_again(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(tmp_path))
    page = serve()
    path = tmp_path / "mine.yaml"
    path.write_text("title: One\nsteps:\n  - say: Hello.\n")
    first = page.get("/audio/mine.mp3").content
    assert "One" in page.get("/routine/mine").text
    path.write_text("title: Another\nsteps:\n  - say: Hello, and hello again.\n")
    assert "Another" in page.get("/routine/mine").text
    assert len(page.get("/audio/mine.mp3").content) > len(first)
    path.write_text("title: [\n")
    assert page.get("/routine/mine").status_code == 422
    assert page.get("/").status_code == 200


def test_what_is_measured_is_what_is_heard(page: TestClient) -> None:
    reported = page.get("/api/words/knee-to-chest?set.hold=17").json()
    assert reported["bytes"] == int(
        page.head("/audio/knee-to-chest.mp3?set.hold=17").headers["content-length"]
    )
    assert reported["clock"] != page.get(f"{LOOK}?set.hold=25").json()["clock"]
