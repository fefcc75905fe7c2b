"""Where a reader of a stream takes up again after a broken connection."""

from __future__ import annotations

import contextvars

last_row: contextvars.ContextVar[int] = contextvars.ContextVar("last_row", default=0)
"""Number of the last row that the reader has; set by the server before the stream begins."""


def resumed_after() -> int:
    """Return how many rows of this stream its reader has already; 0 for a new reader.

    The rows of a stream are numbered from 1, and the number is the ``id`` of the event. A reader
    that connects again names the last one (header ``Last-Event-ID``), and numbering goes on there.
    A stream that can go back begins after that row; one of live values need not care.

    Example:
        >>> from itertools import islice
        >>> def replay() -> Iterator[Tick]:
        ...     '''Recorded ticks.'''
        ...     yield from islice(_recorded(), resumed_after(), None)
    """
    return last_row.get()
