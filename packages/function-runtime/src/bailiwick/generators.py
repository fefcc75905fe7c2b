"""Runs an author's generator one step at a time, so that it never runs ahead of its consumer.

A plain generator runs in a separate thread, from its first step to its last, and never blocks
the server's loop; an asynchronous one lives in one task of the loop. Both produce one item on
request (back-pressure), and are closed at their current yield when the consumer disconnects.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final, Protocol

from bailiwick.instances import is_row
from bailiwick.results import Batch
from bailiwick.slots import Stopped, raise_in

log = logging.getLogger("bailiwick.stream")

Outcome = Batch | BaseException | None
"""Outcome of a step: rows, the exception that ended the stream, or ``None`` at its end."""

Check = Callable[[object], Batch]

PATIENCE: Final = 0.25
"""Seconds that a step can continue after the consumer disconnects, before it is interrupted."""


class Steps(Protocol):
    """A running generator.

    Attributes:
        ended: Done when the generator has ended and its cleanup has run.
    """

    ended: asyncio.Future[Any]

    async def next(self) -> Outcome:
        """Run to the next item; only one call at a time."""

    def stop(self) -> None:
        """Close the generator; ``ended`` is done when it has been closed."""


class ThreadSteps:
    """A plain generator in its own thread."""

    def __init__(self, name: str, begin: Callable[[], Iterator[object]], check: Check) -> None:
        """Start the thread; the generator waits for the first :meth:`next`.

        Args:
            name: Name of the function, for the thread and the log.
            begin: Calls the author's function.
            check: Checks an item; runs in the thread, too.
        """
        self._begin, self._check = begin, check
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[Any] = self._loop.create_future()
        self._wanted: queue.SimpleQueue[asyncio.Future[Outcome] | None] = queue.SimpleQueue()
        self._rows: Iterator[object] | None = None
        self._lock = threading.Lock()
        self._is_closing = False
        # a daemon, so that a step that never ends does not keep the process from ending
        self._thread = threading.Thread(
            target=contextvars.copy_context().run,
            args=(self._work,),
            name=f"stream-{name}",
            daemon=True,
        )
        self._thread.start()

    async def next(self) -> Outcome:
        """Run to the next item; see :class:`Steps`."""
        wanted: asyncio.Future[Outcome] = self._loop.create_future()
        self._wanted.put(wanted)
        return await wanted

    def stop(self) -> None:
        """Close the generator; a running step is interrupted at its next instruction."""
        self._wanted.put(None)
        self._loop.call_later(PATIENCE, self._interrupt)

    def _interrupt(self) -> None:
        with self._lock:
            if not self._is_closing:
                raise_in(self._thread, Stopped)

    def _work(self) -> None:
        try:
            # an interruption may also arrive between two steps
            with contextlib.suppress(Stopped):
                self._answer_all()
            with contextlib.suppress(Stopped):
                with self._lock:
                    self._is_closing = True
                # one that was on its way arrives here, before the cleanup
                time.sleep(0)
            _close(self._rows)
        finally:
            self._tell(self.ended, None)

    def _answer_all(self) -> None:
        while wanted := self._wanted.get():
            outcome = self._step()
            self._tell(wanted, outcome)
            if not isinstance(outcome, Batch):
                return

    def _step(self) -> Outcome:
        try:
            if self._rows is None:
                self._rows = iter(self._begin())
            return self._check(next(self._rows))
        except StopIteration:
            return None
        except BaseException as error:  # noqa: BLE001
            return error

    def _tell(self, future: asyncio.Future[Any], outcome: Outcome) -> None:
        # the loop may be closed when a generator outlives the server
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_settle, future, outcome)


class TaskSteps:
    """An asynchronous generator in one task, as its timeouts and task groups demand."""

    def __init__(self, name: str, begin: Callable[[], AsyncIterator[object]], check: Check) -> None:
        """Start the task; see :class:`ThreadSteps`."""
        self._begin, self._check = begin, check
        self._wanted: asyncio.Queue[asyncio.Future[Outcome]] = asyncio.Queue()
        self._rows: AsyncIterator[object] | None = None
        self.ended: asyncio.Future[Any] = asyncio.create_task(self._work(), name=f"stream-{name}")

    async def next(self) -> Outcome:
        """Run to the next item; see :class:`Steps`."""
        wanted: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._wanted.put_nowait(wanted)
        return await wanted

    def stop(self) -> None:
        """Cancel whatever the generator waits for, and close it."""
        self.ended.cancel()

    async def _work(self) -> None:
        try:
            outcome: Outcome = Batch([], is_list=True)
            while isinstance(outcome, Batch):
                wanted = await self._wanted.get()
                outcome = await self._step()
                _settle(wanted, outcome)
        finally:
            await _close_on_loop(self._rows)

    async def _step(self) -> Outcome:
        try:
            if self._rows is None:
                self._rows = aiter(self._begin())
            item = await anext(self._rows)
            if is_row(item):
                return self._check(item)
            return await asyncio.to_thread(self._check, item)
        except StopAsyncIteration:
            return None
        except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001
            return error


def _settle(future: asyncio.Future[Any], outcome: Outcome) -> None:
    """Set the result of a future unless it was cancelled."""
    if not future.done():
        future.set_result(outcome)


def _close(rows: object) -> None:
    """Run the cleanup of a plain generator, and log its exceptions."""
    try:
        if close := getattr(rows, "close", None):
            close()
    except BaseException:
        log.exception("A stream failed while it was closed")


async def _close_on_loop(rows: object) -> None:
    """Run the cleanup of an asynchronous generator, and log its exceptions."""
    try:
        if close := getattr(rows, "aclose", None):
            await close()
    except Exception:
        log.exception("A stream failed while it was closed")
