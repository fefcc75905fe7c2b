"""Responses of failed calls, and the identifier of each call."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bailiwick.errors import CallFailed
from bailiwick.serving.logs import call_id
from bailiwick.serving.timing import Stopwatch

log = logging.getLogger("bailiwick.call")


def with_call_id(
    respond: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Add an identifier to each call: the caller's ``X-Request-Id`` if valid, otherwise a new one.

    Every response repeats it, even if the runtime itself fails: the gateway treats a response
    without it as one of another program.
    """

    async def respond_with_id(request: Request) -> Response:
        stopwatch = Stopwatch.of(request)
        given = request.headers.get("x-request-id", "")
        call_id.set(given if re.fullmatch(r"[\w.-]{1,64}", given) else uuid.uuid4().hex)
        try:
            response = await respond(request)
        except CallFailed as error:
            response = await show_failure(request, error)
        except Exception:
            log.exception("The runtime failed")
            message = "the runtime failed; the app's log has the details"
            failure = {"type": "internal", "message": message, "id": call_id.get()}
            response = JSONResponse({"error": failure}, 500)
        response.headers["X-Request-Id"] = call_id.get() or ""
        if stopwatch:
            response.headers["Server-Timing"] = stopwatch.metric()
        return response

    return respond_with_id


def error_document(error: CallFailed) -> dict[str, Any]:
    """Return the error object of a failed call, with the call's identifier."""
    identifier = call_id.get()
    return {**error.body(), **({"id": identifier} if identifier else {})}


async def show_failure(_: Request, error: Exception) -> Response:
    """Return the response of a failed call."""
    if not isinstance(error, CallFailed):
        raise error
    response = JSONResponse({"error": error_document(error)}, error.status)
    if error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


async def show_refusal(request: Request, error: Exception) -> Response:
    """Return the response to an unknown path or method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = (
        f"{request.method} {request.url.path} is not served; available: GET /contract, "
        "POST /call/<function>, POST /stream/<function>, GET /checks, POST /verb/<name>, "
        "GET /healthz, /readyz, /metrics and /concurrency"
    )
    return JSONResponse({"error": {"type": "not-found", "message": message}}, status)
