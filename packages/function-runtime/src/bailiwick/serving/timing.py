"""Reports how long a call took, for the traces that the gateway exports."""

from __future__ import annotations

import re
import socket
import time
from typing import Final, Self

from starlette.requests import Request

_SAMPLED: Final = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[13579bdf]")
"""A ``traceparent`` of a trace that is recorded (W3C Trace Context)."""


class Stopwatch:
    """Measures a call from its request to its response.

    Pods cannot reach a collector of traces, so they report the duration to the caller.
    """

    def __init__(self) -> None:
        self._started = time.perf_counter()

    @classmethod
    def of(cls, request: Request) -> Self | None:
        """Start to measure a call if it is part of a trace that is recorded."""
        return cls() if _SAMPLED.fullmatch(request.headers.get("traceparent", "")) else None

    def metric(self) -> str:
        """Return the milliseconds so far and the name of the pod (W3C Server Timing)."""
        milliseconds = (time.perf_counter() - self._started) * 1000
        return f'call;dur={milliseconds:.3f};desc="{socket.gethostname()}"'
