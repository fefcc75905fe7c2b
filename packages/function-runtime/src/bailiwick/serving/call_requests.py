"""Parses a request: function, parameters, number of rows, and the last received row."""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import Final

from starlette.requests import Request

from bailiwick.errors import BodyTooLarge, InvalidParameter, UnknownFunction
from bailiwick.execution import FIRST_ROWS
from bailiwick.functions import Function
from bailiwick.limits import Limits
from bailiwick.results import ARROW, EncodedResult

MAX_BODY_BYTES: Final = 1024 * 1024

ROWS_HEADER: Final = "X-Rows"
"""Header of a response with the number of its rows."""

RUN_HEADER: Final = "X-Run"
"""Header of a response with the run that stored the result."""


def find_function(functions: dict[str, Function], name: str) -> Function:
    """Return the function with a name.

    Raises:
        UnknownFunction: The function does not exist.
    """
    if name not in functions:
        known = ", ".join(functions) or "none"
        raise UnknownFunction(
            f"unknown function {name!r}; available: {known}", functions=list(functions)
        )
    return functions[name]


async def bounded_body(
    request: Request, *, limit: int = MAX_BODY_BYTES, what: str = "the parameters"
) -> bytes:
    """Return the body of a request.

    Args:
        request: The request.
        limit: Maximum number of bytes.
        what: Content of the body, for the message.

    Raises:
        BodyTooLarge: The body exceeds the maximum size.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge(f"{what} take more than {limit // 1024} KiB; send less", limit=limit)
    return bytes(body)


def prefers_arrow(request: Request) -> bool:
    """Return whether a request names Arrow IPC streams in its ``Accept`` header."""
    return ARROW in request.headers.get("accept", "")


def result_headers(result: EncodedResult) -> dict[str, str]:
    """Return the number of rows, and the run and age of an earlier result (RFC 9110, 8.8.2)."""
    headers = {ROWS_HEADER: str(result.rows)}
    if origin := result.origin:
        headers[RUN_HEADER] = origin.run
        headers["Last-Modified"] = format_datetime(origin.finished_at, usegmt=True)
    elif result.calculated_at:
        headers["Last-Modified"] = format_datetime(result.calculated_at, usegmt=True)
    return headers


def resumed_row(request: Request) -> int:
    """Return the number of the last row that the consumer received; 0 if the request names none."""
    text = request.headers.get("last-event-id", "")
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def row_limit(request: Request, function: Function, limits: Limits) -> int:
    """Return the number of rows of a stream that a call requests with ``?limit=``.

    Raises:
        InvalidParameter: The limit is not a valid number of rows.
    """
    text = request.query_params.get("limit")
    if text is None or not function.is_stream:
        return min(FIRST_ROWS, limits.rows)
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= limits.rows:
        expected = f"a whole number from 1 to {limits.rows}"
        raise InvalidParameter(
            f"limit: expected {expected}, got {text!r}", parameter="limit", expected=expected
        )
    return int(text)
