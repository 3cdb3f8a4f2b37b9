"""Markup, links and addresses: written for eyes, and left out of what is said. Safe in every language.

CommonMark's own parser is not used: it would take the number off "1. Lie down" and the sign off "> 5".
"""

from __future__ import annotations

import html
import re

from audioguide.reading.letters import is_picture, plain_letters
from audioguide.reading.pausing import without_pauses

_ROUNDS = 5  # markup inside of markup: &amp;lt;b&amp;gt;
_URL = re.compile(
    r"<?\b(?:(?:https?|ftp|file|mailto|tel|data):/{0,3}|www\.)[^\s<>\"\u201d]*[^\s<>\"\u201d.,;:!?)\]']/?>?"
    r"|\b(?:https?|ftp|file|mailto)://?", re.IGNORECASE,
)  # fmt: skip
_MAIL = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")
_DOMAIN = re.compile(
    r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|io|app|dev|me|tv|eu|uk|de|fr|es|it|nl|at|ch|ca|"
    r"au|us|in|br|jp|cn|ru|pl|se|be)\b(?:/[^\s<>\"]*)?(?![\w.-])"
)
_SCHEME = re.compile(r"\w*://\S*")
_HANDLE = re.compile(r"(?<!\w)[@#](?=[^\W\d_])")  # @name, #tag: the word stays
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+[\"'][^\"']*[\"'])?\s*\)")
_REFERENCE = re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]|\[\^[^\[\]]*\]")
_FENCE = re.compile(r"`{3,}\w*|~{3,}\w*")
_RULE = re.compile(r"(?:^|(?<=\n))\s*(?:[*_-]\s*){3,}(?=\n|$)|={3,}|-{4,}|_{3,}|\*{3,}")
_HEADING = re.compile(r"(?:^|(?<=\n))\s*#{1,6}\s+(?!\d|of\b)|\s#{2,}(?=\s|$)")
_BULLET = re.compile(
    r"(?:^|(?<=\n))\s*(?:[\u2022\u2023\u25e6\u2043]|[*+-](?=\s|$)|>(?!=|\s*\d)|\[[ xX]\])\s*(?:\[[ xX]\]\s*)?"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|~~|==)(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.DOTALL)
_BBCODE = re.compile(
    r"\[/?(?:b|i|u|s|url|img|color|colour|size|font|quote|code|list|center|left|right|email|youtube|table|tr|"
    r"td|th|sup|sub|spoiler|h[1-6]|hr|br|li|ul|ol|\*)(?:=[^\[\]]*)?\]|\[/[A-Za-z*]+\]",
    re.IGNORECASE,
)  # fmt: skip
_BB_IMAGE = re.compile(r"\[img[^\[\]]*\].*?\[/img\]", re.IGNORECASE | re.DOTALL)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = {
    "times": "\u00d7", "cdot": "\u00d7", "pm": "\u00b1", "degree": "\u00b0", "circ": "\u00b0",
    "leq": "\u2264", "le": "\u2264", "geq": "\u2265", "ge": "\u2265", "approx": "\u2248", "sim": "~",
    "to": ", ", "rightarrow": ", ", "ldots": "\u2026", "dots": "\u2026", "div": "\u00f7", "neq": "\u2260",
    "ne": "\u2260",
}  # fmt: skip
_OF_LAYOUT = """
text textbf textit textrm texttt emph mathrm mathbf mathit mathsf underline quad qquad begin end item section
subsection newline par hspace vspace large small tiny bf it rm displaystyle limits mbox left right hfill
noindent frac dfrac tfrac sqrt overline hline centering caption label ref
"""
_LAYOUT = frozenset(_OF_LAYOUT.split())
_ESCAPE = re.compile(r"\\[nrt](?![a-z])")  # a line break that YAML reads only inside of double quotes
_LATEX = re.compile(r"\\([A-Za-z]+)\*?\s?|\\[()\[\],;:!\\]")
_MATH = re.compile(r"\$\$?([^$]*(?:[\\^_{}]|[\u00d7\u00b0\u00b1])[^$]*)\$\$?|\$([^$\d]+)\$")
_RAISED = re.compile(r"\^\s*\{?\s*(\u00b0|[\w\s]*)\s*\}?")
_FACE = re.compile(r"(?<!\S)(?:[:;=8][-'^]?[)(DPpOo|/\\\]\[]|<3|[xX]D|\^[_-]?\^)(?=\s|$|[.,!?])")
_LEFT_OVER = re.compile(r"[*_`~|\\^{}<>\[\]#]+")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_TICKS = re.compile(r"`[^`]+`")
_MEANINGLESS = re.compile(
    r"\*(?!\s?\d)|(?<!\d)(?<!\d\s)\*|~(?!\s?\d)|[_`|\\^{}\[\]]|(?<!\d)#(?!\s?(?:\d|of\b))|<(?![-=]|\s?\d)|(?<![-=])>(?!=|\s?\d)"
)
_SILENT = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)(?:\s[^<>]*|/)?>|<[!?][^<>]*>")
_BETWEEN_TAGS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "s", "break"}


