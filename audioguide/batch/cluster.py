"""Workers of a Dask cluster. The only place that knows dask.distributed."""

from __future__ import annotations

import ipaddress
import socket
import uuid
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audioguide.batch.orders import unpacked, voice_fingerprint
from audioguide.batch.run import Batch
from audioguide.compiler.voices import voice_of
from audioguide.errors import OutputError, UsageError
from audioguide.mp3.encode import encoder_name
from audioguide.speech.settings import EngineSettings, configure
from audioguide.speech.versions import version

MISSING = "--cluster needs the extra `cluster`: pip install 'audioguide[cluster]'"
CONNECT_SECONDS = 15
Voices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Same:
    """What has to be the same on every worker, or the same row would give other bytes."""

    audioguide: str
    encoder: str
    voices: tuple[tuple[tuple[str, str], str], ...]


class Different(RuntimeError):  # noqa: N818 - another worker may do it
    """A worker that gives other bytes than this machine was handed a task."""


def check_address(address: str, *, insecure: bool) -> None:
    """Raise UsageError for a scheduler that others on the network could give tasks to, or read from.

    Dask runs what it is sent: without TLS, that may only be this machine itself.
    """
    scheme, host = _parts(address)
    if scheme not in ("tls", "tcp") or not host:
        raise UsageError(f"--cluster {address}: write tls://HOST:PORT, or tcp://HOST:PORT for this machine")
    if scheme == "tls" or insecure or is_loopback(host):
        return
    raise UsageError(
        f"--cluster {address}: anyone who can reach a scheduler without TLS can run programs on its workers; "
        "start it with TLS and write tls://…, or add --insecure-cluster on a network that you trust"
    )


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return (parts.scheme, parts.hostname or "") if parts.port else ("", "")
    except ValueError:  # a port that is not a number, half of an IPv6 address
        return "", ""


def is_loopback(host: str) -> bool:
    """Return whether every address of `host` is this machine itself."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):  # nobody has such a name; no name can be like this
        return False
    return bool(found) and all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in found)


def connected(address: str, batch: Batch, *, insecure: bool = False) -> tuple[ClusterCrew, Batch]:
    """Connect to the scheduler at `address`; return its workers, and `batch` as they can make it.

    Workers that see the same disk write to it themselves; others send back what they made. Raises UsageError
    for an address that is not safe, OutputError where nobody answers or no worker gives the same bytes.
    """
    check_address(address, insecure=insecure)
    distributed = _library()
    security = distributed.Security(require_encryption=True) if address.startswith("tls:") else None
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, security=security, set_as_default=False)
    except (OSError, TimeoutError, RuntimeError, ValueError, TypeError) as error:
        raise OutputError(f"no scheduler answers at {address}: {error}") from error
    crew = ClusterCrew(client, address)
    try:
        crew.check(batch)
        if batch.folder and not crew.sees(batch.folder):
            batch = replace(batch, job=replace(batch.job, place=""))
    except BaseException:
        crew.close(now=True)
        raise
    return crew, batch


class ClusterCrew:
    """The workers of a Dask cluster. Those in `rejected`, by name with the reason, are not used."""

    local = False

    def __init__(self, client: Any, address: str = "") -> None:
        """Work through `client`, which is closed with it."""
        from distributed.scheduler import KilledWorker

        self._client, self._address = client, address
        self._executor: Any = None
        self._wanted: Same | None = None
        self._engines = EngineSettings()
        self._fit: list[str] = []
        self.rejected: dict[str, str] = {}
        self.workers = 1
        self.lost: tuple[type[BaseException], ...] = (KilledWorker, CancelledError, Different)

    @property
    def dashboard(self) -> str:
        """Return the address of the dashboard, or ""."""
        with suppress(Exception):
            return str(self._client.dashboard_link or "")
        return ""

    def check(self, batch: Batch) -> None:
        """Find the workers that give the same bytes as this machine. Raises OutputError without any."""
        wanted = same_as(batch)
        with suppress(TimeoutError):
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        voices = tuple(voice for voice, _ in wanted.voices)
        answers = self._client.run(fingerprints, batch.job.engines, voices, on_error="return")
        reasons = {name: difference(wanted, found) for name, found in answers.items()}
        self.rejected = {name: why for name, why in reasons.items() if why}
        self._fit = [name for name in answers if name not in self.rejected]
        if not self._fit:
            said = "; ".join(f"{name}: {why}" for name, why in self.rejected.items())
            raise OutputError(f"no usable worker at {self._address}: {said or 'none is connected'}")
        self._wanted, self._engines = wanted, batch.job.engines
        # Others only where none of these is left: a worker that was started again has another name.
        own = {"workers": self._fit, "allow_other_workers": True} if self.rejected else {}
        self._executor = self._client.get_executor(pure=False, **own)
        threads = self._client.nthreads()
        self.workers = sum(threads.get(name, 1) for name in self._fit)

    def sees(self, folder: Path) -> bool:
        """Return whether every worker sees a file that is written to `folder` here: then it is shared."""
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".audioguide-{uuid.uuid4().hex}"
        try:
            trial.write_text(trial.name, encoding="utf-8")
            answers = self._client.run(reads, str(trial), workers=self._fit, on_error="return")
        finally:
            trial.unlink(missing_ok=True)
        return bool(answers) and all(answer == trial.name for answer in answers.values())

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Begin `work` on a worker that gives the same bytes as this machine."""
        try:
            future: Future[Any] = self._executor.submit(
                guarded, self._wanted, self._engines, work, *arguments
            )
        except Exception as error:  # its client was closed
            self.renew()
            raise OutputError(f"the cluster at {self._address} does not accept tasks: {error}") from error
        return future

    def renew(self) -> None:
        """Go on with the workers that are left. Raises OutputError where the scheduler is gone."""
        if self._client.status != "running":
            raise OutputError(
                f"the scheduler at {self._address} is gone; finished files are kept, and the same "
                f"command continues from here"
            )

    def close(self, *, now: bool = False) -> None:
        """Let go of the cluster; it goes on without this client."""
        with suppress(Exception):
            if self._executor:
                self._executor.shutdown(wait=not now)
        with suppress(Exception):
            self._client.close(timeout=5)


