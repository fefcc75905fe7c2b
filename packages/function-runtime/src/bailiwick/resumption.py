"""Resumption of a stream after an interrupted connection."""

from __future__ import annotations

import contextvars

last_row: contextvars.ContextVar[int] = contextvars.ContextVar("last_row", default=0)
"""Number of the last row that the consumer received; set before the stream starts."""


def resumed_after() -> int:
    """Return the number of rows that the consumer already received; 0 for a new consumer.

    The rows of a stream are numbered from 1, and the number is the ``id`` of the event. A consumer
    that reconnects sends the last number (header ``Last-Event-ID``), and numbering continues there.
    A stream that can be replayed starts after that row; a stream of live values can ignore the
    number.

    Example:
        >>> from itertools import islice
        >>> def replay() -> Iterator[Tick]:
        ...     '''Recorded ticks.'''
        ...     yield from islice(_recorded(), resumed_after(), None)
    """
    return last_row.get()
