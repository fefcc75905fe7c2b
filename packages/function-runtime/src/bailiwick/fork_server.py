"""Starts Python programs from a process that already imported their libraries.

``python -m bailiwick.fork_server pandas bailiwick.serving.server`` imports these modules once, then
forks a process per program: a program starts in milliseconds instead of the second that the imports
take. The idea is that of ``multiprocessing``'s fork server; its programs are modules, as of
``python -m``, each with its own folder.

Requests are lines of JSON on standard input, events lines of JSON on standard output::

    > {"id": 1, "start": {"module": "bailiwick", "arguments": ["check"], "folder": "/app",
                           "environment": {}}}
    < {"id": 1, "pid": 4711}
    < {"id": 1, "stderr": "loading"}
    > {"id": 1, "signal": 15}
    < {"id": 1, "exit": -15}

``exit`` is the last event of a program: its exit code, or the negative number of the signal that
ended it. When standard input ends, all programs are killed.

Outside Linux, some system libraries do not work in a forked process. There, and with the option
``--spawn``, each program is a new Python with its own imports.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

PARENT = "BAILIWICK_PARENT"
"""Environment variable of programs: the process ID of their server."""

_MOST_BYTES = 65_536


@dataclass(frozen=True)
class Program:
    """A program to run.

    Attributes:
        module: Module to run as ``__main__``.
        arguments: Its command-line arguments.
        folder: Working directory, which is also first on ``sys.path``.
        environment: Additional environment variables.
    """

    module: str
    arguments: Sequence[str]
    folder: str
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: dict[str, Any], server: int) -> Self:
        """Read a program from a request to a server with this process ID."""
        program = cls(**document)
        program.environment[PARENT] = str(server)
        return program

    def run(self) -> None:
        """Run in this process, as ``python -m`` does."""
        os.chdir(self.folder)
        os.environ.update(self.environment)
        sys.argv = [self.module, *self.arguments]
        sys.path[0] = self.folder
        runpy.run_module(self.module, run_name="__main__", alter_sys=True)

    def spawn(self, stdout: int, stderr: int) -> int:
        """Run in a new Python with this output; return the process' ID."""
        started = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", self.module, *self.arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            process_group=0,
        )
        # the server waits for it, so the object must not
        started.returncode = 0
        return started.pid


class _Running:
    """A running program."""

    def __init__(self, known: object, pid: int, outputs: dict[str, int]) -> None:
        self.known = known
        self.pid = pid
        self.outputs = outputs
        utf8 = codecs.getincrementaldecoder("utf-8")
        self._decoders = {name: utf8("replace") for name in outputs}

    def read(self, name: str) -> str | None:
        """Return new text of an output, ``None`` at its end.

        Raises:
            BlockingIOError: Nothing new was written.
        """
        read = os.read(self.outputs[name], _MOST_BYTES)
        return self._decoders[name].decode(read) if read else None

    def exit_code(self) -> int | None:
        """Return the exit code, ``None`` while the process runs."""
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None

    def kill(self, number: int) -> None:
        """Send a signal to the program, also if it left its group, and what it started."""
        self.kill_group(number)
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.kill(self.pid, number)

    def kill_group(self, number: int) -> None:
        """Send a signal to the processes of the program's group."""
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.killpg(self.pid, number)


class _Stop:
    """Returned by handlers after which the server serves no requests."""


