"""Tries of code in confined processes."""

import asyncio
import base64
import io
import json
import os
import signal
import socket
import sys
import tarfile
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from bailiwick.errors import BundleRefused, TooBusy
from bailiwick.loading import load
from bailiwick.serving.try_endpoint import libraries_of_app
from bailiwick.tries.host import CONCURRENT, MAX_LOG_CHARACTERS, TryInterrupted
from bailiwick.tries.seccomp import end_with_parent
from bailiwick.tries.usage import memory_of
from tests.conftest import WriteApp
from tests.servers import process, wait_for
from tests.tries import HEAD, ROW, Tries, archive, function


def test_returns_rows_contract_output_and_durations(tries: Tries) -> None:
    body = f"print('Hello'); return [{{**{ROW}, 'symbol': 'A' * (k + 1)}} for k in range(n)]"
    result = tries.attempt(function(body), parameters={"n": 4}, rows=2)
    assert [row["symbol"] for row in result["answer"]["rows"]] == ["A", "AA"]
    assert result["answer"]["count"] == 4
    assert [one["name"] for one in result["contract"]["functions"]] == ["rows"]
    assert result["log"] == "Hello\n"
    assert result["seconds"].keys() == {"load", "call"}


@pytest.mark.parametrize(
    ("number", "exact"),
    [
        ("2**53 - 1", 2**53 - 1),
        ("1 - 2**53", 1 - 2**53),
        ("2**53 + 1", str(2**53 + 1)),
        ("-(2**70)", str(-(2**70))),
        ("10**5000", f"1{'0' * 5000}"),
        ("2.0**53", 2.0**53),
    ],
)
def test_returns_the_digits_of_large_integers(tries: Tries, number: str, exact: object) -> None:
    kind = "float" if isinstance(exact, float) else "int"
    source = f'def one() -> {kind}:\n    """One."""\n    return {number}\n'
    assert tries.attempt(source, function="one")["answer"] == {"value": exact}


def test_says_that_only_the_end_of_the_output_is_kept(tries: Tries) -> None:
    log = tries.attempt(function("print('x' * 70_000, 'end'); return []"))["log"]
    assert log.startswith("(only the end of 70,005 characters)\nx")
    assert log.endswith("x end\n")
    assert len(log) == MAX_LOG_CHARACTERS


def test_returns_only_the_contract_without_a_function(tries: Tries) -> None:
    result = tries.attempt(function("return []"), function=None)
    assert result.keys() == {"contract", "seconds", "log"}


def test_names_the_line_of_code_that_does_not_load(tries: Tries) -> None:
    result = tries.attempt(f"{HEAD}retrn 1\n")
    [problem] = result["problems"]
    line = HEAD.count("\n") + 1
    assert (problem["file"], problem["line"]) == ("functions.py", line)
    assert "SyntaxError" in problem["message"]


def test_names_what_a_contract_lacks(tries: Tries) -> None:
    [problem] = tries.attempt(f"{HEAD}def rows(n) -> int:\n    return 1\n")["problems"]
    assert "rows cannot be served" in problem["message"]


def test_shows_the_authors_lines_of_an_exception(tries: Tries) -> None:
    source = "import helpers\n" + function("return helpers.of(n)")
    helpers = "def of(n):\n    return {}['gone']\n"
    packed = archive(source, **{"helpers.py": helpers})
    result = tries.runner.run(tries.host.attempt(packed, function="rows"))
    error = result["error"]
    assert (error["file"], error["line"]) == ("helpers.py", 2)
    assert error["message"] == "KeyError: 'gone'"
    lines = [line for line in error["traceback"].splitlines() if "^" not in line]
    assert lines == [
        f'File "functions.py", line {source.count(chr(10))}, in rows',
        "  return helpers.of(n)",
        'File "helpers.py", line 2, in of',
        "  return {}['gone']",
        "KeyError: 'gone'",
    ]


def test_names_what_breaks_the_contract(tries: Tries) -> None:
    body = f"return [{{**{ROW}, 'price': float('nan')}}]"
    error = tries.attempt(function(body))["error"]
    assert error["type"] == "contract-broken"
    assert "price" in error["message"]


def test_rejects_parameters_and_functions_that_do_not_exist(tries: Tries) -> None:
    source = function("return []")
    error = tries.attempt(source, parameters={"n": "x"})["error"]
    assert error["type"] == "invalid-parameter"
    error = tries.attempt(source, function="other")["error"]
    assert error["type"] == "unknown-function"


