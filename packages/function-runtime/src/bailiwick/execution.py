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
from bailiwick.places import Places, Stopped, raise_in
from bailiwick.results import Answer
from bailiwick.streams import Stream

Outcome = Answer | BaseException
"""How a call ended; an exception is a value here, so that none can escape into the server."""

FIRST_ROWS: Final = 100
"""Rows of a stream that a call answers unless it asks for another number."""

FIRST_SECONDS: Final = 5.0
"""Seconds that a call waits for the first rows of a stream."""


class Executor:
    """Runs calls: plain functions in a thread of their own, coroutine functions on the loop.

    A thread cannot be killed. One that passes the limit gets an exception raised in its Python
    code; until it really ends it keeps its place, so the limit of concurrency stays true.

    Attributes:
        limits: The bounds of calls and streams.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._places = Places(limits.concurrency)

    @property
    def stuck(self) -> bool:
        """Whether every place is held by a call that has passed its limit and does not end."""
        return self._places.stuck

    async def run(self, function: Function, body: bytes, limit: int = FIRST_ROWS) -> Answer:
        """Validate the parameters, run the function and check its result.

        Args:
            function: The function to call.
            body: JSON object of parameters, in UTF-8; empty means no parameters.
            limit: Most rows to take from a stream; without meaning for other functions.

        Raises:
            CallFailed: The subclass says why there is no result.
        """
        if function.is_stream:
            return await self.first_rows(function, body, limit)
        arguments = function.parameters.parse(body)
        self._places.require()
        start = self._on_loop if function.is_async else self._in_thread
        future, stop = start(function, arguments)
        self._places.hold(future)
        done, _ = await asyncio.wait([future], timeout=self.limits.seconds)
        if not done:
            self._places.mark_overdue(future)
            stop()
            raise TooSlow(
                f"{function.name} ran longer than {self.limits.seconds:g} seconds; "
                "ask for less at once",
                limit=self.limits.seconds,
            )
        return _answer_of(function, future.result())

    def open(self, function: Function, body: bytes, resumed: int = 0) -> Stream:
        """Validate the parameters and begin a stream, which the caller closes.

        Args:
            function: The function to call.
            body: JSON object of parameters, in UTF-8; empty means no parameters.
            resumed: Number of the last row that the reader has; 0 for a new reader.

        Raises:
            CallFailed: The subclass says why there is no stream.
        """
        arguments = function.parameters.parse(body)
        return Stream(function, arguments, limits=self.limits, places=self._places, resumed=resumed)

    async def first_rows(
        self, function: Function, body: bytes, limit: int = FIRST_ROWS, resumed: int = 0
    ) -> Answer:
        """Answer what a stream yields until there are enough rows, or the time is up.

        Args:
            function: A function whose result is a stream.
            body: As for :meth:`open`.
            limit: Most rows.
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
        self, function: Function, arguments: dict[str, Any]
    ) -> tuple[asyncio.Future[Outcome], Callable[[], object]]:
        async def work() -> Outcome:
            try:
                returned = await function.call(**arguments)
                return await asyncio.to_thread(self._checked, function, returned)
            except (Exception, SystemExit) as error:  # noqa: BLE001
                return error

        task = asyncio.ensure_future(work())
        return task, task.cancel

    def _in_thread(
        self, function: Function, arguments: dict[str, Any]
    ) -> tuple[asyncio.Future[Outcome], Callable[[], object]]:
        ended: concurrent.futures.Future[Outcome] = concurrent.futures.Future()
        ended.set_running_or_notify_cancel()

        def work() -> None:
            outcome: Outcome
            try:
                outcome = self._checked(function, function.call(**arguments))
            except BaseException as error:  # noqa: BLE001
                outcome = error
            # the loop may be gone when a call outlives the server
            with contextlib.suppress(RuntimeError):
                ended.set_result(outcome)

        # a daemon, so that a call that never ends does not keep the process from ending
        thread = threading.Thread(target=work, name=f"call-{function.name}", daemon=True)
        future = asyncio.wrap_future(ended)
        thread.start()
        return future, lambda: raise_in(thread, Stopped)

    def _checked(self, function: Function, returned: object) -> Answer:
        return function.result.answer(function.name, returned, self.limits.rows)


def _answer_of(function: Function, outcome: Outcome) -> Answer:
    if isinstance(outcome, Answer):
        return outcome
    raise failure_of(function, outcome)
