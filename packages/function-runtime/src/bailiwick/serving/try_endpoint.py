"""Handles ``POST /try``, code that is not deployed, and ``GET /types``, types for its editor."""

from __future__ import annotations

import asyncio
import json
import platform
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bailiwick.errors import BundleRefused, InvalidParameter
from bailiwick.loading import MODULE
from bailiwick.serving.call_requests import bounded_body
from bailiwick.serving.failures import with_call_id
from bailiwick.tries.host import TryHost
from bailiwick.type_files import type_files

MAX_BODY_BYTES: Final = 16 * 1024 * 1024
MAX_ROWS: Final = 10_000


class TryBody(BaseModel):
    """Body of a request.

    Attributes:
        archive: A ``.tar.gz`` file with ``functions.py``, in base64.
        changes: New content of files by path; null deletes a file.
        function: Function to call; without it, only the contract is read.
        parameters: Its parameters, by name.
        rows: Number of rows to return.
        tests: Whether to run the tests of the code.
    """

    model_config = ConfigDict(extra="forbid")

    archive: Base64Bytes
    changes: dict[str, str | None] = {}
    function: str | None = None
    parameters: dict[str, Any] = {}
    rows: int = Field(default=1000, ge=1, le=MAX_ROWS)
    tests: bool = False


def try_endpoint(tries: TryHost) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint.

    It responds with the result of :mod:`bailiwick.tries.program`, also if the code fails; other
    statuses are refusals.
    """

    async def attempt(request: Request) -> Response:
        text = await bounded_body(request, limit=MAX_BODY_BYTES, what="the files")
        try:
            body = TryBody.model_validate_json(text)
        except ValidationError as error:
            raise InvalidParameter(str(error)) from error
        call = body.model_dump(exclude={"archive", "changes"})
        try:
            result = await tries.attempt(
                body.archive, body.changes, is_abandoned=request.is_disconnected, **call
            )
            # ASCII: the code may raise text with lone surrogates
            return Response(json.dumps(result), media_type="application/json")
        except BundleRefused as error:
            raise InvalidParameter(str(error)) from error

    return with_call_id(attempt)


async def show_types(_: Request) -> Response:
    """Respond with the version of Python, such as ``3.11``, and the types of the libraries."""
    python = ".".join(platform.python_version_tuple()[:2])
    return JSONResponse({"python": python, "files": await asyncio.to_thread(type_files)})


def libraries_of_app() -> list[str]:
    """Return the names of the modules outside the app that its code uses, and pandas."""
    names = {"pandas"}
    folder = None
    for name, module in list(sys.modules.items()):
        if name == MODULE or name.startswith(f"{MODULE}."):
            names.update(_origin(value) for value in list(vars(module).values()))
        if name == MODULE and module.__file__:
            file = Path(module.__file__)
            folder = file.parents[1] if file.name == "__init__.py" else file.parent
    return sorted(name for name in names if _is_outside(folder, name))


def _origin(value: object) -> str:
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return name if isinstance(name, str) else ""


def _is_outside(folder: Path | None, name: str) -> bool:
    file = getattr(sys.modules.get(name), "__file__", None)
    is_own = file and folder and Path(file).is_relative_to(folder)
    return name not in ("", "builtins") and not is_own
