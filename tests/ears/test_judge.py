"""What was heard against what was written: faults are found, slips of a recogniser are none."""

from __future__ import annotations

from audioguide.ears.judge import Judgement, judge
from audioguide.ears.recogniser import HeardWord
from audioguide.ears.sounds import Speller
from audioguide.reading.read import reading_for
from tests.tables import every

READS = reading_for("en-us", "pyttsx3")


def judged(written: str, heard: str, sounds: Speller) -> Judgement:
    return judge(written, heard, READS, sounds)


@every(
    ("written", "heard"),
    [
        ("Lift two of eight.", "Lift 2 of 8."),
        ("Hold for 30 seconds.", "hold for thirty seconds"),
        ("Okay, you're done.", "OK, you are done."),
        ("Bring your navel in.", "Bring your naval in"),
        ("Colour your breath grey.", "Color your breath gray."),
        ("Lift 5 kg.", "Lift five kilograms."),
        ("Rest in savasana.", "Rest in Shavasana."),
        ("Rest in savasana.", "Rest in Shiva Asana."),
        ("Now supta baddha konasana.", "Now Soup to Buddha Kona Sana."),
        ("Feel the latissimus dorsi.", "Feel the lettuce in a store sigh."),
        ("Sit upright.", "Sit up right."),
        ("Close your eyes.", "Close your eyes."),
        ("Lift your heel.", "Lift your heel, um."),
        ("Second lift.", "The second lift."),
        ("This will last five and a half minutes.", "This will last 5.5 minutes."),
    ],
)
def test_what_was_understood_is_no_fault(written: str, heard: str, sounds: Speller) -> None:
    assert judged(written, heard, sounds).findings == ()


@every(
    ("written", "heard", "kind", "length"),
    [
        ("Lift two of eight.", "Lift eight.", "missing", 2),
        ("Breathe in, slowly.", "Breathe, slowly.", "missing", 1),
        ("Breathe in.", "Breathe in. Thank you.", "added", 2),
        ("Slowly lift.", "I'll slowly lift.", "added", 2),
        ("Breathe on.", "Three more.", "misheard", 2),
        ("Lift two of eight.", "Lived to my mate.", "misheard", 2),
        ("This will last four and a half minutes.", "This will last 5.5 minutes.", "misheard", 1),
        ("Now relax.", "Now real.", "misheard", 1),
        ("Let your shoulders sink.", "Let your shoulders sing.", None, 0),
        ("Rest in savasana.", "Rest in the kitchen.", "misheard", 2),
        ("Turn your right arm outwards.", "Turn your right arm out.", "cut", 1),
    ],
)
def test_missing_added_cut_and_other_words_are_faults(
    written: str, heard: str, kind: str | None, length: int, sounds: Speller
) -> None:
    found = judged(written, heard, sounds)
    assert [each.kind for each in found.findings] == ([kind] if kind else [])
    assert found.longest == length


def test_nothing_heard_is_all_missing(sounds: Speller) -> None:
    [finding] = judged("Breathe in.", "", sounds).findings
    assert (finding.kind, finding.written, finding.heard) == ("missing", "breathe in", "")


def test_a_finding_has_the_time_of_its_words(sounds: Speller) -> None:
    times = [HeardWord("Slowly", 0.1, 0.5), HeardWord("arm", 1.2, 1.5), HeardWord("down.", 1.5, 1.9)]
    [missing] = judge("Slowly lower your arm down.", "Slowly arm down.", READS, sounds, times).findings
    assert (missing.start, missing.end) == (0.5, 1.2)
    times = [HeardWord("Slowly", 0.1, 0.5), HeardWord("windows", 0.6, 1.1), HeardWord("down.", 1.5, 1.9)]
    [other] = judge("Slowly lower down.", "Slowly windows down.", READS, sounds, times).findings
    assert (other.start, other.end) == (0.6, 1.1)


def test_contractions_do_not_shift_the_times(sounds: Speller) -> None:
    times = [HeardWord("It's", 0.0, 0.4), HeardWord("over", 0.5, 0.8), HeardWord("garden.", 1.0, 1.5)]
    [finding] = judge("It's over now.", "It's over garden.", READS, sounds, times).findings
    assert (finding.start, finding.end) == (1.0, 1.5)
