"""Requests to the portal, and commands outside a workspace."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine
from typing import Any

import pytest

from bailiwick.cli import main
from bailiwick.installing.path import FOLDER, TOOLS, use_packages, use_tools
from bailiwick.workspace.errors import WorkspaceFailed
from bailiwick.workspace.portal_requests import PortalRequests
from tests.servers import SOURCES
from tests.workspaces import SECOND

PUBLISH = {"kind": "publish", "message": "x"}
DONE = {"commit": SECOND, "text": "Deployed"}


async def failure(request: Coroutine[Any, Any, object]) -> WorkspaceFailed:
    with pytest.raises(WorkspaceFailed) as failed:
        await request
    return failed.value


def test_passes_a_request_to_one_client() -> None:
    async def scenario() -> None:
        portal = PortalRequests()
        clients = [asyncio.create_task(portal.fetch(0.1)) for _ in range(2)]
        asked = asyncio.create_task(portal.ask(PUBLISH))
        fetched = [request for request in await asyncio.gather(*clients) if request]
        assert [request["kind"] for request in fetched] == ["publish"]
        assert (await failure(portal.ask(PUBLISH))).status == 409
        for name, answer, status in (
            ("0" * 32, DONE, 404),
            ("é", DONE, 404),
            (fetched[0]["id"], {"text": "x"}, 400),
            (fetched[0]["id"], {"commit": "x"}, 400),
        ):
            with pytest.raises(WorkspaceFailed) as failed:
                portal.answer(name, answer)
            assert failed.value.status == status
        portal.answer(fetched[0]["id"], DONE)
        assert await asked == DONE
        with pytest.raises(WorkspaceFailed, match="unknown or has expired"):
            portal.answer(fetched[0]["id"], DONE)

    asyncio.run(scenario())


def test_a_client_that_left_gets_no_request() -> None:
    async def scenario() -> None:
        portal = PortalRequests()
        left = asyncio.create_task(portal.fetch(60))
        await asyncio.sleep(0)
        left.cancel()
        asked = asyncio.create_task(portal.ask(PUBLISH))
        request = await portal.fetch(60)
        assert request
        portal.answer(request["id"], {"error": "Refused", "next": "Wait"})
        assert (await failure(asked_result(asked))).body() == {"error": "Refused", "next": "Wait"}

    async def asked_result(asked: asyncio.Task[dict[str, Any]]) -> object:
        return await asked

    asyncio.run(scenario())


def test_limits_the_time_of_a_request() -> None:
    async def scenario() -> None:
        portal = PortalRequests(fetch_seconds=0.01, answer_seconds=0.01)
        nobody = await failure(portal.ask(PUBLISH))
        assert nobody.status == 503
        assert nobody.message.startswith("No browser has this workspace open")
        client = asyncio.create_task(portal.fetch(60))
        await asyncio.sleep(0)
        assert (await failure(portal.ask(PUBLISH))).status == 504
        request = await client
        assert request
        with pytest.raises(WorkspaceFailed, match="unknown or has expired"):
            portal.answer(request["id"], DONE)

    asyncio.run(scenario())


@pytest.mark.parametrize("command", [["publish"], ["publish", "prices"], ["pull"]])
def test_explains_that_this_is_not_a_workspace(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BAILIWICK_WORKSPACE", raising=False)
    assert main(command) == 1
    assert capsys.readouterr().err.startswith("This is not a workspace\n")


def test_explains_a_missing_app_and_a_missing_jupyter() -> None:
    command = ["workspace", "--folder", "/tmp"]  # noqa: S108
    code = f"""
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *others: (
    None if name.startswith("jupyter") else find(name, *others)
)
from bailiwick.cli import main
sys.exit(main({command}))
"""
    for app, reason in (
        ("", "BAILIWICK_APP is ''; it must be the name of an app.\n"),
        (
            "prices",
            "JupyterLab is not installed (jupyter_server, jupyterlab not found); install it ",
        ),
    ):
        ended = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(SOURCES), "BAILIWICK_APP": app},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr[: len(reason)]) == (1, reason)
        assert ended.stderr.count("\n") == 1


def test_finds_packages_before_tools_in_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/runtime"])
    environment = {FOLDER: "/packages", TOOLS: "/tools", "PYTHONPATH": "/runtime"}
    use_packages(environment)
    use_tools(environment)
    paths = environment["PYTHONPATH"].split(os.pathsep)
    assert (paths[0], paths[-2:]) == ("/runtime", ["/packages", "/tools"])
    assert sys.path == ["/runtime", "/tools", "/packages"]
    use_tools(environment)
    assert environment["PYTHONPATH"].split(os.pathsep) == paths
