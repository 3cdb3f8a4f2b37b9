"""What an encoder promises: a sound in, MP3 frames out, without a bit reservoir."""

from __future__ import annotations

from typing import Protocol

from audioguide.audio.clip import Wave


class Encoder(Protocol):
    """A build of LAME. Any number of threads may use it at once; it works without the GIL."""

    @property
    def name(self) -> str:
        """Name the build and all that shapes its frames beside sound and bit rate."""

    def frames(self, sound: Wave, bitrate: int) -> bytes:
        """Encode (n,) mono `sound` at 48 kHz, full scale 1, at `bitrate` bits a second, as joined frames.

        It starts afresh each time, so the same sound gives the same bytes. Raises OutputError.
        """
