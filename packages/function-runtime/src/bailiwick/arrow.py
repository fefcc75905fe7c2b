"""Tables as Arrow IPC streams (Apache Arrow columnar format 1.5, "IPC Streaming Format")."""

from __future__ import annotations

import datetime as dt
import decimal
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from arro3.core import Array, ChunkedArray, DataType, Field, RecordBatch, Schema, Table
from arro3.io import write_ipc_stream
from pydantic import TypeAdapter

from bailiwick.columns import ColumnContract

BATCH_ROWS: Final = 65_536
"""Rows of one record batch."""

DECIMALS: Final = 12
"""Decimals of a ``Decimal`` column, which is ``decimal128(38, 12)``, as in OData."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_DAY: Final = _EPOCH.toordinal()
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_DIGITS: Final = 38
_LAST_DIGIT: Final = decimal.Decimal(1).scaleb(-DECIMALS)
_EXACT: Final = decimal.Context(
    prec=_DIGITS, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow]
)

Values = Sequence[Any]


class NotInArrow(ValueError):
    """A valid value that a column of Arrow cannot hold.

    Attributes:
        row: Number of the row, from 0.
        column: Name of the column.
    """

    def __init__(self, row: int, column: str, value: object, reason: str) -> None:
        super().__init__(f"{value!r} in column {column!r} of row {row}: {reason}")
        self.row, self.column = row, column


@dataclass(frozen=True)
class _Encoding:
    """How the values of a Python type become an Arrow array.

    Attributes:
        type: The Arrow type.
        built: The type that arro3 builds from Python values, from which ``type`` is cast.
        convert: Returns a value of type ``built``; ``None`` if the values have it.
        limit: Why a value can be out of range.
    """

    type: DataType
    built: DataType
    convert: Callable[[Any], Any] | None = None
    limit: str = ""


def arrow_table(
    columns: Sequence[ColumnContract], values: Sequence[Values | ChunkedArray]
) -> Table:
    """Return checked columns as an Arrow table, with record batches of ``BATCH_ROWS`` rows.

    Args:
        columns: The columns of the contract.
        values: The values of each column, of the declared types, ``None`` for null; or a column
            in its Arrow type, see :func:`plain_column`.

    Raises:
        NotInArrow: A number is too large or has too many decimals, or a time has an offset.
    """
    encodings = [_encoding_of(column) for column in columns]
    schema = _schema(columns, encodings)
    batches = []
    for first in range(0, len(values[0]), BATCH_ROWS):
        arrays = [_batch(*one, first) for one in zip(columns, encodings, values, strict=True)]
        batches.append(RecordBatch.from_arrays(arrays, schema=schema))
    return Table.from_batches(batches, schema=schema)


def encoded(table: Table) -> bytes:
    """Return a table as an Arrow IPC stream."""
    output = io.BytesIO()
    write_ipc_stream(table, output, compression=None)
    return output.getvalue()


def comparable(values: Values | ChunkedArray) -> Values:
    """Return values that are equal if and only if those of the column are."""
    if not isinstance(values, ChunkedArray):
        return values
    if DataType.is_temporal(values.type):
        days = DataType.is_date32(values.type)
        values = values.cast(DataType.int32() if days else DataType.int64())
    # the type hints of arro3 say ndarray
    objects: list[Any] = values.to_pylist()  # type: ignore[assignment]
    return objects


def arrow_schema(columns: Sequence[ColumnContract]) -> Schema:
    """Return the Arrow schema of a table, which follows from the contract only."""
    return _schema(columns, [_encoding_of(column) for column in columns])


def arrow_type(core: object) -> DataType | None:
    """Return the Arrow type of a Python type; ``None`` if its values become texts."""
    return _ENCODINGS[core].type if core in _ENCODINGS else None


def text_form(column: ColumnContract) -> Literal["text", "json"] | None:
    """Return what the texts of a column are; ``None`` if Arrow has a type for its values.

    ``text`` is the string of the JSON form, ``json`` the JSON form itself.
    """
    if column.core in _ENCODINGS:
        return None
    return "text" if column.schema.get("type") == "string" else "json"


def _schema(columns: Sequence[ColumnContract], encodings: Sequence[_Encoding]) -> Schema:
    return Schema([_field(*pair) for pair in zip(columns, encodings, strict=True)])


def _field(column: ColumnContract, encoding: _Encoding) -> Field:
    said = {"description": column.description, "unit": column.unit, "type": column.type}
    return Field(
        column.name,
        encoding.type,
        nullable=column.nullable,
        metadata={name: text for name, text in said.items() if text},
    )


def _batch(
    column: ColumnContract, encoding: _Encoding, values: Values | ChunkedArray, first: int
) -> Array:
    if isinstance(values, ChunkedArray):
        rows = min(BATCH_ROWS, len(values) - first)
        return values.slice(first, rows).combine_chunks()
    part = values[first : first + BATCH_ROWS]
    # elsewhere, None is a valid value (of Any, for example)
    has_nulls = column.nullable and None in part
    try:
        return _array(encoding, part, has_nulls=has_nulls)
    except _MISFITS:
        raise _first_misfit(column, encoding, part, first) from None


def _array(encoding: _Encoding, values: Values, *, has_nulls: bool) -> Array:
    convert = encoding.convert
    if convert and has_nulls:
        values = [None if one is None else convert(one) for one in values]
    elif convert:
        values = [convert(one) for one in values]
    array = Array(values, encoding.built)
    return array if encoding.type is encoding.built else array.cast(encoding.type)


_MISFITS: Final = (OverflowError, decimal.DecimalException, ValueError)


def _first_misfit(
    column: ColumnContract, encoding: _Encoding, values: Values, first: int
) -> Exception:
    for row, value in enumerate(values, first):
        try:
            _array(encoding, [value], has_nulls=column.nullable and value is None)
        except _MISFITS:
            return NotInArrow(row, column.name, value, encoding.limit)
    raise AssertionError(f"each value of {column.name} fits, but not all of them")


def _encoding_of(column: ColumnContract) -> _Encoding:
    form = text_form(column)
    if form is None:
        return _ENCODINGS[column.core]
    adapter: TypeAdapter[Any] = TypeAdapter(column.hint)
    if form == "text":
        return _Encoding(_TEXT, _TEXT, lambda value: adapter.dump_python(value, mode="json"))
    return _Encoding(_TEXT, _TEXT, lambda value: adapter.dump_json(value).decode())


def _days(value: dt.date) -> int:
    return value.toordinal() - _EPOCH_DAY


def _microseconds(value: dt.timedelta) -> int:
    return value // _MICROSECOND


def _instant(value: dt.datetime) -> int:
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return (aware - _EPOCH) // _MICROSECOND


def _time_of_day(value: dt.time) -> int:
    if value.tzinfo:
        raise ValueError
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _decimal(value: decimal.Decimal) -> str:
    return f"{_EXACT.quantize(value, _LAST_DIGIT):f}"


_TEXT: Final = DataType.string()
_BOOLEAN: Final = DataType.bool()
_FLOAT: Final = DataType.float64()
_INTEGER: Final = DataType.int64()

_ENCODINGS: Final[dict[Any, _Encoding]] = {
    bool: _Encoding(_BOOLEAN, _BOOLEAN),
    int: _Encoding(
        _INTEGER,
        _INTEGER,
        limit="Arrow holds integers of at most 64 bits; read it as JSON, or declare a Decimal",
    ),
    float: _Encoding(_FLOAT, _FLOAT),
    str: _Encoding(_TEXT, _TEXT, limit="it is not valid Unicode"),
    decimal.Decimal: _Encoding(
        DataType.decimal128(_DIGITS, DECIMALS),
        _TEXT,
        _decimal,
        limit=f"it holds at most {_DIGITS - DECIMALS} digits before the point and {DECIMALS} "
        "after it; round it, or read it as JSON",
    ),
    dt.date: _Encoding(DataType.date32(), DataType.int32(), _days),
    dt.datetime: _Encoding(DataType.timestamp("us", tz="UTC"), _INTEGER, _instant),
    dt.time: _Encoding(
        DataType.time64("us"),
        _INTEGER,
        _time_of_day,
        limit="Arrow holds times without an offset from UTC; return a datetime, or read it as JSON",
    ),
    dt.timedelta: _Encoding(
        DataType.duration("us"),
        _INTEGER,
        _microseconds,
        limit="Arrow holds at most 292,000 years; read it as JSON",
    ),
}
