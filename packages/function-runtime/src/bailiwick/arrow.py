"""Tables as Arrow IPC streams (Apache Arrow columnar format 1.5, "IPC Streaming Format")."""

from __future__ import annotations

import datetime as dt
import decimal
import io
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, Literal

# The checks of apps read this file, too, without the settings of this project.
import nanoarrow as na  # type: ignore[import-untyped]
from nanoarrow import ipc
from nanoarrow.c_array_stream import CArrayStream  # type: ignore[import-untyped]
from pydantic import TypeAdapter

from bailiwick.columns import ColumnContract

BATCH_ROWS: Final = 65_536
"""Rows of one record batch."""

DECIMALS: Final = 12
"""Decimals of a ``Decimal`` column, which is ``decimal128(38, 12)``, as in OData."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_DIGITS_OF_FLAGS: Final = bytes.maketrans(b"\0\1", b"01")
_EPOCH_DAY: Final = _EPOCH.toordinal()
_DIGITS: Final = 38
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
        schema: The Arrow type.
        buffers: Returns the buffers after the validity bitmap.
        blank: Value in the place of a null.
        limit: Why a value can be out of range.
    """

    schema: Any
    buffers: Callable[[Values], list[Any]]
    blank: Any = 0
    limit: str = ""


def encode_arrow(columns: Sequence[ColumnContract], values: Sequence[Values]) -> bytes:
    """Return checked columns as an Arrow IPC stream, with record batches of ``BATCH_ROWS`` rows.

    Args:
        columns: The columns of the contract.
        values: The values of each column, of the declared types, ``None`` for null; or an array
            of :func:`plain_array`.

    Raises:
        NotInArrow: A number is too large or has too many decimals, or a time has an offset.
    """
    encodings = [_encoding_of(column) for column in columns]
    schema = _schema(columns, encodings)
    output = io.BytesIO()
    with ipc.StreamWriter.from_writable(output) as writer:
        writer.write_stream(CArrayStream.from_c_arrays([], schema, validate=False))
        for first in range(0, len(values[0]), BATCH_ROWS):
            parts = [all_of_them[first : first + BATCH_ROWS] for all_of_them in values]
            children = [_array(*one, first) for one in zip(columns, encodings, parts, strict=True)]
            writer.write_array(
                na.c_array_from_buffers(
                    schema, len(parts[0]), [None], null_count=0, children=children
                )
            )
    return output.getvalue()


def arrow_schema(columns: Sequence[ColumnContract]) -> Any:  # noqa: ANN401
    """Return the Arrow schema of a table, which follows from the contract only."""
    return _schema(columns, [_encoding_of(column) for column in columns])


def text_form(column: ColumnContract) -> Literal["text", "json"] | None:
    """Return what the texts of a column are; ``None`` if Arrow has a type for its values.

    ``text`` is the string of the JSON form, ``json`` the JSON form itself.
    """
    if column.core in _ENCODINGS:
        return None
    return "text" if column.schema.get("type") == "string" else "json"


def _schema(columns: Sequence[ColumnContract], encodings: Sequence[_Encoding]) -> Any:  # noqa: ANN401
    fields = [_field(*pair) for pair in zip(columns, encodings, strict=True)]
    return na.c_schema(na.struct(fields, nullable=False))


def _field(column: ColumnContract, encoding: _Encoding) -> Any:  # noqa: ANN401
    said = {"description": column.description, "unit": column.unit, "type": column.type}
    return na.c_schema(encoding.schema).modify(
        name=column.name,
        nullable=column.nullable,
        metadata={name: text for name, text in said.items() if text},
    )


