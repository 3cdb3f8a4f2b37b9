"""Ticks, frames, samples and seconds; the only place where one becomes another.

One tick is 4 ms: 192 samples at 48 kHz, a sixth of an MP3 frame of 1152 samples. Everything
after `load` is counted in whole ticks, so nothing is rounded twice and nothing drifts.
"""

from __future__ import annotations

import re
from decimal import Decimal

SAMPLE_RATE = 48_000
TICK_SAMPLES = 192
TICK_MS = 4
TICKS_PER_SECOND = SAMPLE_RATE // TICK_SAMPLES
FRAME_SAMPLES = 1152
FRAME_TICKS = FRAME_SAMPLES // TICK_SAMPLES
LONGEST = 12 * 3600 * TICKS_PER_SECOND  # a programme; the audio of a night

LOWEST_VOLUME_DB, HIGHEST_VOLUME_DB = -24.0, 6.0

DURATION_HELP = "a time such as 15s, 1m30s, 1:30, 0.6s or 250ms (a bare number means seconds)"

VOLUME_HELP = f"a volume such as -3dB, from {LOWEST_VOLUME_DB:g}dB to +{HIGHEST_VOLUME_DB:g}dB"

_VOLUME = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,3})?)\s*(?:dB)?", re.IGNORECASE)


def parse_duration(value: object) -> int:
    """Read a length as an author writes it and return whole ticks.

    Takes `15s`, `1m30s`, `1:30`, `0:45`, `250ms`, `1h`, the same in words (`20 seconds`, `1 minute 30`,
    `half a minute`, `1,5 min`), or a bare number of seconds.
    Raises ValueError for anything else, and for a length that is no multiple of 4 ms.
    """
    ticks, rest = divmod(_milliseconds(value), TICK_MS)
    if rest:
        below, above = format_seconds(int(ticks)), format_seconds(int(ticks) + 1)
        raise ValueError(f"{value} is not a multiple of 4 ms: write {below}s or {above}s")
    if ticks > LONGEST:
        raise ValueError(f"{value} is longer than 12 hours")
    return int(ticks)


def _milliseconds(value: object) -> Decimal:
    text = str(value).strip() if isinstance(value, int | float | str | Decimal) else ""
    if isinstance(value, bool) or not text:
        raise ValueError(f"{value!r} is not {DURATION_HELP}")
    from audioguide.durations import milliseconds  # its patterns cost every command 3 ms at the start

    found = milliseconds(text)
    if found is None:
        raise ValueError(f"{text!r} is not {DURATION_HELP}")
    return found


def parse_total(value: str) -> tuple[int, str]:
    """Read how long a whole routine is: ticks, and a note where that was assumed.

    People mean minutes when they write a bare number here, and seconds where they write one for a hold.
    Raises ValueError as `parse_duration` does.
    """
    from audioguide.durations import as_numbers, is_bare

    text = value.strip()
    if as_numbers(text.lower()).isdecimal():
        text = as_numbers(text.lower())
    if not is_bare(text):
        return parse_duration(text), ""
    return parse_duration(f"{text}m"), f"{text} is read as {text} minutes; write {text}s for seconds"


def parse_volume(value: object) -> float:
    """Read how much louder or softer, as an author writes it: `-3dB`, `+2 dB`, -6; return dB.

    Raises ValueError for anything else, and outside of -24 to +6 dB.
    """
    text = str(value).strip() if isinstance(value, int | float | str) else ""
    found = _VOLUME.fullmatch(text)
    if isinstance(value, bool) or not found:
        raise ValueError(f"{value!r} is not {VOLUME_HELP}")
    volume = float(found.group(1))
    if not LOWEST_VOLUME_DB <= volume <= HIGHEST_VOLUME_DB:
        raise ValueError(f"{text} is out of bounds: write {VOLUME_HELP}")
    return volume


def volume_within(volume: float) -> float:
    """Return `volume`, in dB, or the nearest that is allowed."""
    return min(max(volume, LOWEST_VOLUME_DB), HIGHEST_VOLUME_DB)


NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def seconds(ticks: int) -> float:
    """Return `ticks` as seconds, for the screen and for JSON only."""
    return ticks / TICKS_PER_SECOND


def format_seconds(ticks: int) -> str:
    """Show `ticks` as seconds without idle zeros: 3750 is "15", 150 is "0.6"."""
    return (
        f"{Decimal(ticks * TICK_MS) / 1000:f}".rstrip("0").rstrip(".") if ticks % 250 else str(ticks // 250)
    )


def format_length(ticks: int) -> str:
    """Show a length as an author writes it: "20s", "1m30s", "10m", "2h5m"."""
    minutes, rest = divmod(ticks, 60 * TICKS_PER_SECOND)
    hours, minutes = divmod(minutes, 60)
    parts = f"{hours}h" * bool(hours) + f"{minutes}m" * bool(minutes)
    return parts + (f"{format_seconds(rest)}s" if rest or not parts else "")


def format_clock(ticks: int) -> str:
    """Show `ticks` as minutes, seconds and milliseconds: "01:02.500", with hours where needed."""
    whole, milliseconds = divmod(ticks * TICK_MS, 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}:" if hours else "") + f"{minutes:02}:{rest:02}.{milliseconds:03}"


def format_stamp(ticks: int, point: str = ".") -> str:
    """Show `ticks` with two digits for hours, minutes and seconds each: "00:01:02.500"."""
    whole, milliseconds = divmod(ticks * TICK_MS, 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}{point}{milliseconds:03}"


def spoken_duration(ticks: int) -> str:
    """Say `ticks` in words that a voice reads well: "1 minute 30 seconds"."""
    minutes, rest = divmod(ticks, 60 * TICKS_PER_SECOND)
    parts = [f"{minutes} minute{'s' * (minutes != 1)}"] if minutes else []
    if rest or not minutes:
        amount = format_seconds(rest)
        parts.append(f"{amount} second{'s' * (amount != '1')}")
    return " ".join(parts)


def said_length(ticks: int) -> str:
    """Say `ticks` as people do: "20 seconds", "about two and a half minutes".

    To the nearest second; from a minute on, to the nearest half of one; from ten minutes on, to the nearest
    minute.
    """
    second, minute = TICKS_PER_SECOND, 60 * TICKS_PER_SECOND
    if ticks < minute - second // 2:
        whole = ticks if ticks < 3 * second else (ticks + second // 2) // second * second
        return spoken_duration(whole)
    step = minute if ticks >= 19 * minute // 2 else minute // 2
    whole, half = divmod((ticks + step // 2) // step * step, minute)
    about = "" if ticks == whole * minute + half else "about "
    if not half:
        return f"{about}{whole} minute{'s' * (whole != 1)}"
    return f"{about}{NUMBER_WORDS[whole]} and a half minutes"


def ticks_for(samples: int) -> int:
    """Return the fewest whole ticks that hold `samples`."""
    return -(-samples // TICK_SAMPLES)


def to_frame(ticks: int) -> int:
    """Return how many ticks are missing from `ticks` to the next frame border (0 to 5)."""
    return -ticks % FRAME_TICKS


def clock(ticks: int) -> str:
    """Show a moment as minutes and seconds: "2:05", with hours where needed."""
    minutes, seconds = divmod(ticks // TICKS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def amount(ticks: int) -> str:
    """Show a length: "20 s", "2.5 s", "10 min", "1 min 30 s"."""
    seconds = ticks / TICKS_PER_SECOND
    if seconds < 90 and seconds != 60:
        return f"{seconds:g} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:g} min" + (f" {rest:g} s" if rest else "")
