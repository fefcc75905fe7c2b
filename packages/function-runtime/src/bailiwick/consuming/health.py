"""State and metrics of a consumer, for its endpoints."""

from __future__ import annotations

import logging
import math
import time
from typing import Any, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge

log = logging.getLogger("bailiwick.consume")

Phase = Literal["loading", "connecting", "connected", "sample", "failed"]
"""``sample``: no broker is configured, and the sample messages were processed."""


class Health:
    """Progress of a consumer, and what blocks it.

    Attributes:
        phase: Its phase.
        reason: Reason for waiting; ``None`` if it is ready.
        blocked: Reason why the table cannot be stored; ``None`` if it can.
        last_failure: Reason of the newest rejected window.
        is_stuck: Whether the function exceeded its time limit and is still running.
        registry: Its metrics.
    """

    def __init__(self) -> None:
        self.phase: Phase = "loading"
        self.reason: str | None = "the function is being loaded"
        self.blocked: str | None = None
        self.last_failure: str | None = None
        self.is_stuck = False
        self._last_message: float | None = None
        self.registry = to = CollectorRegistry()
        self.messages = Counter("bailiwick_consumer_messages", "Processed messages.", registry=to)
        self.windows = Counter("bailiwick_consumer_windows", "Processed windows.", registry=to)
        self.refused = Counter(
            "bailiwick_consumer_refused_messages", "Messages of rejected windows.", registry=to
        )
        age = Gauge(
            "bailiwick_consumer_last_message_age_seconds",
            "Time since the last message; NaN before the first one.",
            registry=to,
        )
        age.set_function(self._age)

    @property
    def is_ready(self) -> bool:
        """Whether messages are consumed, or the samples were processed."""
        return self.phase in ("connected", "sample") and self.blocked is None

    def enter(self, phase: Phase, reason: str | None = None) -> None:
        """Set the phase of the consumer, and the reason for waiting if there is one."""
        if (phase, reason) != (self.phase, self.reason):
            log.log(logging.WARNING if reason else logging.INFO, "%s", reason or phase)
        self.phase, self.reason = phase, reason

    def arrived(self) -> None:
        """Record the arrival of a message."""
        self._last_message = time.time()

    def ended(self, messages: int, failure: str | None = None) -> None:
        """Record the end of a window of messages, and the reason if it failed."""
        self.windows.inc()
        self.messages.inc(messages)
        if failure is not None:
            self.refused.inc(messages)
            self.last_failure = failure
            log.error("a window of %d messages was rejected: %s", messages, failure)

    def document(self) -> dict[str, Any]:
        """Return the state for ``GET /readyz``."""
        return {
            "phase": "blocked" if self.blocked else self.phase,
            "reason": self.blocked or self.reason,
            "lastFailure": self.last_failure,
        }

    def _age(self) -> float:
        return math.nan if self._last_message is None else time.time() - self._last_message
