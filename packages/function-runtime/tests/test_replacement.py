"""Code of a draft that is replaced while it is served."""

import base64
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from bailiwick.limits import Limits
from bailiwick.loading import load, reload
from bailiwick.serving.app import create_app
from bailiwick.serving.source import Loader, Source
from bailiwick.tries import check
from bailiwick.tries.confinement import MIB
from bailiwick.tries.host import TryHost
from tests.servers import error_of, process, wait_for
from tests.tries import ENVIRONMENT, archive

# forgets the modules of the folder
pytestmark = pytest.mark.usefixtures("write_app")

CODE = """
import time
from pathlib import Path

import helper
from bailiwick import cached

def answer(wait: str = "") -> int:
    '''The answer, once a file exists.'''
    value = helper.VALUE
    if wait:
        Path(wait).with_suffix(".begun").touch()
    while wait and not Path(wait).exists():
        time.sleep(0.01)
    return value

@cached(minutes=5)
def kept() -> int:
    '''The answer, kept.'''
    return helper.VALUE
"""


def code(value: object, more: str = "", **files: str) -> bytes:
    return archive(CODE + more, **{"helper.py": f"VALUE = {value}\n", **files})


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bundle = tmp_path / "bundle.tar.gz"
    bundle.write_bytes(code(1))
    loader = Loader(Source(bundle, is_bundle=True))
    tries = TryHost(list, ENVIRONMENT, tmp_path, 256 * MIB)
    with TestClient(create_app(loader, Limits(), tries=tries)) as client:
        loader.wait(20)
        yield client


def replaced(draft: TestClient, packed: bytes) -> httpx.Response:
    return draft.post("/code", json={"archive": base64.b64encode(packed).decode()})


def call(draft: TestClient, name: str = "answer", **parameters: str) -> Any:  # noqa: ANN401
    response = draft.post(f"/call/{name}", json=parameters)
    assert response.status_code == 200
    return response.json()["value"]


def test_serves_the_next_code_without_earlier_results(draft: TestClient) -> None:
    assert (call(draft), call(draft, "kept")) == (1, 1)
    for value in (2, 3):
        assert replaced(draft, code(value)).json() == {"replaced": True}
        assert (call(draft), call(draft, "kept")) == (value, value)


def test_replaces_packages_without_init(tmp_path: Path) -> None:
    def folder(value: int) -> Path:
        inside = tmp_path / str(value)
        (inside / "lib").mkdir(parents=True)
        (inside / "lib" / "values.py").write_text(f"VALUE = {value}\n")
        (inside / "functions.py").write_text(
            "from lib import values\n\n"
            "def answer() -> int:\n    'Answer.'\n    return values.VALUE\n"
        )
        return inside

    first, second = folder(1), folder(2)
    assert load(first)["answer"].call() == 1
    assert reload(second, first, lambda _: None)["answer"].call() == 2


def test_lets_running_calls_end_with_their_code(draft: TestClient, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(call, draft, wait=str(gate))
        wait_for(gate.with_suffix(".begun").exists, "the call begins")
        assert replaced(draft, code(2)).status_code == 200
        assert call(draft) == 2
        gate.touch()
        assert running.result() == 1


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (code(2, "\ndef other() -> int:\n    '''Other.'''\n    return 1\n"), "contract differs"),
        (code("1 +"), "does not load"),
        (code("__import__('os')._exit(1)"), "does not load"),
        (code(2, **{"requirements.txt": "pandas\n"}), "its pods differ"),
        (b"no archive", "cannot be unpacked"),
    ],
    ids=["contract", "syntax", "exit", "packages", "archive"],
)
def test_keeps_the_code_if_only_new_pods_can_serve_the_next(
    draft: TestClient, packed: bytes, reason: str
) -> None:
    response = replaced(draft, packed)
    assert response.status_code == 409
    assert reason in str(error_of(response)["message"])
    assert call(draft) == 1


def test_keeps_the_code_if_the_next_loads_only_in_a_confined_process(
    draft: TestClient, tmp_path: Path
) -> None:
    # confined processes cannot see this file
    once = tmp_path / "once"
    once.touch()
    value = f"2 if not __import__('os').path.exists({str(once)!r}) else 1 / 0"
    assert replaced(draft, code(value)).status_code == 409
    assert call(draft) == 1
    once.unlink()
    assert replaced(draft, code(3)).status_code == 200
    assert call(draft) == 3


def test_keeps_the_code_while_the_next_does_not_end(
    draft: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "_SECONDS", 1)
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(replaced, draft, code("exec('while True: pass')"))
        assert call(draft) == 1
        assert endless.result().status_code == 409
    assert call(draft) == 1


def test_refuses_code_from_its_own_pod(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.tar.gz"
    bundle.write_bytes(code(1))
    with process("--bundle", str(bundle), BAILIWICK_DRAFT="1") as (_, address):
        body = {"archive": base64.b64encode(code(2)).decode()}
        elsewhere = {"x-forwarded-for": "10.9.8.7"}
        response = httpx.post(f"{address}/code", json=body, headers=elsewhere, timeout=20)
        assert response.status_code == 409
        assert "code of this pod" in response.json()["error"]["message"]
        assert httpx.post(f"{address}/call/answer", json={}).json()["value"] == 1


def test_releases_keep_their_code(tmp_path: Path) -> None:
    (tmp_path / "functions.py").write_text("def one() -> int:\n    '''One.'''\n    return 1\n")
    with process("--path", str(tmp_path)) as (_, address):
        assert httpx.post(f"{address}/code", json={}).status_code == 404
