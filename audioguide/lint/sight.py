"""Words that need eyes, told apart from what is felt, imagined or forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HELPER = (
    r"(?:a |an |the |your )?(?:\w+ )?"
    r"(?:chiropractor|doctor|gp|nurse|physician|physiotherapist|professional|specialist|therapist)"
)
_PICTURE = r"(?:diagram|drawing|figure|illustration|image|mirror|photo|picture|video)"
_OUTSIDE = (
    r"(?:clip|clock|demo|demonstration|diagram|drawing|illustration|instructor|mirror|photo|picture|"
    r"screen|teacher|timer|video)"
)
# What can be watched with the eyes closed: what goes on inside, and how the body moves by itself.
_INNER = (
    r"(?:air|attention|awareness|breath\w*|distractions?|emotions?|ease|energy|exhal\w+|feelings?|"
    r"heart(?:beat)?|images|inhal\w+|mind|pinching|posture|pulse|sensations?|silence|sounds?|space|step|"
    r"tension|thoughts?|tightness|urges?|warmth|worr(?:y|ies)|"
    r"(?:your )?(?:abdomen|back|belly|body|chest|jaw|ribs|shoulders|spine|tummy))\b"
)
_BY_ITSELF = r"(?:come|drift|dissolve|expand|fall|fill|leave|loosen|melt|pass|relax|rise|sink|soften)s?\b"
_FELT = rf"(?:[\w'\u2019]+\s+){{0,4}}?(?:{_INNER}|{_BY_ITSELF})"
_ANY = r"\s+(?:for|out|over|that)\b"
_WARNED = r"\s+your \w+\s*[:,;\u2014]"  # "Watch your knees: keep them soft."
_SOUGHT = r"\s+for (?:any|signs|the (?:place|point|spot) where)\b"
_SIGHT = re.compile(
    rf"(?<!your )(?<!wrist )(?<!mind )\bwatch(?:ing)?\b(?!{_ANY}|{_WARNED}|\s+{_FELT})|"
    rf"(?<!\bi )(?<!will )(?<!ll )(?<!may )(?<!might )\bsee(?:ing)?\b"
    rf"(?! (?:{_HELPER}|how|if|what(?! i\b)|where|whether|you|yourself)\b|\s+(?:this|that|it|\w+ \w+) as\b)"
    rf"(?!\s+{_FELT})|"
    rf"\blook(?:ing)?\b(?! (?:after|forward|inside|inwards?|within)\b|{_SOUGHT}|\s+for {_FELT})|"
    r"(?<!inner )\bgaz(?:e|ing)\b(?! (?:\w+ )?(?:inwards?|within)\b)|\bstar(?:e|ing) at\b|\beyes on\b|"
    r"\b(?:glanc|peek|peep)(?:e|ing)?\b|\b(?:are|as|is) (?:illustrated|pictured|shown)\b|"
    r"\b(?:illustrated|pictured|shown) (?:above|below|here|in)\b|"
    r"\blike (?:so|this)\b(?=\s*(?:[.,;:!?]|$))|\b(?:at|on) (?:(?:the|your) )?screen\b|\bfocal point\b|"
    r"\bwhat i (?:am showing|do|show)\b|\byour eyes follow\b|\bwith your eyes\b(?! (?:closed|shut))|"
    r"\b(?:fix|focus|lift|lower|move|raise|turn) your eyes\b|\bread (?:the|this|what)\b|"
    rf"\b(?:from|in|on) the {_PICTURE}\b|\b{_PICTURE} (?:above|below|shows)\b|"
    rf"\b(?:copy|mirror) (?:me|my \w+|what i)\b|\b(?:face|follow) (?:a|the|your) {_OUTSIDE}\b|"
    rf"\bfollow (?:me|my (?:hands?|movements?))\b|\bin (?:a|the|your) mirror\b|"
    rf"\b(?:watch|see)\b(?=.*\b(?:in|on) (?:a|the|your) {_OUTSIDE}\b)|\bwatch (?:a|the|your) {_OUTSIDE}\b",
    re.IGNORECASE,
)
# In a sentence with these, seeing is imagined.
_IMAGINED = re.compile(
    r"\b(?:in|with) your mind\b|\b(?:inner|mind['\u2019]?s) eye\b|\bimagin\w+|\bvisuali[sz]\w+|"
    r"\bpicture (?:a|an|the|your|yourself)\b|\b(?:behind|closed) (?:closed |your )*(?:eyelids|lids|eyes)\b|"
    r"\beyes (?:are |stay |remain )?(?:closed|shut)\b|\bcomes? and goe?s?\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"\b(?:avoid|do not|don['\u2019]?t|instead of|never|no need to|need not|not|rather than|stop|without)"
    r"(?: (?:have to|need to))? (?:\w+ )?$",
    re.IGNORECASE,
)
_EYES_OPENED = re.compile(r"\bopen your eyes\b", re.IGNORECASE)


def needs_eyes(sentences: list[str]) -> Iterator[str]:
    """Yield the words of a text that need eyes; what follows "Open your eyes" is for open ones."""
    imagined = False
    for sentence in sentences:
        opened = _EYES_OPENED.search(sentence)
        imagined = imagined or bool(_IMAGINED.search(sentence))
        if not imagined:
            for match in _SIGHT.finditer(sentence, 0, opened.start() if opened else len(sentence)):
                if not _FORBIDDEN.search(sentence, 0, match.start()):
                    yield match.group()
        if opened:
            return
