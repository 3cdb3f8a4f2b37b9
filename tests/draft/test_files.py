"""From files of every kind to routines that load, pass the checks and can be rendered."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from audioguide.api import check, load
from audioguide.draft.compose import Draft
from audioguide.draft.draft import drafts_of, files_of
from audioguide.draft.readers.find import read, read_path
from audioguide.errors import RoutineError, UsageError

BRIDGE = (
    "Bridge\n\nLie on your back with your knees bent. Lift your hips. Hold for 5 seconds. Repeat 8 times.\n"
)


def drafts(data: bytes | str, name: str) -> tuple[Draft, ...]:
    return drafts_of(read(data.encode() if isinstance(data, str) else data, name))


def pdf_of(lines: list[str]) -> bytes:
    """Return a small PDF with one page of text; without lines, with an empty page."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td 14 TL {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (table, len(data))


def docx_of(text: str) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Bridge", 2)
    for line in text.split(". "):
        document.add_paragraph(line, style="List Number")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_pdf_with_text() -> None:
    pytest.importorskip("pypdf")
    (bridge,) = drafts(pdf_of(BRIDGE.replace("\n\n", "\n").splitlines()), "leaflet.pdf")
    assert bridge.as_json()["hold_s"] == {"min": 5, "max": 5}


def test_a_word_file() -> None:
    (bridge,) = drafts(docx_of(BRIDGE.split("\n\n")[1]), "leaflet.docx")
    assert bridge.exercise.title == "Bridge"
    assert bridge.as_json()["reps"] == {"min": 8, "max": 8}


def test_json_in_the_form_of_free_exercise_db() -> None:
    entry = {"name": "Wall press", "equipment": "body only", "primaryMuscles": ["chest"]}
    steps = ["Stand at a wall.", "Bend your elbows and lean in.", "Repeat 12 times."]
    data = [entry | {"category": "strength", "instructions": steps}]
    (press,) = drafts(json.dumps(data, indent=1), "x.json")
    assert press.as_json()["reps"] == {"min": 12, "max": 12}
    assert press.exercise.body == ("chest",)
    assert "wall" in press.exercise.equipment


def test_json_in_the_form_of_a_wger_export() -> None:
    data = {"results": [{"id": 1, "equipment": [{"id": 4, "name": "Gym mat"}], "translations": [
        {"language": 1, "name": "Brett", "description": "<p>Halten.</p>"},
        {"language": 2, "name": "Plank", "description": "<p>Hold it on your forearms for 30 seconds.</p>"},
    ]}]}  # fmt: skip
    (plank,) = drafts(json.dumps(data), "wger.json")
    assert plank.exercise.title == "Plank"
    assert plank.as_json()["hold_s"] == {"min": 30, "max": 30}


def test_a_table_with_a_header() -> None:
    table = "name;instructions;hold;reps;sides\nNeck tilt;Tilt your head to one side.;20;3;both\n;;;;\n"
    (tilt,) = drafts(table, "list.csv")
    stated = tilt.as_json()
    assert (stated["hold_s"], stated["reps"], stated["sides"]) == (
        {"min": 20, "max": 20}, {"min": 3, "max": 3}, "left_right",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (bytes(range(256)) * 20, "x.bin", "not a text"),
        (b"", "empty.txt", "empty"),
        (b"word " * 1_200_000, "long.txt", "million characters"),
        (b"[{\"name\": ", "broken.json", "broken"),
        (b"[]", "none.json", "no exercises"),
        (b"a,b\n1,2\n", "x.csv", "column `name`"),
        ("Legen Sie sich auf den Rücken. Heben Sie das Becken langsam an und halten Sie diese Stellung zehn "
         "Sekunden lang. Wiederholen Sie die Übung fünfmal.".encode(), "deutsch.txt", "English"),
        (b"The weather was fine on the day that we went to the sea, and you ate in a cafe.",
         "x.txt", "no exercise"),
        (b"%PDF-1.4 broken", "x.pdf", "PDF"),
        (b"title: X\nsteps:\n  - say: Hello to you and the others.\n", "x.yaml", "routine already"),
    ],
    ids=["binary", "empty", "long", "broken", "no list", "no header", "german", "prose", "pdf", "yaml"],
)  # fmt: skip
def test_what_cannot_be_drafted_has_a_clear_answer(data: bytes, name: str, words: str) -> None:
    with pytest.raises((RoutineError, UsageError), match=words):
        drafts(data, name)


