"""Ends a workspace that nobody uses."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bailiwick.workspace.activity import Activity, Clock, timestamp, utc_now

MAX_CHECK_SECONDS: Final = 30.0
"""Longest time between two checks."""

_logger = logging.getLogger(__name__)


class IdleCheck:
    """Ends the server after a time without activity.

    Args:
        activity: Activity of the workspace.
        idle: Time without activity.
        log: File that receives the reason.
        end: Ends the server.
        now: Clock.

    Attributes:
        seconds: Time between two checks.
    """

    def __init__(
        self,
        activity: Activity,
        idle: dt.timedelta,
        log: Path | None,
        end: Callable[[], object],
        now: Clock = utc_now,
    ) -> None:
        self._activity = activity
        self._idle = idle
        self._log = log
        self._end = end
        self._now = now
        self._has_ended = False
        self.seconds = min(idle.total_seconds() / 10, MAX_CHECK_SECONDS)

    def run(self) -> None:
        """End the server if it is idle.

        The check and the end are one step of the event loop, so no cell can start in between.
        """
        if self._has_ended or self._activity.work():
            return
        last = self._activity.last()
        if self._now() - last < self._idle:
            return
        self._has_ended = True
        _logger.info("No activity since %s; the workspace ends.", timestamp(last))
        report(self._log, {"reason": "idle", "lastActivity": timestamp(last)})
        self._end()


def report(log: Path | None, reason: dict[str, str]) -> None:
    """Write the reason of the end; without the file, only log it."""
    if log is None:
        return
    try:
        log.write_text(json.dumps(reason))
    except OSError as error:
        _logger.warning("%s cannot be written: %s", log, error)
