"""Workspaces end when nobody uses them, and never while something runs."""

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


def test_ends_without_activity_though_a_page_is_open(tmp_path: Path) -> None:
    with workspace(tmp_path, IDLE) as server:
        while server.process.poll() is None:
            try:
                assert server.request("GET", "/api/kernels").json() == []
            except httpx.TransportError:
                break
            time.sleep(0.3)
        ended(server)


def test_ends_after_a_cell_that_runs_longer(tmp_path: Path) -> None:
    with workspace(tmp_path, IDLE) as server:
        kernel = server.kernel("analysis.ipynb")
        name = send(kernel, f"import time; time.sleep({3 * IDLE}); print('done')")
        wait_for(lambda: "cell" in str(server.state()["busy"]), "the cell runs")
        assert server.state()["busy"] == "a cell is running in analysis.ipynb"
        assert result(kernel, name) == ("ok", "done\n")
        before = whole_second()
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
    # a check is up to a tenth of the idle time before the end of the process
    assert last >= written - dt.timedelta(seconds=1)


def test_counts_what_a_cell_starts(tmp_path: Path) -> None:
    with workspace(tmp_path, IDLE) as server:
        kernel = server.kernel("analysis.ipynb")
        source = f"import subprocess; subprocess.Popen(['sleep', '{3 * IDLE}'])"
        assert result(kernel, send(kernel, source))[0] == "ok"
        wait_for(lambda: "(sleep" in str(server.state()["busy"]), "the process is noticed")
        ended(server)


def test_counts_saves_and_no_requests(tmp_path: Path) -> None:
    with workspace(tmp_path) as server:
        first = server.state()["lastActivity"]
        later = dt.datetime.fromisoformat(first) + dt.timedelta(seconds=2)
        wait_for(lambda: whole_second() >= later, "two seconds pass")
        server.request("GET", "/api/contents")
        assert server.state()["lastActivity"] == first
        body = {"type": "file", "format": "text", "content": "1"}
        server.jupyter("PUT", "/api/contents/notes.txt", body)
        assert server.state()["lastActivity"] > first


def test_ends_on_sigterm(tmp_path: Path) -> None:
    with workspace(tmp_path) as server:
        kernel = server.kernel("analysis.ipynb")
        send(kernel, "while True: pass")
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(ENDS) == 0
    assert not server.log.exists()
