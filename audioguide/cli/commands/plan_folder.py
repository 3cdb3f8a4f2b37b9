"""A plan that is a folder: each routine in it is a session, in the order of their names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from audioguide.cli.prepare import Call, prepare
from audioguide.errors import UsageError
from audioguide.listener.plan import PlanSession, spread
from audioguide.listener.request import Request
from audioguide.routine.library import SUFFIXES, is_routine_file

_WEEK = re.compile(r"week-(\d{1,3})\b")


def is_folder(name: str, call: Call) -> bool:
    """Return whether `name` is a folder, and not the name of a routine."""
    return name not in call.listener.library.routines() and Path(name).expanduser().is_dir()


def sessions_in(name: str, call: Call, weeks: int | None) -> list[tuple[PlanSession, Request]]:
    """Return the sessions of the plan in a folder, with what is asked for in each.

    The week of each is in its name (`week-2-session-05`), unless there are `weeks` to spread them over.
    Raises UsageError where there is none, RoutineError with the faults of a file.
    """
    folder = Path(name).expanduser()
    files = [path for path in sorted(folder.iterdir()) if _is_session(path)]
    if not files:
        raise UsageError(f"{name}: this folder has no routines")
    listed = spread(len(files), weeks)
    named = [int(match[1]) for path in files if (match := _WEEK.search(path.stem))]
    if weeks is None and len(named) == len(files):
        listed = tuple(replace(each, week=week) for each, week in zip(listed, named, strict=True))
    stem = folder.resolve().name
    found: list[tuple[PlanSession, Request]] = []
    for session, path in zip(listed, files, strict=True):
        request = replace(prepare(str(path), call), name=stem)
        check = request.options.player_check and session.number == 1
        own = replace(request.options, session=session.number, player_check=check)
        found.append((session, request.as_session(session, len(files), own)))
    return found


def _is_session(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
        return False
    return path.suffix.lower() != ".json" or is_routine_file(path)
