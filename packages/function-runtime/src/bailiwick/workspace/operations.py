"""What a workspace does for the portal, and for the person in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath
from typing import Any, Final

from bailiwick.workspace.activity import Activity, Work, timestamp
from bailiwick.workspace.checkout import MAX_LISTED, Checkout
from bailiwick.workspace.errors import WorkspaceFailed
from bailiwick.workspace.portal_requests import PortalRequests, check_commit, check_files

MAX_MESSAGE: Final = 2_000
"""Most characters of the message of a commit."""

NameNotebook = Callable[[str], Awaitable[str | None]]
"""Returns the path of the notebook of a kernel, if it has one."""


class Operations:
    """Operations of a workspace.

    Args:
        checkout: Code of the app.
        portal: Requests to the portal.
        activity: Activity in the workspace.
        name_notebook: Names the notebook of a kernel.
        idle_minutes: Minutes without activity after which the workspace ends.
    """

    def __init__(
        self,
        checkout: Checkout,
        portal: PortalRequests,
        activity: Activity,
        name_notebook: NameNotebook,
        idle_minutes: float,
    ) -> None:
        self.portal = portal
        self._checkout = checkout
        self._activity = activity
        self._name_notebook = name_notebook
        self._idle_minutes = idle_minutes

    async def state(self) -> dict[str, Any]:
        """Return the state that the portal shows."""
        base = self._checkout.base
        changed = await asyncio.to_thread(self._checkout.changed) if base else []
        work = self._activity.work()
        return {
            "commit": base.commit if base else None,
            "changed": [_printable(path) for path in changed[:MAX_LISTED]],
            "lastActivity": timestamp(self._activity.last()),
            "busy": await self._describe(work) if work else None,
            "idleMinutes": _number(self._idle_minutes),
        }

    async def create(self, body: dict[str, Any]) -> None:
        """Write the first code."""
        commit, files = check_commit(body.get("commit")), check_files(body.get("files"))
        await asyncio.to_thread(self._checkout.create, commit, files)

    async def publish(self, body: dict[str, Any]) -> dict[str, Any]:
        """Publish the changes of the checkout as a commit.

        Returns:
            ``commit``, ``text`` of the portal, and ``files``: the paths.
        """
        message = body.get("message")
        if not isinstance(message, str) or not message.strip() or len(message) > MAX_MESSAGE:
            raise WorkspaceFailed(
                f"'message' is not a text of 1 to {MAX_MESSAGE} characters", status=400
            )
        changes = await asyncio.to_thread(self._checkout.changes)
        base = self._checkout.base
        if not changes or base is None:
            raise WorkspaceFailed(
                "Nothing to publish: all files are as in the app's repository", status=422
            )
        files = [{"path": path, "content": text} for path, text in changes.items()]
        request = {"kind": "publish", "base": base.commit, "message": message, "files": files}
        answer = await self._ask(request)
        commit = check_commit(answer["commit"])
        await asyncio.to_thread(self._checkout.published, commit, changes)
        return {"commit": commit, "text": str(answer.get("text") or ""), "files": list(changes)}

    async def pull(self) -> dict[str, Any]:
        """Take the newest commit.

        Returns:
            ``commit``, and ``files``: the paths that changed here.
        """
        if self._checkout.base is None:
            raise WorkspaceFailed(
                "The workspace has no code yet", "Open the workspace in the portal.", 409
            )
        answer = await self._ask({"kind": "pull"})
        files = await asyncio.to_thread(self._checkout.pull, answer["commit"], answer["files"])
        return {"commit": answer["commit"], "files": files}

    async def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        self._activity.note()
        try:
            return await self.portal.ask(request)
        finally:
            self._activity.note()

    async def _describe(self, work: Work) -> str:
        if work.process:
            return f"{work.process} is running"
        path = await self._name_notebook(work.kernel)
        return f"a cell is running in {PurePosixPath(path).name}" if path else "a kernel is busy"


def _printable(path: str) -> str:
    """Return a path with a mark for each byte that is not UTF-8."""
    return path.encode(errors="replace").decode()


def _number(value: float) -> float:
    return int(value) if value.is_integer() else value
