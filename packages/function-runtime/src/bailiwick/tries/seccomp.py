"""Refuses system calls (https://docs.kernel.org/userspace-api/seccomp_filter.html)."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import struct
from typing import Final

_SET_NO_NEW_PRIVS: Final = 38
_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_KILL: Final = 0x80000000

# Instructions of classic BPF (linux/filter.h).
_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_JUMP_IF_SET: Final = 0x45
_RETURN: Final = 0x06

# Fields of struct seccomp_data.
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_FIRST_ARGUMENT: Final = 16

_CLONE_THREAD: Final = 0x00010000
_X32: Final = 0x40000000
"""Numbers of an alternative interface of x86_64, which no filter by number expects."""

_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""As in linux/audit.h."""

_NUMBERS: Final[dict[str, tuple[int | None, int | None]]] = {
    # new processes
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "clone3": (435, 435),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # around this filter
    "io_uring_setup": (425, 425),
    # Unix sockets
    "socket": (41, 198),
    # of administrators
    "add_key": (248, 217),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "perf_event_open": (298, 241),
    "request_key": (249, 218),
    "setns": (308, 268),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
"""Numbers of system calls on the two architectures."""

_CONDITIONAL: Final = ("clone", "clone3", "socket")

_Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


_libc = ctypes.CDLL(None, use_errno=True)


def forbid_new_privileges() -> None:
    """Set ``no_new_privs``: no program that this process executes gains privileges."""
    _prctl(_SET_NO_NEW_PRIVS, 1)


def refuse_system_calls() -> None:
    """Refuse new processes, access to other processes, and Unix sockets.

    A process of this user could otherwise read the memory of others, and connect to their sockets.
    Requires ``no_new_privs``.

    Raises:
        OSError: The kernel has no filters, or this processor architecture is not supported.
    """
    architecture = platform.machine()
    if architecture not in _ARCHITECTURES:
        raise OSError(errno.ENOTSUP, f"no filter for {architecture}")
    column = list(_ARCHITECTURES).index(architecture)
    numbers = {
        name: number
        for name, by_architecture in _NUMBERS.items()
        if (number := by_architecture[column]) is not None
    }
    instructions = _filter(_ARCHITECTURES[architecture], numbers)
    code = b"".join(struct.pack("HBBI", *one) for one in instructions)
    _prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(instructions), code)))


def _filter(architecture: int, numbers: dict[str, int]) -> list[_Instruction]:
    """Return the filter: the numbers after a comparison are instructions to skip."""
    allow: _Instruction = (_RETURN, 0, 0, _ALLOW)
    refuse: _Instruction = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    instructions: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF_AT_LEAST, 0, 1, _X32),
        refuse,
        # its flags are in memory, where a filter cannot see them; libraries then use clone
        (_JUMP_IF_EQUAL, 0, 1, numbers["clone3"]),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for name, number in numbers.items():
        if name not in _CONDITIONAL:
            instructions += [(_JUMP_IF_EQUAL, 0, 1, number), refuse]
    return [
        *instructions,
        (_JUMP_IF_EQUAL, 0, 4, numbers["clone"]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_IF_SET, 0, 1, _CLONE_THREAD),
        allow,
        refuse,
        (_JUMP_IF_EQUAL, 0, 3, numbers["socket"]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 0, 1, socket.AF_UNIX),
        refuse,
        allow,
    ]


def _prctl(option: int, *arguments: object) -> None:
    zeros = [ctypes.c_ulong(0)] * (4 - len(arguments))
    if _libc.prctl(option, *arguments, *zeros) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
