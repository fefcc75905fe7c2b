"""Keeps results of functions that :func:`bailiwick.cached` declares, in the serving process."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bailiwick.execution import FIRST_ROWS, Executor
from bailiwick.functions import Function
from bailiwick.results import EncodedResult, TableForm

MAX_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of all cached results of a process, in bytes."""


@dataclass(frozen=True)
class _Cached:
    """A result.

    Attributes:
        result: The result.
        at: Start of its calculation, by the clock of the cache.
    """

    result: EncodedResult
    at: float


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
        self._kept: OrderedDict[tuple[str, ...], _Cached] = OrderedDict()
        self._running: dict[tuple[str, ...], asyncio.Task[EncodedResult]] = {}

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
        if function.max_age is None:
            return await self._executor.run(function, body, limit, table_as=table_as)
        # parameters that cannot be parsed have no result that could be reused
        parameters = json.dumps(function.parameters.parse(body), sort_keys=True, default=repr)
        key = (function.name, parameters, table_as)
        if kept := self._recent(key, function.max_age):
            return kept
        if not (task := self._running.get(key)):
            task = asyncio.create_task(self._calculate(key, function, body, table_as))
            self._running[key] = task
            task.add_done_callback(lambda ended: self._end(key, ended))
        # one consumer who leaves does not stop the call of the others
        return await asyncio.shield(task)

    def _end(self, key: tuple[str, ...], ended: asyncio.Task[EncodedResult]) -> None:
        del self._running[key]
        if not ended.cancelled():
            # its consumers may have left; asyncio would log a failure that nobody looked at
            ended.exception()

    def _recent(self, key: tuple[str, ...], max_age: float) -> EncodedResult | None:
        cached = self._kept.get(key)
        if cached is None:
            return None
        if self._clock() - cached.at >= max_age:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return cached.result

    async def _calculate(
        self, key: tuple[str, ...], function: Function, body: bytes, table_as: TableForm
    ) -> EncodedResult:
        # the data is at least as recent as the start of the call
        at, calculated_at = self._clock(), dt.datetime.now(dt.UTC)
        result = await self._executor.run(function, body, table_as=table_as)
        result = replace(result, calculated_at=calculated_at)
        self._keep(key, _Cached(result, at))
        return result

    def _keep(self, key: tuple[str, ...], cached: _Cached) -> None:
        size = len(cached.result.body)
        if size > self._max_bytes:
            return
        if key in self._kept:
            self._drop(key)
        self._kept[key] = cached
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[str, ...]) -> None:
        self._bytes -= len(self._kept.pop(key).result.body)
