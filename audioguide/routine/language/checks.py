"""The checks for closed eyes and for safety: what each finds, why, and how it is mended.

The checks themselves are in `audioguide.lint`; this table lies here because a routine may name
one, to switch it off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """What a check finds, why that matters, how to mend it, and where the rule comes from.

    An error stops a render and cannot be switched off.
    """

    what: str
    why: str
    mend: str
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
        "what is written for eyes: Markdown, HTML, links, addresses, emoji",
        "the voice leaves it out",
        "write the words alone",
        _OURS,
    ),
    "long-sentence": Check(
        "a sentence of more than 20 words",
        "nobody can read a spoken sentence again",
        "make two sentences of it",
        _OURS,
    ),
    "broken-line": Check(
        "in a text written with `|`, a line that begins with a small letter after one without a full stop",
        "each line is a phrase of its own, with a pause between two",
        "write the text with `>` to join its lines, or begin each with a capital letter",
        _OURS,
    ),
    "cut-text": Check(
        "a text without quotes that a space and # end: `say: Do exercise #3`",
        "to YAML, the rest of the line is a comment, and nobody hears it",
        "put the text into quotes, or a space after the # of a comment",
        "YAML 1.2",
    ),
    "no-effect": Check(
        "what is written and changes nothing: a setting that no step uses, growth beyond bounds, the rest of "
        "one rep, an entry of `allow` that no check needs, a pause of 0 s, the voice, profile or bed of an "
        "included routine, a sound or a text that is never heard, such as `say` where `first` and `last` are "
        "said in every rep, a key without a value, a mark that spells a sound with a capital",
        "something was meant, and nobody hears it",
        "leave it out, or write it where it counts",
        _OURS,
    ),
    "out-of-reach": Check(
        "a `length` that the settings cannot reach, by estimate: all at their least are longer, or all at "
        "their most, with the longest pauses, shorter",
        "the file lasts another time than it says",
        "write a length that can be reached, or wider bounds",
        _OURS,
    ),
    "lost-mark": Check(
        "a mark or a chime of which nothing is heard, or little: `every` 40 s in a hold of 30 s, an "
        "interval, beats or random sounds that other marks leave no room for, an end chime where the "
        "next exact time begins with its own, any sound in the last five minutes of `profile: sleep`",
        "the listener waits for a sign that never comes",
        "choose a shorter interval, or place it with `at`",
        _OURS,
    ),
    "many-actions": Check(
        "two movements in one sentence",
        "whoever still does the first misses the second",
        "one action a sentence",
        "yoga teachers' practice",
    ),
    "english-phrases": Check(
        "our own phrases (notice, counts, breath words, {side}, {hold}) in a voice of another language",
        "they are English, and such a voice reads them by its own rules",
        "write them in the language of the voice",
        _OURS,
    ),
    "unread-letters": Check(
        "words that the voice spells or names letter by letter (kanji in Japanese, English in some voices)",
        "nobody understands them",
        "write them in letters that the voice reads: kana instead of kanji",
        _OURS,
    ),
    "unknown-word": Check(
        "a word in `body`, `equipment`, `position`, `level`, `phase` or `avoid_with` that the vocabulary "
        "does not have",
        "a search or a filter for it finds nothing",
        "write the name that is suggested, or one that the schema offers",
        _OURS,
    ),
    "unnamed-side": Check(
        "a side begins, or one limb is called for, and no word says which",
        "the listener guesses, and stretches the same side twice",
        "name the side before the hold, with {side} or a text for each side",
        _EYES,
    ),
    "unequal-sides": Check(
        "left and right have other holds, or are held more often",
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
        "a short change is paid for by the second side's hold, a long one is idle",
        "write `switch` with 5 to 10 s",
        "general guidance: 5 to 10 s",
    ),
    "no-settle": Check(
        "a hold that begins less than 2 s after an order to move",
        "the body needs longer than the words",
        "write `settle: 4s` behind the order, or leave `settle` out: it is 4 s then",
        _OURS,
    ),
    "no-way-out": Check(
        "no word that leads out after a hold, before the next posture, a rest, the other side or the end; "
        "praise, a count, the breath or a feeling leads nowhere",
        "the listener stays in the posture, or leaves it too fast",
        "say how to return, behind the hold",
        _EYES,
    ),
    "long-silence": Check(
        "more than 60 s without a sound (5 minutes in a hold with `every` marks)",
        "the listener wonders whether it still runs, and opens the eyes",
        "in a hold, add a mark such as `every: {1m: tick}`; make a long rest such a hold, or allow this "
        "check with the reason",
        "listeners' reports on timers; ours",
    ),
    "mark-overlap": Check(
        "a mark that, by estimate, runs into another or outlasts its hold",
        "words over words are not understood, and no word may eat a hold",
        "a shorter text, a longer hold, or another moment",
        _OURS,
    ),
    "loud-chime": Check(
        "a sound whose `volume` makes it louder than the voice",
        "what is suddenly loud startles",
        "write a lower `volume`: up to +3dB is no louder than the voice",
        "Edworthy; EBU R 128",
    ),
    "many-chimes": Check(
        "more than four kinds of chime, the ticks of a countdown among them",
        "few listeners keep more than four apart, least of all with closed eyes",
        "let one sound stand for both, or say it in words",
        "absolute judgement of tones: about four",
    ),
    "spoken-pace": Check(
        "a voice slower than 100 or faster than 130 words a minute",
        "slower falls apart, faster hurries the body",
        "write a `rate` of 100 to 130, or none: it is 120 then",
        "general guidance: 100 to 130",
    ),
    "hold-length": Check(
        "a stretch held under 5 s or over 60 s (in back routines from 2 s)",
        "shorter does little, longer can harm",
        "hold 10 to 30 s, or give the setting bounds and its source",
        _ACSM,
    ),
    "side-total": Check(
        "a stretch held over 120 s in all on one side",
        "about 60 s in all are enough for a muscle",
        "fewer reps or a shorter hold, or give the setting bounds and its source",
        "Garber 2011 (ACSM): about 60 s",
    ),
    "breath-pace": Check(
        "paced breathing outside 4.5 to 7 breaths a minute",
        "faster is not calming, slower makes dizzy",
        "breaths of 8.6 to 13.3 s, such as in 4 s, out 6 s",
        "Frontiers 2017: about 6 a minute",
    ),
    "breath-out": Check(
        "a breath out that is shorter than the breath in",
        "the breath out is what calms",
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
        "who falls asleep on heat or ice is hurt by it",
        "leave heat and ice out, or end with `closing: gentle`, in another profile",
        "NHS leaflets: not asleep",
        "error",
    ),
    "yoga-rule": Check(
        "a yoga pose, and the safety rule R8 is not spoken",
        "poses can harm without a teacher",
        "write `notice: yoga`, or say that poses are learnt with a teacher",
        "R8",
    ),
    "ice-rule": Check(
        "ice, and the safety rule R3 is not spoken",
        "ice on bare skin harms it",
        "write `notice: ice`, or say that ice never touches bare skin",
        "R3",
    ),
    "heat-rule": Check(
        "heat, and the safety rule R4 is not spoken",
        "heat can harm the skin",
        "write `notice: heat`, or say to keep to the minutes",
        "R4",
    ),
    "load-time": Check(
        "a position that is held, from word to word, for less or longer than the source allows",
        "the body counts from the word that takes it there to the word that lets it go",
        "shorten the hold or the `settle` before it, and say all else before the last instruction",
        "the source of the setting, or its `load`",
    ),
    "instruction-during-hold": Check(
        "words on how to do it after the movement, or another movement inside the hold",
        "the body is up already, and holds while it listens",
        "say how before the movement; the last instruction is short",
        "yoga teachers' practice; ours",
    ),
    "missing-transition": Check(
        "another position without words that lead there or without time, or one that the body is in already",
        "the listener stays where it was, or hurries up from the floor",
        "write `into` at the words that take a position, or say how to get there, and give it 12 s or more",
        _OURS,
    ),
    "unexplained-chime": Check(
        "a hold with chimes, and no word before it on what they mean",
        "the first bell startles, and the listener waits for a word",
        "leave `chimes: {explain: false}` out, or say what starts and ends a hold",
        _OURS,
    ),
    "warning-after-act": Check(
        "a warning about a thing that is already in use",
        "what is filled, dipped or laid on cannot be warned of any more",
        "say the warning first",
        _OURS,
    ),
    "distant-pronoun": Check(
        "an order with `it` or `them`, and the three sentences before name nothing that it could stand for",
        "nobody can read a spoken sentence again",
        "name the thing",
        _OURS,
    ),
    "unknown-safety-rule": Check(
        "an id in `rules` that is no safety rule",
        "a rule that nobody knows protects nobody",
        "write an id from R1 to R19",
        _OURS,
    ),
}