def test_an_address_is_refused_with_what_to_do() -> None:
    with pytest.raises(UsageError, match="save the page as a file first"):
        read_path(Path("https://example.com/back"))


def test_a_pdf_of_pictures_is_named_as_one() -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(RoutineError, match="pictures"):
        drafts(pdf_of([]), "scan.pdf")


SEVERAL = """\
# Back and hips

## Knee to chest

Lie on your back with your knees bent. Pull one knee to your chest. Hold for 15 to 30 seconds. \
Repeat with the other leg, then with both legs together. Don't do this if you have had a hip replacement.

## Side bend

Stand tall: feet apart [3]. Step 2: Reach your {left} arm overhead and lean to the right (see figure 2). \
Hold for a few seconds. Repeat on the other side.

## March on the spot

Stand tall. Lift one knee, then the other, for two minutes. Tip: swing your arms.

## Ice pack

Lie on your stomach. Place an ice pack on your lower back. Hold for 45 minutes.

## Shoulder shrug #1: 'up & down'

Sit on a chair. Raise both shoulders, pause for a second and lower them. 2 sets of 10-12 reps.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = drafts(SEVERAL, "back.md")
    for name, text in files_of(found, "back.md", "Back and hips").items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_every_routine_loads_and_no_check_refuses_it(folder: Path) -> None:
    paths = sorted(folder.glob("*.yaml"))
    assert [path.stem for path in paths] == [
        "ice-pack", "knee-to-chest", "march-on-the-spot", "session", "shoulder-shrug-1-up-down", "side-bend",
    ]  # fmt: skip
    for path in paths:
        findings = check(load(str(path)))
        assert [str(each) for each in findings if each.level == "error"] == []


def test_each_step_keeps_the_words_it_comes_from(folder: Path) -> None:
    text = (folder / "knee-to-chest.yaml").read_text()
    assert "# line 5: Pull one knee to your chest." in text
    assert "{side} knee" in text
    assert "both: Pull both knees to your chest." in text
    assert "sides: [left, right, both]" in text
    assert "avoid_with: [had a hip replacement]" in text or "hip replacement" in text.split("avoid_with")[1]


def test_citations_labels_and_pictures_are_not_spoken(folder: Path) -> None:
    text = (folder / "side-bend.yaml").read_text()
    said = [line for line in text.splitlines() if "say:" in line]
    assert not any(word in line for line in said for word in ("[3]", "Step 2", "figure"))


def test_what_the_text_leaves_open_is_a_marked_default() -> None:
    bend = drafts(SEVERAL, "back.md")[1]
    (assumed,) = [each for each in bend.assumed if each.what == "hold"]
    assert "not how long" in assumed.reason
    assert bend.as_json()["hold_s"] is None
    assert "# Assumed: hold" in files_of([bend], "back.md", "x")["side-bend.yaml"]


def test_an_unsafe_time_is_not_taken_over() -> None:
    ice = drafts(SEVERAL, "back.md")[3]
    assert ice.as_json()["hold_s"] == {"min": 2700, "max": 2700}
    assert ice.hold is not None
    assert ice.hold.high <= 15 * 60


def test_the_library_is_offered_where_it_has_the_exercise() -> None:
    knee = drafts(SEVERAL, "back.md")[0]
    assert knee.as_json()["library"] == "knee-to-chest"


def test_files_with_one_title_have_names_of_their_own() -> None:
    twice = [{"name": "Bridge", "instructions": ["Lift your hips 5 times."]}] * 2
    assert list(files_of(drafts(json.dumps(twice), "x.json"), "x", "X")) == [
        "bridge.yaml", "bridge-2.yaml", "session.yaml",
    ]  # fmt: skip


def test_many_exercises_are_several_sessions() -> None:
    many = [{"name": f"Bridge {index}", "instructions": ["Lift your hips 5 times."]} for index in range(30)]
    files = files_of(drafts(json.dumps(many), "x.json"), "x", "X")
    assert [name for name in files if name.startswith("session")] == [
        "session.yaml", "session-2.yaml", "session-3.yaml",
    ]  # fmt: skip