class _Programs:
    """The running programs, by the ID of their request."""

    def __init__(self, events: int, *, may_fork: bool) -> None:
        self._events = events
        self._may_fork = may_fork
        self._running: dict[Any, _Running] = {}
        self._text = b""
        # the end of a program makes the selector return
        self._ended, self._end = os.pipe()
        os.set_blocking(self._end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._end)
        self._selector = selectors.DefaultSelector()
        self._selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._read_requests)
        self._selector.register(self._ended, selectors.EVENT_READ, self._reap)
        self._next: Program | None = None

    def next_to_run(self) -> Program | None:
        """Serve requests.

        Returns:
            The program to run if this process is a new one; ``None`` when standard input has ended.
        """
        server = os.getpid()
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.data() is _Stop:
                        return self._next
        finally:
            if os.getpid() == server:
                for running in self._running.values():
                    running.kill(signal.SIGKILL)

    def _read_requests(self) -> type[_Stop] | None:
        read = os.read(sys.stdin.fileno(), _MOST_BYTES)
        if not read:
            return _Stop
        *lines, self._text = (self._text + read).split(b"\n")
        for line in lines:
            request = json.loads(line)
            known = request["id"]
            if "start" in request:
                if self._start(known, Program.of(request["start"], os.getpid())):
                    return _Stop
            elif known in self._running:
                self._running[known].kill(request["signal"])
        return None

    def _start(self, known: object, program: Program) -> bool:
        """Start a program; return whether this is its process."""
        outputs, inputs = {}, {}
        for name in ("stdout", "stderr"):
            outputs[name], inputs[name] = os.pipe()
            os.set_blocking(outputs[name], False)
        pid = os.fork() if self._may_fork else program.spawn(**inputs)
        if pid == 0:
            self._detach(**inputs, others=outputs.values())
            self._next = program
            return True
        if self._may_fork:
            with contextlib.suppress(PermissionError, ProcessLookupError):
                # the child does the same; either may be first
                os.setpgid(pid, pid)
        for descriptor in inputs.values():
            os.close(descriptor)
        running = self._running[known] = _Running(known, pid, outputs)
        self._tell({"id": known, "pid": pid})
        for name, descriptor in outputs.items():
            follow = partial(self._relay, running, name)
            self._selector.register(descriptor, selectors.EVENT_READ, follow)
        return False

    def _detach(self, stdout: int, stderr: int, others: Iterable[int]) -> None:
        """Separate a new process from this server: input, output, signals, process group."""
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for standard, descriptor in enumerate((nothing, stdout, stderr)):
            os.dup2(descriptor, standard)
        self._selector.close()
        for descriptor in (nothing, stdout, stderr, self._ended, self._end, self._events, *others):
            os.close(descriptor)
        for running in self._running.values():
            for descriptor in running.outputs.values():
                os.close(descriptor)

    def _relay(self, running: _Running, name: str) -> None:
        # the program may have been reaped since the output became readable
        if name in running.outputs and not self._pass_on(running, name):
            self._close(running, name)

    def _pass_on(self, running: _Running, name: str) -> bool:
        """Send new text of an output; return whether this was not its end."""
        text = running.read(name)
        if text:
            self._tell({"id": running.known, name: text})
        return text is not None

    def _drain(self, running: _Running, name: str) -> None:
        """Send the rest of an output, which a process of another group may keep open."""
        with contextlib.suppress(BlockingIOError):
            while self._pass_on(running, name):
                pass

    def _close(self, running: _Running, name: str) -> None:
        descriptor = running.outputs.pop(name)
        self._selector.unregister(descriptor)
        os.close(descriptor)

    def _reap(self) -> None:
        os.read(self._ended, _MOST_BYTES)
        for known, running in list(self._running.items()):
            code = running.exit_code()
            if code is None:
                continue
            # what the program left behind
            running.kill_group(signal.SIGKILL)
            for name in list(running.outputs):
                self._drain(running, name)
                self._close(running, name)
            del self._running[known]
            self._tell({"id": known, "exit": code})

    def _tell(self, event: dict[str, Any]) -> None:
        text = memoryview(f"{json.dumps(event)}\n".encode())
        while text:
            text = text[os.write(self._events, text) :]


def _import(module: str) -> None:
    """Import a module; a program that needs one that fails gets the error itself."""
    try:
        importlib.import_module(module)
    except ImportError:
        pass
    except (Exception, SystemExit):  # noqa: BLE001
        traceback.print_exc()


def main(arguments: Sequence[str]) -> None:
    """Import modules, then start programs until standard input ends.

    Args:
        arguments: Names of modules, of which those that cannot be imported are skipped;
            ``--spawn`` to not fork.
    """
    # nothing that a module prints may be read as an event
    events = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    may_fork = sys.platform == "linux" and "--spawn" not in arguments
    if may_fork:
        for module in arguments:
            _import(module)
        # the collector would write to each object that the processes share, and so copy it
        gc.collect()
        gc.freeze()
    if program := _Programs(events, may_fork=may_fork).next_to_run():
        program.run()


if __name__ == "__main__":
    main(sys.argv[1:])
