"""Runs one call of a function within the limits."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Any

from bailiwick.errors import CallFailed, FunctionFailed, TooBusy, TooSlow
from bailiwick.functions import Function
from bailiwick.limits import Limits
from bailiwick.results import Answer

log = logging.getLogger("bailiwick.call")

Outcome = Answer | BaseException
"""How a call ended; an exception is a value here, so that none can escape into the server."""


class _Stopped(BaseException):
    """Raised inside the author's code when the call has passed its limit."""


class Executor:
    """Runs calls: plain functions in a thread of their own, coroutine functions on the loop.

    A thread cannot be killed. One that passes the limit gets an exception raised in its Python
    code; until it really ends it keeps its place, so the limit of concurrency stays true.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: set[asyncio.Future[Outcome]] = set()
        self._overdue: set[asyncio.Future[Outcome]] = set()

    @property
    def stuck(self) -> bool:
        """Whether every place is held by a call that has passed its limit and does not end."""
        return len(self._overdue) >= self._limits.concurrency

    async def run(self, function: Function, body: bytes) -> Answer:
        """Validate the parameters, run the function and check its result.

        Args:
            function: The function to call.
            body: JSON object of parameters, in UTF-8; empty means no parameters.

        Raises:
            CallFailed: The subclass says why there is no result.
        """
        arguments = function.parameters.parse(body)
        if len(self._running) >= self._limits.concurrency:
            raise TooBusy(
                f"{self._limits.concurrency} calls are running, the limit; try again in a second",
                limit=self._limits.concurrency,
            )
        start = self._on_loop if function.is_async else self._in_thread
        future, stop = start(function, arguments)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        future.add_done_callback(self._overdue.discard)
        done, _ = await asyncio.wait([future], timeout=self._limits.seconds)
        if not done:
            self._overdue.add(future)
            stop()
            raise TooSlow(
                f"{function.name} ran longer than {self._limits.seconds:g} seconds; "
                "ask for less at once",
                limit=self._limits.seconds,
            )
        return _answer_of(function, future.result())

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
        return future, lambda: _raise_in(thread, _Stopped)

    def _checked(self, function: Function, returned: object) -> Answer:
        return function.result.answer(function.name, returned, self._limits.rows)


def _answer_of(function: Function, outcome: Outcome) -> Answer:
    if isinstance(outcome, Answer):
        return outcome
    if isinstance(outcome, CallFailed):
        log.warning("%s", outcome)
        raise outcome
    log.error("%s failed", function.name, exc_info=outcome)
    # The words of an exception may hold what callers must not see: paths, queries, passwords.
    raise FunctionFailed(f"{function.name} failed; the app's log tells why, under this id")


def _raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Raise an exception in another thread, at its next Python instruction."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(error)
        )