def without_markup(text: str) -> str:
    """Return `text` as plain words: no tags, entities, Markdown, links, addresses or pictures."""
    for _ in range(_ROUNDS):
        before = text
        text = _once(text)
        if text == before:
            break
    return _without_left_overs(text)


def _once(text: str) -> str:
    text = plain_letters(html.unescape(text) if "&" in text else text)
    text = without_pauses(text)
    if "<" in text:
        text = _without_tags(text)
    if "\\" in text or "$" in text:
        text = _without_latex(text)
    if "[" in text:
        text = _BBCODE.sub("", _BB_IMAGE.sub("", _REFERENCE.sub(r"\1", _IMAGE_OR_LINK.sub(r"\1", text))))
    text = _without_addresses(text)
    return _without_marks(text)


def _without_addresses(text: str) -> str:
    if not any(sign in text for sign in (":", "www.", "WWW.", "@", ".")):
        return text
    for each in (_URL, _MAIL, _SCHEME, _DOMAIN):
        text = each.sub("", text)
    return text


def _without_marks(text: str) -> str:
    for each in (_FENCE, _RULE, _HEADING, _BULLET, _FACE):
        text = each.sub(" ", text)
    return _HANDLE.sub("", _EMPHASIS.sub(r"\2", text))


def _without_latex(text: str) -> str:
    text = _MATH.sub(lambda found: found[1] or found[2], text)
    text = _FRACTION.sub(r"\1/\2", text)
    text = _LATEX.sub(_command, _ESCAPE.sub(" ", text))
    return _RAISED.sub(r"\1", text) if "^" in text else text


def _command(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return " "
    if name in _COMMAND:
        return _COMMAND[name]
    return "" if name in _LAYOUT else f" {found.group()[1:]}"  # "inhale\\exhale": words, and no command


def _without_left_overs(text: str) -> str:
    # What means something beside numbers ("2 < 3", "#1", "~5", "2*3") is read by the rules of a language;
    # what is left after them goes in `bare`.
    return " ".join(_MEANINGLESS.sub(" ", text).split())


_FOR_EYES = (
    _SILENT, _TAG, _BB_IMAGE, _BBCODE, _IMAGE_OR_LINK, _URL, _MAIL, _DOMAIN, _FENCE, _EMPHASIS, _HEADING,
    _BULLET, _ENTITY, _FRACTION, _ESCAPE, _LATEX, _FACE, _TICKS,
)  # fmt: skip


def for_eyes(text: str) -> list[str]:
    """Return what is written for eyes in `text`, in order: tags, links, marks of Markdown, emoji."""
    found = {
        match.start(): match.group().strip() for each in reversed(_FOR_EYES) for match in each.finditer(text)
    }
    found |= {place: char for place, char in enumerate(text) if not char.isascii() and is_picture(char)}
    return [found[place] for place in sorted(found) if found[place]]


def bare(text: str) -> str:
    """Return `text` without the signs of markup that are left."""
    return _LEFT_OVER.sub(" ", text)


def _without_tags(text: str) -> str:
    # By hand: what html.parser makes of a tag that is never closed changes from one Python to the next.
    text = _SILENT.sub(" ", text)
    return _TAG.sub(lambda found: " " if (found[1] or "").lower() in _BETWEEN_TAGS else "", text)