def same_as(batch: Batch) -> Same:
    """Return what a worker has to have for `batch`, as it is on this machine."""
    voices: dict[tuple[str, str], None] = {}
    for order in batch.orders:
        choice = order.options.voice_over(voice_of(unpacked(batch.job.shelf[order.routine])))
        voices[choice.engine, choice.name] = None
    return fingerprints(batch.job.engines, tuple(voices))


def difference(wanted: Same, found: Any) -> str:
    """Say in what a worker differs from `wanted`, or return ""."""
    if not isinstance(found, Same):
        return f"it cannot run audioguide: {found}"
    if found.audioguide != wanted.audioguide:
        return f"it has audioguide {found.audioguide}, and this is {wanted.audioguide}"
    if found.encoder != wanted.encoder:
        return f"its encoder is {found.encoder}, and this one {wanted.encoder}"
    for (voice, here), (_, there) in zip(wanted.voices, found.voices, strict=True):
        if here != there:
            return f"its voice {' '.join(voice)} is '{there}', and this one '{here}'"
    return ""


def guarded(wanted: Same, engines: EngineSettings, work: Callable[..., Any], *arguments: Any) -> Any:
    """Do `work` on a worker, unless it gives other bytes: one that came later was not checked before."""
    here = _known_fingerprints(engines, tuple(voice for voice, _ in wanted.voices))
    if why := difference(wanted, here):
        raise Different(why)
    return work(*arguments)


def fingerprints(engines: EngineSettings, voices: Voices) -> Same:
    """Return what shapes the bytes on this machine: called on each worker."""
    configure(engines)
    found = tuple((each, voice_fingerprint(*each)) for each in voices)
    return Same(version("audioguide"), encoder_name(), found)


@lru_cache(maxsize=8)
def _known_fingerprints(engines: EngineSettings, voices: Voices) -> Same:
    return fingerprints(engines, voices)


def reads(path: str) -> str:
    """Return what stands in the file `path` on this machine."""
    return Path(path).read_text(encoding="utf-8")


def _library() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise UsageError(MISSING) from error
    return distributed
