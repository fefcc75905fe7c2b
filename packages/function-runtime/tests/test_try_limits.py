"""Limits of the confined processes of tries."""

import asyncio
from pathlib import Path

import pytest

from bailiwick.tries.usage import takes_more_than
from tests.tries import HEAD, ROW, Tries, function

SECRET = Path(__file__).parent / "servers.py"


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
        ("while True: print('x' * 100_000)", "The code printed more than 8,000,000 characters"),
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


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return [bytearray(1) * (1 << 30)]", "MemoryError. A try has less memory than the app"),
        ("os.fork()", "not permitted. A try cannot start or change processes"),
        ("import subprocess; subprocess.run(['true'])", "A try cannot start or change processes"),
        (
            "import urllib.request as r; r.urlopen('http://127.0.0.1:1')",
            "ask the platform team for a connection in the pack",
        ),
        ("open('/var/tmp/left', 'w')", "only write temporary files"),
        ("raise PermissionError('no')", "PermissionError: no"),
    ],
)
def test_says_what_a_try_cannot_do(tries: Tries, body: str, words: str) -> None:
    error = tries.attempt(function(body))["error"]
    assert words in error["message"]
    assert ("A try" in error["message"]) is ("raise" not in body)
    assert "A try" not in error["traceback"]
    assert error["line"] == function(body).count("\n")


@pytest.mark.parametrize(
    "body",
    [
        "while True: print('x' * 100_000)",
        "import mmap\nm = mmap.mmap(-1, 1 << 29)\nfor k in range(0, 1 << 29, 4096): m[k] = 1",
    ],
)
def test_says_where_code_exceeded_a_limit(tries: Tries, body: str) -> None:
    error = tries.attempt(function(body))["error"]
    assert error["file"] == "functions.py"
    assert error["line"] == function(body).count("\n")


def test_says_what_code_cannot_do_while_it_is_loaded(tries: Tries) -> None:
    source = f"import socket\nsocket.create_connection(('127.0.0.1', 1))\n{function('return []')}"
    [problem] = tries.attempt(source, function=None)["problems"]
    assert problem["line"] == 2
    assert "only when it calls a function" in problem["message"]


def test_stops_calls_at_their_time_limit(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        tries = Tries(runner, tmp_path, BAILIWICK_LIMIT_SECONDS="1")
        source = function("while True:\n    n += 1")
        error = tries.attempt(source)["error"]
        runner.run(tries.host.stop())
    assert error["type"] == "too-slow"
    assert "did not end within 1 seconds. Look for an endless loop" in error["message"]
    # the loop has two lines
    assert error["line"] in (source.count("\n") - 1, source.count("\n"))
    assert error["file"] == "functions.py"


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
    monkeypatch.setattr(tries.host, "_load_seconds", 2)
    result = tries.attempt(f"{HEAD}while True: pass\n")
    assert "Loading the code did not end within 2 seconds" in result["error"]["message"]
    assert result["error"]["line"] == HEAD.count("\n") + 1


def test_stops_calls_that_block_their_process(
    tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries.attempt(function("return []"))
    monkeypatch.setattr(tries.host, "_seconds", 4)
    monkeypatch.setattr(tries.host, "_load_seconds", 2)
    # C code that does not release the interpreter lock
    result = tries.attempt(function("return [pow(3, 10**9)]"))
    assert result["error"]["message"] == "The code did not end within 4 seconds"
    assert result["error"]["file"] == "functions.py"


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


def test_leaves_no_files(tries: Tries) -> None:
    body = f"""
    import tempfile
    name = tempfile.mkstemp()[1]
    return [{{**{ROW}, "symbol": "A" if name.startswith(os.environ["HOME"]) else "B"}}]
    """
    assert tries.attempt(function(body))["answer"]["rows"][0]["symbol"] == "A"
    assert list(tries.parent.iterdir()) == []
