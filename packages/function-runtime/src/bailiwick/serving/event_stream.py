"""Sends a stream of rows to one consumer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final, Literal, Self

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bailiwick.errors import CallFailed
from bailiwick.limits import Limits
from bailiwick.results import Batch
from bailiwick.serving.events import HEARTBEAT, OPENING, end_event, error_event, rows_event
from bailiwick.serving.failures import error_document
from bailiwick.streams import Stream

HEARTBEAT_SECONDS: Final = 15.0
"""Maximum time without data in a stream, before a heartbeat."""

FIRST_SECONDS: Final = 0.5
"""Time in which a failure of a stream is returned with a status, before the response starts with
200.
"""

LAST_SECONDS: Final = 5.0
"""Time that a consumer that reads nothing can keep a stream open beyond its limit."""

Reason = Literal["complete", "time-limit", "stopping"]
"""Reason of a normal end: the function ended, the time limit, or the shutdown of the server."""

Step = asyncio.Task[Batch | None]


class OpenStreams:
    """The streams of a server, which end with the server."""

    def __init__(self) -> None:
        self._signals: set[asyncio.Future[None]] = set()
        self._is_stopping = False

    @contextlib.contextmanager
    def watched(self) -> Iterator[asyncio.Future[None]]:
        """Return a future that is done as soon as the server stops."""
        signal: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._is_stopping:
            signal.set_result(None)
        self._signals.add(signal)
        try:
            yield signal
        finally:
            self._signals.discard(signal)

    def stop(self) -> None:
        """End all present and future streams."""
        self._is_stopping = True
        for signal in self._signals:
            if not signal.done():
                signal.set_result(None)


class EventStream(Response):
    """The response ``text/event-stream``, with rows until the end, a disconnect or the limit."""

    media_type = "text/event-stream"

    def __init__(
        self, stream: Stream, first: Step, *, limits: Limits, stopping: asyncio.Future[None]
    ) -> None:
        """Create the response of a stream.

        Args:
            stream: The rows; its opener closes it.
            first: The running step to the first rows.
            limits: Rows per second, and the time limit.
            stopping: Done when the server stops.
        """
        self.status_code = 200
        self.background = None
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._stream, self._first = stream, first
        self._limits, self._stopping = limits, stopping
        self._sent = 0
        self._spoke = 0.0
        self._held = contextlib.ExitStack()
        self._count: Callable[[int], object] = lambda _: None

    def holding(self, held: contextlib.ExitStack, count: Callable[[int], object]) -> Self:
        """Close ``held`` when the response has ended, and report sent rows to ``count``."""
        self._held, self._count = held, count
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the stream until it ends or the consumer disconnects."""
        # the failure was sent as an event, and is known to the holder
        with contextlib.suppress(CallFailed), self._held:
            sending = asyncio.create_task(self._send_all(send))
            gone = asyncio.create_task(_gone(receive))
            try:
                await asyncio.wait(
                    [sending, gone],
                    timeout=self._limits.stream_seconds + LAST_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                for task in (sending, gone, self._first):
                    task.cancel()
            # a connection that broke ends a stream as a reader does who leaves
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await sending

    async def _send_all(self, send: Send) -> None:
        async def write(body: bytes, *, more: bool = True) -> None:
            await send({"type": "http.response.body", "body": body, "more_body": more})
            self._spoke = asyncio.get_running_loop().time()

        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        await write(OPENING)
        try:
            reason = await self._send_rows(write)
        except CallFailed as error:
            await write(error_event(error_document(error)), more=False)
            raise
        await write(end_event(reason, self._sent), more=False)

    async def _send_rows(self, write: Callable[[bytes], Awaitable[None]]) -> Reason:
        """Send events until the stream ends, and return the reason."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._limits.stream_seconds
        step = self._first
        try:
            while True:
                if reason := await self._interrupted(step, write, end):
                    return reason
                batch = step.result()
                if batch is None:
                    return "complete"
                if batch.rows:
                    await write(rows_event(self._stream.result, batch, self._stream.number))
                    self._sent += len(batch.rows)
                    self._count(len(batch.rows))
                due = loop.time() + len(batch.rows) / self._limits.rows_per_second
                step = asyncio.create_task(self._next(due))
        finally:
            step.cancel()

    async def _interrupted(
        self, step: Step, write: Callable[[bytes], Awaitable[None]], end: float
    ) -> Reason | None:
        """Wait for rows and send heartbeats; return the reason if the wait ends without rows."""
        loop = asyncio.get_running_loop()
        awaited: list[asyncio.Future[Any]] = [step, self._stopping]
        while not self._stopping.done() and loop.time() < end:
            # counted from what was sent last: an empty list is not a sign of life
            if (quiet := self._spoke + HEARTBEAT_SECONDS) <= loop.time():
                await write(HEARTBEAT)
                continue
            timeout = max(0, min(end, quiet) - loop.time())
            done, _ = await asyncio.wait(
                awaited, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if step in done:
                return None
        return "stopping" if self._stopping.done() else "time-limit"

    async def _next(self, due: float) -> Batch | None:
        """Run the function to its next rows, and delay them to the rate limit."""
        batch = await self._stream.next()
        if batch is not None:
            await asyncio.sleep(due - asyncio.get_running_loop().time())
        return batch


async def first_step(stream: Stream) -> Step:
    """Run a stream to its first rows, or for half a second.

    Raises:
        CallFailed: The function failed at once, for example because of a parameter.
    """
    step: Step = asyncio.create_task(stream.next())
    await asyncio.wait([step], timeout=FIRST_SECONDS)
    if step.done():
        step.result()
    return step


async def _gone(receive: Receive) -> None:
    """Wait until the consumer closes the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
