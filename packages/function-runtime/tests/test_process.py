"""The process as it runs in a pod: bundle, limits from the environment, SIGTERM."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.applications import Starlette

from bailiwick.bundle import unpack
from bailiwick.cli import main
from bailiwick.errors import BundleRefused
from bailiwick.limits import Limits
from bailiwick.serving.server import NOT_STARTED, server_config
from tests.conftest import PRICES, WriteApp
from tests.servers import (
    ENTRY_POINT,
    SOURCES,
    free_port,
    process,
    refuses_connections,
    started,
    wait_for,
    wait_until_loaded,
)


def bundle(folder: Path) -> Path:
    file = folder / "bundle.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        archive.add(folder / "functions.py", "functions.py")
    return file


def test_serves_a_bundle(write_app: WriteApp) -> None:
    with process("--bundle", str(bundle(write_app(PRICES)))) as (_, address):
        assert httpx.post(f"{address}/call/prices").json()["count"] == 1


def test_closes_idle_connections_after_its_clients_do() -> None:
    # Node's client closes them after 4 seconds, or when it finds the time
    assert server_config(Starlette(), "127.0.0.1", 0).timeout_keep_alive >= 60


def test_lets_running_calls_end_on_sigterm(write_app: WriteApp) -> None:
    source = """
import time
from pathlib import Path

HERE = Path(__file__).parent

def wait() -> int:
    '''Waits for a sign.'''
    (HERE / "begun").touch()
    while not (HERE / "go").exists():
        time.sleep(0.01)
    return 7
"""
    folder = write_app(source)
    with (
        process("--path", str(folder)) as (server, address),
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(httpx.post, f"{address}/call/wait", timeout=60)
        wait_for((folder / "begun").exists, "the call begins")
        server.send_signal(signal.SIGTERM)
        wait_for(lambda: refuses_connections(address), "the server takes no more calls")
        (folder / "go").touch()
        assert answer.result().json() == {"value": 7}
        server.wait(30)


def test_logs_tracebacks_as_json_lines(write_app: WriteApp) -> None:
    source = "def fail() -> int:\n    '''Fails.'''\n    raise ValueError('x')"
    with process("--path", str(write_app(source))) as (server, address):
        answer = httpx.post(f"{address}/call/fail").json()
        server.terminate()
        _, log = server.communicate(timeout=10)

    [line] = [json.loads(text) for text in log.splitlines() if '"traceback"' in text]
    assert line["call"] == answer["error"]["id"]
    assert "raise ValueError" in line["traceback"]


def test_keeps_browsers_from_guessing_types(write_app: WriteApp) -> None:
    source = '''
from collections.abc import Iterator

class Tick(TypedDict):
    number: int

def ticks() -> Iterator[Tick]:
    """One row."""
    yield {"number": 1}

def fail() -> int:
    """Fails."""
    raise ValueError("<script>")
'''
    expected = {
        ("GET", "/healthz"): 200,
        ("GET", "/readyz"): 200,
        ("GET", "/metrics"): 200,
        ("GET", "/contract"): 200,
        ("POST", "/stream/ticks"): 200,
        ("POST", "/call/fail"): 500,
        ("POST", "/call/unknown"): 404,
        ("GET", "/elsewhere"): 404,
    }
    with process("--path", str(write_app(source))) as (_, address):
        answers = {each: httpx.request(each[0], address + each[1]) for each in expected}

    assert {each: answer.status_code for each, answer in answers.items()} == expected
    sent = {answer.headers.get("x-content-type-options") for answer in answers.values()}
    assert sent == {"nosniff"}


def test_refuses_a_limit_that_is_no_number() -> None:
    with pytest.raises(ValueError, match="BAILIWICK_LIMIT_ROWS is 'many'"):
        Limits.from_environment({"BAILIWICK_LIMIT_ROWS": "many"})


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("../escape", tarfile.REGTYPE, "points outside"),
        ("/etc/escape", tarfile.REGTYPE, "points outside"),
        ("link", tarfile.SYMTYPE, "is a link or device"),
        ("device", tarfile.CHRTYPE, "only files and folders are allowed"),
    ],
)
def test_refuses_unsafe_members(tmp_path: Path, name: str, kind: bytes, said: str) -> None:
    file = tmp_path / "bundle.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    target = tmp_path / "target"
    target.mkdir()

    with pytest.raises(BundleRefused, match=said):
        unpack(file, target)
    assert list(target.iterdir()) == []


def test_refuses_a_bundle_that_unpacks_too_large(tmp_path: Path) -> None:
    file = tmp_path / "bundle.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo("zeros")
        member.size = 3_000_000
        archive.addfile(member, BytesIO(bytes(member.size)))
    target = tmp_path / "target"
    target.mkdir()

    with pytest.raises(BundleRefused, match="more than 1 MiB"):
        unpack(file, target, max_bytes=1024 * 1024)


def test_says_why_a_bundle_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "bundle.tar.gz"
    file.write_bytes(b"not a tar")
    with process("--bundle", str(file)) as (_, address):
        [problem] = httpx.get(f"{address}/readyz").json()["problems"]
        # What a pod takes is asked for most when it does not work.
        assert "process_resident_memory_bytes" in httpx.get(f"{address}/metrics").text
    assert "cannot be unpacked" in problem["message"]


def test_check_prints_the_contract(write_app: WriteApp, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write_app(PRICES))]) == 0
    assert json.loads(capsys.readouterr().out)["functions"][0]["name"] == "prices"


def test_check_names_no_line_without_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("functions.py: neither functions.py nor")


def test_check_prints_what_is_missing(
    write_app: WriteApp, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(write_app("def f(a) -> int:\n    '''F.'''"))]) == 1
    assert "functions.py:14: f cannot be served: 'a' has no type" in capsys.readouterr().err


def accepts_connections(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def test_listens_before_the_runtime_is_loaded(tmp_path: Path) -> None:
    runtime = tmp_path / "bailiwick"
    runtime.mkdir()
    (runtime / "__init__.py").touch()
    (runtime / "__main__.py").write_text("input()")
    port = free_port()
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *ENTRY_POINT, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdin=subprocess.PIPE,
    ) as loading:
        wait_for(lambda: accepts_connections(port), "it listens")
        assert loading.poll() is None
        loading.communicate(b"\n")
    assert loading.returncode == 0


@pytest.mark.parametrize(
    ("entry", "source", "is_shared"),
    [
        (("-m", "bailiwick"), "--path", False),
        (("-m", "bailiwick"), "--bundle", True),
        (ENTRY_POINT, "--path", True),
    ],
)
def test_listens_on_all_addresses_in_pods(
    write_app: WriteApp, entry: tuple[str, ...], source: str, *, is_shared: bool
) -> None:
    folder = write_app(PRICES)
    code = folder if source == "--path" else bundle(folder)
    port = free_port()
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *entry, "serve", source, str(code), "--port", str(port)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    ) as server:
        try:
            wait_until_loaded(f"http://127.0.0.1:{port}")
            # an address of this machine that only a server on all addresses has
            assert refuses_connections(f"http://127.0.0.2:{port}") is not is_shared
        finally:
            server.kill()


def test_says_that_the_port_is_taken(write_app: WriteApp) -> None:
    folder = write_app(PRICES)
    with process("--path", str(folder)) as (_, address):
        other = started("serve", "--path", str(folder), "--port", address.rpartition(":")[2])
        _, printed = other.communicate(timeout=60)
    assert "address already in use" in printed
    assert other.returncode == NOT_STARTED
