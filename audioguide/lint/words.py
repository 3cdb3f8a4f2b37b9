"""What is said: for closed eyes, one short thing at a time, and never with force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.lint.texts import Text, orders

LONGEST_SENTENCE = 20  # words

_HELPER = (
    r"(?:a |an |the |your )?(?:\w+ )?(?:chiropractor|doctor|gp|nurse|physician|physiotherapist|"
    r"professional|"
    r"specialist|therapist)"
)
_PICTURE = r"(?:diagram|drawing|figure|illustration|image|mirror|photo|picture|video)"
# What can be watched and seen with closed eyes.
_INNER = (
    r"(?:(?:all|any|as|each|every|for|how|just|its|that|the|these|this|those|what|where|your)\s+)*"
    r"(?:air|attention|awareness|body\s+breathes?|breath\w*|distractions?|emotions?|ease|energy|exhal\w+|"
    r"feelings?|"
    r"heart(?:beat)?|images|inhal\w+|mind|posture|pulse|sensations?|silence|step|tension|thoughts?|"
    r"tightness|urges?|"
    r"warmth)\b"
)
_SEE = (
    rf"(?<!\bi )(?<!will )(?<!ll )(?<!may )(?<!might )\bsee(?:ing)?\b(?! (?:{_HELPER}|how|if|where|"
    rf"whether|you)\b)"
    rf"(?! what you (?:feel|notice|sense)\b)(?!\s+{_INNER})"
)
_SIGHT = re.compile(
    rf"(?<!your )(?<!wrist )(?<!mind )\bwatch(?:ing)?\b(?! (?:out|over)\b)(?!\s+{_INNER})|{_SEE}|"
    rf"\blook(?:ing)?\b(?! (?:after|forward|inside|inwards?|within)\b)(?! for {_INNER})|"
    r"(?<!inner )\bgaz(?:e|ing)\b(?! (?:\w+ )?(?:inwards?|within)\b)|\bstar(?:e|ing) at\b|\beyes on\b|"
    r"\bglanc(?:e|ing)\b|"
    r"\b(?:are|as|is) (?:illustrated|pictured|shown)\b|\blike (?:so|this)\b(?=\s*(?:[.,;:!?]|$))|"
    r"\b(?:at|on) (?:the|your) screen\b|\bfocal point\b|\bwhat i (?:am showing|do|show)\b|"
    r"\byour eyes follow\b|\b(?:fix|focus) your eyes\b|"
    r"\bwith your eyes\b(?! (?:closed|shut))|"
    r"\bread (?:the|this|what)\b|"
    rf"\b(?:from|in|on) the {_PICTURE}\b|\b{_PICTURE} (?:above|below|shows)\b",
    re.IGNORECASE,
)
# In a sentence with these, seeing is imagined, or forbidden.
_IMAGINED = re.compile(
    r"\b(?:in|with) your mind\b|\b(?:inner|mind['\u2019]?s) eye\b|\bimagin\w+|\bvisuali[sz]\w+|"
    r"\bpicture (?:a|an|the|your)\b|"
    r"\b(?:behind|closed) (?:closed |your )*(?:eyelids|lids)\b|\beyes (?:are |stay |remain )?(?:closed|"
    r"shut)\b|"
    r"\b(?:come|comes) and go(?:es)?\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"\b(?:do not|don['\u2019]?t|never|no need to|need not|not|without)(?: (?:have to|"
    r"need to))? (?:\w+ )?$",
    re.IGNORECASE,
)
_EYES_OPENED = re.compile(r"\bopen your eyes\b", re.IGNORECASE)

_PAIN = r"(?:pain|ache|discomfort|burn|burning|hurt|resistance|stiffness|limit|limits)"
_THE = r"(?:(?:the|your|any|that|some)\s+)?"
_FORCE = re.compile(
    r"\bbounc(?:e|es|ing)\b(?!-free)|\byank\w*|\bfull strength\b|\bsuffer through\b|\bjerk(?:s|ing)?\b|"
    r"\bforc(?:e|ing)\s+(?:your|the|it|yourself)\b|"
    r"\b(?:with|use|by)\s+(?:\w+\s+)?force\b|\bforcefully\b|\bno pain\b|\bas hard as\b|"
    rf"\b(?:push|work|go|stretch)(?:ing)?\s+(?:on\s+)?(?:through|past|into|beyond)\s+{_THE}{_PAIN}\b|"
    rf"\bbreathe\s+(?:on\s+)?(?:through|past)\s+{_THE}{_PAIN}\b|"
    r"\bpush(?:ing)?\s+through(?=\s*[.,;!]|\s*$|\s+it\b)|"
    rf"\b(?:ignor(?:e|ing)|forget|endure|bear|tolerate)\s+{_THE}{_PAIN}\b|"
    r"\bpush(?:ing)?\s+hard\b|\bgrit your teeth\b|\bpain is weakness\b|\bwith all your (?:might|power|"
    r"strength)\b|"
    r"\buntil it (?:aches|burns|hurts)\b|\b(?:has to|must|needs to|should|will) hurt\b|"
    r"\beven (?:if|though|when) it (?:burns|hurts)\b",
    re.IGNORECASE,
)
# Behind these a "not" is none: "Don't be afraid to push through".
_NEGATION = re.compile(
    r"\b(?:avoid(?:ing)?|do not|don.?t|instead of|never|no|nor|not|rather than|refrain from|without)\b"
    r"(?! (?:be (?:afraid|scared|shy)|fear|hesitate|stop|worry)\b)",
    re.I,
)
# What is said of it, rather than asked for: "Bouncing is not needed."
_WARNED = re.compile(
    r"\s+(?:(?:it|the|your|\w+)\s+){0,2}?(?:(?:is|are|does) (?:not|no|never)|isn.?t|does harm|harms?|"
    r"injures?|"
    r"(?:can|could|may|might|will) (?:harm|hurt|injure|tear)|tears?)\b",
    re.I,
)
_NO_PAIN_NO = re.compile(r"\bno pain\b[,\s]*(?:and\s+|means\s+)?no\b", re.IGNORECASE)


def words(subject: Subject) -> Iterator[Finding]:
    """Check each text of each file."""
    for routine in subject.files:
        for text in subject.texts[str(routine.path)]:
            yield from _broken(text)
    for routine in subject.files if subject.worded else ():
        for text in subject.texts[str(routine.path)]:
            yield from _sight(text)
            for sentence in text.sentences:
                yield from _sentence(text, sentence)


def _sight(text: Text) -> Iterator[Finding]:
    for sentence in text.sentences:
        opened = _EYES_OPENED.search(sentence)
        imagined = _IMAGINED.search(sentence)
        for match in _SIGHT.finditer(sentence, 0, opened.start() if opened else len(sentence)):
            if not imagined and not _UNSEEN.search(sentence, 0, match.start()):
                found = f"'{match.group()}' needs eyes"
                yield text.place.found("sight-words", found, *text.keys, word=match.group())
        if opened:
            return  # what follows is for open eyes


def _broken(text: Text) -> Iterator[Finding]:
    """Yield the first line of a text that goes on in the next one: it will be a phrase of its own."""
    lines = [line.strip() for line in text.written.splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if following[0].islower() and line[-1].isalnum() | (line[-1] in ",-\u2013\u2014"):
            found = f"“{following}” begins with a small letter"
            yield text.place.found("broken-line", found, *text.keys, word=following)
            return


def _sentence(text: Text, sentence: str) -> Iterator[Finding]:
    count = sum(any(letter.isalnum() for letter in word) for word in sentence.split())
    if count > LONGEST_SENTENCE:
        found = f"a sentence of {count} words"
        yield text.place.found("long-sentence", found, *text.keys)
    moves = orders(sentence)
    if len(moves) > 1:
        found = f"{' and '.join(moves).lower()} in one sentence"
        yield text.place.found("many-actions", found, *text.keys, word=moves[1])
    for match in _FORCE.finditer(sentence):
        if _forces(sentence, match):
            found = f"'{match.group()}' asks for force"
            yield text.place.found("forcing-words", found, *text.keys, word=match.group())


def _forces(sentence: str, match: re.Match[str]) -> bool:
    if match.group().lower() == "no pain":  # "there is no pain" is no slogan
        return bool(_NO_PAIN_NO.match(sentence, match.start()))
    return not _NEGATION.search(sentence, 0, match.start()) and not _WARNED.match(sentence, match.end())
