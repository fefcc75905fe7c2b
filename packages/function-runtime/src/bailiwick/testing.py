"""Offline tests of an author's functions: the same validation and checks, no server.

Example:
    >>> from bailiwick.testing import call
    >>> def test_one_row_for_each_month():
    ...     assert len(call("prices", symbols=["AAPL"], start="2009-01", end="2009-12")) == 12
"""

from __future__ import annotations

import asyncio
import functools
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bailiwick.errors import UnknownFunction
from bailiwick.execution import FIRST_ROWS, Executor
from bailiwick.functions import Function
from bailiwick.limits import Limits
from bailiwick.loading import load


def call(name: str, /, **parameters: Any) -> Any:  # noqa: ANN401
    """Call a function like a consumer, and return the result.

    The app is the nearest folder with ``functions.py`` (or ``functions/``) above the calling file
    or, failing that, above the working folder.

    Args:
        name: Name of the function.
        **parameters: Its parameters, as JSON values.

    Returns:
        A list of rows (dictionaries) for a table or a stream, of which there are at most 100, else
        the value; dates are ISO text.

    Raises:
        LoadFailed: The app's code cannot be served.
        CallFailed: The call failed; the subclass and the message name the cause.
    """
    function = _function(name, sys._getframe(1).f_code.co_filename)
    answer = asyncio.run(_executor().run(function, json.dumps(parameters).encode()))
    document = json.loads(answer.body)
    return document["rows"] if "rows" in document else document["value"]


def first_rows(
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = FIRST_ROWS,
    resumed_after: int = 0,
) -> list[dict[str, Any]]:
    """Return the first rows of a stream, without the rate limit, within at most 5 seconds.

    Args:
        name: Name of the function.
        parameters: Its parameters, as JSON values.
        limit: Maximum number of rows.
        resumed_after: Number of rows that the consumer already received, to simulate a reconnect.

    Raises:
        LoadFailed: The app's code cannot be served.
        CallFailed: The stream failed; the subclass and the message name the cause.
    """
    function = _function(name, sys._getframe(1).f_code.co_filename)
    body = json.dumps(dict(parameters or {})).encode()
    answer = asyncio.run(_executor().first_rows(function, body, limit, resumed_after))
    rows: list[dict[str, Any]] = json.loads(answer.body)["rows"]
    return rows


def _executor() -> Executor:
    return Executor(Limits.from_environment())


def _function(name: str, caller: str) -> Function:
    functions = _app(_folder(Path(caller)))
    if name not in functions:
        raise UnknownFunction(f"unknown function {name!r}; available: {', '.join(functions)}")
    return functions[name]


def _folder(caller: Path) -> Path:
    for folder in (*caller.resolve().parents, Path.cwd(), *Path.cwd().parents):
        if (folder / "functions.py").is_file() or (folder / "functions").is_dir():
            return folder
    return Path.cwd()


@functools.cache
def _app(folder: Path) -> dict[str, Function]:
    return load(folder)
