"""Where values of settings become scripts, and scripts lengths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from audioguide.errors import RoutineError
from audioguide.fitting import slack
from audioguide.fitting.tracking import slopes_of, tracked
from audioguide.routine.language.values import Amount
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths, Timeline, lay_out
from audioguide.script.script import ClipRef, Fit, Script
from audioguide.units import FRAME_TICKS

Values = dict[str, int]
Settled = tuple[tuple[str, int], ...]


class Clash(RoutineError):  # noqa: N818
    """With these values of the settings the script cannot be compiled or laid out."""

    def __init__(self, error: RoutineError, values: Values) -> None:
        super().__init__(error.message, error.faults, hint=error.hint)
        self.values = values


@dataclass(frozen=True, slots=True)
class LengthModel:
    """A laid out script, as far as it tells the length of others with the same counts.

    `base` is its length in ticks, `slopes` how that grows with each time, `room` what its soft times
    may grow by.
    """

    values: Values
    base: float
    slopes: Mapping[str, float]
    room: int

    def length(self, values: Values) -> float:
        """Return the length to be expected with other values."""
        return self.base + sum(
            slope * (values[name] - self.values[name])
            for name, slope in self.slopes.items()
            if name in self.values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Compiles `routine` with `build` and lays it out; keeps what it measured.

    `asked` is what is fixed, `start` the value of every setting, `given` are the soft times that
    settings give. What is `built` does not depend on lengths: a bench with other lengths may share it.
    """

    routine: Routine
    asked: Mapping[str, str]
    start: Values
    build: Callable[..., Script]
    lengths: Lengths
    given: slack.Given
    known: dict[ClipRef, int] = field(default_factory=dict)
    laid: dict[Settled, Timeline | Clash] = field(default_factory=dict)
    built: dict[tuple[bool, Settled], Script] = field(default_factory=dict)

    def lay(self, values: Values) -> Timeline:
        """Compile and lay out with `values`. Raises Clash."""
        key = tuple(sorted(values.items()))
        if key not in self.laid:
            try:
                script = self._script(values, track=False)
                self.laid[key] = lay_out(script, self._measured(script))
            except RoutineError as error:
                self.laid[key] = Clash(error, values)
        found = self.laid[key]
        if isinstance(found, Clash):
            raise found
        return found

    def works(self, values: Values) -> bool:
        """Return whether `values` can be compiled and laid out."""
        try:
            self.lay(values)
        except Clash:
            return False
        return True

    def fills(self, values: Values, total: int) -> bool:
        """Return whether the soft times can fill up to `total` with `values`."""
        if not self.works(values):
            return False
        timeline = self.lay(values)
        return timeline.length <= total < timeline.length + self.room(timeline.script) + FRAME_TICKS

    def probe(self, values: Values) -> LengthModel:
        """Lay out with `values`, and report how fast the length grows with each time. Raises Clash."""
        try:
            script = self._script(values, track=True)
            length = lay_out(script, self._measured(script)).length
        except RoutineError as error:
            raise Clash(error, values) from error
        return LengthModel(values, int(length), slopes_of(length), self.room(script))

    def _script(self, values: Values, *, track: bool) -> Script:
        key = track, tuple(sorted(values.items()))
        if key not in self.built:
            if track:
                self.built[key] = self.build(tracked(self.routine, {**self.start, **values}))
            else:
                self.built[key] = self.build(self.routine, {**self.asked, **self._texts(values)})
        return self.built[key]

    def room(self, script: Script) -> int:
        """Return how many ticks the soft times may grow by."""
        return slack.room(script, self.given)

    def top(self, values: Values) -> int:
        """Return the longest length with `values`, verified. Raises Clash."""
        timeline = self.lay(values)
        return self.stretched(values, timeline.length + self.room(timeline.script) + FRAME_TICKS - 1).length

    def stretched(self, values: Values, total: int) -> Timeline:
        """Lay out with `values` and soft times that fill up to `total`; `script.fit` describes it."""
        timeline = self.lay(values)
        settings = self.routine.document.settings
        added = total - timeline.length
        changed = {
            name: (settings[name].default.shown, Amount(settings[name].default.kind, value).shown)
            for name, value in values.items()
            if value != settings[name].default.value
        }
        script = slack.stretched(timeline, added, self.given)
        return lay_out(replace(script, fit=Fit(asked=total, changed=changed, added=added)), self.known)

    def _texts(self, values: Values) -> dict[str, str]:
        settings = self.routine.document.settings
        return {name: str(Amount(settings[name].default.kind, value)) for name, value in values.items()}

    def _measured(self, script: Script) -> Mapping[ClipRef, int]:
        new = tuple(cue for cue in script.cues if any(ref not in self.known for ref in cue.clips))
        if new:
            self.known.update(self.lengths(replace(script, cues=new)))
        return self.known
