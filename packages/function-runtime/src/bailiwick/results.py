"""Results of a function: from its return type to the contract and to checked JSON."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from typing_extensions import TypedDict, is_typeddict

from bailiwick.annotations import Table
from bailiwick.columns import ColumnContract, columns_of
from bailiwick.errors import ContractBroken, TooManyRows
from bailiwick.rows import records_of
from bailiwick.schema import ContractSchema, Schema

_CONFIG = ConfigDict(allow_inf_nan=False, ser_json_inf_nan="null")


@dataclass(frozen=True)
class Answer:
    """A checked result, ready to send.

    Attributes:
        json: ``{"rows": […], "count": N}`` or ``{"value": …}`` in UTF-8.
        rows: Number of rows; 1 for a value.
    """

    json: bytes
    rows: int


class Result(Protocol):
    """What a function returns."""

    def document(self) -> dict[str, Any]:
        """Return the result as it stands in ``GET /contract``."""

    def answer(self, function: str, returned: object, max_rows: int) -> Answer:
        """Check what a function returned against what it declared.

        Raises:
            ContractBroken: It differs.
            TooManyRows: It is a table of more than ``max_rows`` rows.
        """


class TableResult:
    """Rows of one shape."""

    def __init__(self, row: type) -> None:
        """Derive the columns from a TypedDict.

        Raises:
            TypeError: A column cannot be described.
        """
        self.columns: tuple[ColumnContract, ...] = columns_of(row)
        # the runtime's own TypedDict: pydantic refuses typing.TypedDict before Python 3.12
        fields = {column.name: column.hint for column in self.columns}
        own_typed_dict: Any = TypedDict
        own_row: Any = own_typed_dict(row.__name__, fields)
        own_row.__pydantic_config__ = _CONFIG
        rows: Any = list.__class_getitem__(own_row)
        self._rows: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(rows)

    def document(self) -> dict[str, Any]:
        """Return ``kind``, ``key`` and ``columns``."""
        return {
            "kind": "table",
            "key": [column.name for column in self.columns if column.key],
            "columns": [column.document() for column in self.columns],
        }

    def answer(self, function: str, returned: object, max_rows: int) -> Answer:
        """Check columns, number of rows and each value; see :class:`Result`."""
        names = [column.name for column in self.columns]
        try:
            records = records_of(returned, names, max_rows)
        except TooManyRows as error:
            raise TooManyRows(f"{function} returned {error}", limit=max_rows) from None
        except TypeError as error:
            raise ContractBroken(f"{function} {error}", columns=names) from None
        try:
            rows = self._rows.validate_python(records)
        except ValidationError as error:
            raise ContractBroken(f"{function} {_first_bad_cell(error)}") from None
        return Answer(
            b'{"rows":' + self._rows.dump_json(rows) + b',"count":%d}' % len(rows), len(rows)
        )


class ValueResult:
    """One JSON value."""

    def __init__(self, hint: Any) -> None:  # noqa: ANN401
        """Derive the schema from a type.

        Raises:
            TypeError: JSON cannot carry it.
        """
        try:
            self._value: TypeAdapter[Any] = TypeAdapter(hint)
            self.schema: Schema = self._value.json_schema(
                mode="serialization", schema_generator=ContractSchema
            )
        except (PydanticUserError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise TypeError(f"the result {_name(hint)} has no JSON form: {reason}") from error

    def document(self) -> dict[str, Any]:
        """Return ``kind`` and ``schema``."""
        return {"kind": "value", "schema": self.schema}

    def answer(self, function: str, returned: object, max_rows: int) -> Answer:  # noqa: ARG002
        """Check the value; see :class:`Result`."""
        try:
            value = self._value.validate_python(returned)
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise ContractBroken(
                f"{function} returned another type than declared: {reason}"
            ) from None
        return Answer(b'{"value":' + self._value.dump_json(value) + b"}", 1)


def result_of(function: Callable[..., object]) -> Result:
    """Derive the result from a function's return type.

    Raises:
        TypeError: There is none, or it cannot be described; the message says what to write.
    """
    hint = get_type_hints(function, include_extras=True).get("return", inspect.Signature.empty)
    if hint in (inspect.Signature.empty, Any, object, type(None)):
        raise TypeError("it does not say what it returns; add '-> Table[Row]' or '-> float'")
    if hint is Table or (isinstance(hint, type) and hint.__name__ == "DataFrame"):
        raise TypeError("it does not name its columns; write a TypedDict Row and '-> Table[Row]'")
    arguments = get_args(hint)
    if get_origin(hint) is Table and not is_typeddict(arguments[0]):
        raise TypeError(
            f"the row type {_name(arguments[0])} must be a TypedDict with one key a column"
        )
    if get_origin(hint) in (Table, list) and is_typeddict(arguments[0]):
        return TableResult(arguments[0])
    return ValueResult(hint)


def _first_bad_cell(error: ValidationError) -> str:
    first = error.errors()[0]
    row, column = first["loc"][0], first["loc"][1] if len(first["loc"]) > 1 else "?"
    if first["input"] is None:
        return f"left column {column!r} empty in row {row}; declare it '… | None' or fill it"
    return f"put {first['input']!r} into column {column!r} of row {row}: {first['msg']}"


def _name(hint: Any) -> str:  # noqa: ANN401
    return getattr(hint, "__name__", None) or str(hint)