def test_ends_with_the_fork_server(tries: Tries) -> None:
    async def kill_the_server() -> dict[str, Any]:
        slow = archive(function("import time; time.sleep(600)"))
        server = await tries.host._started_server()
        running = asyncio.create_task(tries.host.attempt(slow, function="rows"))
        while not server._tries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        [one] = server._tries.values()
        await one.started.wait()
        server.kill()
        result = await running
        wait_for(lambda: not memory_of(one.pid), "the end of the try")
        return result

    assert "fork server" in tries.runner.run(kill_the_server())["error"]["message"]


def test_bounds_concurrent_tries(tries: Tries) -> None:
    slow = archive(function("import time; time.sleep(1); return []"))

    async def together() -> list[Any]:
        one = [tries.host.attempt(slow, function="rows") for _ in range(3)]
        ended: list[Any] = await asyncio.gather(*one, return_exceptions=True)
        return ended

    # also while the libraries are loaded
    tries.runner.run(tries.host.stop())
    first, second, third = tries.runner.run(together())
    assert "answer" in first
    assert "answer" in second
    assert isinstance(third, TooBusy)


def test_loads_one_at_a_time_beside_a_call(tries: Tries) -> None:
    slow = archive(f"import time; time.sleep(1)\n{function('return []')}")

    async def together() -> list[Any]:
        functions = [None, None, "rows"]
        one = [tries.host.attempt(slow, function=called) for called in functions]
        ended: list[Any] = await asyncio.gather(*one, return_exceptions=True)
        return ended

    first, second, third = tries.runner.run(together())
    assert "contract" in first
    assert "contract" in second
    assert "answer" in third


def test_refuses_checks_that_wait_too_long(tries: Tries, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = archive("while True: pass\n")
    tries.attempt(function("return []"))
    monkeypatch.setattr(tries.host, "_load_seconds", 2)

    async def together() -> list[Any]:
        async def late() -> dict[str, Any]:
            await asyncio.sleep(1)
            monkeypatch.setattr(tries.host, "_load_seconds", 0.1)
            return await tries.host.attempt(endless)

        ended: list[Any] = await asyncio.gather(
            tries.host.attempt(endless), late(), return_exceptions=True
        )
        return ended

    first, second = tries.runner.run(together())
    assert (first["error"]["file"], first["error"]["line"]) == ("functions.py", 1)
    assert "Loading the code did not end within 2 seconds" in first["error"]["message"]
    assert isinstance(second, TooBusy)


def test_ends_checks_that_nobody_waits_for(tries: Tries) -> None:
    async def replace() -> dict[str, Any]:
        is_left = False

        async def left() -> bool:
            return is_left

        older = asyncio.create_task(
            tries.host.attempt(archive("while True: pass\n"), is_abandoned=left)
        )
        while not tries.host._running:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        waiting = asyncio.create_task(
            tries.host.attempt(archive("while True: pass\n"), is_abandoned=left)
        )
        newer = asyncio.create_task(tries.host.attempt(archive(function("return []"))))
        is_left = True
        outcomes: list[Any] = await asyncio.gather(older, waiting, return_exceptions=True)
        assert "closed the connection" in outcomes[0]["error"]["message"]
        assert isinstance(outcomes[1], TryInterrupted)
        return await newer

    assert "contract" in tries.runner.run(replace())


def test_code_that_is_only_loaded_has_no_connections(tmp_path: Path) -> None:
    with asyncio.Runner() as runner, socket.create_server(("127.0.0.1", 0)) as database:
        port = database.getsockname()[1]
        described = json.dumps({"host": "127.0.0.1", "port": port})
        tries = Tries(runner, tmp_path, BAILIWICK_CONNECTION_DB=described)
        source = f"""import socket
socket.create_connection(("127.0.0.1", {port}), 5).close()
{function("return []")}"""
        assert "answer" in tries.attempt(source)
        [problem] = tries.attempt(source, function=None)["problems"]
        assert "PermissionError" in problem["message"]
        runner.run(tries.host.stop())


def test_changes_files(tries: Tries) -> None:
    source = f'''{HEAD}
from data.helpers import name
HERE = Path(__file__).parent
def rows() -> str:
    """Rows."""
    return f"{{name()}} {{(HERE / 'old.py').exists()}} {{(HERE / 'data/x').read_text()}}"
'''
    packed = archive(f"from pathlib import Path\n{source}", **{"old.py": "", "data/x": "1"})

    def attempt(changes: dict[str, str | None]) -> dict[str, Any]:
        return tries.runner.run(tries.host.attempt(packed, changes, function="rows"))

    helpers = "def name():\n    return 'new'\n"
    result = attempt({"data/helpers.py": helpers, "old.py": None, "data/x": "ä\r\n", "gone": None})
    assert result["answer"] == {"value": "new False ä\n"}
    with pytest.raises(BundleRefused, match="points outside"):
        attempt({"../passwd": "x"})
    with pytest.raises(BundleRefused, match="cannot be written"):
        attempt({"functions.py/a": "x"})


def test_serves_tries_of_drafts(write_app: WriteApp) -> None:
    folder = write_app('def rows() -> int:\n    "Rows."\n    return 1\n')
    source = archive(function("return []"))
    with process("--path", str(folder), BAILIWICK_DRAFT="1") as (_, address):

        def attempt(**body: Any) -> httpx.Response:  # noqa: ANN401
            packed = base64.b64encode(source).decode()
            return httpx.post(f"{address}/try", json={"archive": packed, **body}, timeout=20)

        response = attempt(function="rows")
        assert response.status_code == 200
        assert response.json()["answer"] == {"rows": [], "count": 0}
        assert attempt(archive="no", rows=0).status_code == 422
        assert "unpacked" in attempt(archive="aaaa").json()["error"]["message"]
        types = httpx.get(f"{address}/types", timeout=20).json()
        assert types["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
        assert "pandas/core/frame.pyi" in types["files"]
        # the served code is unaffected
        assert httpx.post(f"{address}/call/rows").json() == {"value": 1}


def test_ends_when_the_caller_is_killed(tmp_path: Path, write_app: WriteApp) -> None:
    folder = write_app("def rows() -> int:\n    return 1\n")
    shared = tmp_path / "shared"
    shared.mkdir()

    def body(code: str) -> dict[str, str]:
        packed = base64.b64encode(archive(function(code))).decode()
        return {"archive": packed, "function": "rows"}

    def status() -> int:
        return httpx.post(f"{address}/try", json=body("return []"), timeout=20).status_code

    with process("--path", str(folder), BAILIWICK_DRAFT="1", TMPDIR=str(shared)) as (_, address):
        endless = json.dumps(body("import time\nwhile True: time.sleep(1)"))
        head = f"POST /try HTTP/1.1\r\nHost: app\r\nContent-Length: {len(endless)}\r\n\r\n"
        port = int(address.rsplit(":", 1)[1])
        callers = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONCURRENT)]
        for caller in callers:
            caller.sendall(f"{head}{endless}".encode())
        wait_for(lambda: len(list(shared.glob("try-*/tmp"))) == CONCURRENT, "tries run")
        assert status() == 429
        # as the system does when a process is killed
        for caller in callers:
            caller.close()
        wait_for(lambda: status() == 200, "a new try")
        wait_for(lambda: not list(shared.glob("try-*")), "no files")


