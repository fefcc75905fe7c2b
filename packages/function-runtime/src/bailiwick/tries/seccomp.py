"""Refuses system calls (https://docs.kernel.org/userspace-api/seccomp_filter.html)."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import socket
import struct
from dataclasses import dataclass
from typing import Final

from bailiwick.tries.kernel import prctl

_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_NO_NEW_PRIVS: Final = 38
_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2

_Instruction = tuple[int, int, int, int]

# Instructions of classic BPF (linux/filter.h); a jump names the instructions to skip.
_LOAD: Final = 0x20
_AND: Final = 0x54
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06

_ALLOW: Final[_Instruction] = (_RETURN, 0, 0, 0x7FFF0000)
_REFUSE: Final[_Instruction] = (_RETURN, 0, 0, 0x00050000 | errno.EPERM)
_NOT_IMPLEMENTED: Final[_Instruction] = (_RETURN, 0, 0, 0x00050000 | errno.ENOSYS)
_KILL: Final[_Instruction] = (_RETURN, 0, 0, 0x80000000)

# Fields of struct seccomp_data.
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16

_X32: Final = 0x40000000
"""Numbers of an alternative interface of x86_64, which no filter by number expects."""

_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""As in linux/audit.h."""

_NUMBERS: Final[dict[str, tuple[int | None, int | None]]] = {
    # new processes, and groups that do not end with this one
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, None),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "vfork": (58, None),
    # other processes
    "ioprio_set": (251, 30),
    "kill": (62, 129),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "prlimit64": (302, 261),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "setpriority": (141, 140),
    "tgkill": (234, 131),
    "tkill": (200, 130),
    # memory that is not part of the process, or outlives it
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mq_open": (240, 180),
    "semget": (64, 190),
    "shmget": (29, 194),
    # sockets that Landlock does not restrict
    "sendmmsg": (307, 269),
    "sendmsg": (46, 211),
    "sendto": (44, 206),
    "socket": (41, 198),
    "socketpair": (53, 199),
    # around this filter
    "io_uring_setup": (425, 425),
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

_CLONE_THREAD: Final = 0x00010000
_FAST_OPEN: Final = 0x20000000
_MULTIPATH_TCP: Final = 262
_TYPE_OF_SOCKET: Final = 0xF
_ANY: Final = 0xFFFFFFFF


@dataclass(frozen=True)
class _Test:
    """Whether some bits of an argument, counted from 0, have a value."""

    argument: int
    value: int
    mask: int = _ANY


@dataclass(frozen=True)
class _Rule:
    """The result of a system call if one of the tests holds, and otherwise."""

    tests: tuple[_Test, ...]
    then: _Instruction
    otherwise: _Instruction

    def instructions(self) -> list[_Instruction]:
        found: list[_Instruction] = []
        for test in self.tests:
            found += [
                (_LOAD, 0, 0, _ARGUMENTS + 8 * test.argument),
                (_AND, 0, 0, test.mask),
                (_JUMP_IF_EQUAL, 0, 1, test.value),
                self.then,
            ]
        return [*found, self.otherwise]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_supported() -> bool:
    """Return whether the numbers of system calls are known for this processor architecture."""
    return platform.machine() in _ARCHITECTURES


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends (prctl(2), ``PR_SET_PDEATHSIG``).

    Args:
        parent: ID of the process that started this one. If it has ended already, this process
            does so too.
    """
    prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def forbid_new_privileges() -> None:
    """Set ``no_new_privs``: no program that this process executes gains privileges."""
    prctl(_SET_NO_NEW_PRIVS, 1)


def refuse_system_calls() -> None:
    """Refuse new processes, access to other processes, and some sockets and memory.

    A process of this user could otherwise signal others, read their memory, change their limits and
    connect to their sockets. This thread and new ones are affected. Requires ``no_new_privs``.

    Raises:
        OSError: The kernel has no filters, or this processor architecture is not supported.
    """
    architecture = platform.machine()
    if architecture not in _ARCHITECTURES:
        raise OSError(errno.ENOTSUP, f"no filter for {architecture}")
    column = list(_ARCHITECTURES).index(architecture)
    instructions: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, _ARCHITECTURES[architecture]),
        _KILL,
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF_AT_LEAST, 0, 1, _X32),
        _REFUSE,
    ]
    rules = _rules(os.getpid())
    for name, numbers in _NUMBERS.items():
        number = numbers[column]
        if number is not None:
            rule = rules[name].instructions() if name in rules else [_REFUSE]
            instructions += [(_JUMP_IF_EQUAL, 0, len(rule), number), *rule]
    instructions.append(_ALLOW)
    code = b"".join(struct.pack("HBBI", *one) for one in instructions)
    prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(instructions), code)))


def _rules(own: int) -> dict[str, _Rule]:
    """Return the rules of system calls that are not always refused, for the process ``own``."""
    to_itself = (_Test(0, own), _Test(0, 0))

    def has_fast_open(argument: int) -> _Rule:
        return _Rule((_Test(argument, _FAST_OPEN, _FAST_OPEN),), _REFUSE, _ALLOW)

    return {
        "clone": _Rule((_Test(0, _CLONE_THREAD, _CLONE_THREAD),), _ALLOW, _REFUSE),
        # its flags are in memory, where a filter cannot see them; libraries then use clone
        "clone3": _Rule((), _REFUSE, _NOT_IMPLEMENTED),
        "kill": _Rule(to_itself, _ALLOW, _REFUSE),
        "prlimit64": _Rule(to_itself, _ALLOW, _REFUSE),
        "sendmmsg": has_fast_open(3),
        "sendmsg": has_fast_open(2),
        "sendto": has_fast_open(3),
        "socket": _Rule((_Test(0, socket.AF_UNIX), _Test(2, _MULTIPATH_TCP)), _REFUSE, _ALLOW),
        # unlike a stream, a datagram socket can send to any path
        "socketpair": _Rule(
            (_Test(1, socket.SOCK_STREAM, _TYPE_OF_SOCKET),),
            _ALLOW,
            _REFUSE,
        ),
        "tgkill": _Rule(to_itself, _ALLOW, _REFUSE),
    }
