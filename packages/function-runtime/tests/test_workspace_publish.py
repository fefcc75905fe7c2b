"""Code that travels between a workspace and the portal."""

import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspaces import (
    CODE,
    FIRST,
    SECOND,
    Workspace,
    committed,
    portal,
    result,
    send,
    workspace,
)

CELLS = [
    "import math\nimport datetime as dt\nfrom typing import TypedDict\n%matplotlib inline",
    "RATE = 1.5\n\nclass Row(TypedDict):\n    day: dt.date\n    value: float",
    "def _scaled(value):\n    return math.floor(value * RATE)\n\n!ls",
    "def prices(days: int) -> list[Row]:\n    '''Prices.'''\n"
    "    return [{'day': dt.date(2026, 1, 1), 'value': _scaled(day)} for day in range(days)]",
    "prices(3)\nthis is not Python",
]
SHOWN = "Published prices(days: integer) -> table with 2 columns\nCommit 2222222\nDeployed to dev\n"


def notebook(*cells: str) -> str:
    """Return the file of a notebook."""
    sources = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown"}, *sources]})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("workspace")) as server:
        yield server


@pytest.fixture
def code(server: Workspace) -> Path:
    """Return the checkout with only ``functions.py``, as in the first commit."""
    for file in [*server.code.rglob("*"), server.folder / ".bailiwick/base.json"]:
        if file.is_file() or file.is_symlink():
            file.unlink()
    assert server.put(**{"functions.py": CODE}).status_code == 204
    return server.code


def test_shows_changes(server: Workspace, code: Path) -> None:
    assert server.put(**{"functions.py": "x = 1\n"}).status_code == 409
    state = server.state()
    assert (state["commit"], state["changed"], state["busy"]) == (FIRST, [], None)
    (code / "functions.py").unlink()
    (code / "sub").mkdir(exist_ok=True)
    (code / "sub/new.py").touch()
    for ignored in (".hidden", "__pycache__", ".ipynb_checkpoints"):
        (code / ignored).mkdir(exist_ok=True)
        (code / ignored / "x.py").touch()
    assert server.state()["changed"] == ["functions.py", "sub/new.py"]


def test_counts_saves_and_no_requests(server: Workspace) -> None:
    first = dt.datetime.fromisoformat(server.state()["lastActivity"])
    while dt.datetime.now(dt.UTC) < first + dt.timedelta(seconds=2):
        server.request("GET", "/api/contents")
        time.sleep(0.3)
    assert dt.datetime.fromisoformat(server.state()["lastActivity"]) == first
    body = {"type": "file", "format": "text", "content": "1"}
    server.jupyter("PUT", "/api/contents/notes.txt", body)
    assert dt.datetime.fromisoformat(server.state()["lastActivity"]) > first


def test_keeps_files_of_an_interrupted_checkout(server: Workspace, code: Path) -> None:
    (code / "functions.py").write_text("mine = 1\n")
    (server.folder / ".bailiwick/base.json").unlink()
    assert server.put(**{"functions.py": CODE, "other.py": ""}).status_code == 204
    assert (code / "functions.py").read_text() == "mine = 1\n"
    assert server.state()["changed"] == ["functions.py"]


def test_publishes_a_function_of_a_notebook(server: Workspace, code: Path) -> None:
    (code / "analysis.ipynb").write_text(notebook(*CELLS))
    with portal(server, committed()) as requests:
        assert server.run("publish", "prices", "-m", "Add prices") == (0, SHOWN)
    [request] = requests
    files = {file["path"]: file["content"] for file in request["files"]}
    assert request["kind"] == "publish"
    assert (request["base"], request["message"]) == (FIRST, "Add prices")
    assert files == {name: (code / name).read_text() for name in ("analysis.ipynb", "functions.py")}
    assert files["functions.py"].index(CODE) > files["functions.py"].index("import math")
    assert (server.state()["commit"], server.state()["changed"]) == (SECOND, [])
    assert server.run("publish", "prices")[1].startswith("Nothing to publish: ")


def test_publishes_changed_files(server: Workspace, code: Path) -> None:
    (code / "functions.py").write_text(f"{CODE}\nRATE = 2\n")
    (code / "notes.md").write_text("é\n")
    with portal(server, committed("")):
        status, shown = server.run("publish")
    assert status == 0
    assert shown == "Published 2 files (functions.py, notes.md)\nCommit 2222222\n"


def test_publishes_from_a_cell(server: Workspace, code: Path) -> None:
    kernel = server.kernel("session.ipynb")
    for cell in CELLS[:-1]:
        send(kernel, cell.replace("%matplotlib inline", "%pwd"))
    with portal(server, committed()) as requests:
        source = "from bailiwick.workspace import publish\npublish(prices, 'From a cell')"
        assert result(kernel, send(kernel, source)) == ("ok", SHOWN)
        source = "%cd -q ..\n!bailiwick publish"
        assert "Nothing to publish: " in result(kernel, send(kernel, source))[1]
        source = "undefined = None\ndef bad(x: int) -> int:\n    'Bad.'\n    return missing\n"
        status, shown = result(kernel, send(kernel, f"{source}publish(bad)"))
    assert (status, len(requests)) == ("error", 1)
    assert shown.startswith("bad needs missing, which no cell defines at its top level\n")
    assert "RATE = 1.5" in (code / "functions.py").read_text()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("def prices(x) -> int:\n    'P.'", "functions.py:6: prices cannot be served: 'x' has no"),
        (
            "def _prices(): 'P.'\ndef prices() -> int:\n    'P.'\n    return scaled()\n"
            "def scaled() -> int: return 1",
            "Rename to _scaled, or publish first: scaled.",
        ),
        ("def other() -> int:\n    'O.'", "No notebook in "),
    ],
)
def test_changes_nothing_if_a_function_cannot_be_served(
    server: Workspace, code: Path, cell: str, reason: str
) -> None:
    (code / "analysis.ipynb").write_text(notebook(cell))
    status, shown = server.run("publish", "prices")
    assert status == 1
    assert reason in shown
    assert (code / "functions.py").read_text() == CODE


