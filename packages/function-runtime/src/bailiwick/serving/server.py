"""Runs the application as a process."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

from bailiwick.limits import Limits
from bailiwick.serving.app import create_app
from bailiwick.serving.event_stream import OpenStreams
from bailiwick.serving.logs import log_as_json
from bailiwick.serving.source import Loader, Source
from bailiwick.stored_results import StoredResults

if TYPE_CHECKING:
    from bailiwick.tries.host import TryHost

DRAIN_SECONDS = 9
KEEP_ALIVE_SECONDS = 75
"""Seconds after which an idle connection is closed.

Clients must close it first, or a request meets a closed connection. Node's client does so after 4
seconds, and later on a busy machine.
"""
NOT_STARTED = 3
"""Exit code if the server cannot listen on the port."""


def server_config(
    app: Starlette, host: str, port: int, drain_seconds: int | None = None
) -> uvicorn.Config:
    """Return the server configuration of the runtime's processes.

    Browsers must not guess the type of a response (``nosniff``).

    Args:
        app: The application.
        host: Address to listen on.
        port: TCP port to listen on.
        drain_seconds: Time limit of running calls after SIGTERM; unlimited if None.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        # a header must not hide who sent a request: it decides about who may replace code
        proxy_headers=False,
        server_header=False,
        headers=[("x-content-type-options", "nosniff")],
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=drain_seconds,
    )


class _Server(uvicorn.Server):
    """Ends streams before it waits for running calls, because streams may never end."""

    def __init__(self, config: uvicorn.Config, streams: OpenStreams) -> None:
        super().__init__(config)
        self._streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the calls."""
        self._streams.stop()
        await super().shutdown(sockets)


def serve(source: Source, stored: StoredResults | None = None, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; streams then end, and calls have 9 seconds.

    Args:
        source: Source of the functions.
        stored: Stored results, if there are any.
        host: Address to listen on.
        port: TCP port to listen on.

    Raises:
        ValueError: A limit in the environment is not a positive number.
    """
    listeners = _listeners()
    log_as_json()
    faulthandler.enable()
    app = create_app(Loader(source), Limits.from_environment(), stored, _tries())
    config = server_config(app, host, port, drain_seconds=DRAIN_SECONDS)
    server = _Server(config, app.state.streams)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(listeners)
    if not server.started:
        sys.exit(NOT_STARTED)


def _listeners() -> list[socket.socket] | None:
    """Return the socket on which the process already listens; see ``bailiwick/listening.py``."""
    number = os.environ.pop("BAILIWICK_LISTENER", None)
    return [socket.socket(fileno=int(number))] if number else None


def _tries() -> TryHost | None:
    """Return the host of tries in the pod of a draft; other pods only run what is deployed."""
    if not os.environ.get("BAILIWICK_DRAFT"):
        return None
    # imported here: only drafts try code
    from bailiwick.serving.try_endpoint import libraries_of_app  # noqa: PLC0415
    from bailiwick.tries.host import TryHost  # noqa: PLC0415

    return TryHost(libraries_of_app)
