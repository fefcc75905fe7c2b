"""The consumer process: its thread and its health endpoints."""

from __future__ import annotations

import contextlib
import faulthandler
import sys
import threading

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bailiwick.consuming.consumer import feed
from bailiwick.consuming.health import Health
from bailiwick.consuming.windows import Consumption
from bailiwick.limits import Limits
from bailiwick.serving.logs import log_as_json
from bailiwick.serving.server import NOT_STARTED, server_config
from bailiwick.serving.source import Source
from bailiwick.store import Store


def consume(consumption: Consumption, source: Source, *, host: str, port: int) -> None:
    """Consume until SIGTERM or SIGINT; messages that are not stored are not acknowledged.

    Args:
        consumption: Function, connection, topics and windows.
        source: Source of the functions.
        host: Address of the health endpoints.
        port: TCP port of the health endpoints.

    Raises:
        ValueError: No store is configured, or a limit in the environment is not a positive number.
    """
    log_as_json()
    faulthandler.enable()
    store, health = Store.from_environment(), Health()
    Limits.from_environment()
    # a daemon: a killed window is done again, from messages that were not acknowledged
    consuming = threading.Thread(
        target=feed, args=(consumption, source, store, health), name="consume", daemon=True
    )
    server = uvicorn.Server(server_config(create_health_app(health), host, port))
    consuming.start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)


def create_health_app(health: Health) -> Starlette:
    """Build the endpoints: ``/healthz``, ``/readyz`` and ``/metrics``."""

    async def show_health(_: Request) -> Response:
        if health.is_stuck:
            reason = "the function exceeded its time limit and is still running"
            return JSONResponse({"status": "stuck", "reason": reason}, 503)
        return JSONResponse({"status": "ok"})

    async def show_readiness(_: Request) -> Response:
        return JSONResponse(health.document(), 200 if health.is_ready else 503)

    async def show_metrics(_: Request) -> Response:
        return Response(generate_latest(health.registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/healthz", show_health),
            Route("/readyz", show_readiness),
            Route("/metrics", show_metrics),
        ]
    )
