"""The fork server as a process, through its protocol."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.servers import SOURCES, wait_for


class Ended(NamedTuple):
    """How a program ended."""

    exit: int
    stdout: str
    stderr: str = ""


class Server:
    """A client of a fork server."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self._ids = 0

    def send(self, request: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps(request)}\n")
        self.process.stdin.flush()

    def event(self) -> dict[str, Any]:
        assert self.process.stdout
        read: dict[str, Any] = json.loads(self.process.stdout.readline())
        return read

    def request(self, program: str, *arguments: str, **environment: str) -> int:
        """Request the start of a module with this text; return the ID of the request."""
        self._ids += 1
        (self.folder / f"module{self._ids}.py").write_text(program)
        start = {
            "module": f"module{self._ids}",
            "arguments": arguments,
            "folder": str(self.folder),
            "environment": environment,
        }
        self.send({"id": self._ids, "start": start})
        return self._ids

    def start(self, program: str, *arguments: str, **environment: str) -> tuple[int, int]:
        """Start a module with this text; return the IDs of request and process."""
        self.request(program, *arguments, **environment)
        event = self.event()
        assert event.keys() == {"id", "pid"}
        return event["id"], event["pid"]

    def run(self, program: str, *arguments: str, **environment: str) -> Ended:
        """Run a program until its end."""
        known, _ = self.start(program, *arguments, **environment)
        texts = {"stdout": "", "stderr": ""}
        while True:
            event = self.event()
            assert event.pop("id") == known
            if "exit" in event:
                return Ended(event["exit"], **texts)
            for name, text in event.items():
                texts[name] += text


StartServer = Callable[..., Server]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    with ExitStack() as open_servers:

        def start(*arguments: str) -> Server:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "bailiwick.fork_server", *arguments],
                env={**os.environ, "PYTHONPATH": str(SOURCES)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            open_servers.enter_context(process)
            return Server(process, tmp_path)

        yield start


@pytest.fixture(params=[[], ["--spawn"]], ids=["fork", "spawn"])
def server(start_server: StartServer, request: pytest.FixtureRequest) -> Server:
    return start_server("json", *request.param)


def ends(pid: int) -> None:
    """Wait for the end of a process, which nobody may reap."""

    def has_ended() -> bool:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True
        return stat.rpartition(")")[2].split()[0] == "Z"

    wait_for(has_ended, f"the end of process {pid}")


def test_runs_a_module_as_python_does(server: Server) -> None:
    program = """
import os, sys
print(__name__, sys.argv[1:], os.getcwd(), sys.path[0] in ("", os.getcwd()), os.environ["TOWN"])
print(repr(sys.stdin.read()), file=sys.stderr)
sys.exit(7)
"""
    assert server.run(program, "a b", TOWN="Bremen") == Ended(
        7, f"__main__ ['a b'] {server.folder} True Bremen\n", "''\n"
    )


def test_reports_errors_of_a_module(server: Server) -> None:
    ended = server.run("raise KeyError('x')")
    assert ended.exit == 1
    assert ended.stderr.endswith("KeyError: 'x'\n")


def test_relays_long_output_up_to_an_incomplete_character(server: Server) -> None:
    program = """
import sys
sys.stdout.buffer.write("ä".encode() * 100_001 + b"\\xe4")
"""
    ended = server.run(program)
    assert ended.stdout == "ä" * 100_001


def test_reports_all_output_of_many_programs(server: Server) -> None:
    texts = {server.request("print('x' * 5000)"): "" for _ in range(20)}
    ended: set[int] = set()
    while len(ended) < len(texts):
        event = server.event()
        texts[event["id"]] += event.get("stdout", "")
        if "exit" in event:
            ended.add(event["id"])
    assert set(texts.values()) == {"x" * 5000 + "\n"}


def test_separates_programs(server: Server) -> None:
    writes = "import json, os; json.left = os.environ['A'] = 'left'"
    reads = "import json, os; print(hasattr(json, 'left'), 'A' in os.environ)"
    assert server.run(writes) == Ended(0, "")
    assert server.run(reads) == Ended(0, "False False\n")


def test_ends_a_program_with_a_signal_and_what_it_started(server: Server) -> None:
    program = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
sys.stdout.write(f"{child.pid}\\n")
sys.stdout.flush()
time.sleep(600)
"""
    known, pid = server.start(program)
    child = int(server.event()["stdout"])
    server.send({"id": known, "signal": signal.SIGTERM})
    assert server.event() == {"id": known, "exit": -signal.SIGTERM}
    ends(pid)
    ends(child)
    # a signal to a program that has ended is none
    server.send({"id": known, "signal": signal.SIGTERM})
    assert server.run("print(1)") == Ended(0, "1\n")


def test_kills_what_a_program_left_behind(server: Server) -> None:
    program = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid)
"""
    ended = server.run(program)
    assert ended.exit == 0
    ends(int(ended.stdout))


def test_kills_all_programs_at_its_end(server: Server) -> None:
    _, pid = server.start("import time; time.sleep(600)")
    assert server.process.stdin
    server.process.stdin.close()
    assert server.process.wait() == 0
    ends(pid)


@pytest.mark.parametrize(("options", "shares"), [([], "True\n"), (["--spawn"], "False\n")])
def test_shares_imported_modules(
    start_server: StartServer, options: list[str], shares: str
) -> None:
    program = "import sys; print('wave' in sys.modules)"
    assert start_server("wave", *options).run(program) == Ended(0, shares)


def test_keeps_nothing_of_the_server_open(server: Server) -> None:
    server.start("import time; time.sleep(600)")
    program = """
import os
print(sorted(os.listdir("/proc/self/fd"))[:-1])
"""
    assert server.run(program).stdout == "['0', '1', '2']\n"


def test_skips_modules_that_are_not_installed(start_server: StartServer) -> None:
    assert start_server("no_such_module").run("print(1)") == Ended(0, "1\n")