def test_finds_the_libraries_of_an_app(write_app: WriteApp) -> None:
    source = """
    from decimal import Decimal
    import numpy.linalg as la
    import helpers
    from helpers import Helper
    def rows() -> int:
        "Rows."
        return 1
    """
    load(write_app(source, helpers="class Helper: pass"))
    found = libraries_of_app()
    assert {"bailiwick.annotations", "decimal", "numpy.linalg", "pandas"} <= set(found)
    assert not {"functions", "helpers", "builtins", ""} & set(found)


def test_serves_no_tries_of_releases(write_app: WriteApp) -> None:
    folder = write_app("def rows() -> int:\n    return 1\n")
    with process("--path", str(folder)) as (_, address):
        assert httpx.post(f"{address}/try", json={}).status_code == 404
        assert httpx.get(f"{address}/types").status_code == 404


def test_refuses_an_archive_with_links(tries: Tries) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        link = tarfile.TarInfo("data")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        tar.addfile(link)
    with pytest.raises(BundleRefused):
        tries.runner.run(tries.host.attempt(packed.getvalue()))


def test_starts_again_after_its_process_was_killed(tries: Tries) -> None:
    async def kill_the_server() -> None:
        assert tries.host._server
        tries.host._server._process.kill()
        await tries.host._server.ended.wait()

    tries.attempt(function("return []"))
    tries.runner.run(kill_the_server())
    assert "answer" in tries.attempt(function("return []"))


def test_shares_imported_libraries(tries: Tries) -> None:
    source = f"import sys\nSHARED = 'pandas' in sys.modules\n{HEAD}" + (
        'def shared() -> bool:\n    """Shared."""\n    return SHARED\n'
    )
    assert tries.attempt(source, function="shared")["answer"] == {"value": True}


@pytest.mark.parametrize(("is_parent", "status"), [(True, 0), (False, signal.SIGKILL)])
def test_ends_if_its_parent_has_ended_before(status: int, *, is_parent: bool) -> None:
    parent = os.getpid() if is_parent else os.getppid()
    if (pid := os.fork()) == 0:
        end_with_parent(parent)
        os._exit(0)
    assert os.waitpid(pid, 0) == (pid, status)
