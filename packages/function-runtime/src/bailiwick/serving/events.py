"""Server-sent events as bytes (WHATWG HTML, section "Server-sent events")."""

from __future__ import annotations

import json
from typing import Any, Final

from bailiwick.results import Batch, StreamResult

RETRY_MILLISECONDS: Final = 2_000
"""Time that a browser waits before it reconnects."""

OPENING: Final = b"retry: %d\n\n" % RETRY_MILLISECONDS
"""Start of a stream, sent at once so that the consumer knows that the stream is open."""

HEARTBEAT: Final = b": heartbeat\n\n"
"""A comment that keeps proxies from closing an idle connection."""


def rows_event(result: StreamResult, batch: Batch, number: int) -> bytes:
    """Return an event of rows: an object, or an array if the function yields lists.

    Args:
        result: Result type of the function.
        batch: The rows, at least one.
        number: Number of the last of them, the event's ``id``.
    """
    rows = result.json(batch.rows)
    return b"id: %d\ndata: %b\n\n" % (number, rows if batch.is_list else rows[1:-1])


def end_event(reason: str, rows: int) -> bytes:
    """Return the event of a normal end; ``rows`` are those that this connection sent."""
    return _named("end", {"reason": reason, "rows": rows})


def error_event(error: dict[str, Any]) -> bytes:
    """Return the event of a failure, with the error object of a call."""
    return _named("error", error)


def _named(name: str, data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()
