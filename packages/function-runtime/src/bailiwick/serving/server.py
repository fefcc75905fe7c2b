"""Runs the application as a process."""

from __future__ import annotations

import faulthandler

import uvicorn

from bailiwick.limits import Limits
from bailiwick.serving.app import create_app
from bailiwick.serving.logs import log_as_json
from bailiwick.serving.source import Loader, Source

DRAIN_SECONDS = 9


def serve(source: Source, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; running calls then have 9 seconds to end.

    Args:
        source: Where the functions come from.
        host: Address to listen on.
        port: TCP port to listen on.

    Raises:
        ValueError: A limit in the environment is not a positive number.
    """
    log_as_json()
    faulthandler.enable()
    app = create_app(Loader(source), Limits.from_environment())
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
