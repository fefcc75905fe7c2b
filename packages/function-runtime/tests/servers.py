"""Servers for tests: the application in this process, and the process as it runs in a pod."""

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from bailiwick.limits import Limits
from bailiwick.serving.app import create_app
from bailiwick.serving.source import Loader, Source
from bailiwick.stored_results import StoredResults

SOURCES = Path(__file__).parent.parent / "src"
ENTRY_POINT = ("-P", str(SOURCES / "bailiwick" / "listening.py"))
"""Arguments of Python in the runtime image."""


@contextmanager
def serving(
    folder: Path, limits: Limits | None = None, stored: StoredResults | None = None
) -> Iterator[TestClient]:
    source = Source(folder, stored=stored.functions if stored else frozenset())
    loader = Loader(source)
    with TestClient(create_app(loader, limits or Limits(), stored)) as client:
        loader.wait(20)
        yield client


def error_of(response: Response) -> dict[str, object]:
    body: dict[str, dict[str, object]] = response.json()
    return body["error"]


def started(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a command of the runtime as a process of its own; ``serve`` as in the image."""
    entry = ENTRY_POINT if arguments[0] == "serve" else ("-m", "bailiwick")
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *entry, *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCES), **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    """Return a port that no connection of another process can take before a server listens on it.

    It is below those that Linux gives to connections (``ip_local_port_range``).
    """
    while True:
        port = random.randrange(10_000, 30_000)  # noqa: S311
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def wait_for(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait until something is so; an error that says what was waited for when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {seconds:g} seconds")
        time.sleep(0.02)


@contextmanager
def process(*arguments: str, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    port = free_port()
    server = started("serve", "--host", "127.0.0.1", "--port", str(port), *arguments, **environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_loaded(address)
        yield server, address
    finally:
        server.kill()
        server.wait()


def refuses_connections(address: str) -> bool:
    try:
        httpx.get(f"{address}/livez")
    except httpx.TransportError:
        return True
    return False


def wait_until_loaded(address: str) -> None:
    def is_loaded() -> bool:
        try:
            return bool(httpx.get(f"{address}/readyz").json()["status"] != "loading")
        except httpx.TransportError:
            return False

    wait_for(is_loaded, "the functions are loaded", 120)


@dataclass(frozen=True)
class Event:
    """A server-sent event; ``data`` is what its JSON says."""

    name: str
    id: str | None
    data: Any


def events_in(text: str) -> list[Event]:
    """Read the events of a stream, as the standard says, without comments."""
    events = []
    for block in text.split("\n\n"):
        fields = dict(
            line.split(": ", 1)
            for line in block.strip("\n").split("\n")
            if line[:1] not in ("", ":")
        )
        if "data" in fields:
            name = fields.get("event", "message")
            events.append(Event(name, fields.get("id"), json.loads(fields["data"])))
    return events
