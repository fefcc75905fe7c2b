"""HTTP requests of the portal and of commands, below ``/bailiwick/``.

The portal refuses this prefix to browsers, so the requests have no token against forgery.
"""

from __future__ import annotations

import asyncio
import json
import math
from typing import Any, Final

from tornado.web import RequestHandler

from bailiwick.workspace.errors import WorkspaceFailed
from bailiwick.workspace.operations import Operations

DEFAULT_WAIT: Final = 25.0
MAX_WAIT: Final = 60.0
"""Longest wait for a request, in seconds."""

_UNEXPECTED: Final = 500


class WorkspaceHandler(RequestHandler):
    """Answers JSON with JSON, and pages of browsers with 403."""

    operations: Operations

    def initialize(self, operations: Operations) -> None:
        """Keep the operations."""
        self.operations = operations

    def check_xsrf_cookie(self) -> None:
        """Accept requests without a token; those of pages are refused by their ``Origin``."""

    def prepare(self) -> None:
        """Refuse requests of pages."""
        if "Origin" in self.request.headers:
            self.reply({"error": "Pages cannot use this address"}, 403)

    def reply(self, body: dict[str, Any] | None, status: int = 200) -> None:
        """Send a response; without a body, its status is 204."""
        self.set_status(status if body is not None else 204)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        if body is not None:
            self.write(body)
        self.finish()

    def body(self) -> dict[str, Any]:
        """Return the JSON object of the request.

        Raises:
            WorkspaceFailed: The body is something else.
        """
        try:
            value = json.loads(self.request.body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise WorkspaceFailed("The body is not a JSON object", status=400)
        return value

    def write_error(self, status_code: int, **details: Any) -> None:  # noqa: ANN401
        """Show an error."""
        error = details.get("exc_info", (None, None))[1]
        if isinstance(error, WorkspaceFailed):
            self.reply(error.body(), error.status)
            return
        reason = "The workspace failed; see its log" if status_code == _UNEXPECTED else self._reason
        self.reply({"error": reason}, status_code)

    def log_exception(self, *details: Any) -> None:  # noqa: ANN401
        """Log an error that the response does not explain."""
        if not any(isinstance(detail, WorkspaceFailed) for detail in details):
            super().log_exception(*details)


class StateHandler(WorkspaceHandler):
    """``GET /bailiwick/state``."""

    async def get(self) -> None:
        """Show the state."""
        self.reply(await self.operations.state())


class CodeHandler(WorkspaceHandler):
    """``PUT /bailiwick/code``."""

    async def put(self) -> None:
        """Write the first code."""
        await self.operations.create(self.body())
        self.reply(None)


class PublishHandler(WorkspaceHandler):
    """``POST /bailiwick/publish``."""

    async def post(self) -> None:
        """Publish the changes."""
        self.reply(await self.operations.publish(self.body()))


class PullHandler(WorkspaceHandler):
    """``POST /bailiwick/pull``."""

    async def post(self) -> None:
        """Take the newest commit."""
        self.reply(await self.operations.pull())


class RequestsHandler(WorkspaceHandler):
    """``GET /bailiwick/requests``."""

    _waiting: asyncio.Future[dict[str, Any] | None] | None = None

    async def get(self) -> None:
        """Return the open request; 204 after a time without."""
        seconds = _seconds(self.get_query_argument("wait", ""))
        self._waiting = asyncio.ensure_future(self.operations.portal.fetch(seconds))
        try:
            self.reply(await self._waiting)
        except asyncio.CancelledError:
            # the client has closed its connection
            return

    def on_connection_close(self) -> None:
        """Leave the request to the next client."""
        if self._waiting:
            self._waiting.cancel()


class AnswerHandler(WorkspaceHandler):
    """``POST /bailiwick/requests/<id>``."""

    async def post(self, name: str) -> None:
        """Answer a request."""
        self.operations.portal.answer(name, self.body())
        self.reply(None)


def routes(operations: Operations) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """Return the routes."""
    handlers: dict[str, type[WorkspaceHandler]] = {
        "state": StateHandler,
        "code": CodeHandler,
        "publish": PublishHandler,
        "pull": PullHandler,
        "requests": RequestsHandler,
        "requests/([^/]+)": AnswerHandler,
    }
    return [
        (f"/bailiwick/{path}", handler, {"operations": operations})
        for path, handler in handlers.items()
    ]


def _seconds(text: str) -> float:
    """Read the time to wait; the default for other texts."""
    try:
        seconds = float(text)
    except ValueError:
        return DEFAULT_WAIT
    return min(max(seconds, 0), MAX_WAIT) if math.isfinite(seconds) else DEFAULT_WAIT