def _array(column: ColumnContract, encoding: _Encoding, values: Values, first: int) -> Any:  # noqa: ANN401
    if hasattr(values, "dtype"):
        buffer = _bits(values) if column.core is bool else values
        return na.c_array_from_buffers(encoding.schema, len(values), [None, buffer], null_count=0)
    nulls = values.count(None)
    validity = _bits([value is not None for value in values]) if nulls else None
    present = [encoding.blank if one is None else one for one in values] if nulls else values
    try:
        buffers = encoding.buffers(present)
    except (OverflowError, decimal.DecimalException, ValueError):
        raise _first_misfit(column, encoding, present, first) from None
    return na.c_array_from_buffers(
        encoding.schema, len(values), [validity, *buffers], null_count=nulls
    )


def _first_misfit(
    column: ColumnContract, encoding: _Encoding, values: Values, first: int
) -> Exception:
    for row, value in enumerate(values, first):
        try:
            encoding.buffers([value])
        except (OverflowError, decimal.DecimalException, ValueError):
            return NotInArrow(row, column.name, value, encoding.limit)
    raise AssertionError(f"each value of {column.name} fits, but not all of them")


def _encoding_of(column: ColumnContract) -> _Encoding:
    form = text_form(column)
    if form is None:
        return _ENCODINGS[column.core]
    adapter: TypeAdapter[Any] = TypeAdapter(column.hint)
    if form == "text":
        return _Encoding(
            na.string(),
            lambda values: _texts(
                ["" if one is None else adapter.dump_python(one, mode="json") for one in values]
            ),
            blank=None,
        )
    return _Encoding(
        na.string(),
        lambda values: _texts([adapter.dump_json(one).decode() for one in values]),
        blank=None,
    )


def _texts(values: Sequence[str]) -> list[Any]:
    joined = "".join(values)
    if joined.isascii():
        return [array("i", [0, *accumulate(map(len, values))]), joined.encode()]
    encoded = [value.encode() for value in values]
    return [array("i", [0, *accumulate(map(len, encoded))]), b"".join(encoded)]


def _bits(flags: Sequence[bool]) -> bytes:
    """Pack booleans, the first into the lowest bit of the first byte."""
    digits = bytes(flags).translate(_DIGITS_OF_FLAGS)
    return int(digits[::-1] or b"0", 2).to_bytes((len(digits) + 7) // 8, "little")


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


def _decimal(value: decimal.Decimal) -> bytes:
    scaled = _EXACT.scaleb(value, DECIMALS)
    return int(_EXACT.quantize(scaled, decimal.Decimal(1))).to_bytes(16, "little", signed=True)


def _numbers(code: str, convert: Callable[[Any], Any] | None = None) -> Callable[[Values], Any]:
    return lambda values: [array(code, map(convert, values) if convert else values)]


_ENCODINGS: Final[dict[Any, _Encoding]] = {
    bool: _Encoding(na.bool_(), lambda values: [_bits(values)], blank=False),
    int: _Encoding(
        na.int64(),
        _numbers("q"),
        limit="Arrow holds integers of at most 64 bits; read it as JSON, or declare a Decimal",
    ),
    float: _Encoding(na.float64(), _numbers("d"), blank=0.0),
    str: _Encoding(na.string(), _texts, blank="", limit="it is not valid Unicode"),
    decimal.Decimal: _Encoding(
        na.decimal128(_DIGITS, DECIMALS),
        lambda values: [b"".join(map(_decimal, values))],
        blank=decimal.Decimal(0),
        limit=f"it holds at most {_DIGITS - DECIMALS} digits before the point and {DECIMALS} "
        "after it; round it, or read it as JSON",
    ),
    dt.date: _Encoding(na.date32(), _numbers("i", _days), blank=_EPOCH.date()),
    dt.datetime: _Encoding(na.timestamp("us", "UTC"), _numbers("q", _instant), blank=_EPOCH),
    dt.time: _Encoding(
        na.time64("us"),
        _numbers("q", _time_of_day),
        blank=dt.time(),
        limit="Arrow holds times without an offset from UTC; return a datetime, or read it as JSON",
    ),
    dt.timedelta: _Encoding(na.duration("us"), _numbers("q", _microseconds), blank=dt.timedelta()),
}
