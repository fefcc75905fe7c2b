"""Prometheus metrics of an app's calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bailiwick.errors import (
    CallFailed,
    ContractBroken,
    FunctionFailed,
    InvalidData,
    InvalidParameter,
    NotRunYet,
    TooBusy,
    TooManyRows,
    TooSlow,
)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

# When a series began is a second series for each, which nobody asks for.
disable_created_metrics()  # type: ignore[no-untyped-call]

# Errors of calls of existing functions.
_KINDS = tuple(
    error.kind
    for error in (
        ContractBroken,
        FunctionFailed,
        InvalidData,
        InvalidParameter,
        NotRunYet,
        TooBusy,
        TooManyRows,
        TooSlow,
    )
)


class CallMetrics:
    """Numbers and durations of calls, by function."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        by, to = ("function",), self.registry
        self.calls = Counter("bailiwick_calls", "Calls begun.", by, registry=to)
        self.rows = Counter("bailiwick_rows", "Rows returned.", by, registry=to)
        self.in_flight = Gauge("bailiwick_calls_in_flight", "Calls in progress.", by, registry=to)
        self.seconds = Histogram(
            "bailiwick_call_duration_seconds",
            "Duration of a call.",
            by,
            registry=to,
            buckets=_SECONDS,
        )
        self.errors = Counter(
            "bailiwick_call_errors",
            "Calls that ended without a result, by the error's type.",
            (*by, "type"),
            registry=to,
        )

    def add_functions(self, functions: Iterable[str]) -> None:
        """Set the counters of all functions to 0, so that the first call is visible as an increase.

        Args:
            functions: Names of all functions that are served.
        """
        for name in functions:
            self.calls.labels(name)
            self.rows.labels(name)
            for kind in _KINDS:
                self.errors.labels(name, kind)

    @contextmanager
    def watch(self, function: str) -> Iterator[Callable[[int], None]]:
        """Measure a call or a stream; the returned function counts rows.

        Args:
            function: Name of the function.
        """
        self.calls.labels(function).inc()
        started = time.perf_counter()
        with self.in_flight.labels(function).track_inprogress():
            try:
                yield self.rows.labels(function).inc
            except CallFailed as error:
                self.errors.labels(function, error.kind).inc()
                raise
            finally:
                self.seconds.labels(function).observe(time.perf_counter() - started)
