"""What one file is to be: a routine, every option for it, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audioguide.listener.layers import Layer, layered
from audioguide.listener.options import NOTHING, Options
from audioguide.listener.plan import PlanSession
from audioguide.routine.load import Routine
from audioguide.untrusted.characters import file_stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A routine with the `options` of all layers; `name` is that of its files, "" that of the routine.

    As one `session` of a plan, it is one of `sessions`.
    """

    routine: Routine
    options: Options = NOTHING
    origins: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    session: PlanSession | None = None
    sessions: int = 0

    @property
    def stem(self) -> str:
        """Return what its files are named after."""
        return file_stem(self.name or self.routine.name)

    def as_session(self, session: PlanSession, sessions: int, options: Options) -> Request:
        """Return it as one of the `sessions` of a plan, with the options of that session."""
        return replace(self, options=options, session=session, sessions=sessions)


def request(routine: Routine, layers: Sequence[Layer], *, name: str = "") -> Request:
    """Lay `layers` over one another, the last on top, for `routine`."""
    whole = layered(layers)
    return Request(routine=routine, options=whole.options, origins=whole.origins, name=name)
