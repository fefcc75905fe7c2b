"""Handles ``POST /stream/<function>``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from bailiwick.execution import Executor
from bailiwick.functions import of_role
from bailiwick.serving.call_requests import bounded_body, find_function, resumed_row
from bailiwick.serving.event_stream import EventStream, OpenStreams, first_step
from bailiwick.serving.metrics import CallMetrics
from bailiwick.serving.source import Loader
from bailiwick.streams import stream_result_of


def stream_endpoint(
    loader: Loader, executor: Executor, metrics: CallMetrics, streams: OpenStreams
) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler of requests for streams.

    An immediate failure is returned like a failed call; later failures are events.

    Args:
        loader: Source of the functions.
        executor: Opens streams.
        metrics: Counts them.
        streams: Ends them when the server stops.
    """

    async def stream(request: Request) -> Response:
        function = find_function(of_role(loader.functions, "data"), request.path_params["function"])
        stream_result_of(function)
        body = await bounded_body(request)
        resumed = resumed_row(request)
        with ExitStack() as held:
            count = held.enter_context(metrics.watch(function.name))
            stopping = held.enter_context(streams.watched())
            opened = executor.open(function, body, resumed)
            held.callback(opened.close)
            first = await first_step(opened)
            if resumed and first.done() and first.result() is None:
                # the reader has everything; browsers connect no more after this
                await opened.closed()
                return Response(status_code=HTTPStatus.NO_CONTENT)
            answer = EventStream(opened, first, limits=executor.limits, stopping=stopping)
            return answer.holding(held.pop_all(), count)

    return stream
