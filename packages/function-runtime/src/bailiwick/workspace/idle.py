"""Ends a workspace that nobody uses."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
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
        end: Ends the server.
        now: Clock.

    Attributes:
        seconds: Time between two checks.
        has_ended: Whether the server was idle and ended.
    """

    def __init__(
        self,
        activity: Activity,
        idle: dt.timedelta,
        end: Callable[[], object],
        now: Clock = utc_now,
    ) -> None:
        self._activity = activity
        self._idle = idle
        self._end = end
        self._now = now
        self.has_ended = False
        self.seconds = min(idle.total_seconds() / 10, MAX_CHECK_SECONDS)

    def run(self) -> None:
        """End the server if it is idle.

        The check and the end are one step of the event loop, so no cell can start in between.
        """
        if self.has_ended or self._activity.work():
            return
        last = self._activity.last()
        if self._now() - last < self._idle:
            return
        self.has_ended = True
        _logger.info("No activity since %s; the workspace ends.", timestamp(last))
        self._end()
