"""Requests of a workspace to the portal, which fetches them while a browser is open."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from bailiwick.workspace.errors import WorkspaceFailed

FETCH_SECONDS: Final = 20.0
"""Seconds within which the portal fetches a request."""
ANSWER_SECONDS: Final = 60.0
"""Seconds within which the portal answers a request that it fetched."""

_COMMIT: Final = re.compile("[0-9a-f]{40}")


def check_commit(value: object) -> str:
    """Return an ID of a commit.

    Raises:
        WorkspaceFailed: The value is none.
    """
    if not isinstance(value, str) or not _COMMIT.fullmatch(value):
        raise WorkspaceFailed("'commit' is not 40 hexadecimal digits", status=400)
    return value


def check_files(value: object) -> dict[str, str]:
    """Return texts by path.

    Raises:
        WorkspaceFailed: The value is something else.
    """
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise WorkspaceFailed("'files' is not an object with texts", status=400)
    return value


@dataclass
class _Request:
    """A request that is not answered yet."""

    body: dict[str, Any]
    name: str = field(default_factory=lambda: secrets.token_hex(16))
    fetched: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Future[dict[str, Any]] = field(default_factory=asyncio.Future)


class PortalRequests:
    """One request at a time, which the portal fetches and answers.

    Args:
        fetch_seconds: Time limit until the portal fetches a request.
        answer_seconds: Time limit until the portal answers a fetched request.
    """

    def __init__(
        self, fetch_seconds: float = FETCH_SECONDS, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self._fetch_seconds = fetch_seconds
        self._answer_seconds = answer_seconds
        self._open: _Request | None = None
        self._asked = asyncio.Condition()

    async def ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the portal's answer to a request.

        Args:
            body: ``kind`` and what belongs to it.

        Raises:
            WorkspaceFailed: Another request is open, or the portal did not answer or refused it.
        """
        if self._open:
            raise WorkspaceFailed("Another publish or pull is running", "Try again later.", 409)
        request = self._open = _Request(body)
        try:
            async with self._asked:
                self._asked.notify_all()
            return await self._answer(request)
        finally:
            self._open = None

    async def fetch(self, seconds: float) -> dict[str, Any] | None:
        """Return the open request when one exists; ``None`` after a time without.

        A request is returned once.
        """
        try:
            async with asyncio.timeout(seconds), self._asked:
                await self._asked.wait_for(lambda: self._open and not self._open.fetched.is_set())
        except TimeoutError:
            return None
        request = self._open
        if request is None or request.fetched.is_set():
            return None
        request.fetched.set()
        return {"id": request.name, **request.body}

    def answer(self, name: str, answer: dict[str, Any]) -> None:
        """Answer a request.

        Raises:
            WorkspaceFailed: The request is not open, or the answer is incomplete.
        """
        request = self._open
        if not request or not request.fetched.is_set() or request.answer.done():
            request = None
        if not request or not secrets.compare_digest(request.name.encode(), name.encode()):
            raise WorkspaceFailed("The request is unknown or has expired", status=404)
        if "error" not in answer:
            check_commit(answer.get("commit"))
            if request.body["kind"] == "pull":
                check_files(answer.get("files"))
        request.answer.set_result(answer)

    async def _answer(self, request: _Request) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._fetch_seconds):
                await request.fetched.wait()
        except TimeoutError:
            raise WorkspaceFailed(
                "No browser has this workspace open; open it in the portal and try again",
                status=503,
            ) from None
        try:
            async with asyncio.timeout(self._answer_seconds):
                answer = await request.answer
        except TimeoutError:
            raise WorkspaceFailed(
                f"The portal did not respond within {self._answer_seconds:g} s",
                "Look at the app in the portal: the request may have succeeded. "
                "Then run: bailiwick pull",
                504,
            ) from None
        if "error" in answer:
            raise WorkspaceFailed(str(answer["error"]), str(answer.get("next") or ""))
        return answer
