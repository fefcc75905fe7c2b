"""Client of the fork server that starts the processes of tries."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from bailiwick.tries.usage import memory_of

_LINE_BYTES: Final = 1024 * 1024
_PROGRAM: Final = "bailiwick.tries.program"
_ITS_MODULES: Final = (
    "bailiwick.execution",
    "bailiwick.loading",
    "bailiwick.serving.call_requests",
    "bailiwick.tries.confinement",
)


class RunningTry:
    """The process of a try.

    Attributes:
        pid: Its ID, which is also that of its group.
        shared: Bytes of memory that it shared with the fork server at its start.
        printed: End of its standard output and standard error.
        count: Number of characters that it printed.
        ended: Set at its end.
        exit: Exit code, or the negative number of the signal that ended it.
    """

    def __init__(self, server: ForkClient, known: int, kept: int) -> None:
        self._server = server
        self._known = known
        self._kept = kept
        self.pid = 0
        self.shared = 0
        self.printed = ""
        self.count = 0
        self.started = asyncio.Event()
        self.ended = asyncio.Event()
        self.exit: int | None = None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process and its group."""
        self._server.send({"id": self._known, "signal": number})

    def kill(self) -> None:
        """Kill the process and its group."""
        self.send(signal.SIGKILL)

    def hear(self, event: dict[str, Any]) -> None:
        """Handle an event of the fork server."""
        if "pid" in event:
            self.pid = event["pid"]
            self.started.set()
        text = event.get("stdout", "") + event.get("stderr", "")
        self.count += len(text)
        self.printed = (self.printed + text)[-self._kept :]
        if "exit" in event:
            self.end(event["exit"])

    def end(self, code: int | None) -> None:
        """Note the end."""
        self.exit = code
        self.started.set()
        self.ended.set()


class ForkClient:
    """A fork server with imported modules.

    Attributes:
        ended: Set at its end.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._tries: dict[int, RunningTry] = {}
        self._count = 0
        self._follower = asyncio.create_task(self._follow())
        self.ended = asyncio.Event()

    @classmethod
    async def start(cls, modules: Sequence[str], environment: Mapping[str, str]) -> Self:
        """Start a fork server that imports modules."""
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bailiwick.fork_server", *_ITS_MODULES, *modules),
                env=dict(environment),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_LINE_BYTES,
            )
        )

    async def run(self, folder: Path, kept: int) -> RunningTry:
        """Start the try in a folder, and return when its process exists.

        Args:
            folder: Folder of the try.
            kept: Number of characters to keep of what it prints.
        """
        self._count += 1
        running = self._tries[self._count] = RunningTry(self, self._count, kept)
        temporary = str(folder / "tmp")
        program = {
            "module": _PROGRAM,
            "arguments": [str(folder)],
            "folder": temporary,
            "environment": {"HOME": temporary, "TMPDIR": temporary},
        }
        self.send({"id": self._count, "start": program})
        await running.started.wait()
        running.shared = memory_of(self._process.pid)
        return running

    def send(self, request: dict[str, Any]) -> None:
        """Send a request."""
        if self._process.stdin and not self.ended.is_set():
            self._process.stdin.write(f"{json.dumps(request)}\n".encode())

    async def stop(self) -> None:
        """End all tries and the server."""
        if self._process.stdin:
            self._process.stdin.close()
        await self.ended.wait()

    def kill(self) -> None:
        """Kill the server, and with it all tries."""
        if not self.ended.is_set():
            self._process.kill()

    async def _follow(self) -> None:
        """Pass on events until the server ends."""
        output = self._process.stdout
        while output and (line := await output.readline()):
            event = json.loads(line)
            running = self._tries.get(event["id"])
            if running:
                running.hear(event)
                if running.ended.is_set():
                    del self._tries[event["id"]]
        await self._process.wait()
        self.ended.set()
        for running in self._tries.values():
            running.end(None)


def exit_words(code: int | None) -> str:
    """Describe an exit code, or the negative number of a signal."""
    if code is None:
        return "the fork server ended"
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
