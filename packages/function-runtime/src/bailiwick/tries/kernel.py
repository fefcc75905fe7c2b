"""Calls of the C library that Python has no functions for."""

from __future__ import annotations

import ctypes
import os
from typing import Final

_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def system_call(number: int, *arguments: object) -> int:
    """Make a system call (syscall(2)).

    Raises:
        OSError: It failed.
    """
    return _checked(_LIBC.syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, *arguments: object) -> None:
    """Change an attribute of this thread (prctl(2)).

    Raises:
        OSError: It failed.
    """
    zeros = [ctypes.c_ulong(0)] * (4 - len(arguments))
    _checked(_LIBC.prctl(option, *arguments, *zeros))


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
