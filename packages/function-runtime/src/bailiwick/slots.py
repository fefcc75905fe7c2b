"""Limits the number of concurrent calls and streams."""

from __future__ import annotations

import asyncio
import ctypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bailiwick.errors import TooBusy


class Stopped(BaseException):
    """Raised inside the author's code when a call or stream must end."""


@dataclass(frozen=True)
class SlotUsage:
    """Use of the slots since the start of the process.

    The mean number of concurrent calls between two times is the difference of ``held_seconds``,
    divided by the difference of ``seconds``.

    Attributes:
        slots: Number of slots.
        held: Number of slots that are in use now.
        held_seconds: Seconds for which slots were in use, summed over all slots.
        refused: Number of calls and streams for which no slot was free.
        seconds: Age of the process in seconds.
    """

    slots: int
    held: int
    held_seconds: float
    refused: int
    seconds: float

    def document(self) -> dict[str, float]:
        """Return the response of ``GET /concurrency``."""
        return {
            "slots": self.slots,
            "held": self.held,
            "heldSeconds": self.held_seconds,
            "refused": self.refused,
            "seconds": self.seconds,
        }


class Slots:
    """The slots for calls and streams; a slot is held until the author's code ends.

    Args:
        number: Number of slots.
        clock: Returns the time in seconds.
    """

    def __init__(self, number: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._number = number
        self._held: set[asyncio.Future[Any]] = set()
        self._overdue: set[asyncio.Future[Any]] = set()
        self._clock = clock
        self._started_at = self._counted_at = clock()
        self._held_seconds = 0.0
        self._refused = 0

    @property
    def usage(self) -> SlotUsage:
        """Use of the slots so far."""
        self._count()
        return SlotUsage(
            slots=self._number,
            held=len(self._held),
            held_seconds=self._held_seconds,
            refused=self._refused,
            seconds=self._counted_at - self._started_at,
        )

    @property
    def stuck(self) -> bool:
        """Whether all slots are held by interrupted code that is still running."""
        return len(self._overdue) >= self._number

    def require(self) -> None:
        """Check that a slot is free.

        Raises:
            TooBusy: All slots are in use.
        """
        if len(self._held) >= self._number:
            self._refused += 1
            raise TooBusy(
                f"{self._number} calls are running, the limit; try again in a second",
                limit=self._number,
            )

    def hold(self, ended: asyncio.Future[Any]) -> None:
        """Hold a slot until a future is done."""
        self._count()
        self._held.add(ended)
        ended.add_done_callback(self._release)

    def mark_overdue(self, ended: asyncio.Future[Any]) -> None:
        """Record that the code in a slot was interrupted."""
        if not ended.done():
            self._overdue.add(ended)

    def _release(self, ended: asyncio.Future[Any]) -> None:
        self._count()
        self._held.discard(ended)
        self._overdue.discard(ended)

    def _count(self) -> None:
        """Add the time since the last change."""
        now = self._clock()
        self._held_seconds += len(self._held) * (now - self._counted_at)
        self._counted_at = now


def raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Raise an exception in another thread, at its next Python instruction."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(error)
        )
