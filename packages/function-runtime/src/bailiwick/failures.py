"""Converts exceptions in the author's code into errors for callers."""

from __future__ import annotations

import logging

from bailiwick.errors import CallFailed, FunctionFailed
from bailiwick.functions import Function

log = logging.getLogger("bailiwick.call")


def failure_of(function: Function, error: BaseException) -> CallFailed:
    """Log the failure of a call, and return the error for its caller.

    The message of an exception can contain paths, queries or passwords, which callers must not see.
    Only messages of :class:`CallFailed` are returned.
    """
    if isinstance(error, CallFailed):
        log.warning("%s", error)
        return error
    log.error("%s failed", function.name, exc_info=error)
    return FunctionFailed(
        f"{function.name} failed because of an error in its code; the app's log has the details"
    )


def words_of(error: CallFailed, function: str) -> str:
    """Return the message of a failed call without an id, for a caller who can read the log."""
    if isinstance(error, FunctionFailed):
        return f"{function} failed; see its log"
    return error.message
