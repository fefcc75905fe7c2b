"""Handles ``/checks`` and ``/verb/<name>``, for operators of the app."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bailiwick.errors import CallFailed, FunctionFailed, InvalidData, TooSlow
from bailiwick.execution import Executor
from bailiwick.functions import Function, of_role
from bailiwick.serving.call_requests import bounded_body, find_function
from bailiwick.serving.source import Loader

CACHE_SECONDS: Final = 5.0
"""Seconds for which results of the checks are cached."""

CHECK_SECONDS: Final = 4.0
"""Time limit of a check; checks run in parallel."""

MAX_CHECKS: Final = 20
"""Maximum number of checks of a contract."""

log = logging.getLogger("bailiwick.operations")


class OperationsEndpoints:
    """Runs checks and verbs.

    Args:
        loader: Source of the functions.
        executor: Runs verbs, within the limits of calls; checks use none of its slots.
    """

    def __init__(self, loader: Loader, executor: Executor) -> None:
        self._loader = loader
        self._executor = executor
        seconds = min(CHECK_SECONDS, executor.limits.seconds)
        limits = replace(executor.limits, seconds=seconds, concurrency=MAX_CHECKS)
        self._checker = Executor(limits)
        self._lock = asyncio.Lock()
        self._cached: tuple[float, list[dict[str, Any]]] | None = None

    async def show_checks(self, _: Request) -> Response:
        """Handle ``GET /checks``: ``{"checks": [{"name", "state", "message"}]}``.

        ``state`` is ``passed``, ``failed`` (with the problem) or ``unknown`` (with the reason).
        """
        async with self._lock:
            if self._cached is None or time.monotonic() - self._cached[0] > CACHE_SECONDS:
                checks = of_role(self._loader.functions, "check").values()
                results = await asyncio.gather(*(self._run_check(check) for check in checks))
                self._cached = (time.monotonic(), list(results))
            return JSONResponse({"checks": self._cached[1]})

    async def act(self, request: Request) -> Response:
        """Handle ``POST /verb/<name>``: parameters as a JSON object, response ``{"message": "…"}``.

        Raises:
            UnknownFunction: The verb does not exist.
            CallFailed: The verb failed; the subclass names the cause.
        """
        verbs = of_role(self._loader.functions, "verb")
        verb = find_function(verbs, request.path_params["verb"])
        answer = await self._executor.run(verb, await bounded_body(request))
        self._cached = None
        message = json.loads(answer.body)["value"]
        log.info("%s: %s", verb.name, message)
        return JSONResponse({"message": message})

    async def _run_check(self, check: Function) -> dict[str, Any]:
        try:
            answer = await self._checker.run(check, b"")
        except InvalidData as error:
            return _check_result(check, "failed", error.message)
        except TooSlow:
            return _check_result(check, "unknown", f"Timed out after {CHECK_SECONDS:g} seconds.")
        except FunctionFailed:
            return _check_result(check, "unknown", "The check raised an error; see the log.")
        except CallFailed as error:
            return _check_result(check, "unknown", error.message)
        message = json.loads(answer.body)["value"]
        return _check_result(check, "failed" if message else "passed", message or "")


def _check_result(check: Function, state: str, message: str) -> dict[str, Any]:
    return {"name": check.name, "state": state, "message": message}
