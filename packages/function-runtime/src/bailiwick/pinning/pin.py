"""The outcome of an inference for people: a changed file, or why there is none."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, Final

from bailiwick.functions import Function
from bailiwick.pinning.errors import CannotPin
from bailiwick.pinning.result import InferredResult
from bailiwick.pinning.row_class import check_columns, write_row_class

MAX_FILE_BYTES: Final = 1024 * 1024
"""Largest file that people can edit in the portal."""


def pin_of(function: Function, code: Path) -> dict[str, Any] | None:
    """Return how to pin the columns of a function that was called.

    Args:
        function: A function of :func:`bailiwick.pinning.result.inferring`.
        code: Folder of the code.

    Returns:
        ``rows``, the number of rows from which the columns were inferred, with ``file`` and its
        new ``content``, or with a ``refusal``; None if it returned no rows.
    """
    result = function.result
    if not isinstance(result, InferredResult) or result.count is None:
        return None
    found = {"rows": result.count}
    try:
        rows = result.rows
        if rows is None or rows.problem or result.problem:
            raise CannotPin((rows and rows.problem) or result.problem)
        check_columns(rows.types)
        # the decorators of an app lead to the function itself
        written = inspect.unwrap(function.call).__code__
        file = _file_of(function.name, Path(written.co_filename), code)
        content = write_row_class(
            _text_of(file),
            (function.name, written.co_firstlineno),
            rows.types,
            is_dataclass=not rows.are_dictionaries,
        )
        if len(content.encode()) > MAX_FILE_BYTES:
            raise CannotPin(f"{file.name} is too large for the editor. Move data to another file.")
        return {**found, "file": str(file.relative_to(code.resolve())), "content": content}
    except CannotPin as error:
        return {**found, "refusal": str(error)}


def _file_of(function: str, file: Path, code: Path) -> Path:
    if not file.resolve().is_relative_to(code.resolve()):
        raise CannotPin(f"{function} is defined outside the code of the app. Define it there.")
    return file.resolve()


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise CannotPin(f"{file.name} is not UTF-8. Save it as UTF-8.") from error
