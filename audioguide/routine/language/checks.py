"""The checks for closed eyes and for safety: what each finds, why, and how it is fixed.

The checks themselves are in `audioguide.lint`; this table lies here because a routine may name
one, to switch it off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """What a check finds, why that matters, how to fix it, and where the rule comes from.

    An error stops a render and cannot be switched off.
    """

    what: str
    why: str
    fix: str
    source: str
    level: Level = "warning"


_EYES = "Eyes-Free Yoga (ASSETS 2013)"
_ACSM = "ACSM 2021: 10 to 30 s, older adults up to 60 s"
_ICE = "NHS leaflets: 15 to 20 minutes"
_HEAT = "NHS leaflets: 20 to 30 minutes"
_OURS = "ours"

CHECKS: dict[str, Check] = {
    "sight-words": Check(
        "words that need eyes: watch, look, see, as shown, on the screen; not of what is felt or imagined",
        "the listener's eyes are closed",
        "say what to feel, or where to move",
        _EYES,
    ),
    "forcing-words": Check(
        "bounce, force, jerk, push through pain, until it hurts, no pain no gain",
        "a stretch ends at slight tightness; pain means stop",
        "say slowly, gently, only as far as is comfortable",
        "ACSM 2021; R2, R10",
    ),
    "unspoken": Check(
        "text that can only be read: Markdown, HTML, links, addresses, emoji",
        "the voice leaves out what is not a word",
        "write only words",
        _OURS,
    ),
    "long-sentence": Check(
        "a sentence of more than 20 words",
        "a spoken sentence cannot be reread",
        "split it into two sentences",
        _OURS,
    ),
    "broken-line": Check(
        "in a text written with `|`, a line that starts with a small letter after a line without a full stop",
        "each line is a separate phrase, followed by a pause",
        "use `>` to join the lines of the text, or start each line with a capital letter",
        _OURS,
    ),
    "cut-text": Check(
        "unquoted text that ends at a space and #: `say: Do exercise #3`",
        "to YAML, the rest of the line is a comment, and nobody hears it",
        "put the text in quotes, or a space after the # of a comment",
        "YAML 1.2",
    ),
    "no-effect": Check(
        "anything without effect: a setting that no step uses, growth beyond bounds, the rest of "
        "one rep, an entry of `allow` that no check needs, a pause of 0 s, the voice, profile or bed of an "
        "included routine, a sound or a text that is never heard, such as `say` where `first` and `last` are "
        "said in every rep, a key without a value, a mark that spells a sound with a capital",
        "it was written for a reason, but nobody hears it",
        "remove it, or write it where it has an effect",
        _OURS,
    ),
    "out-of-reach": Check(
        "a `length` that cannot be reached, by estimate: the shortest version is longer, or the longest is "
        "shorter",
        "the file does not have the length that it promises",
        "write a length that can be reached, or wider bounds",
        _OURS,
    ),
    "lost-mark": Check(
        "a mark or a chime that is never or hardly heard: `every` 40 s in a hold of 30 s, an "
        "interval, beats or random sounds that other marks leave no room for, an end chime where the "
        "next exact time begins with its own, any sound in the last five minutes of `profile: sleep`",
        "the listener waits for a signal that never comes",
        "choose a shorter interval, or place it with `at`",
        _OURS,
    ),
    "many-actions": Check(
        "two movements in one sentence",
        "while you do the first, you miss the second",
        "one action per sentence",
        "yoga teachers' practice",
    ),
    "english-phrases": Check(
        "our own phrases (notice, counts, breath words, {side}, {hold}) in a voice of another language",
        "they are English, and such a voice mispronounces them",
        "write them in the language of the voice",
        _OURS,
    ),
    "unread-letters": Check(
        "words that the voice spells or names letter by letter (kanji in Japanese, English in some voices)",
        "nobody understands them",
        "write them in letters that the voice can read: kana instead of kanji",
        _OURS,
    ),
    "unknown-word": Check(
        "a word in `body`, `equipment`, `position`, `level`, `phase` or `avoid_with` that the vocabulary "
        "does not have",
        "searches and filters do not find it",
        "write the name that is suggested, or one that the schema offers",
        _OURS,
    ),
    "unnamed-side": Check(
        "a side starts, or one limb is named, and nothing says which side",
        "the listener guesses, and stretches the same side twice",
        "name the side before the hold, with {side} or a text for each side",
        _EYES,
    ),
    "unequal-sides": Check(
        "left and right have different holds, or a different number of them",
        "both sides need the same",
        "put the steps into `sides: [left, right]`",
        "both articles: left, right",
    ),
    "missing-side": Check(
        "left without right, or right without left",
        "both sides need the same",
        "add the other side, best with `sides: [left, right]`",
        "both articles: left, right",
    ),
    "side-change": Check(
        "less than 5 s or more than 10 s to change sides",
        "a short change takes time from the second side's hold, a long one is wasted",
        "write `switch` with 5 to 10 s",
        "general guidance: 5 to 10 s",
    ),
    "no-settle": Check(
        "a hold that starts less than 2 s after an instruction to move",
        "the body needs longer than the words",
        "write `settle: 4s` after the instruction, or remove `settle`: the default is 4 s",
        _OURS,
    ),
    "no-way-out": Check(
        "no words on how to leave a position after a hold, before the next position, a rest, the other "
        "side or the end; praise, a count, the breath or a feeling does not count",
        "the listener stays in the posture, or leaves it too fast",
        "say how to return, after the hold",
        _EYES,
    ),
    "long-silence": Check(
        "no sound for more than 60 s (for 5 minutes in a hold that has marks with `every`)",
        "the listener wonders whether it is still playing, and opens their eyes",
        "in a hold, add a mark such as `every: {1m: tick}`; turn a long rest into such a hold, or allow "
        "this check with the reason",
        "listeners' reports on timers; ours",
    ),
    "mark-overlap": Check(
        "a mark that, by estimate, overlaps another or is longer than its hold",
        "overlapping words cannot be understood, and words must not shorten a hold",
        "use a shorter text, a longer hold, or another time",
        _OURS,
    ),
    "loud-chime": Check(
        "a sound whose `volume` makes it louder than the voice",
        "sudden loud sounds startle",
        "write a lower `volume`: up to +3dB is no louder than the voice",
        "Edworthy; EBU R 128",
    ),
    "many-chimes": Check(
        "more than four kinds of chime, the ticks of a countdown among them",
        "few listeners can tell more than four apart",
        "use one sound for both, or words instead",
        "absolute judgement of tones: about four",
    ),
    "spoken-pace": Check(
        "a voice slower than 100 or faster than 130 words a minute",
        "slower speech is hard to follow, faster speech rushes the listener",
        "write a `rate` of 100 to 130, or remove it: the default is 120",
        "general guidance: 100 to 130",
    ),
    "hold-length": Check(
        "a stretch held under 5 s or over 60 s (in back routines from 2 s)",
        "shorter has little effect, longer can harm",
        "hold 10 to 30 s, or give the setting `min`, `max` and `source`",
        _ACSM,
    ),
    "side-total": Check(
        "a stretch held over 120 s in total on one side",
        "about 60 s in total are enough for a muscle",
        "use fewer reps or a shorter hold, or give the setting `min`, `max` and `source`",
        "Garber 2011 (ACSM): about 60 s",
    ),
    "breath-pace": Check(
        "paced breathing outside 4.5 to 7 breaths a minute",
        "faster is not calming, slower can make you dizzy",
        "breaths of 8.6 to 13.3 s, such as in 4 s, out 6 s",
        "Frontiers 2017: about 6 a minute",
    ),
    "breath-out": Check(
        "breathing out shorter than breathing in",
        "breathing out is what calms",
        "breathe out at least as long as in",
        "Frontiers 2017",
    ),
    "ice-minutes": Check(
        "ice for more than 15 minutes", "skin and nerves can suffer", "ice for 15 minutes at most", _ICE
    ),
    "ice-limit": Check(
        "ice for more than 20 minutes",
        "skin and nerves can suffer",
        "ice for 20 minutes at most",
        _ICE,
        "error",
    ),
    "heat-minutes": Check(
        "heat for more than 20 minutes", "skin can burn", "heat for 20 minutes at most", _HEAT
    ),
    "heat-limit": Check(
        "heat for more than 30 minutes", "skin can burn", "heat for 30 minutes at most", _HEAT, "error"
    ),
    "bedtime-heat": Check(
        "heat or ice in a routine that ends with `closing: sleep`, or in the profile `sleep`",
        "falling asleep on heat or ice can injure you",
        "remove heat and ice, or end with `closing: gentle`, in another profile",
        "NHS leaflets: not asleep",
        "error",
    ),
    "yoga-rule": Check(
        "a yoga pose without the spoken safety rule R8",
        "poses can harm without a teacher",
        "write `notice: yoga`, or say that poses are learnt with a teacher",
        "R8",
    ),
    "ice-rule": Check(
        "ice without the spoken safety rule R3",
        "ice on bare skin harms it",
        "write `notice: ice`, or say that ice never touches bare skin",
        "R3",
    ),
    "heat-rule": Check(
        "heat without the spoken safety rule R4",
        "heat can harm the skin",
        "write `notice: heat`, or say not to exceed the minutes",
        "R4",
    ),
    "load-time": Check(
        "a position that is held for less or longer than the source allows, from the words that lead "
        "into it to the words that lead out",
        "the effort starts and ends at these words, not at the chimes",
        "shorten the hold or the `settle` before it, and say everything else before the last instruction",
        "the source of the setting, or its `load`",
    ),
    "instruction-during-hold": Check(
        "after the movement, the text still says how to do it, or another movement comes during the hold",
        "the body is already in position, and holds it while listening",
        "explain before the movement, and keep the last instruction short",
        "yoga teachers' practice; ours",
    ),
    "missing-transition": Check(
        "a new position without words or time to get there, or first words of an included routine "
        "for a position that the body is already in",
        "the listener stays in the old position, or gets up too fast",
        "add `into` to the words that lead to the position; if there are none, add them, with 12 s or more",
        _OURS,
    ),
    "unexplained-chime": Check(
        "a hold with chimes that have not been explained before",
        "the first bell startles, and the listener waits for words",
        "remove `chimes: {explain: false}`, or say what starts and ends a hold",
        _OURS,
    ),
    "warning-after-act": Check(
        "a warning about a thing that is already in use",
        "once something is filled, dipped or laid on, the warning comes too late",
        "put the warning first",
        _OURS,
    ),
    "distant-pronoun": Check(
        "an instruction with `it` or `them`, where the three sentences before do not name what it refers to",
        "a spoken sentence cannot be reread",
        "name the thing",
        _OURS,
    ),
    "unknown-safety-rule": Check(
        "an id in `rules` that is not a safety rule",
        "nobody knows what it asks for, so nothing checks it",
        "write an id from R1 to R19",
        _OURS,
    ),
}
