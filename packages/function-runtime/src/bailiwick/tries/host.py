"""Tries code in processes that share the libraries of the served app."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bailiwick.bundle import apply_changes
from bailiwick.connections import PREFIX
from bailiwick.errors import CallFailed, TooBusy
from bailiwick.limits import Limits
from bailiwick.storage import VARIABLE
from bailiwick.tries.client import ForkClient, RunningTry, exit_words
from bailiwick.tries.confinement import MIB, is_supported, readable_in
from bailiwick.tries.folder import CODE, LOADED, read_result, remove
from bailiwick.tries.program import REQUEST, RESULT, TryRequest, prepare
from bailiwick.tries.stack import STACK_SIGNAL, place_in_stack
from bailiwick.tries.usage import (
    has_room,
    memory_for_try,
    memory_of,
    takes_more_than,
)

CONCURRENT: Final = 2
"""Number of concurrent tries in a pod."""
IDLE_SECONDS: Final = 600.0
"""Seconds after the last try until the libraries are unloaded."""
START_SECONDS: Final = 60.0
"""Time limit for loading libraries and code before a call."""
LOAD_SECONDS: Final = 20.0
"""Time limit for loading code, after its libraries, and of the wait for other code."""
MAX_WAITING: Final = 3
"""Number of checks that wait until another one ends."""
STACK_SECONDS: Final = 1.0
"""Time limit for writing where stopped code was."""
MAX_CALL_SECONDS: Final = 60.0
"""Time limit of a call, if that of the pod is not shorter."""
STACK_WATCH_SECONDS: Final = 0.01
WATCH_SECONDS: Final = 0.1
MAX_FOLDER_BYTES: Final = 64 * MIB
MAX_LOG_CHARACTERS: Final = 64 * 1024
MAX_PRINTED_CHARACTERS: Final = 8_000_000

_LEFT: Final = "The caller closed the connection"
_ENDLESS: Final = (
    "Loading the code did not end within {:g} seconds. Statements outside functions run while code "
    "is loaded; move slow ones into a function"
)
_POD_IS_FULL: Final = "The pod has no memory left; request less data, or try again later"


class TryFailed(CallFailed):
    """The code of a try was stopped, or ended its process."""

    kind = "try-failed"


class TryInterrupted(TryFailed):
    """Something else in the pod stopped the code of a try."""

    kind = "try-interrupted"


class TryUnsupported(CallFailed):
    """The node cannot confine processes."""

    status, kind = 501, "try-unsupported"


class TryHost:
    """Tries code, each time in a new, confined process.

    Args:
        modules: Modules that tries share; they must not have started threads when imported.
        environment: Variables of the pod.
        parent: Folder for the folders of tries; by default that of temporary files.
        memory: Most bytes of memory of a try; by default a third of the container's.
    """

    def __init__(
        self,
        modules: Callable[[], list[str]],
        environment: Mapping[str, str] = os.environ,
        parent: Path | None = None,
        memory: int | None = None,
    ) -> None:
        self._modules = modules
        limits = Limits.from_environment(environment)
        seconds = min(limits.seconds, MAX_CALL_SECONDS)
        self._environment = {**environment, "BAILIWICK_LIMIT_SECONDS": f"{seconds:g}"}
        self._seconds = START_SECONDS + seconds
        self._load_seconds = LOAD_SECONDS
        self._parent = parent
        self._memory = memory or memory_for_try()
        self._server: ForkClient | None = None
        self._starting = asyncio.Lock()
        self._running = 0
        self._checking = asyncio.Lock()
        self._waiting = 0
        self._idle: asyncio.Task[None] | None = None

    async def attempt(
        self,
        archive: bytes,
        changes: Mapping[str, str | None] | None = None,
        is_abandoned: Callable[[], Awaitable[bool]] | None = None,
        **call: Any,  # noqa: ANN401
    ) -> dict[str, Any]:
        """Try code.

        Args:
            archive: A ``.tar.gz`` file with ``functions.py``.
            changes: As in :func:`bailiwick.bundle.apply_changes`.
            is_abandoned: Whether nobody waits for the result any more; the try then ends.
            call: ``function``, ``parameters``, ``rows`` and ``tests`` of :class:`TryRequest`.
                Without a function, the code has no connections; if it is only loaded, one such
                try runs at a time, and others wait.

        Returns:
            The result of :mod:`bailiwick.tries.program`, with ``log``: the end of what the code
            printed.

        Raises:
            TryUnsupported: The node cannot confine processes.
            TooBusy: Other tries are running.
            BundleRefused: The archive cannot be unpacked or changed.
        """
        if not is_supported():
            raise TryUnsupported(
                "code can only be tried on x86_64 and aarch64, with Linux 5.13 and Landlock"
            )
        left = is_abandoned or _never
        if call.get("function") is not None or call.get("tests"):
            return await self._attempt(archive, changes or {}, left, call)
        async with self._turn():
            # editors replace their checks
            if await left():
                raise TryInterrupted(_LEFT)
            return await self._attempt(archive, changes or {}, left, call)

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait until no other code is only loaded.

        Raises:
            TooBusy: The wait is too long, or others wait already.
        """
        busy = TooBusy("other code of this app is being loaded; try again in a moment")
        if self._waiting >= MAX_WAITING:
            raise busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._load_seconds):
                await self._checking.acquire()
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._checking.release()

    async def _attempt(
        self,
        archive: bytes,
        changes: Mapping[str, str | None],
        is_abandoned: Callable[[], Awaitable[bool]],
        call: dict[str, Any],
    ) -> dict[str, Any]:
        if self._running >= CONCURRENT:
            raise TooBusy(f"{CONCURRENT} tries of this app are running; try again in a moment")
        self._running += 1
        if self._idle:
            self._idle.cancel()
        # /tmp of a pod is in memory, so nothing outlives it
        folder = Path(tempfile.mkdtemp(prefix="try-", dir=self._parent))
        try:
            await asyncio.to_thread(self._prepare, folder, archive, changes, call)
            return await self._run(folder, is_abandoned)
        finally:
            self._running -= 1
            await asyncio.to_thread(remove, folder)
            if not self._running:
                self._idle = asyncio.create_task(self._stop_when_idle())

    async def stop(self) -> None:
        """End all tries, and unload the libraries."""
        server, self._server = self._server, None
        if server:
            await server.stop()

    async def _stop_when_idle(self) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        await self.stop()

    def _prepare(
        self,
        folder: Path,
        archive: bytes,
        changes: Mapping[str, str | None],
        call: dict[str, Any],
    ) -> None:
        prepare(folder, archive)
        apply_changes(changes, folder / CODE)
        # editors load code that is half written
        used = self._environment if call.get("function") is not None else {}
        request = TryRequest(
            memory=self._memory,
            readable=[str(path) for path in readable_in(used)],
            ports=_ports(used),
            **call,
        )
        (folder / REQUEST).write_text(json.dumps(asdict(request)))

    async def _run(
        self, folder: Path, is_abandoned: Callable[[], Awaitable[bool]]
    ) -> dict[str, Any]:
        end, load_seconds = time.monotonic() + self._seconds, self._load_seconds
        server = await self._started_server()
        try:
            async with asyncio.timeout(self._seconds):
                running = await server.run(folder, MAX_LOG_CHARACTERS)
        except TimeoutError:
            # the next try starts another one
            server.kill()
            raise TryFailed("the libraries of the app did not load in time; try again") from None
        # libraries do not count as slow code
        load_end = time.monotonic() + load_seconds

        def slow() -> str | None:
            now = time.monotonic()
            if now > load_end and not (folder / LOADED).exists():
                return _ENDLESS.format(load_seconds)
            return f"The code did not end within {self._seconds:g} seconds" if now > end else None

        try:
            failure = await self._watch(running, folder, slow, is_abandoned)
        finally:
            running.kill()
        result = await asyncio.to_thread(read_result, folder / RESULT)
        if result is None:
            failure = failure or f"The code ended the process ({exit_words(running.exit)})"
            is_own = running.exit is not None and failure != _POD_IS_FULL
            error = (TryFailed if is_own else TryInterrupted)(failure).body()
            place = await asyncio.to_thread(place_in_stack, folder)
            result = {"error": {**error, **place}}
        return {**result, "log": _end_of_log(running.printed, running.count)}

    async def _started_server(self) -> ForkClient:
        async with self._starting:
            if self._server is None or self._server.ended.is_set():
                self._server = await ForkClient.start(self._modules(), self._environment)
            return self._server

    async def _watch(
        self,
        running: RunningTry,
        folder: Path,
        slow: Callable[[], str | None],
        is_abandoned: Callable[[], Awaitable[bool]],
    ) -> str | None:
        """Wait for the end of a try; return why it was stopped, if it was."""
        while not running.ended.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await running.ended.wait()
                    return None
            reason = await self._excess(running, folder) or slow()
            if reason and reason != _POD_IS_FULL:
                await self._keep_stack(running, folder)
            if not reason and await is_abandoned():
                reason = _LEFT
            if reason:
                running.kill()
                await running.ended.wait()
                return reason
        return None

    async def _keep_stack(self, running: RunningTry, folder: Path) -> None:
        """Let the process write where its code is."""
        running.send(STACK_SIGNAL)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STACK_SECONDS):
                while not await asyncio.to_thread(place_in_stack, folder):  # noqa: ASYNC110
                    await asyncio.sleep(STACK_WATCH_SECONDS)

    async def _excess(self, running: RunningTry, folder: Path) -> str | None:
        """Return which limit a try exceeds, if any."""
        if memory_of(running.pid) - running.shared > self._memory:
            return f"The code used more than {self._memory // MIB} MiB of memory"
        if not has_room():
            return _POD_IS_FULL
        if await asyncio.to_thread(takes_more_than, MAX_FOLDER_BYTES, folder):
            return f"The code wrote more than {MAX_FOLDER_BYTES // MIB} MiB of files"
        if running.count > MAX_PRINTED_CHARACTERS:
            return f"The code printed more than {MAX_PRINTED_CHARACTERS:,} characters"
        return None


async def _never() -> bool:
    return False


def _end_of_log(printed: str, count: int) -> str:
    if count <= MAX_LOG_CHARACTERS:
        return printed
    note = f"(only the end of {count:,} characters)\n"
    return note + printed[len(note) - MAX_LOG_CHARACTERS :]


def _ports(environment: Mapping[str, str]) -> list[int]:
    """Return the ports of the connections and the store that variables describe."""
    ports = []
    for name, value in environment.items():
        if not name.startswith((PREFIX, f"{VARIABLE}_S3")):
            continue
        with contextlib.suppress(ValueError):
            described = json.loads(value)
            if isinstance(described, dict) and isinstance(described.get("port"), int):
                ports.append(described["port"])
    return sorted(set(ports))
