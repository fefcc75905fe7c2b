"""How a consumer fares, as its endpoints tell it."""

from __future__ import annotations

import logging
import math
import time
from typing import Any, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge

log = logging.getLogger("bailiwick.consume")

Phase = Literal["loading", "connecting", "connected", "sample", "failed"]
"""``sample``: there is no broker, and the sample messages were played."""


class Health:
    """What a consumer has done and what keeps it from going on.

    Attributes:
        phase: How far it has come.
        reason: What it waits for; ``None`` when it is ready.
        blocked: Why what it has cannot be stored; ``None`` when it can.
        last_failure: Why the newest refused window was refused.
        is_stuck: Whether the function passed its limit of seconds and does not end.
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
        self.messages = Counter(
            "bailiwick_consumer_messages", "Messages whose window ended.", registry=to
        )
        self.windows = Counter("bailiwick_consumer_windows", "Windows that ended.", registry=to)
        self.refused = Counter(
            "bailiwick_consumer_refused_messages", "Messages of windows that failed.", registry=to
        )
        age = Gauge(
            "bailiwick_consumer_last_message_age_seconds",
            "Time since a message came; NaN before the first.",
            registry=to,
        )
        age.set_function(self._age)

    @property
    def is_ready(self) -> bool:
        """Whether messages are taken, or the samples were played."""
        return self.phase in ("connected", "sample") and self.blocked is None

    def enter(self, phase: Phase, reason: str | None = None) -> None:
        """Tell how far the consumer has come, and what it waits for, if anything."""
        if (phase, reason) != (self.phase, self.reason):
            log.log(logging.WARNING if reason else logging.INFO, "%s", reason or phase)
        self.phase, self.reason = phase, reason

    def arrived(self) -> None:
        """Note that a message came."""
        self._last_message = time.time()

    def ended(self, messages: int, failure: str | None = None) -> None:
        """Note that a window of messages ended, and why it failed, if it did."""
        self.windows.inc()
        self.messages.inc(messages)
        if failure is not None:
            self.refused.inc(messages)
            self.last_failure = failure
            log.error("a window of %d messages was refused: %s", messages, failure)

    def document(self) -> dict[str, Any]:
        """Return the state as ``GET /readyz`` shows it."""
        return {
            "phase": "blocked" if self.blocked else self.phase,
            "reason": self.blocked or self.reason,
            "lastFailure": self.last_failure,
        }

    def _age(self) -> float:
        return math.nan if self._last_message is None else time.time() - self._last_message
