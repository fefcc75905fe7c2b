"""Results whose columns are inferred, of functions that declare none."""

from __future__ import annotations

import asyncio
import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin

from pydantic_core import PydanticSerializationError

from bailiwick.errors import ContractBroken, NotATable, TooManyRows
from bailiwick.execution import FIRST_SECONDS
from bailiwick.functions import Function
from bailiwick.pinning.rows import Rows, read_rows, row_type
from bailiwick.results import EncodedResult, Result, TableResult, ValueResult, encode_table
from bailiwick.return_types import ColumnsMissing, is_stream_hint, result_of, return_hint

Kind = Literal["table", "stream"]


class InferredResult:
    """Rows of a function, or its value if it returned no rows.

    Attributes:
        rows: The rows after a call; None without one, for a value, and with a problem.
        count: Number of the rows; None without a call, and for a value.
        problem: Reason why the declared type does not fit the rows, as a sentence.
    """

    def __init__(
        self, declared: Result | None, kind: Kind = "table", *, is_of_rows: bool = True
    ) -> None:
        """Prepare for a call.

        Args:
            declared: Result that the function declares; None if its columns are missing.
            kind: What the function returns.
            is_of_rows: Whether an empty list is one of rows.
        """
        self.rows: Rows | None = None
        self.count: int | None = None
        self.problem: str | None = None
        self._declared = declared
        self._kind = kind
        self._is_of_rows = is_of_rows
        self._table: TableResult | None = None

    def document(self) -> dict[str, Any]:
        """Return the declared result; after a call, the inferred columns."""
        if self._table:
            return {**self._table.document(), "kind": self._kind}
        if self._declared:
            return self._declared.document()
        return {"kind": self._kind, "key": [], "columns": []}

    def answer(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        """Check the result as declared, and infer its columns; see :class:`Result`."""
        table = list(returned) if isinstance(returned, Iterator) else returned
        if not self._declared:
            return self._answer_rows(function, table, max_rows)
        value = self._declared.answer(function, table, max_rows)
        if isinstance(table, list) and not table and not self._is_of_rows:
            return value
        try:
            return self._answer_rows(function, table, max_rows)
        except (ContractBroken, TooManyRows) as error:
            self.problem = f"{error.message}."
            if isinstance(table, list) and isinstance(table[0], Mapping):
                self.count = len(table)
            return value

    def read(self, json: bytes) -> Any:  # noqa: ANN401
        """Return the value of a response; see :class:`Result`."""
        return ValueResult(Any).read(json)

    def _answer_rows(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        try:
            rows = read_rows(returned, max_rows)
        except NotATable as error:
            raise ContractBroken(f"{function} {error}") from None
        except TooManyRows as error:
            raise TooManyRows(f"{function} returned {error}", limit=max_rows) from None
        self.rows, self.count = rows, rows.count
        if not rows.types:
            return encode_table(b"[]", 0)
        table = TableResult(row_type({name: one.hint for name, one in rows.types.items()}))
        try:
            answer = table.answer(function, rows.table, max_rows)
        except PydanticSerializationError as error:
            raise ContractBroken(
                f"{function} returned a value that has no JSON form: {error}"
            ) from None
        self._table = table
        return answer


def infer_missing(function: Callable[..., object], *, keys_repeat: bool = False) -> Result:
    """Derive the result from a function's return type; infer it later if its columns are missing.

    Raises:
        TypeError: As :func:`bailiwick.return_types.result_of`, for other reasons.
    """
    try:
        return result_of(function, keys_repeat=keys_repeat)
    except ColumnsMissing:
        return InferredResult(None, "stream" if _is_stream(function) else "table")


def inferring(function: Function, most: int) -> Function:
    """Return a function without declared columns so that a call infers them.

    Args:
        function: A function; one that declares columns is returned as it is.
        most: Maximum number of rows to read from a stream.
    """
    result = function.result
    if isinstance(result, InferredResult):
        collect = _collected(function.call, most) if _is_stream(function.call) else function.call
        return replace(function, call=collect)
    if isinstance(result, ValueResult):
        of_rows = any(
            (get_origin(one) or one) in (dict, Mapping)
            for one in get_args(return_hint(function.call))
        )
        return replace(function, result=InferredResult(result, is_of_rows=of_rows))
    return function


def _is_stream(function: Callable[..., object]) -> bool:
    hint = return_hint(function)
    if hint is inspect.Signature.empty:
        return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)
    return is_stream_hint(hint) or inspect.isasyncgenfunction(function)


def _collected(function: Callable[..., Any], most: int) -> Callable[..., Any]:
    """Return a function that returns the first rows of a stream."""

    @functools.wraps(function)
    def collect(**arguments: Any) -> list[object]:  # noqa: ANN401
        end = time.monotonic() + FIRST_SECONDS
        rows: list[object] = []
        for item in function(**arguments):
            rows += _rows_of(item)
            if len(rows) >= most or time.monotonic() > end:
                break
        return rows[:most]

    @functools.wraps(function)
    async def collect_async(**arguments: Any) -> list[object]:  # noqa: ANN401
        rows: list[object] = []
        items: AsyncIterator[object] = function(**arguments)
        try:
            async with asyncio.timeout(FIRST_SECONDS):
                async for item in items:
                    rows += _rows_of(item)
                    if len(rows) >= most:
                        break
        except TimeoutError:
            pass
        return rows[:most]

    is_async = inspect.isasyncgenfunction(inspect.unwrap(function))
    return collect_async if is_async else collect


def _rows_of(item: object) -> list[object]:
    return item if isinstance(item, list) else [item]
