"""Layer over layer."""

from __future__ import annotations

from audioguide.listener.wishes import Layer, Wishes, layered
from audioguide.timeline.script import VoiceChoice


def test_the_last_layer_comes_first_and_each_wish_knows_its_origin() -> None:
    whole, origins = layered(
        [
            Layer("config.yaml", Wishes(rate=110, voice="en-gb")),
            Layer(
                "anna.yaml", Wishes(settings={"hold": "25s", "reps": "2"}, rate=100, skip=("bridge-pose",))
            ),
            Layer("command line", Wishes(settings={"hold": "20s"}, skip=("cobra-pose", "bridge-pose"))),
        ]
    )
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
    assert layered([])[0].speaker(voice) == voice
    assert Wishes(pitch=40).speaker(voice) == VoiceChoice(name="en-gb", rate=115, pitch=40)


def test_a_warm_voice_can_be_wished_for_and_declined() -> None:
    warm = Wishes(warm=True).speaker(VoiceChoice())
    assert warm == VoiceChoice(warm=True)
    assert Wishes().speaker(warm) == warm
    assert layered([Layer("config.yaml", Wishes(warm=True)), Layer("command line", Wishes(warm=False))]) == (
        Wishes(warm=False),
        {"warm": "command line"},
    )
