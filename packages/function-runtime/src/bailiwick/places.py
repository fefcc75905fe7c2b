"""Counts the calls and streams that run, so that there are never too many."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from typing import Any

from bailiwick.errors import TooBusy


class Stopped(BaseException):
    """Raised inside the author's code when a call or stream must end."""


class Places:
    """The places for calls and streams; a place is held until the author's code really ends."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._held: set[asyncio.Future[Any]] = set()
        self._overdue: set[asyncio.Future[Any]] = set()

    @property
    def stuck(self) -> bool:
        """Whether every place is held by code that was told to stop and does not end."""
        return len(self._overdue) >= self._number

    def require(self) -> None:
        """Check that a place is free.

        Raises:
            TooBusy: None is.
        """
        if len(self._held) >= self._number:
            raise TooBusy(
                f"{self._number} calls are running, the limit; try again in a second",
                limit=self._number,
            )

    def hold(self, ended: asyncio.Future[Any]) -> None:
        """Hold a place until a future is done."""
        self._held.add(ended)
        ended.add_done_callback(self._held.discard)
        ended.add_done_callback(self._overdue.discard)

    def mark_overdue(self, ended: asyncio.Future[Any]) -> None:
        """Note that what holds a place was told to stop."""
        if not ended.done():
            self._overdue.add(ended)


def raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Raise an exception in another thread, at its next Python instruction."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(error)
        )
