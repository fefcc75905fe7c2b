"""Runs the examples of ``docs/guide/functions.md``: the code, its calls, and its tests."""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.servers import SOURCES, process

GUIDE = Path(__file__).parents[3] / "docs/guide/functions.md"
TEXT = GUIDE.read_text("utf-8")
TESTS = "# tests/test_functions.py\n"

CODE = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
CALLS = re.findall(r"^\$ (curl .*)\n(\{.*)$", TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    served = [block for block in CODE if not block.startswith(TESTS)]
    (folder / "functions.py").write_text("\n\n".join(served), "utf-8")
    (folder / "tests").mkdir()
    for block in set(CODE) - set(served):
        (folder / "tests/test_functions.py").write_text(block, "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(app: Path) -> Iterator[str]:
    # in its own process, so that no other test finds the module ``functions``
    with process("--path", str(app)) as (_, address):
        yield address


@pytest.mark.parametrize(("command", "expected"), CALLS)
def test_prints_what_the_guide_shows(address: str, command: str, expected: str) -> None:
    response = _requested(command, address)
    if response.is_success:
        assert response.text == expected
        return
    # the guide leaves out what helps programs
    error = response.json()["error"]
    shown = {"error": {"type": error["type"], "message": error["message"]}}
    assert shown == json.loads(expected)


def _requested(command: str, address: str) -> httpx.Response:
    """Send the request of a command as curl would: a GET without ``-X`` and ``-d``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-X", dest="method")
    parser.add_argument("-d", dest="data")
    sent = parser.parse_args(shlex.split(command)[1:])
    method = sent.method or ("GET" if sent.data is None else "POST")
    url = sent.url.replace("localhost:8080", address)
    return httpx.request(method, url, content=sent.data, timeout=20)


def test_checks_run(address: str) -> None:
    assert httpx.get(f"{address}/checks", timeout=20).json()["checks"] == [
        {
            "name": "calendars_are_complete",
            "state": "failed",
            "message": "No calendar for 2027.",
        }
    ]


def test_its_tests_pass(app: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(app)]
    ended = subprocess.run(  # noqa: S603
        command,
        capture_output=True,
        text=True,
        cwd=app,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        check=False,
    )
    assert "1 passed" in ended.stdout, ended.stdout
