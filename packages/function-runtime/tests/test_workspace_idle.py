"""Workspaces end when nobody uses them, and never while something runs."""

import contextlib
import time
from pathlib import Path

import httpx2 as httpx

from tests.workspaces import result, send, wait_until_busy, workspace

IDLE = 1.5
LONGER = 3 * IDLE


def test_ends_after_cells_and_processes_though_a_page_is_open(tmp_path: Path) -> None:
    source = f"""
import subprocess, time
time.sleep({LONGER})
process = subprocess.Popen(["sleep", "{LONGER}"])
print(process.pid)
"""
    with workspace(tmp_path, IDLE) as server:
        kernel = server.kernel("analysis.ipynb")
        name = send(kernel, source)
        assert wait_until_busy(server, "cell") == "a cell is running in analysis.ipynb"
        status, printed = result(kernel, name)
        assert status == "ok"
        busy = f"process {printed.strip()} (sleep {LONGER}) is running"
        assert wait_until_busy(server, "process") == busy

        terminal, connection = server.terminal()
        file = tmp_path / "done"
        command = f"nohup sh -c 'sleep {3 * LONGER}; touch {file}' >/dev/null 2>&1 &"
        connection.send(f'["stdin", "{command}\\r"]')
        # once the process of the cell has ended
        wait_until_busy(server, "(sh -c sleep")
        server.jupyter("DELETE", f"/api/terminals/{terminal}", None)
        while server.process.poll() is None:
            # a page asks for kernels all the time
            with contextlib.suppress(httpx.TransportError):
                server.request("GET", "/api/kernels")
            time.sleep(0.3)

        assert server.process.returncode == 0
        assert file.exists()
