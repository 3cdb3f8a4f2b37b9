"""Which page is where: the sections of the site and their pages, in order of reading."""

from __future__ import annotations

# A page is named by its file in `docs/`; `MADE` ones are made by the build.
NAV: dict[str, tuple[str, ...]] = {
    "Start": ("first-minutes", "listen", "library"),
    "How to": (
        "holds", "phone-page", "compose", "draft", "own-routine", "batch", "phone", "background", "verify",
    ),
    "Reference": (
        "language", "keys", "commands", "api", "checks", "words", "engines", "running", "json",
        "write-a-routine", "glossary",
    ),
    "How well": ("sound", "performance", "reliability", "scaling", "security", "comparison"),
    "Inside": ("architecture", "site", "contributing", "releases", "changelog", "notices"),
}  # fmt: skip
MADE = ("keys", "commands")
# Pages that are not in `docs/`, or have another name there.
ELSEWHERE = {
    "security": "SECURITY.md", "contributing": "CONTRIBUTING.md", "changelog": "CHANGELOG.md",
    "notices": "NOTICE.md", "write-a-routine": "docs/llms.txt",
}  # fmt: skip
NOTES = "Measurements"  # all of `docs/notes/`, a section of its own
