"""Keeps results of functions that :func:`bailiwick.cached` declares, in the serving process."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bailiwick.errors import CallFailed
from bailiwick.execution import FIRST_ROWS, Executor
from bailiwick.functions import Function
from bailiwick.results import EncodedResult, TableForm
from bailiwick.serving.logs import call_id

MAX_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of all cached results of a process, in bytes."""

ENTRY_BYTES: Final = 1024
"""Size of an entry besides its result, in bytes."""

log = logging.getLogger("bailiwick.call")


@dataclass(frozen=True)
class _Cached:
    """A result.

    Attributes:
        result: The result.
        at: Start of its calculation, by the clock of the cache.
    """

    result: EncodedResult
    at: float

    @property
    def bytes(self) -> int:
        """Size of the entry."""
        return len(self.result.body) + ENTRY_BYTES


@dataclass(frozen=True)
class _Running:
    """A call in progress.

    Attributes:
        task: The call.
        at: Its start, by the clock of the cache.
        id: Its identifier in the log.
    """

    task: asyncio.Task[EncodedResult]
    at: float
    id: str | None


class ResultCache:
    """Reuses results of functions that are declared with :func:`bailiwick.cached`.

    A function runs once for all calls with equal parameters that arrive meanwhile, and failures are
    not kept. The least recently used results are dropped first.
    """

    def __init__(
        self,
        executor: Executor,
        clock: Callable[[], float] = time.monotonic,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._executor = executor
        self._clock = clock
        self._max_bytes = max_bytes
        self._bytes = 0
        self._code = 0
        self._kept: OrderedDict[bytes, _Cached] = OrderedDict()
        self._running: dict[bytes, _Running] = {}

    async def run(
        self,
        function: Function,
        body: bytes,
        limit: int = FIRST_ROWS,
        *,
        table_as: TableForm = "json",
    ) -> EncodedResult:
        """Return a result that is recent enough, or run the function; see :meth:`Executor.run`.

        Raises:
            CallFailed: The call has no result; the subclass names the cause.
        """
        max_age = function.max_age
        key = _key_of(self._code, function, body, table_as) if max_age else None
        if max_age is None or key is None:
            return await self._executor.run(function, body, limit, table_as=table_as)
        if kept := self._recent(key, max_age):
            return kept
        running = self._running.get(key)
        if running and self._clock() - running.at < max_age:
            try:
                return await asyncio.shield(running.task)
            except CallFailed:
                log.warning("this call shares the failure of call %s", running.id)
                raise
        # the data is at least as recent as the start of the call
        at = self._clock()
        task = asyncio.create_task(self._calculate(key, at, function, body, table_as))
        self._running[key] = _Running(task, at, call_id.get())
        task.add_done_callback(lambda ended: self._end(key, ended))
        # one consumer who leaves does not stop the call of the others
        return await asyncio.shield(task)

    def forget(self) -> None:
        """Return no earlier result any more, because the code is another one."""
        self._code += 1

    def _end(self, key: bytes, ended: asyncio.Task[EncodedResult]) -> None:
        if self._running[key].task is ended:
            del self._running[key]
        if not ended.cancelled():
            # its consumers may have left; asyncio would log a failure that nobody looked at
            ended.exception()

    def _recent(self, key: bytes, max_age: float) -> EncodedResult | None:
        cached = self._kept.get(key)
        if cached is None:
            return None
        if self._clock() - cached.at >= max_age:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return cached.result

    async def _calculate(
        self, key: bytes, at: float, function: Function, body: bytes, table_as: TableForm
    ) -> EncodedResult:
        calculated_at = dt.datetime.now(dt.UTC)
        result = await self._executor.run(function, body, table_as=table_as)
        result = replace(result, calculated_at=calculated_at)
        if function.max_age and self._clock() - at < function.max_age:
            self._keep(key, _Cached(result, at))
        return result

    def _keep(self, key: bytes, cached: _Cached) -> None:
        if cached.bytes > self._max_bytes:
            return
        if key in self._kept:
            self._drop(key)
        self._kept[key] = cached
        self._bytes += cached.bytes
        while self._bytes > self._max_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: bytes) -> None:
        self._bytes -= self._kept.pop(key).bytes


def _key_of(code: int, function: Function, body: bytes, table_as: TableForm) -> bytes | None:
    """Identify a result by the JSON of its parameters; ``None`` if the body is not JSON."""
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return None
    identity = json.dumps([code, function.name, table_as, parameters], sort_keys=True)
    return hashlib.sha256(identity.encode()).digest()
