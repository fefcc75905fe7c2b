"""What callers are told of an exception in the author's code."""

from __future__ import annotations

import logging

from bailiwick.errors import CallFailed, FunctionFailed
from bailiwick.functions import Function

log = logging.getLogger("bailiwick.call")


def failure_of(function: Function, error: BaseException) -> CallFailed:
    """Log how a call ended, and return what its caller is told.

    The words of an exception may hold what callers must not see: paths, queries, passwords. Only
    those of a :class:`CallFailed` are passed on.
    """
    if isinstance(error, CallFailed):
        log.warning("%s", error)
        return error
    log.error("%s failed", function.name, exc_info=error)
    return FunctionFailed(f"{function.name} failed; the app's log tells why, under this id")


def words_of(error: CallFailed, function: str) -> str:
    """Return what is told of a failed call where calls have no id and the log is at hand."""
    if isinstance(error, FunctionFailed):
        return f"{function} failed; its log tells why"
    return error.message
