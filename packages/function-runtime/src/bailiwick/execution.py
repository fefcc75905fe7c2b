"""Runs one call of a function within the limits."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Callable
from typing import Any, Final

from bailiwick.errors import TooSlow
from bailiwick.failures import failure_of
from bailiwick.functions import Function
from bailiwick.limits import Limits
from bailiwick.results import EncodedResult, TableForm, TableResult
from bailiwick.slots import Slots, SlotUsage, Stopped, raise_in
from bailiwick.streams import Stream

Outcome = EncodedResult | BaseException
"""Outcome of a call; exceptions are returned as values, so that none can reach the server."""

FIRST_ROWS: Final = 100
"""Default number of rows that a call returns from a stream."""

FIRST_SECONDS: Final = 5.0
"""Maximum seconds that a call waits for the first rows of a stream."""


class Executor:
    """Runs calls: plain functions in separate threads, coroutine functions on the event loop.

    A thread cannot be killed. If it exceeds its time limit, an exception is raised in its Python
    code. It keeps its slot until it ends, so the concurrency limit holds.

    Args:
        limits: The bounds of calls and streams.
        on_overdue: Called when a call has exceeded its time limit, while its code still runs.
    """

    def __init__(self, limits: Limits, on_overdue: Callable[[], object] = lambda: None) -> None:
        self.limits = limits
        self._on_overdue = on_overdue
        self._slots = Slots(limits.concurrency)

    @property
    def stuck(self) -> bool:
        """Whether calls that exceeded their time limit hold all slots."""
        return self._slots.stuck

    @property
    def usage(self) -> SlotUsage:
        """Use of the slots of calls and streams."""
        return self._slots.usage

    async def run(
        self,
        function: Function,
        body: bytes,
        limit: int = FIRST_ROWS,
        *,
        table_as: TableForm = "json",
    ) -> EncodedResult:
        """Validate the parameters, run the function and check its result.

        Args:
            function: The function to call.
            body: JSON object of parameters, in UTF-8; empty means no parameters.
            limit: Maximum number of rows to read from a stream; ignored for other functions.
            table_as: Format of a table; values and streams are JSON.

        Raises:
            CallFailed: The call has no result; the subclass names the cause.
        """
        if function.is_stream:
            return await self.first_rows(function, body, limit)
        arguments = function.parameters.parse(body)
        self._slots.require()
        start = self._on_loop if function.is_async else self._in_thread
        future, stop = start(function, arguments, table_as=table_as)
        self._slots.hold(future)
        done, _ = await asyncio.wait([future], timeout=self.limits.seconds)
        if not done:
            self._slots.mark_overdue(future)
            self._on_overdue()
            stop()
            raise TooSlow(
                f"{function.name} exceeded its time limit of {self.limits.seconds:g} seconds; "
                "request less data per call",
                limit=self.limits.seconds,
            )
        return _answer_of(function, future.result())

    def open(self, function: Function, body: bytes, resumed: int = 0) -> Stream:
        """Validate the parameters and start a stream; the caller must close it.

        Args:
            function: The function to call.
            body: JSON object of parameters, in UTF-8; empty means no parameters.
            resumed: Number of the last row that the consumer received; 0 for a new consumer.

        Raises:
            CallFailed: The stream could not be started; the subclass names the cause.
        """
        arguments = function.parameters.parse(body)
        return Stream(function, arguments, limits=self.limits, slots=self._slots, resumed=resumed)

    async def first_rows(
        self, function: Function, body: bytes, limit: int = FIRST_ROWS, resumed: int = 0
    ) -> EncodedResult:
        """Return the first rows of a stream, up to a number of rows and a time limit.

        Args:
            function: A function whose result is a stream.
            body: As for :meth:`open`.
            limit: Maximum number of rows.
            resumed: As for :meth:`open`.

        Raises:
            CallFailed: As for :meth:`open`, or the function failed.
        """
        stream = self.open(function, body, resumed)
        rows: list[dict[str, Any]] = []
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(FIRST_SECONDS, self.limits.seconds)):
                    while len(rows) < limit and (batch := await stream.next()) is not None:
                        rows += batch.rows
        finally:
            await stream.closed()
        return stream.result.table(rows[:limit])

    def _on_loop(
        self, function: Function, arguments: dict[str, Any], *, table_as: TableForm
    ) -> tuple[asyncio.Future[Outcome], Callable[[], object]]:
        async def work() -> Outcome:
            try:
                returned = await function.call(**arguments)
                return await asyncio.to_thread(self._checked, function, returned, table_as=table_as)
            except (Exception, SystemExit) as error:  # noqa: BLE001
                return error

        task = asyncio.ensure_future(work())
        return task, task.cancel

    def _in_thread(
        self, function: Function, arguments: dict[str, Any], *, table_as: TableForm
    ) -> tuple[asyncio.Future[Outcome], Callable[[], object]]:
        ended: concurrent.futures.Future[Outcome] = concurrent.futures.Future()
        ended.set_running_or_notify_cancel()

        def work() -> None:
            outcome: Outcome
            try:
                returned = function.call(**arguments)
                outcome = self._checked(function, returned, table_as=table_as)
            except BaseException as error:  # noqa: BLE001
                outcome = error
            # the loop may be closed when a call outlives the server
            with contextlib.suppress(RuntimeError):
                ended.set_result(outcome)

        # a daemon, so that a call that never ends does not keep the process from ending
        thread = threading.Thread(target=work, name=f"call-{function.name}", daemon=True)
        future = asyncio.wrap_future(ended)
        thread.start()
        return future, lambda: raise_in(thread, Stopped)

    def _checked(
        self, function: Function, returned: object, *, table_as: TableForm
    ) -> EncodedResult:
        result, most = function.result, self.limits.rows
        if isinstance(result, TableResult) and table_as == "arrow":
            return result.arrow(function.name, returned, most)
        if isinstance(result, TableResult) and table_as == "parquet":
            return result.parquet(function.name, returned, most)
        return result.answer(function.name, returned, most)


def _answer_of(function: Function, outcome: Outcome) -> EncodedResult:
    if isinstance(outcome, EncodedResult):
        return outcome
    raise failure_of(function, outcome)
