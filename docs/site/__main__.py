"""Build the documentation site.

    python -m docs.site            # into build/site; open build/site/index.html
    python -m docs.site --quick    # without natural voices, which take seconds each

Needs `pip install -e '.[docs]'`. A warning of Sphinx, a link that leads nowhere and a key of the language
without an example are errors.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docs.site import commands, keys, listen, names
from docs.site.nav import NAV, NOTES
from docs.site.played import PAGES, played
from docs.site.stage import ROOT, Page, pages

HERE = Path(__file__).parent
TITLE = "audioguide"
PITCH = (
    "audioguide turns a routine (what to do, how long to hold it, on which side) into an MP3 that you follow "
    "with your eyes closed."
)


def main(arguments: list[str]) -> int:
    """Build the site, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs.site", description="Build the documentation site.")
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "build/site")
    parser.add_argument(
        "--quick", action="store_true", help="without natural voices, which take seconds each"
    )
    call = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        return build(call.out, Path(scratch), quick=call.quick)


def build(out: Path, scratch: Path, *, quick: bool) -> int:
    """Build the site into `out`, which is emptied first, by way of `scratch`; return Sphinx's exit code."""
    from sphinx.cmd.build import main as sphinx

    source, extra = scratch / "source", scratch / "extra"
    for folder in (source, extra, scratch / "static"):
        folder.mkdir()
    shutil.copy(HERE / "conf.py", source)
    shutil.copy(HERE / "site.css", scratch / "static")
    shutil.copytree(ROOT / "docs/pictures", source / "pictures")
    shutil.copytree(ROOT / "docs/pictures", extra / "pictures")
    found = list(_finished(pages(source), extra, quick=quick))
    if (source / "files").is_dir():
        shutil.copytree(source / "files", extra / "files")
    for page in found:
        _write(extra / f"{page.name}.md", page.text)
        _write(source / f"{page.name}.md", f"{page.text.rstrip()}\n\n{_as_markdown(page)}\n")
    index = _index(found)
    _write(extra / "index.md", index)
    _write(source / "index.md", f"{index}\n{_toctrees(found)}")
    _write(extra / "llms.txt", _llms(found))
    if out.exists():
        shutil.rmtree(out)
    code = sphinx(
        ["-q", "-W", "--keep-going", "-b", "html", "-d", str(scratch / "trees"), str(source), str(out)]
    )
    print(f"{out}/index.html: {len(found) + 1} pages" if not code else "the site has faults")  # noqa: T201
    return code


def _finished(written: list[Page], extra: Path, *, quick: bool) -> Iterator[Page]:
    """Yield each page, those that are made from the code among them."""
    for page in written:
        if page.name == "listen":
            yield Page(page.name, listen.page(page.text, extra / listen.FOLDER, quick=quick), page.section)
        elif page.name == "api":
            yield Page(page.name, f"{page.text.rstrip()}\n\n{names.reference()}", page.section)
        else:
            yield played(page, extra, quick=quick) if page.name in PAGES else page
    yield Page("keys", keys.reference(), "Reference")
    yield Page("commands", commands.reference(), "Reference")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _as_markdown(page: Page) -> str:
    return f'<p class="as-markdown"><a href="{Path(page.name).name}.md">This page as Markdown</a></p>'


def _in_order(found: list[Page]) -> Iterator[tuple[str, list[Page]]]:
    """Yield each section with its pages."""
    by_name = {page.name: page for page in found}
    for section, listed in NAV.items():
        yield section, [by_name[name] for name in listed]
    yield NOTES, [page for page in found if page.name.startswith("notes/")]


def _index(found: list[Page]) -> str:
    """Return the first page: what it is, a picture, the first command, and all pages."""
    parts = [
        f"# {TITLE}\n\n{PITCH}\n",
        "![The page on a phone, next to the timeline of the routine it plays](pictures/front.png)\n",
        "In the folder of the project, this makes your first MP3, `out/back-relaxation.mp3`:\n",
        f"```sh\n{_first_command()}\n```\n",
        "Then follow [the first ten minutes](first-minutes.md), or [listen](listen.md) to how it sounds.\n",
    ]
    for section, listed in _in_order(found):
        if section != NOTES:
            parts.append(f"## {section}\n")
            parts += [f"- [{page.title}]({page.name}.md)" for page in listed]
            parts.append("")
    return "\n".join(parts)


def _first_command() -> str:
    """Return the first command of the README, over two lines."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return " && \\\n  ".join(readme.partition("```sh\n")[2].partition("\n")[0].rsplit(" && ", 1))


def _toctrees(found: list[Page]) -> str:
    return "\n".join(
        "\n".join([
            "```{toctree}", ":hidden:", ":maxdepth: 1", f":caption: {section}", "",
            *(page.name for page in listed), "```", "",
        ])
        for section, listed in _in_order(found)
    )  # fmt: skip


def _llms(found: list[Page]) -> str:
    """Return the list of all pages as Markdown, in the form of llmstxt.org."""
    parts = [f"# {TITLE}\n\n> {PITCH}\n"]
    for section, listed in _in_order(found):
        parts.append(f"## {section}\n")
        parts += [f"- [{page.title}]({page.name}.md): {page.summary}" for page in listed]
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
