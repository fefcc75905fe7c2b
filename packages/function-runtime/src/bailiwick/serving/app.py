"""The routes."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bailiwick.errors import BodyTooLarge, CallFailed, UnknownFunction
from bailiwick.execution import Executor
from bailiwick.functions import Function, contract
from bailiwick.limits import Limits
from bailiwick.results import Answer
from bailiwick.serving.logs import call_id
from bailiwick.serving.metrics import CallMetrics
from bailiwick.serving.source import Loader

MAX_BODY_BYTES = 1024 * 1024


def create_app(loader: Loader, limits: Limits) -> Starlette:
    """Build the application around a loader; it starts loading when the application starts.

    Args:
        loader: Where the functions come from.
        limits: Bounds of every call.
    """
    executor = Executor(limits)
    metrics = CallMetrics()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        loader.start()
        yield

    async def show_health(_: Request) -> Response:
        if executor.stuck:
            reason = "every place is held by a call that passed its limit and does not end"
            return JSONResponse({"status": "stuck", "reason": reason}, 503)
        return JSONResponse({"status": "ok"})

    async def show_readiness(_: Request) -> Response:
        return JSONResponse(loader.document(), 200 if loader.phase == "ready" else 503)

    async def show_contract(_: Request) -> Response:
        return JSONResponse(contract(loader.functions))

    async def show_metrics(_: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def call(request: Request) -> Response:
        function = _named(loader.functions, request.path_params["function"])
        body = await _bounded_body(request)
        answer = await _measured(metrics, function, lambda: executor.run(function, body))
        return Response(answer.json, media_type="application/json")

    return Starlette(
        lifespan=lifespan,
        exception_handlers={CallFailed: _show_failure, HTTPException: _show_refusal},
        routes=[
            Route("/healthz", show_health),
            Route("/readyz", show_readiness),
            Route("/metrics", show_metrics),
            Route("/contract", show_contract),
            Route("/call/{function}", _identified(call), methods=["POST"]),
        ],
    )


def _named(functions: dict[str, Function], name: str) -> Function:
    if name not in functions:
        known = ", ".join(functions)
        raise UnknownFunction(f"no function {name!r}; there is {known}", functions=list(functions))
    return functions[name]


async def _bounded_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge(
                f"the parameters take more than {MAX_BODY_BYTES // 1024} KiB; send fewer",
                limit=MAX_BODY_BYTES,
            )
    return bytes(body)


async def _measured(
    metrics: CallMetrics, function: Function, run: Callable[[], Awaitable[Answer]]
) -> Answer:
    metrics.calls.labels(function.name).inc()
    started = time.perf_counter()
    with metrics.in_flight.labels(function.name).track_inprogress():
        try:
            answer = await run()
        except CallFailed as error:
            metrics.errors.labels(function.name, error.kind).inc()
            raise
        finally:
            metrics.seconds.labels(function.name).observe(time.perf_counter() - started)
    metrics.rows.labels(function.name).inc(answer.rows)
    return answer


def _identified(
    respond: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Give each call an identifier: the caller's ``X-Request-Id`` if plain, else a new one."""

    async def respond_with_id(request: Request) -> Response:
        given = request.headers.get("x-request-id", "")
        call_id.set(given if re.fullmatch(r"[\w.-]{1,64}", given) else uuid.uuid4().hex)
        try:
            response = await respond(request)
        except CallFailed as error:
            response = await _show_failure(request, error)
        response.headers["X-Request-Id"] = call_id.get() or ""
        return response

    return respond_with_id


async def _show_failure(_: Request, error: Exception) -> Response:
    if not isinstance(error, CallFailed):
        raise error
    body = error.body()
    if identifier := call_id.get():
        body["id"] = identifier
    response = JSONResponse({"error": body}, error.status)
    if error.status in (429, 503):
        response.headers["Retry-After"] = "1"
    return response


async def _show_refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = (
        f"{request.method} {request.url.path} is not served; there is GET /contract, "
        "POST /call/<function>, GET /healthz, /readyz and /metrics"
    )
    return JSONResponse({"error": {"type": "not-found", "message": message}}, status)
