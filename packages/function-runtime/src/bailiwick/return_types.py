"""Return types of functions: from the annotation to the result."""

from __future__ import annotations

import inspect
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
    Mapping,
)
from typing import Any, Final, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from bailiwick.annotations import Table
from bailiwick.columns import is_row_type
from bailiwick.results import Result, StreamResult, TableResult, ValueResult
from bailiwick.type_words import written

_STREAMS: Final[Mapping[Any, bool]] = {
    Iterator: False,
    Generator: False,
    AsyncIterator: True,
    AsyncGenerator: True,
}
"""The return types that make a stream, and whether they are asynchronous."""

_ROW_CLASS: Final = "write a row class, such as a TypedDict or a dataclass"
"""Remedy for a result without named columns."""


class ColumnsMissing(TypeError):
    """A return type that may be that of rows, but names no columns."""


def return_hint(function: Callable[..., object]) -> Any:  # noqa: ANN401
    """Return the return type of a function; ``inspect.Signature.empty`` if it is missing."""
    return get_type_hints(function, include_extras=True).get("return", inspect.Signature.empty)


def is_stream_hint(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a return type makes a stream."""
    return (get_origin(hint) or hint) in _STREAMS


def result_of(function: Callable[..., object], *, keys_repeat: bool = False) -> Result:
    """Derive the result from a function's return type.

    Raises:
        ColumnsMissing: The type is missing, or does not name the columns of its rows.
        TypeError: The type has no contract; the message contains the remedy.
    """
    hint = return_hint(function)
    if hint in (inspect.Signature.empty, Any, object, type(None)):
        raise ColumnsMissing("it has no return type; add '-> Table[Row]' or '-> float'")
    if hint is Table or _is_table_class(hint):
        raise ColumnsMissing(f"it does not name its columns; {_ROW_CLASS}, and '-> Table[Row]'")
    arguments = get_args(hint)
    if (is_async := _STREAMS.get(get_origin(hint) or hint)) is not None:
        _require_generator(function, is_async=is_async)
        return StreamResult(_row_of(arguments[0] if arguments else Any), is_async=is_async)
    if get_origin(hint) is Table and not is_row_type(arguments[0]):
        raise ColumnsMissing(
            f"the row type {written(arguments[0])} does not name its columns; {_ROW_CLASS}"
        )
    if get_origin(hint) in (Table, list) and is_row_type(arguments[0]):
        try:
            return TableResult(arguments[0], keys_repeat=keys_repeat)
        except TypeError:
            if get_origin(hint) is Table or is_typeddict(arguments[0]):
                raise
    return ValueResult(hint)  # also for a list of a class that cannot be a row


def _is_table_class(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a type is a table of pandas, polars or pyarrow."""
    return isinstance(hint, type) and (
        hint.__name__ == "DataFrame" or hasattr(hint, "__arrow_c_stream__")
    )


def _row_of(item: Any) -> type:  # noqa: ANN401
    """Return the row type of a stream of rows or lists of rows."""
    if get_origin(item) in (Table, list):
        item = get_args(item)[0]
    if not is_row_type(item):
        raise ColumnsMissing(
            f"a stream yields rows, not {written(item)}; "
            f"{_ROW_CLASS}, and '-> Iterator[Row]' or '-> Iterator[list[Row]]'"
        )
    row: type = item
    return row


def _require_generator(function: Callable[..., object], *, is_async: bool) -> None:
    if inspect.iscoroutinefunction(function):
        raise TypeError("it never yields; write 'yield row' for each row of the stream")
    if inspect.isasyncgenfunction(function) and not is_async:
        raise TypeError("it is an 'async def'; write '-> AsyncIterator[Row]'")
    if inspect.isgeneratorfunction(function) and is_async:
        raise TypeError("it is not an 'async def'; write '-> Iterator[Row]', or 'async def'")
