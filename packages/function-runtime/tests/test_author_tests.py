"""Tests of an author, run with pytest in confined processes and by the command line."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bailiwick.author_tests import MAX_FAILURES
from bailiwick.cli import main
from tests.conftest import WriteApp
from tests.servers import SOURCES
from tests.tries import Tries, archive, function

APP = function("if n < 0: raise ValueError('negative')\nreturn []")
FILE = "tests/test_functions.py"
CALLS = "import functions, os, pytest\nfrom bailiwick.testing import call\n"


def attempted(tries: Tries, source: str, app: str = APP, **files: str) -> dict[str, Any]:
    packed = archive(app, **{FILE: CALLS + source, **files})
    return tries.runner.run(tries.host.attempt(packed, tests=True))


def report(tries: Tries, source: str, **files: str) -> dict[str, Any]:
    result: dict[str, Any] = attempted(tries, source, **files)["tests"]
    return result


def test_counts_tests_and_shows_the_output(tries: Tries) -> None:
    source = """
def test_calls(): assert call("rows", n=3) == []
def test_writes(tmp_path): (tmp_path / "file").write_text("text")
def test_reads_the_folder(): assert os.path.exists("functions.py")
@pytest.mark.skip
def test_later(): ...
"""
    result = attempted(tries, source)
    tests = result["tests"]
    assert (tests["passed"], tests["failed"], tests["skipped"]) == (3, 0, 1)
    assert tests["failures"] == []
    assert tests["seconds"] > 0
    assert "3 passed, 1 skipped" in result["log"]
    assert [one["name"] for one in result["contract"]["functions"]] == ["rows"]


def test_describes_failures_with_the_authors_last_line(tries: Tries) -> None:
    source = """
def test_differs():
    assert len("four") == 5
def test_raises(): functions.rows(-1)
@pytest.fixture
def broken(): raise RuntimeError("no fixture")
def test_needs(broken): ...
"""
    tests = report(tries, source)
    assert (tests["passed"], tests["failed"]) == (0, 3)
    differs, raises, needs = tests["failures"]
    assert differs["name"] == f"{FILE}::test_differs"
    assert differs["message"].startswith("assert 4 == 5")
    assert (differs["file"], differs["line"]) == (FILE, CALLS.count("\n") + 3)
    assert raises["message"] == "ValueError: negative"
    assert raises["file"] == "functions.py"
    assert needs["message"] == "RuntimeError: no fixture"


def test_runs_other_files_if_one_cannot_be_imported(tries: Tries) -> None:
    tests = report(tries, "def test_good(): ...", **{"tests/test_bad.py": "import nothing_here"})
    assert (tests["passed"], tests["failed"]) == (1, 1)
    [bad] = tests["failures"]
    assert bad["name"] == "tests/test_bad.py"
    assert bad["message"] == "ModuleNotFoundError: No module named 'nothing_here'"


def test_counts_each_test_once(tries: Tries) -> None:
    source = """
@pytest.fixture
def leaky():
    yield
    raise RuntimeError("left open")
def test_leaks(leaky): ...
"""
    other = {"tests/test_other.py": "import pytest; pytest.importorskip('nothing_here')"}
    tests = report(tries, source, **other)
    assert (tests["passed"], tests["failed"], tests["skipped"]) == (0, 1, 1)
    [failure] = tests["failures"]
    assert failure["message"] == "RuntimeError: left open"


def test_keeps_text_with_lone_surrogates(tries: Tries) -> None:
    [failure] = report(tries, "def test_it(): raise ValueError(chr(0xdc80))\n")["failures"]
    assert failure["message"].startswith("ValueError")


def test_finds_no_tests(tries: Tries) -> None:
    tests = tries.attempt(APP, function=None, tests=True)["tests"]
    assert (tests["passed"], tests["failed"], tests["skipped"]) == (0, 0, 0)


def test_reports_invalid_settings_as_a_failure(tries: Tries) -> None:
    settings = "[tool.pytest.ini_options]\naddopts = '--no-such-option'\n"
    result = attempted(tries, "def test_good(): ...", **{"pyproject.toml": settings})
    [failure] = result["tests"]["failures"]
    assert failure["name"] == "pytest"
    assert "exit code 4" in failure["message"]
    assert "--no-such-option" in result["log"]


def test_limits_the_failures_but_not_their_number(tries: Tries) -> None:
    count = MAX_FAILURES + 10
    source = f"@pytest.mark.parametrize('n', range({count}))\ndef test_fails(n): assert n < 0\n"
    tests = report(tries, source)
    assert tests["failed"] == count
    assert len(tests["failures"]) == MAX_FAILURES


def test_runs_no_tests_of_code_that_does_not_load(tries: Tries) -> None:
    result = attempted(tries, "def test_good(): ...", app="import nothing_here")
    assert "tests" not in result
    assert "nothing_here" in result["problems"][0]["message"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("os._exit(3)", "exit code 3"),
        ("'x' * 10**10", "MemoryError"),
        ("os.fork()", "PermissionError"),
        ("open('/etc/hostname', 'a')", "PermissionError"),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", "PermissionError"),
    ],
)
def test_confines_tests(tries: Tries, body: str, message: str) -> None:
    result = attempted(tries, f"def test_it():\n    {body}\n")
    failures = result.get("tests", {}).get("failures") or [result["error"]]
    assert message in failures[0]["message"]


def command(folder: Path) -> tuple[int, str]:
    """Run ``bailiwick test``; return its exit code and output."""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bailiwick", "test", str(folder)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_the_command_line_runs_the_same_tests(write_app: WriteApp) -> None:
    folder = write_app('def rows(n: int) -> int:\n    """Rows."""\n    return n\n')
    (folder / "tests").mkdir()
    file = folder / FILE
    file.write_text(f"{CALLS}def test_good(): assert call('rows', n=1) == 1\n")
    code, output = command(folder)
    assert "1 passed" in output
    assert code == 0
    file.write_text("def test_bad(): assert False\n")
    code, output = command(folder)
    assert "1 failed" in output
    assert code == 1


def test_the_command_line_explains_a_missing_pytest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bailiwick.author_tests")
    monkeypatch.setitem(sys.modules, "pytest", None)
    assert main(["test", str(tmp_path)]) == 1
    assert "pip install pytest" in capsys.readouterr().err


def test_the_command_line_explains_code_that_does_not_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", str(tmp_path)]) == 1
    assert "functions.py" in capsys.readouterr().err
