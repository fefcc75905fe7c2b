"""One reader's stream of a function."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from bailiwick.errors import NotAStream
from bailiwick.failures import failure_of
from bailiwick.functions import Function
from bailiwick.generators import Steps, TaskSteps, ThreadSteps
from bailiwick.limits import Limits
from bailiwick.places import Places
from bailiwick.results import Batch, StreamResult
from bailiwick.resuming import last_row

CLOSING_SECONDS: Final = 0.5
"""Seconds that the answer of a call waits for a stream to clean up."""


class Stream:
    """Rows of a running function, checked; close it, or it runs on.

    Attributes:
        result: What the function promises.
        number: Number of the newest row, counted from 1 over all connections of the reader.
    """

    def __init__(
        self,
        function: Function,
        arguments: dict[str, Any],
        *,
        limits: Limits,
        places: Places,
        resumed: int = 0,
    ) -> None:
        """Begin the stream in a place of its own; the author's code waits for :meth:`next`.

        Args:
            function: A function whose result is a stream.
            arguments: Its validated arguments.
            limits: The bounds; ``rows`` is the most that may be yielded at once.
            places: Where it takes a place, until the author's code has really ended.
            resumed: Number of the last row that the reader has.

        Raises:
            NotAStream: The function gives something else.
            TooBusy: No place is free.
        """
        self.result = stream_result_of(function)
        self.number = resumed
        self._function, self._places, self._limits = function, places, limits
        places.require()
        last_row.set(resumed)
        kind = TaskSteps if self.result.is_async else ThreadSteps
        self._steps: Steps = kind(function.name, lambda: function.call(**arguments), self._check)
        places.hold(self._steps.ended)

    async def next(self) -> Batch | None:
        """Run the function to its next rows; ``None`` when it has ended.

        Raises:
            CallFailed: The function failed, or yielded what it did not promise.
        """
        outcome = await self._steps.next()
        if isinstance(outcome, BaseException):
            raise failure_of(self._function, outcome)
        if outcome is not None:
            self.number += len(outcome.rows)
        return outcome

    def close(self) -> None:
        """Close the author's generator; its place is free as soon as its cleanup has run."""
        self._places.mark_overdue(self._steps.ended)
        self._steps.stop()

    async def closed(self) -> None:
        """Close, and wait a moment for the cleanup."""
        self.close()
        await asyncio.wait([self._steps.ended], timeout=CLOSING_SECONDS)

    def _check(self, item: object) -> Batch:
        return self.result.batch(self._function.name, item, self._limits.rows, self.number)


def stream_result_of(function: Function) -> StreamResult:
    """Return the result of a function that is a stream.

    Raises:
        NotAStream: It gives something else.
    """
    if not function.is_stream:
        kind = function.result.document()["kind"]
        raise NotAStream(
            f"{function.name} gives a {kind}, not a stream; ask with POST /call/{function.name}"
        )
    return cast("StreamResult", function.result)
