"""Layer over layer."""

from __future__ import annotations

from audioguide.listener.layers import COMMAND_LINE, ENVIRONMENT, Layer, Layered, layered, place_of
from audioguide.listener.options import Options, without_bed
from audioguide.script.script import VoiceChoice
from tests.tables import every


def test_the_last_layer_comes_first_and_each_wish_knows_its_origin() -> None:
    found = layered(
        [
            Layer("config.yaml", Options(rate=110, voice="en-gb")),
            Layer(
                "anna.yaml", Options(settings={"hold": "25s", "reps": "2"}, rate=100, skip=("bridge-pose",))
            ),
            Layer("command line", Options(settings={"hold": "20s"}, skip=("cobra-pose", "bridge-pose"))),
        ]
    )
    whole, origins = found.options, found.origins
    assert whole.settings == {"hold": "20s", "reps": "2"}
    assert whole.skip == ("bridge-pose", "cobra-pose")
    assert (whole.rate, whole.voice) == (100, "en-gb")
    assert origins == {
        "voice": "config.yaml",
        "rate": "anna.yaml",
        "reps": "anna.yaml",
        "skip bridge-pose": "command line",
        "hold": "command line",
        "skip cobra-pose": "command line",
    }


def test_no_wish_leaves_the_voice_of_the_routine() -> None:
    voice = VoiceChoice(name="en-gb", rate=115)
    assert layered([]).options.voice_over(voice) == voice
    assert Options(pitch=40).voice_over(voice) == VoiceChoice(name="en-gb", rate=115, pitch=40)


def test_a_warm_voice_can_be_requested_and_declined() -> None:
    warm = Options(warm=True).voice_over(VoiceChoice())
    assert warm == VoiceChoice(warm=True)
    assert Options().voice_over(warm) == warm
    assert layered(
        [Layer("config.yaml", Options(warm=True)), Layer("command line", Options(warm=False))]
    ) == Layered(Options(warm=False), {"warm": "command line"})


def test_no_bed_leaves_out_the_one_that_the_defaults_name() -> None:
    found = layered([Layer("config.yaml", Options(bed="rain")), Layer("command line", Options(bed="none"))])
    assert without_bed(found.options).bed is None
    assert found.origins == {"bed": "command line"}


def test_a_zero_replaces_what_the_defaults_ask_for() -> None:
    before = Layer("config.yaml", Options(pitch=40, bed_volume=-6.0, chime_volume=-6.0))
    zero = Options(pitch=0, bed_volume=0.0, chime_volume=0.0)
    found = layered([before, Layer("command line", zero)])
    assert found.options == zero
    assert set(found.origins.values()) == {"command line"}


@every(
    ("origin", "option", "place"),
    [
        (COMMAND_LINE, "bed_volume", "command line: --bed-volume"),
        (ENVIRONMENT, "engine", "environment: AUDIOGUIDE_ENGINE"),
        ("anna.yaml", "bed_volume", "anna.yaml: bed_volume"),
    ],
)
def test_a_place_is_what_a_person_can_look_for(origin: str, option: str, place: str) -> None:
    assert place_of(origin, option) == place
