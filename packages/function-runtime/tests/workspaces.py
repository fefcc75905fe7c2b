"""A workspace for tests: the server as it runs in a pod, people in it, and the portal."""

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
from websocket import WebSocket, create_connection

from tests.servers import SOURCES, free_port, wait_for

FIRST = "1" * 40
SECOND = "2" * 40
APP = "prices"
CODE = '''\
def rows(n: int) -> int:
    """Rows."""
    return n
'''
# Jupyter compares the cookie with the header
_XSRF = {"Cookie": "_xsrf=token", "X-XSRFToken": "token"}
# a new client takes longer than its requests; the server may close an idle connection
_CLIENT = httpx.Client(timeout=120, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass
class Workspace:
    """A running workspace."""

    process: "subprocess.Popen[str]"
    address: str
    folder: Path
    environment: dict[str, str]

    @property
    def code(self) -> Path:
        return self.folder / APP

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return _CLIENT.request(
            method,
            f"http://{self.address}{path}",
            content=None if body is None else json.dumps(body),
            headers=headers or {},
        )

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.request("GET", "/bailiwick/state").json()
        return state

    def put(self, **files: str) -> httpx.Response:
        return self.request("PUT", "/bailiwick/code", {"commit": FIRST, "files": files})

    def jupyter(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401
        response = self.request(method, path, body, _XSRF)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def kernel(self, notebook: str) -> WebSocket:
        """Start the kernel of a notebook, as a page does, and connect to it."""
        body = {
            "path": f"{APP}/{notebook}",
            "name": notebook,
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        kernel = self.jupyter("POST", "/api/sessions", body)["kernel"]["id"]
        return create_connection(f"ws://{self.address}/api/kernels/{kernel}/channels", timeout=120)

    def terminal(self) -> tuple[str, WebSocket]:
        """Start a terminal and connect to it."""
        name = self.jupyter("POST", "/api/terminals", {"cwd": APP})["name"]
        address = f"ws://{self.address}/terminals/websocket/{name}"
        return name, create_connection(address, timeout=120)

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command of the runtime, as in a terminal of the workspace."""
        ended = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bailiwick", *arguments],
            cwd=self.code,
            env={
                **self.environment,
                "BAILIWICK_WORKSPACE": self.address,
                "BAILIWICK_WORKSPACE_CODE": str(self.code),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr


def send(kernel: WebSocket, source: str) -> str:
    """Ask a kernel to run a cell; return the ID of the message."""
    name = uuid.uuid4().hex
    header = {"msg_id": name, "msg_type": "execute_request", "username": "", "session": name}
    content = {"code": source, "silent": False, "allow_stdin": False}
    message = {"header": {**header, "version": "5.3"}, "parent_header": {}, "metadata": {}}
    kernel.send(json.dumps({**message, "content": content, "channel": "shell", "buffers": []}))
    return name


def wait_until_busy(server: Workspace, what: str) -> str:
    """Wait until a workspace is busy with something; return the description."""
    deadline = time.monotonic() + 60
    while what not in (busy := str(server.state()["busy"])):
        assert time.monotonic() < deadline, f"not busy with {what}: {busy}"
        time.sleep(0.2)
    return busy


def result(kernel: WebSocket, name: str) -> tuple[str, str]:
    """Wait for the end of a cell; return its status, and its output or error."""
    printed, status, is_idle = "", "", False
    # output and replies have different connections from the kernel, so their order varies
    while not (status and is_idle):
        message = json.loads(kernel.recv())
        if message["parent_header"].get("msg_id") != name:
            continue
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                printed += content["text"]
            case "error":
                printed += "\n".join(content["traceback"])
            case "execute_reply":
                status = content["status"]
            case "status":
                is_idle = content["execution_state"] == "idle"
    return status, printed


@contextmanager
def workspace(folder: Path, idle_seconds: float = 3600, **variables: str) -> Iterator[Workspace]:
    """Run a workspace without the pages of JupyterLab."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        "PYTHONPATH": str(SOURCES),
        "HOME": str(folder),
        "BAILIWICK_APP": APP,
        **variables,
    }
    process = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "bailiwick", "workspace", "--without-lab"),
            *("--folder", str(folder), "--port", str(port)),
            *("--idle-minutes", str(idle_seconds / 60)),
        ],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    server = Workspace(process, f"127.0.0.1:{port}", folder, environment)
    drain = threading.Thread(target=process.stderr.read if process.stderr else print, daemon=True)
    drain.start()
    try:
        wait_for(lambda: _is_ready(server), "the workspace is ready", 120)
        yield server
        if process.poll() is None:
            process.terminate()
            # a Job starts it again
            assert process.wait(60) == 1
    finally:
        process.kill()


def _is_ready(server: Workspace) -> bool:
    if server.process.poll() is not None:
        return True
    try:
        return server.request("GET", "/api").is_success
    except httpx.TransportError:
        return False


Answer = Callable[[dict[str, Any]], dict[str, Any]]


@contextmanager
def portal(server: Workspace, answer: Answer) -> Iterator[list[dict[str, Any]]]:
    """Fetch and answer requests, as the portal does while a browser is open.

    Yields:
        The requests.
    """
    requests: list[dict[str, Any]] = []
    is_closed = threading.Event()

    def serve() -> None:
        while not is_closed.is_set():
            response = server.request("GET", "/bailiwick/requests?wait=0.5")
            if response.status_code == httpx.codes.OK:
                request = response.json()
                requests.append(request)
                reply = answer(request)
                server.request("POST", f"/bailiwick/requests/{request['id']}", reply)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield requests
    finally:
        is_closed.set()
        thread.join()


def committed(text: str = "Deployed to dev") -> Answer:
    """Answer each publication with the second commit."""
    return lambda _: {"commit": SECOND, "text": text}
