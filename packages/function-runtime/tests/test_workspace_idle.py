"""Workspaces end when nobody uses them, and never while something runs."""

import contextlib
import datetime as dt
import signal
import time
from pathlib import Path

import httpx2 as httpx

from tests.servers import wait_for
from tests.workspaces import Workspace, result, send, workspace

IDLE = 1.5
ENDS = 120


def ended(server: Workspace) -> dt.datetime:
    """Wait for the end of an idle workspace; return the time of the last activity."""
    assert server.process.wait(ENDS) == 0
    assert server.reason["reason"] == "idle"
    return dt.datetime.fromisoformat(server.reason["lastActivity"])


def whole_second() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def test_ends_after_a_cell_and_what_it_started_though_a_page_is_open(tmp_path: Path) -> None:
    source = f"""
import subprocess, time
time.sleep({3 * IDLE})
process = subprocess.Popen(["sleep", "{3 * IDLE}"])
print(process.pid)
"""
    with workspace(tmp_path, IDLE) as server:
        kernel = server.kernel("analysis.ipynb")
        name = send(kernel, source)
        wait_for(lambda: "cell" in str(server.state()["busy"]), "the cell runs")
        assert server.state()["busy"] == "a cell is running in analysis.ipynb"
        status, printed = result(kernel, name)
        assert status == "ok"
        wait_for(lambda: "process" in str(server.state()["busy"]), "the process is noticed")
        command = f"process {printed.strip()} (sleep {3 * IDLE})"
        assert server.state()["busy"] == f"{command} is running"
        before = whole_second()
        while server.process.poll() is None:
            # a page asks for kernels all the time
            with contextlib.suppress(httpx.TransportError):
                server.request("GET", "/api/kernels")
            time.sleep(0.3)
        assert ended(server) >= before


def test_ends_after_a_process_of_a_closed_terminal(tmp_path: Path) -> None:
    with workspace(tmp_path, IDLE) as server:
        name, terminal = server.terminal()
        file = tmp_path / "done"
        command = f"nohup sh -c 'sleep {3 * IDLE}; touch {file}' >/dev/null 2>&1 &"
        terminal.send(f'["stdin", "{command}\\r"]')
        wait_for(lambda: "sleep" in str(server.state()["busy"]), "the process runs")
        server.jupyter("DELETE", f"/api/terminals/{name}", None)
        last = ended(server)
    assert file.exists()
    written = dt.datetime.fromtimestamp(int(file.stat().st_mtime), dt.UTC)
    # the last check before the end of the process is up to a tenth of the idle time older
    assert last >= written - dt.timedelta(seconds=1)


def test_counts_saves_and_no_requests_and_ends_on_sigterm(tmp_path: Path) -> None:
    with workspace(tmp_path) as server:
        first = server.state()["lastActivity"]
        later = dt.datetime.fromisoformat(first) + dt.timedelta(seconds=2)
        wait_for(lambda: whole_second() >= later, "two seconds pass")
        server.request("GET", "/api/contents")
        assert server.state()["lastActivity"] == first
        body = {"type": "file", "format": "text", "content": "1"}
        server.jupyter("PUT", "/api/contents/notes.txt", body)
        assert server.state()["lastActivity"] > first
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(ENDS) == 0
    assert not server.log.exists()
