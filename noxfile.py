"""What is run before a release, each in an environment of its own.

`nox -l` lists the sessions, `nox -s wheel` runs one. Where this machine lacks a Python,
its session is skipped.
"""

from __future__ import annotations

from pathlib import Path

import nox

PYTHONS = ["3.11", "3.12", "3.13"]
LOCK = ("-c", "requirements.lock")

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.sessions = ["lint", "types", "tests"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests with what development is pinned to."""
    session.install("-e", ".[test]", *LOCK)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest versions that pyproject.toml allows."""
    session.install("--resolution", "lowest-direct", "-e", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def newest(session: nox.Session) -> None:
    """Run the tests with the newest versions that there are."""
    session.install("--upgrade", "-e", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Look for faults and for lines that are formatted otherwise."""
    session.install("ruff", *LOCK)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of everything."""
    session.install("-e", ".[dev,bench,docs,release]", *LOCK)
    session.run("mypy")


# They compute and touch nothing outside: what their own tests do not reach is tested nowhere near.
PURE = ("compiler", "fitting", "mixer", "script", "vocabulary")


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which branches of the packages that only compute their tests reach; the floor is 98 %."""
    session.install("-e", ".[test]", "coverage", *LOCK)
    include = ",".join(f"audioguide/{name}/*" for name in PURE)
    tests = [f"tests/{name}" for name in PURE]
    pytest = ("-m", "pytest", "-n", "0", "-m", "not long", *tests)
    session.run("python", "-m", "coverage", "run", f"--include={include}", *pytest)
    for name in PURE:
        session.run("python", "-m", "coverage", "report", f"--include=audioguide/{name}/*")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site in build/site."""
    session.install("-e", ".[docs]", *LOCK)
    session.run("python", "-m", "docs.site", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build both archives, look into them, and run the README's commands from the wheel alone."""
    session.install("-e", ".[test,release]", *LOCK)
    session.run("python", "-m", "pytest", "-m", "slow or long", "-n", "0", "tests/release", *session.posargs)


# Of what audioguide is installed with; each may be combined with a program under GPL-3.0-or-later.
ALLOWED = (
    "Apache", "BSD", "MIT", "ISC", "PSF", "Python Software Foundation", "MPL", "Mozilla Public License 2.0",
    "LGPL", "Lesser General Public", "GPL-2.0-or-later", "GPL-3.0", "GPLv3", "General Public License v3",
    "Unlicense", "Zlib", "CC0", "Public Domain",
)  # fmt: skip


# Their packages name no licence; NOTICE.md says which they have.
UNNAMED = ("espeakng-loader", "resvg_py")


@nox.session
def licences(session: nox.Session) -> None:
    """Collect the licences of all that is installed with audioguide; one that is not allowed fails."""
    session.install("-e", ".[natural,draft,remote,xlsx,cluster]", "pip-licenses", *LOCK)
    allowed = ("--partial-match", "--allow-only", ";".join(ALLOWED), "--ignore-packages", *UNNAMED)
    session.run("pip-licenses", *allowed, "--format", "markdown")


@nox.session
def sbom(session: nox.Session) -> None:
    """Write what an installation consists of to build/sbom.json (CycloneDX)."""
    session.install(".[natural]", "cyclonedx-bom", *LOCK)
    Path("build").mkdir(exist_ok=True)
    session.run("cyclonedx-py", "environment", "-o", "build/sbom.json")


@nox.session
def audit(session: nox.Session) -> None:
    """Look for known weaknesses in what development is pinned to; needs a network that reaches the index."""
    session.install("pip-audit")
    session.run("pip-audit", "--requirement", "requirements.lock", "--no-deps", "--disable-pip")
