"""What to do about errors that only the limits of a try cause."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Final

_MEMORY: Final = (
    "A try has less memory than the app: process less data at once, such as in parts, or by a "
    "parameter that limits it"
)
_FILES: Final = (
    "A try can only read the code and its libraries, and only write temporary files (tempfile)"
)
_PROCESSES: Final = "A try cannot start or change processes: use a library or threads instead"
_NETWORK: Final = (
    "A try can only reach the app's connections, and only when it calls a function: ask the "
    "platform team for a connection in the pack, and use it in a function"
)


def advice_on(error: BaseException) -> str:
    """Return what a try cannot do, and what to do instead; empty for other errors.

    Args:
        error: An exception, also one that another one of these caused.
    """
    for one in _causes(error):
        if isinstance(one, MemoryError):
            return _MEMORY
        if isinstance(one, PermissionError) and one.errno in (errno.EPERM, errno.EACCES):
            if one.filename is not None:
                return _FILES
            return _PROCESSES if one.errno == errno.EPERM else _NETWORK
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    # code can make a circle of causes
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
