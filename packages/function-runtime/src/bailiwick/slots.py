"""Limits the number of concurrent calls and streams."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from typing import Any

from bailiwick.errors import TooBusy


class Stopped(BaseException):
    """Raised inside the author's code when a call or stream must end."""


class Slots:
    """The slots for calls and streams; a slot is held until the author's code ends."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._held: set[asyncio.Future[Any]] = set()
        self._overdue: set[asyncio.Future[Any]] = set()

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
            raise TooBusy(
                f"{self._number} calls are running, the limit; try again in a second",
                limit=self._number,
            )

    def hold(self, ended: asyncio.Future[Any]) -> None:
        """Hold a slot until a future is done."""
        self._held.add(ended)
        ended.add_done_callback(self._held.discard)
        ended.add_done_callback(self._overdue.discard)

    def mark_overdue(self, ended: asyncio.Future[Any]) -> None:
        """Record that the code in a slot was interrupted."""
        if not ended.done():
            self._overdue.add(ended)


def raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Raise an exception in another thread, at its next Python instruction."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(error)
        )
