"""What is run before a release, each in an environment of its own.

`nox -l` lists the sessions, `nox -s wheel` runs one. Where this machine lacks a Python,
its session is skipped.
"""

from __future__ import annotations

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
