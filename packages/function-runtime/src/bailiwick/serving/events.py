"""Server-sent events as bytes (WHATWG HTML, section "Server-sent events")."""

from __future__ import annotations

import json
from typing import Any, Final

from bailiwick.results import Batch, StreamResult

RETRY_MILLISECONDS: Final = 2_000
"""How long a browser waits before it connects again."""

OPENING: Final = b"retry: %d\n\n" % RETRY_MILLISECONDS
"""Begins a stream; it also shows the reader at once that there is one."""

HEARTBEAT: Final = b": heartbeat\n\n"
"""A comment, so that nothing between here and the reader takes the connection for dead."""


def rows_event(result: StreamResult, batch: Batch, number: int) -> bytes:
    """Return an event of rows: an object, or an array where the function yields lists.

    Args:
        result: What the function promises.
        batch: The rows, at least one.
        number: Number of the last of them, the event's ``id``.
    """
    rows = result.json(batch.rows)
    return b"id: %d\ndata: %b\n\n" % (number, rows if batch.is_list else rows[1:-1])


def end_event(reason: str, rows: int) -> bytes:
    """Return the event that ends a stream well; ``rows`` is how many this connection sent."""
    return _named("end", {"reason": reason, "rows": rows})


def error_event(error: dict[str, Any]) -> bytes:
    """Return the event that ends a stream that failed, with the error object of a call."""
    return _named("error", error)


def _named(name: str, data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()
