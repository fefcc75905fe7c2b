"""Tries of code in confined processes."""

import asyncio
import base64
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import httpx2 as httpx
import pytest

from bailiwick.errors import BundleRefused, TooBusy
from bailiwick.loading import load
from bailiwick.serving.try_endpoint import libraries_of_app
from bailiwick.tries.confinement import MIB
from bailiwick.tries.host import TryHost
from bailiwick.tries.usage import memory_of, takes_more_than
from tests.conftest import PRELUDE, WriteApp
from tests.servers import SOURCES, process, wait_for

SECRET = Path(__file__).parent / "servers.py"
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "PYTHONPATH": str(SOURCES),
    # tests of other limits must not meet this one on a busy machine
    "BAILIWICK_LIMIT_SECONDS": "60",
    "BAILIWICK_LIMIT_ROWS": "100",
}
ROW = '{"symbol": "AAPL", "date": dt.date(2026, 1, 31), "price": 1.5, "change": None}'
HEAD = f"{PRELUDE}\nimport os, sys\n"


def archive(source: str, **files: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in {"functions.py": source, **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def function(body: str) -> str:
    """Return ``functions.py`` with a function ``rows`` with this body."""
    lines = "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
    return f'{HEAD}def rows(n: int = 1) -> Table[Price]:\n    """Rows."""\n{lines}'


class Tries:
    """A host in an event loop of its own."""

    def __init__(self, runner: asyncio.Runner, parent: Path, **environment: str) -> None:
        self.runner = runner
        self.parent = parent
        variables = {**ENVIRONMENT, **environment}
        self.host = TryHost(lambda: ["pandas"], variables, parent, 256 * MIB)

    def attempt(self, source: str, **call: Any) -> dict[str, Any]:  # noqa: ANN401
        return self.runner.run(self.host.attempt(archive(source), **{"function": "rows", **call}))

    def message(self, body: str) -> str:
        """Return the error of a call of ``rows``."""
        result = self.attempt(function(body))
        assert "answer" not in result
        message: str = result["error"]["message"]
        return message


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tries]:
    with asyncio.Runner() as runner:
        tries = Tries(runner, tmp_path_factory.mktemp("tries"))
        yield tries
        runner.run(tries.host.stop())


def test_returns_rows_contract_output_and_durations(tries: Tries) -> None:
    body = f"print('Hello'); return [{{**{ROW}, 'symbol': 'A' * (k + 1)}} for k in range(n)]"
    result = tries.attempt(function(body), parameters={"n": 4}, rows=2)
    assert [row["symbol"] for row in result["answer"]["rows"]] == ["A", "AA"]
    assert result["answer"]["count"] == 4
    assert [one["name"] for one in result["contract"]["functions"]] == ["rows"]
    assert result["log"] == "Hello\n"
    assert result["seconds"].keys() == {"load", "call"}


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


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("os._exit(4)", "The code ended the process (exit code 4)"),
        ("import ctypes; ctypes.string_at(0)", "The code ended the process (SIGSEGV)"),
        ("return [bytearray(1) * (1 << 30)]", "MemoryError"),
        ("return list(pd.Series(range(1 << 28)))", "MemoryError: Unable to allocate"),
        ("x = 'a'\nwhile True: x += x", "MemoryError"),
        ("os.fork()", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import multiprocessing as m; m.Process(target=print).start()", "PermissionError"),
        ("os.setsid()", "PermissionError"),
        ("os.setpgid(0, os.getpgid(os.getppid()))", "PermissionError"),
        ("os.kill(os.getppid(), 9)", "PermissionError"),
        ("os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)", "PermissionError"),
        (
            "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (3, 3))",
            "PermissionError",
        ),
        ("os.memfd_create('x')", "PermissionError"),
        ("import socket; socket.socket(socket.AF_UNIX)", "PermissionError"),
        (
            "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
            "PermissionError",
        ),
        ("import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)", "PermissionErr"),
        (
            "import socket; socket.socket().sendto(b'x', socket.MSG_FASTOPEN, ('127.0.0.1', 80))",
            "PermissionError",
        ),
        ("import socket; socket.create_connection(('127.0.0.1', 80), 2)", "PermissionError"),
        ("import socket; socket.create_connection(('169.254.169.254', 80), 2)", "PermissionError"),
        ("import socket; socket.create_server(('127.0.0.1', 0))", "PermissionError"),
        (f"return open('{SECRET}').read()", "PermissionError"),
        ("return os.listdir('/tmp')", "PermissionError"),
        ("return os.listdir('/')", "PermissionError"),
        ("return open('/proc/1/environ').read()", "PermissionError"),
        ("open('/tmp/left', 'w')", "PermissionError"),
        ("open('/var/tmp/left', 'w')", "PermissionError"),
        ("open(os.environ['HOME'] + '/big', 'wb').write(bytes(1 << 27))", "File too large"),
        (
            "for k in range(99): open(f'{os.environ[\"HOME\"]}/{k}', 'wb').write(bytes(1 << 22))\n"
            "while True: pass",
            "The code wrote more than 64 MiB of files",
        ),
        ("while True: print('x' * 100_000)", "The code printed more than 8 MiB"),
        (
            "import mmap\nm = mmap.mmap(-1, 1 << 29)\n"
            "for k in range(0, 1 << 29, 4096): m[k] = 1\nwhile True: pass",
            "MiB of memory",
        ),
    ],
)
def test_stops_at_limits(tries: Tries, body: str, words: str) -> None:
    assert words in tries.message(body)
    # the next one is not affected
    assert tries.attempt(function("return []"))["answer"]["count"] == 0


