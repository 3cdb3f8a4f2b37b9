from __future__ import annotations

from audioguide.drawing.svg import Box, Drawing


def test_text_that_reads_upwards_turns_around_its_point() -> None:
    on = Drawing()
    on.text_upwards(3, 4.25, "20 s < 1 m", size=9, anchor="middle", kind="length")
    [part] = on.parts
    assert part.startswith('<text class="length" x="3" y="4.2" font-size="9" fill="#1f2933" ')
    assert part.endswith('text-anchor="middle" transform="rotate(-90 3 4.2)">20 s &lt; 1 m</text>')


def test_a_halo_lies_below_the_letters_and_nothing_is_written_for_no_text() -> None:
    on = Drawing()
    on.text(1, 2, "Lie down", size=10, halo=True)
    on.text(1, 2, "", size=10)
    [part] = on.parts
    assert 'paint-order="stroke">Lie down<' in part


def test_a_rectangle_is_a_box_with_its_look() -> None:
    on = Drawing()
    on.rect(Box(1, 2, 30, 4.5), fill="#fff", stroke="#000", round_=2, hint="A hold", kind="hold")
    [part] = on.parts
    assert part.startswith('<rect class="hold" x="1" y="2" width="30" height="4.5" rx="2" ')
    assert part.endswith('fill="#fff" stroke="#000"><title>A hold</title></rect>')
