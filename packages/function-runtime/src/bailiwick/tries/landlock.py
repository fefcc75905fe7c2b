"""Restricts the files and the network of this process (https://docs.kernel.org/userspace-api/landlock.html)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bailiwick.tries.kernel import system_call

# System calls have these numbers on all architectures.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446

_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_NET_PORT: Final = 2

_EXECUTE: Final = 1 << 0
_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_TRUNCATE: Final = 1 << 14
_OF_FILES: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
_ALL: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Access to files that each version of Landlock can restrict."""

_CONNECT_TCP: Final = 1 << 1
_TCP: Final = 3
_NETWORK_SINCE: Final = 4
_SCOPES: Final = 3
"""Abstract Unix sockets and signals of processes outside."""
_SCOPES_SINCE: Final = 6


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class _Port(ctypes.Structure):
    _fields_ = (("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64))


def landlock_version() -> int:
    """Return the version of Landlock in the kernel; 0 if it has none or it is disabled."""
    try:
        return system_call(_CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def restrict(
    *, readable: Iterable[Path], writable: Iterable[Path], ports: Iterable[int] = ()
) -> None:
    """Restrict the calling thread and all threads and processes that it starts afterwards.

    Requires ``no_new_privs``. Before version 4 (Linux 6.7), the network is not restricted.

    Args:
        readable: Files and folders to read and execute; missing ones are skipped.
        writable: Files and folders for all access.
        ports: TCP ports to connect to.

    Raises:
        OSError: The kernel has no Landlock, or a path cannot be opened.
    """
    version = landlock_version()
    files = max(bits for since, bits in _ALL.items() if since <= max(version, 1))
    has_network = version >= _NETWORK_SINCE
    attributes = _Ruleset(files, _TCP if has_network else 0, _SCOPES)
    size = 24 if version >= _SCOPES_SINCE else 16 if has_network else 8
    ruleset = system_call(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        for paths, access in ((readable, _READ), (writable, files)):
            for path in paths:
                _allow(ruleset, path, access & files)
        for port in ports if has_network else ():
            rule = _Port(_CONNECT_TCP, port)
            system_call(_ADD_RULE, ruleset, _NET_PORT, ctypes.byref(rule), 0)
        system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, access: int) -> None:
    with _opened(path) as descriptor:
        if descriptor is None:
            return
        allowed = access if path.is_dir() else access & _OF_FILES
        rule = _Beneath(allowed, descriptor)
        system_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)