def test_asks_for_one_of_several_notebooks(server: Workspace, code: Path) -> None:
    for name in ("a.ipynb", "b.ipynb"):
        (code / name).write_text(notebook("def prices() -> int:\n    'P.'\n    return 1"))
    status, shown = server.run("publish", "prices")
    assert (status, shown.splitlines()[0]) == (
        1,
        "Several notebooks define prices: a.ipynb, b.ipynb",
    )
    with portal(server, committed()):
        assert server.run("publish", "prices", "--notebook", "b.ipynb")[0] == 0


def test_shows_a_refusal_of_the_portal(server: Workspace, code: Path) -> None:
    (code / "notes.md").touch()
    refusal = {"error": "The app has a newer commit", "next": "Run: bailiwick pull"}
    with portal(server, lambda _: refusal):
        assert server.run("publish") == (1, "The app has a newer commit\nRun: bailiwick pull\n")
    assert server.state()["changed"] == ["notes.md"]


def test_pulls_what_did_not_change_here(server: Workspace, code: Path) -> None:
    (code / "mine.py").write_text("x = 1\n")
    files = {"functions.py": "new = 1\n", "sub/added.py": ""}
    with portal(server, lambda _: {"commit": SECOND, "files": files}):
        assert server.run("pull") == (0, "Pulled 2222222: 2 files (functions.py, sub/added.py)\n")
    assert (code / "functions.py").read_text() == "new = 1\n"
    assert server.state()["changed"] == ["mine.py"]
    with portal(server, lambda _: {"commit": FIRST, "files": {}}):
        assert server.request("POST", "/bailiwick/pull", {}).json()["files"] == [
            "functions.py",
            "sub/added.py",
        ]
    assert [path.name for path in code.rglob("*.py")] == ["mine.py"]


def test_pulls_nothing_if_a_file_changed_twice(server: Workspace, code: Path) -> None:
    (code / "functions.py").write_text("mine = 1\n")
    files = {"functions.py": "theirs = 1\n", "added.py": ""}
    with portal(server, lambda _: {"commit": SECOND, "files": files}):
        status, shown = server.run("pull")
        assert status == 1
        assert shown.startswith("Changed both here and in the app's repository: functions.py. ")
        assert not (code / "added.py").exists()
        (code / "functions.py").rename(code / "functions-mine.py")
        assert server.request("POST", "/bailiwick/pull", {}).status_code == 200
    assert (code / "functions.py").read_text() == "theirs = 1\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "data.csv is not a text file"),
        (b"a\0b", "data.csv is not a text file"),
        (b"1" * 1024**2 + b"1", "data.csv has 1048577 bytes; at most 1048576 are allowed"),
    ],
)
def test_refuses_files_that_are_no_code(
    server: Workspace, code: Path, content: bytes, reason: str
) -> None:
    (code / "data.csv").write_bytes(content)
    response = server.request("POST", "/bailiwick/publish", {"message": "Data"})
    assert (response.status_code, response.json()["error"]) == (422, reason)


def test_refuses_links_and_many_files(server: Workspace, code: Path) -> None:
    (code / "link.py").symlink_to("/etc/hostname")
    response = server.request("POST", "/bailiwick/publish", {"message": "Link"})
    assert response.json()["error"] == "link.py is a link or device"
    for number in range(200):
        (code / f"{number}.py").touch()
    response = server.request("POST", "/bailiwick/publish", {"message": "Many"})
    assert response.json()["error"] == "201 files changed; at most 200 can be published at a time"


@pytest.mark.parametrize("path", ["../x.py", "/x.py", "a/../../x.py", "a//x.py", "", "link/x.py"])
def test_writes_only_into_the_checkout(server: Workspace, code: Path, path: str) -> None:
    (code / "link").symlink_to(server.folder)
    (server.folder / ".bailiwick/base.json").unlink()
    response = server.put(**{"first.py": "", path: ""})
    assert response.status_code in (400, 422)
    assert not (server.folder / "x.py").exists()
    assert not (code / "first.py").exists()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "state", None),
        ("PUT", "code", {"commit": FIRST, "files": {}}),
        ("GET", "requests?wait=0", None),
        ("POST", "requests/x", {}),
        ("POST", "publish", {"message": "x"}),
        ("POST", "pull", {}),
    ],
)
def test_refuses_pages(server: Workspace, method: str, path: str, body: object) -> None:
    headers = {"Origin": f"http://{server.address}"}
    response = server.request(method, f"/bailiwick/{path}", body, headers)
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "code", [], 400),
        ("PUT", "code", {"commit": "main", "files": {}}, 400),
        ("PUT", "code", {"commit": FIRST, "files": {"x": 1}}, 400),
        ("POST", "publish", {"message": " "}, 400),
        ("POST", f"requests/{'0' * 32}", {"commit": SECOND}, 404),
        ("GET", "requests?wait=0", None, 204),
        ("DELETE", "state", None, 405),
    ],
)
def test_refuses_invalid_requests(
    server: Workspace,
    method: str,
    path: str,
    body: object,
    status: int,
) -> None:
    assert server.request(method, f"/bailiwick/{path}", body).status_code == status
