"""The routes."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bailiwick.errors import CallFailed
from bailiwick.execution import Executor
from bailiwick.functions import contract, of_role
from bailiwick.limits import Limits
from bailiwick.outputs import CalledOutputs, outputs_from
from bailiwick.result_cache import ResultCache
from bailiwick.serving.call_requests import (
    bounded_body,
    find_function,
    prefers_arrow,
    result_headers,
    row_limit,
)
from bailiwick.serving.event_stream import OpenStreams
from bailiwick.serving.failures import show_failure, show_refusal, with_call_id
from bailiwick.serving.metrics import CallMetrics
from bailiwick.serving.operations import OperationsEndpoints
from bailiwick.serving.source import Loader
from bailiwick.serving.stream_endpoint import stream_endpoint
from bailiwick.stored_results import StoredResults

if TYPE_CHECKING:
    from bailiwick.tries.host import TryHost

MAX_WAIT_SECONDS = 3.0
"""Longest delay of ``GET /readyz``."""


def create_app(
    loader: Loader,
    limits: Limits,
    stored: StoredResults | None = None,
    tries: TryHost | None = None,
) -> Starlette:
    """Create the application for a loader, which starts loading with the application.

    Args:
        loader: Source of the functions.
        limits: Limits of every call.
        stored: Stored results, if there are any.
        tries: Tries code, as the pods of a draft do; without it, ``/try``, ``/types`` and ``/code``
            do not exist.
    """
    executor = Executor(limits)
    results = ResultCache(executor)
    metrics = CallMetrics()
    streams = OpenStreams()
    operations = OperationsEndpoints(loader, executor)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with outputs_from(stored or CalledOutputs()):
            loader.start()
            yield
            await _stopped(tries)

    async def show_health(_: Request) -> Response:
        if executor.stuck:
            reason = "calls that exceeded their time limit hold all slots"
            return JSONResponse({"status": "stuck", "reason": reason}, 503)
        return JSONResponse({"status": "ok"})

    async def show_contract(_: Request) -> Response:
        return JSONResponse(contract(loader.functions))

    async def show_metrics(_: Request) -> Response:
        if loader.phase == "ready":
            metrics.add_functions(of_role(loader.functions, "data"))
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def show_concurrency(_: Request) -> Response:
        return JSONResponse(executor.usage.document())

    async def call(request: Request) -> Response:
        body = await bounded_body(request)
        # after the body: code may be replaced while it arrives
        function = find_function(of_role(loader.functions, "data"), request.path_params["function"])
        limit = row_limit(request, function, limits)
        as_arrow = prefers_arrow(request)
        with metrics.watch(function.name) as count:
            if stored and function.is_stored:
                answer = await asyncio.to_thread(stored.answer, function, body, as_arrow=as_arrow)
            else:
                answer = await results.run(
                    function, body, limit, table_as="arrow" if as_arrow else "json"
                )
            count(answer.rows)
        return Response(answer.body, media_type=answer.media_type, headers=result_headers(answer))

    app = Starlette(
        lifespan=lifespan,
        exception_handlers={CallFailed: show_failure, HTTPException: show_refusal},
        routes=[
            Route("/healthz", show_health),
            Route("/readyz", _readiness(loader)),
            Route("/metrics", show_metrics),
            Route("/concurrency", show_concurrency),
            Route("/contract", show_contract),
            Route("/checks", operations.show_checks),
            Route("/verb/{verb}", with_call_id(operations.act), methods=["POST"]),
            Route("/call/{function}", with_call_id(call), methods=["POST"]),
            Route(
                "/stream/{function}",
                with_call_id(stream_endpoint(loader, executor, metrics, streams)),
                methods=["POST"],
            ),
            *_try_routes(loader, tries, results),
        ],
    )
    app.state.streams = streams
    return app


def _readiness(loader: Loader) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint, which waits for code that is loading as long as the request asks."""

    async def show(request: Request) -> Response:
        seconds = _seconds(request.query_params.get("wait", "0"))
        if loader.phase == "loading" and seconds:
            await asyncio.to_thread(loader.wait, seconds)
        return JSONResponse(loader.document(), 200 if loader.phase == "ready" else 503)

    return show


def _seconds(text: str) -> float:
    """Read a number of seconds; 0 for other texts."""
    try:
        seconds = float(text)
    except ValueError:
        return 0
    return min(max(seconds, 0), MAX_WAIT_SECONDS) if math.isfinite(seconds) else 0


def _try_routes(loader: Loader, tries: TryHost | None, results: ResultCache) -> list[Route]:
    if tries is None:
        return []
    # imported here: only drafts try code
    from bailiwick.serving.replacement import replacement_endpoint  # noqa: PLC0415
    from bailiwick.serving.try_endpoint import show_types, try_endpoint  # noqa: PLC0415

    return [
        Route("/try", try_endpoint(tries), methods=["POST"]),
        Route("/types", show_types),
        Route("/code", replacement_endpoint(loader, results), methods=["POST"]),
    ]


async def _stopped(tries: TryHost | None) -> None:
    if tries:
        await tries.stop()
