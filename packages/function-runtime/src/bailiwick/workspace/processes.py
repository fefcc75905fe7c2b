"""Processes of a container, as Linux lists them in ``/proc``."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bailiwick.tries.kernel import prctl

_PROC: Final = Path("/proc")
_SET_CHILD_SUBREAPER: Final = 36
_FIRST_PROCESS: Final = 1
_SHOWN: Final = 80


@dataclass(frozen=True)
class Process:
    """A process.

    Attributes:
        pid: Its ID.
        parent: ID of its parent; 0 if another container started it.
        has_ended: Whether it is a zombie.
        command: Its program and arguments, separated by spaces.
    """

    pid: int
    parent: int
    has_ended: bool
    command: str

    def __str__(self) -> str:
        shown = self.command if len(self.command) <= _SHOWN else f"{self.command[: _SHOWN - 1]}…"
        return f"process {self.pid} ({shown})"


def adopt_orphans() -> None:
    """Become the parent of processes below this process whose parent ends (prctl(2))."""
    prctl(_SET_CHILD_SUBREAPER, 1)


def container_processes() -> list[Process]:
    """Return the processes of this container, without this process.

    If this process is not the first of its container, they are those that descend from it.
    """
    every = {process.pid: process for process in _processes()}
    me = os.getpid()
    if me == _FIRST_PROCESS:
        return [process for process in every.values() if process.pid != me]
    inside = {me}
    # parents usually have smaller IDs than their children, but IDs wrap around
    while found := {
        each.pid for each in every.values() if each.parent in inside and each.pid not in inside
    }:
        inside |= found
    return [each for each in every.values() if each.pid in inside and each.pid != me]


def reap(pids: Collection[int]) -> None:
    """Remove ended children from the list of processes."""
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def program_of(pid: int) -> str:
    """Return the path of the program that a process executes; empty if it has ended."""
    try:
        return str((_PROC / str(pid) / "exe").readlink())
    except OSError:
        return ""


def _processes() -> Iterator[Process]:
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            status = (folder / "stat").read_text(errors="replace")
            arguments = (folder / "cmdline").read_bytes()
        except OSError:
            # it has ended
            continue
        # the name in parentheses may contain spaces and parentheses (proc_pid_stat(5))
        name = status[status.index("(") + 1 : status.rindex(")")]
        state, parent = status[status.rindex(")") + 1 :].split()[:2]
        command = arguments.decode(errors="replace").replace("\0", " ").strip() or name
        yield Process(int(folder.name), int(parent), state in "ZX", command)
