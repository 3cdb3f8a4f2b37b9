"""Which reader a file needs, and what no reader can do anything with."""

from __future__ import annotations

import re
from pathlib import Path

from audioguide.draft.document import SourceText
from audioguide.draft.readers import database, docx, html, markdown, pdf, plain_text, table
from audioguide.draft.text import Block
from audioguide.errors import OutputError, RoutineError, UsageError
from audioguide.untrusted.files import NotRegular, open_regular

LARGEST_FILE = 40 * 2**20  # bytes, pictures in a PDF or DOCX among them
LARGEST_TEXT = 2 * 2**20  # characters; about 3,000 exercises
LONGEST_LINE = 200_000
EXTRA = "pip install 'audioguide[draft]'"
KINDS = "plain text, Markdown, HTML, PDF with text, DOCX, JSON of exercises, CSV"

_ADDRESS = re.compile(r"https?:/+", re.IGNORECASE)  # a path has lost one of its slashes
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\s*[-*] \*\*)|\*\*[^\s*][^*\n]*\*\*", re.MULTILINE)
_BOLD = re.compile(r"\*\*[A-Z][^*\n]*\*\*")
_HTML = re.compile(r"<(?:!doctype html|html|body|div|p|h[1-6]|ul|ol|article)\b", re.IGNORECASE)
_ROUTINE = re.compile(r"^title:.*(?:\n.*)*^steps:\s*$", re.MULTILINE)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "your",
        "to",
        "of",
        "with",
        "for",
        "on",
        "in",
        "a",
        "is",
        "then",
        "you",
        "as",
        "at",
        "from",
        "this",
        "or",
        "it",
        "each",
        "until",
        "hold",
        "repeat",
        "knees",
        "feet",
        "back",
        "times",
        "seconds",
        "arms",
        "legs",
    ]
)
# Small words of other languages of Europe that are not English.
_OTHER_LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        """
        der und auf mit den dem sie ihr ihre ist nicht ein eine einen zu von dann oder sich bis wieder
        le la les des une vous votre vos est dans sur avec pour puis et du au aux pendant
        el los las una su sus con por para del se en que y al durante cada
        il lo gli della delle nel per poi di dei sul sulla tua tuo le e un
        os uma com seu sua no na nos nas do da dos ao
        het een van uw je jouw op voor naar bij niet deze
        och att det som din ditt dina med av till og det er ikke hold
        ja on ei sen se kun
        """,
    )
) - {
    "on",
    "hold",
    "do",
    "no",
    "per",
    "a",
    "en",
    "un",
    "me",
    "van",
    "lo",
    "os",
    "la",
    "se",
    "so",
    "e",
    "y",
}


def read_path(path: Path) -> SourceText:
    """Read the file at `path`. Raises OutputError where it cannot be opened, and as `read` does."""
    if _ADDRESS.match(str(path)):
        raise UsageError("this is an address; save the page as a file first, then draft from that file")
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except NotRegular as error:
        raise UsageError(f"{path} is {error.kind}, not a file; `-` reads standard input") from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    return read(data, str(path))


def read(data: bytes, name: str) -> SourceText:
    """Read the bytes of a file called `name`; its content decides, then its suffix.

    Raises RoutineError for what is too large, broken, not text, empty or not English.
    """
    if len(data) > LARGEST_FILE:
        raise RoutineError(f"{name} is larger than {LARGEST_FILE // 2**20} MB; draft from a part of it")
    suffix = Path(name).suffix.lower()
    if data[:5] == b"%PDF-":
        return _checked(SourceText(name=name, blocks=_heavy(pdf.blocks_of, data, name, "pypdf")))
    if data[:4] == b"PK\x03\x04" and (
        suffix == ".docx" or b"word/" in data[:4000] or b"[Content_Types]" in data[:200]
    ):
        return _checked(SourceText(name=name, blocks=_heavy(docx.blocks_of, data, name, "python-docx")))
    text = decoded(data, name)
    if not text.strip():
        raise RoutineError(f"{name} is empty")
    if len(text) > LARGEST_TEXT:
        raise RoutineError(
            f"{name} has {len(text) / 2**20:.1f} million characters; up to "
            f"{LARGEST_TEXT // 2**20} can be read at a time: split it into parts"
        )
    return _checked(_of_text(text, name, suffix))


def _is_markdown(text: str, suffix: str) -> bool:
    """Return whether a text has marks of Markdown; a plain file only if it has words in bold, as chats do."""
    return len((_BOLD if suffix == ".txt" else _MARKDOWN).findall(text)) > 1


def _of_text(text: str, name: str, suffix: str) -> SourceText:
    start = text.lstrip()[:1]
    if suffix == ".json" or (start in "[{" and re.match(r"\s*[\[{]\s*[\"{\[\]}]", text)):
        passages, notes = database.passages_of(text, name)
        return SourceText(name=name, passages=passages, notes=notes)
    if suffix in (".csv", ".tsv") or _is_table(text):
        passages, notes = table.passages_of(text, name)
        return SourceText(name=name, passages=passages, notes=notes)
    if _ROUTINE.search(text[:20_000]) and suffix in (".yaml", ".yml"):
        raise RoutineError(f"{name} is a routine already: render it, or check it with `audioguide check`")
    blocks: tuple[Block, ...]
    if suffix in (".html", ".htm", ".xhtml") or (suffix not in (".md", ".txt") and _HTML.search(text[:5000])):
        blocks = html.blocks_of(text)
    elif suffix in (".md", ".markdown") or _is_markdown(text[:50_000], suffix):
        blocks = markdown.blocks_of(text)
    else:
        blocks = plain_text.blocks_of(text)
    return SourceText(name=name, blocks=blocks)


def _is_table(text: str) -> bool:
    first = text.lstrip("\ufeff \n").split("\n", 1)[0].lower()
    names = [part.strip().strip('"') for part in re.split(r"[,;\t|]", first)]
    return (
        len(names) > 1
        and names[0] in ("name", "title", "exercise", "id")
        and bool({"instructions", "description", "steps", "reps", "hold", "text"} & set(names))
    )


def _heavy(reader: object, data: bytes, name: str, package: str) -> tuple[Block, ...]:
    try:
        return reader(data, name)  # type: ignore[operator, no-any-return]
    except ModuleNotFoundError as error:
        raise UsageError(f"{name} needs the package {package}, which is not installed", hint=EXTRA) from error


def decoded(data: bytes, name: str) -> str:
    """Return `data` as text with line ends of one character. Raises RoutineError for what is not a text."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(
        1 for letter in text[:20_000] if (letter < " " and letter not in "\t\n\r\f\v") or letter == "\ufffd"
    )
    if odd > len(text[:20_000]) // 200:
        raise RoutineError(f"{name} is not a text; draft reads {KINDS}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _checked(document: SourceText) -> SourceText:
    """Return `document`. Raises RoutineError where it has no text, or none in English."""
    start = document.text[:60_000]
    if not start.strip():
        raise RoutineError(f"{document.name} has no readable text")
    words = re.findall(r"[^\W\d_]+", start.lower())
    letters = [letter for letter in start if letter.isalpha()]
    foreign = sum(letter > "\u024f" for letter in letters) > len(letters) / 2  # of another script
    if len(words) >= 12 or foreign:
        known = sum(word in _ENGLISH for word in words) / len(words)
        other = sum(word in _OTHER_LANGUAGES or not word.isascii() for word in words) / len(words)
        if foreign or (other > 0.05 and known < 2 * other):
            raise RoutineError(
                f"{document.name} does not look like English, the only language that draft can read; "
                f"translate it first, or write the routine with `audioguide new`"
            )
    return document
