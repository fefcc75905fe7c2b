"""Finds out whether someone or something works in a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bailiwick.workspace.processes import Process, container_processes, program_of, reap

if TYPE_CHECKING:
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
    from jupyter_server_terminals.terminalmanager import TerminalManager

START_SECONDS: Final = 120
"""Seconds within which a kernel starts. Some kernels report no state before their first cell."""

_HELPERS: Final = (
    "debugpy/adapter",
    "multiprocessing.resource_tracker",
    ".resource_tracker import",
)
"""Parts of the commands of processes that wait for a kernel and do nothing on their own."""

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the time with its zone."""
    return dt.datetime.now(dt.UTC)


def timestamp(time: dt.datetime) -> str:
    """Return a time as in RFC 3339, in UTC."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Work:
    """Something that runs: a kernel with a cell, or a process.

    Attributes:
        kernel: ID of the kernel.
        process: The process.
    """

    kernel: str = ""
    process: Process | None = None


class Activity:
    """Observes kernels, terminals and processes.

    Requests of browsers are no activity, because an open page repeats them.

    Args:
        kernels: Kernels of the server.
        terminals: Terminals of the server, if it has any.
        shell: Program of terminals.
        now: Clock.
    """

    def __init__(
        self,
        kernels: MappingKernelManager,
        terminals: TerminalManager | None,
        shell: str,
        now: Clock = utc_now,
    ) -> None:
        self._kernels = kernels
        self._terminals = terminals
        self._shell = str(Path(shell).resolve())
        self._now = now
        self._last = now()
        self._ended: frozenset[int] = frozenset()

    def note(self) -> None:
        """Note that someone does something now."""
        self._last = self._now()

    def work(self) -> Work | None:
        """Return something that runs now, if anything does."""
        work = self._busy_kernel() or self._running_process()
        if work:
            self.note()
        return work

    def last(self) -> dt.datetime:
        """Return the time of the last activity that was noted or observed."""
        times = [kernel.last_activity for _, kernel in self._started_kernels()]
        times += [terminal.last_output for terminal in self._open_terminals()]
        self._last = max(self._last, *times) if times else self._last
        return self._last

    def _busy_kernel(self) -> Work | None:
        limit = self._now() - dt.timedelta(seconds=START_SECONDS)
        for name, kernel in self._started_kernels():
            state = kernel.execution_state
            is_starting = state in ("starting", "restarting") and kernel.last_activity > limit
            if state == "busy" or is_starting:
                return Work(kernel=name)
        return None

    def _running_process(self) -> Work | None:
        processes = container_processes()
        known = {*self._kernel_pids(), *self._shells()}
        self._reap_orphans({each.pid for each in processes if each.has_ended} - known)
        for process in processes:
            is_helper = any(part in process.command for part in _HELPERS)
            if not process.has_ended and process.pid not in known and not is_helper:
                return Work(process=process)
        return None

    def _reap_orphans(self, ended: Collection[int]) -> None:
        """Reap processes that ended before the last check, so their parents have not."""
        reap(self._ended.intersection(ended))
        self._ended = frozenset(ended)

    def _started_kernels(self) -> Iterator[tuple[str, Any]]:
        for name in self._kernels.list_kernel_ids():
            kernel: Any = self._kernels.get_kernel(name)
            if hasattr(kernel, "last_activity"):
                yield name, kernel

    def _kernel_pids(self) -> Iterator[int]:
        for name in self._kernels.list_kernel_ids():
            provisioner: Any = self._kernels.get_kernel(name).provisioner
            pid = getattr(provisioner, "pid", None)
            if pid:
                yield pid

    def _shells(self) -> Iterator[int]:
        """Yield the shells of terminals, without those that another program has replaced."""
        for terminal in self._open_terminals():
            pid = terminal.ptyproc.pid
            if program_of(pid) in (self._shell, ""):
                yield pid

    def _open_terminals(self) -> list[Any]:
        return list(self._terminals.terminals.values()) if self._terminals else []
