"""One consumer's stream of a function."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from bailiwick.errors import NotAStream
from bailiwick.failures import failure_of
from bailiwick.functions import Function
from bailiwick.generators import Steps, TaskSteps, ThreadSteps
from bailiwick.limits import Limits
from bailiwick.results import Batch, StreamResult
from bailiwick.resumption import last_row
from bailiwick.slots import Slots

CLOSING_SECONDS: Final = 0.5
"""Maximum seconds that a call waits for the cleanup of a stream."""


class Stream:
    """Checked rows of a running function; the opener must close it.

    Attributes:
        result: Result type of the function.
        number: Number of the newest row, counted from 1 over all connections of the consumer.
    """

    def __init__(
        self,
        function: Function,
        arguments: dict[str, Any],
        *,
        limits: Limits,
        slots: Slots,
        resumed: int = 0,
    ) -> None:
        """Start the stream in its own slot; the author's code waits for :meth:`next`.

        Args:
            function: A function whose result is a stream.
            arguments: Its validated arguments.
            limits: The limits; ``rows`` is the maximum of one item.
            slots: The slots; the stream holds one until the author's code has ended.
            resumed: Number of the last row that the consumer received.

        Raises:
            NotAStream: The function gives something else.
            TooBusy: No place is free.
        """
        self.result = stream_result_of(function)
        self.number = resumed
        self._function, self._slots, self._limits = function, slots, limits
        slots.require()
        last_row.set(resumed)
        kind = TaskSteps if self.result.is_async else ThreadSteps
        self._steps: Steps = kind(function.name, lambda: function.call(**arguments), self._check)
        slots.hold(self._steps.ended)

    async def next(self) -> Batch | None:
        """Run the function to its next rows; ``None`` when it has ended.

        Raises:
            CallFailed: The function failed, or yielded a value outside its contract.
        """
        outcome = await self._steps.next()
        if isinstance(outcome, BaseException):
            raise failure_of(self._function, outcome)
        if outcome is not None:
            self.number += len(outcome.rows)
        return outcome

    def close(self) -> None:
        """Close the author's generator; its slot is free after its cleanup."""
        self._slots.mark_overdue(self._steps.ended)
        self._steps.stop()

    async def closed(self) -> None:
        """Close, and wait a moment for the cleanup."""
        self.close()
        await asyncio.wait([self._steps.ended], timeout=CLOSING_SECONDS)

    def _check(self, item: object) -> Batch:
        return self.result.batch(self._function.name, item, self._limits.rows, self.number)


def stream_result_of(function: Function) -> StreamResult:
    """Return the result type of a stream function.

    Raises:
        NotAStream: The function is not a stream.
    """
    if not function.is_stream:
        kind = function.result.document()["kind"]
        raise NotAStream(
            f"{function.name} returns a {kind}, not a stream; "
            f"call it with POST /call/{function.name}"
        )
    return cast("StreamResult", function.result)
