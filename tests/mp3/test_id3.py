from __future__ import annotations

import io
from typing import Any

import av
import mutagen.id3
from tinytag import TinyTag

from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.id3 import id3_bytes
from audioguide.script.tags import ChapterMark, LyricLine, Tags
from audioguide.script.text import one_line
from tests.tables import every

id3: Any = mutagen.id3
AWKWARD = 'Rest "well"\n<script>alert(1)</script> \U0001f9d8 שלום \0 O\u2019Neil & \u202esons'
SEEN = 'Rest "well" <script>alert(1)</script> \U0001f9d8 שלום O\u2019Neil & sons'


def read(data: bytes) -> Any:
    return id3.ID3(io.BytesIO(data), translate=False)


def chapters(count: int) -> tuple[ChapterMark, ...]:
    return tuple(ChapterMark(100 * each, 100 * each + 100, f"Part {each + 1}") for each in range(count))


def heard_by_ffmpeg(tags: Tags) -> tuple[dict[str, str], list[tuple[float, float, str]]]:
    """Read title and chapters of a silent file by another library."""
    file = io.BytesIO()
    write_mp3(file, (), 250, encoded=lambda _island: b"", id3=id3_bytes(tags))
    file.seek(0)
    with av.open(file) as container:
        found = [
            (each["start"] * each["time_base"], each["end"] * each["time_base"], each["metadata"]["title"])
            for each in container.chapters()
            if each["time_base"]
        ]
        return dict(container.metadata), [(float(start), float(end), title) for start, end, title in found]


def test_all_fields_are_read_back() -> None:
    tags = read(
        id3_bytes(
            Tags(
                title="Knee to chest", artist="Audioguide", album="Back", track="2/12", genre="Speech",
                year="2026", language="ger", comment="15 s\n20 s", length=375,
            )
        )
    )  # fmt: skip
    found = {name: str(tags[name]) for name in tags}
    assert found == {
        "TIT2": "Knee to chest", "TPE1": "Audioguide", "TALB": "Back", "TRCK": "2/12", "TCON": "Speech",
        "TYER": "2026", "TLAN": "ger", "TLEN": "1500", "COMM::ger": "15 s\n20 s",
    }  # fmt: skip


@every("title", ["Knie zur Brust", "Über den Rücken", "膝を胸に", "\U0001f9d8 still"])
def test_a_title_in_any_script_is_read_back(title: str) -> None:
    data = id3_bytes(Tags(title=title, chapters=(ChapterMark(0, 5, title),)))
    assert str(read(data)["TIT2"]) == title
    assert str(read(data)["CHAP:ch1"].sub_frames["TIT2"]) == title


def test_it_is_version_2_3_without_padding() -> None:
    data = id3_bytes(Tags(title="é", comment="ü"))
    assert data[:5] == b"ID3\x03\x00"
    length = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    assert len(data) == 10 + length
    assert read(data).version == (2, 3, 0)
    assert not data.endswith(bytes(4))


def test_empty_fields_are_left_out() -> None:
    assert list(read(id3_bytes(Tags(title="Rest", language="")))) == ["TIT2"]


def test_the_same_tags_give_the_same_bytes() -> None:
    tags = Tags(title="Ruhe", artist="a", comment="c", lines=(LyricLine(2, "x"),), chapters=chapters(3))
    assert id3_bytes(tags) == id3_bytes(tags)


def test_an_awkward_title_stays_one_line_of_the_same_words() -> None:
    assert one_line(AWKWARD) == SEEN
    data = id3_bytes(Tags(title=AWKWARD, comment=f"one\0two\nthree {AWKWARD}"))
    tags = read(data)
    assert tags["TIT2"].text == [SEEN]
    assert tags["COMM::eng"].text == [
        'one two\nthree Rest "well"\n' + SEEN.partition(" ")[2].partition(" ")[2]
    ]
    other = TinyTag.get(file_obj=io.BytesIO(data), filename="a.mp3")
    assert other.title == SEEN


def test_a_title_that_is_said_again_is_not_written_twice() -> None:
    lines = (LyricLine(0, "Knee to chest."), LyricLine(50, "Pull your left knee to your chest, and breathe."))
    chapters = (ChapterMark(0, 50, "Knee to chest"), ChapterMark(50, 90, "Pull your left knee…"))
    assert Tags(title="t", lines=lines, chapters=chapters).text == "\n\n".join(line.text for line in lines)


def test_lone_surrogates_are_no_reason_to_fail() -> None:
    assert str(read(id3_bytes(Tags(title="a\ud800b", lines=(LyricLine(0, "c\udfffd"),))))["TIT2"]) == "a b"


def test_the_text_is_there_whole_and_line_by_line() -> None:
    lines = (LyricLine(50, "Lie down."), LyricLine(300, "Grüße,\0 and rest."), LyricLine(700, "Stand up."))
    tags = read(
        id3_bytes(
            Tags(title="t", lines=lines, chapters=(ChapterMark(0, 600, "One"), ChapterMark(600, 800, "Two")))
        )
    )
    assert tags["USLT::eng"].text == "One\nLie down.\nGrüße, and rest.\n\nTwo\nStand up."
    [timed] = tags.getall("SYLT")
    assert (timed.format, timed.type, timed.lang) == (2, 1, "eng")
    assert timed.text == [("Lie down.", 200), ("Grüße, and rest.", 1200), ("Stand up.", 2800)]


@every("count", [1, 255, 256, 300, 1000])
def test_every_chapter_is_found_from_the_top_in_order(count: int) -> None:
    given = chapters(count)
    data = id3_bytes(Tags(title="t", chapters=given))
    tags = read(data)
    tables = {each.element_id: each for each in tags.getall("CTOC")}
    [top] = [each for each in tables.values() if each.flags & 2]
    assert all(each.flags & 1 and str(each.sub_frames["TIT2"]) for each in tables.values())
    assert all(len(each.child_element_ids) <= 255 for each in tables.values())

    def under(name: str) -> list[str]:
        if name not in tables:
            return [name]
        return [found for child in tables[name].child_element_ids for found in under(child)]

    found = [tags[f"CHAP:{name}"] for name in under(top.element_id)]
    assert [(each.start_time, each.end_time, str(each.sub_frames["TIT2"])) for each in found] == [
        (each.start * 4, each.end * 4, each.title) for each in given
    ]
    _, heard = heard_by_ffmpeg(Tags(title="t", chapters=given))
    assert heard == [(each.start / 250, each.end / 250, each.title) for each in given]


def test_the_cover_is_a_front_cover() -> None:
    [cover] = read(id3_bytes(Tags(title="t", cover=b"\x89PNG picture"))).getall("APIC")
    assert (cover.type, cover.mime, cover.data) == (3, "image/png", b"\x89PNG picture")


def test_another_reader_agrees_on_the_fields() -> None:
    metadata, _ = heard_by_ffmpeg(
        Tags(
            title="Ruhe für alle",
            artist="a",
            album="b",
            track="1/2",
            genre="Speech",
            year="2026",
            comment="c",
        )
    )
    wanted = {
        "title": "Ruhe für alle", "artist": "a", "album": "b", "track": "1/2", "genre": "Speech",
        "date": "2026", "comment": "c", "language": "eng",
    }  # fmt: skip
    assert {key: metadata.get(key) for key in wanted} == wanted