def test_stops_calls_at_their_time_limit(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        tries = Tries(runner, tmp_path, BAILIWICK_LIMIT_SECONDS="1")
        assert "exceeded its time limit of 1 seconds" in tries.message("while True: pass")
        runner.run(tries.host.stop())


def test_measures_folders(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    for number in range(20):
        (tmp_path / f"inside/{number}").touch()
    (tmp_path / "big").write_bytes(bytes(50_000))
    (tmp_path / "loop").symlink_to(tmp_path)
    assert takes_more_than(130_000, tmp_path)
    assert not takes_more_than(200_000, tmp_path)
    assert not takes_more_than(0, tmp_path / "gone")


def test_stops_code_that_blocks_everything(tries: Tries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries.host, "_seconds", 2)
    result = tries.attempt(f"{HEAD}while True: pass\n")
    assert result["error"]["message"] == "The code did not end within 2 seconds"


def test_can_signal_and_limit_itself(tries: Tries) -> None:
    body = """
    import resource
    os.kill(os.getpid(), 0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))
    return []
    """
    assert tries.attempt(function(body))["answer"]["count"] == 0


def test_returns_as_many_rows_as_fit(tries: Tries) -> None:
    source = f'''{HEAD}
class Text(TypedDict):
    number: Annotated[int, Key]
    text: str

def rows(n: int) -> list[Text]:
    """Rows."""
    return [{{"number": k, "text": "x" * 1_000_000}} for k in range(n)]
'''
    result = tries.attempt(source, parameters={"n": 18})
    assert result["answer"]["count"] == 18
    assert len(result["answer"]["rows"]) == 9
    error = tries.attempt(
        f"{source}\ndef one() -> str:\n    \"One.\"\n    return 'x' * (17 << 20)\n", function="one"
    )["error"]
    assert error["type"] == "too-large"


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


def test_runs_threads(tries: Tries) -> None:
    body = f"""
    import threading
    found = []
    thread = threading.Thread(target=lambda: found.append({ROW}))
    thread.start()
    thread.join()
    return found
    """
    assert tries.attempt(function(body))["answer"]["count"] == 1


def test_leaves_no_files(tries: Tries) -> None:
    body = f"""
    import tempfile
    name = tempfile.mkstemp()[1]
    return [{{**{ROW}, "symbol": "A" if name.startswith(os.environ["HOME"]) else "B"}}]
    """
    assert tries.attempt(function(body))["answer"]["rows"][0]["symbol"] == "A"
    assert list(tries.parent.iterdir()) == []


@pytest.mark.parametrize(
    "hides",
    [
        "os.symlink('/etc/hostname', result)",
        "os.mkfifo(result)",
        "os.mkdir(result)",
        "open(result, 'w').write('[1]')",
        "open(result, 'w').write('[' * 100_000)",
        "open(result, 'wb').write(bytes(17 << 20))",
    ],
)
def test_reads_no_other_file_as_result(tries: Tries, hides: str) -> None:
    body = f"""
    result = os.environ["HOME"] + "/../result.json"
    {hides}
    os._exit(0)
    """
    assert tries.message(body) == "The code ended the process (exit code 0)"


def test_deletes_folders_without_permissions(tries: Tries) -> None:
    body = """
    home = os.environ["HOME"]
    os.makedirs(home + "/a/b")
    os.symlink("/", home + "/a/root")
    os.chmod(home + "/a/b", 0)
    os.chmod(home + "/a", 0)
    os.chmod(home + "/..", 0o300)
    for depth in range(40):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    return []
    """
    tries.attempt(function(body))
    assert list(tries.parent.iterdir()) == []


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
        # the served code is unaffected
        assert httpx.post(f"{address}/call/rows").json() == {"value": 1}


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
