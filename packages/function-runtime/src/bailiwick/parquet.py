"""Tables as Parquet files, for the store (Apache Parquet format, "Logical Types").

A column has the type of its Arrow stream, with two exceptions that keep its JSON:

- Times without an offset from UTC are a ``TIMESTAMP`` that is not adjusted to UTC.
- A ``Decimal`` column has as many decimals as its values, for example ``DECIMAL(38, 2)``.

The files are those of the Rust implementation of Apache Arrow, read and written by arro3.
"""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from arro3.core import DataType, RecordBatch, Table
from arro3.io import read_parquet, write_parquet
from pydantic import TypeAdapter

from bailiwick.arrow import BATCH_ROWS, DECIMALS, arrow_schema, arrow_table, encoded, text_form
from bailiwick.columns import ColumnContract
from bailiwick.results import TableResult

_DIGITS: Final = 38
_READ_ROWS: Final = 8_192
"""Rows of one batch while a file becomes JSON; more take more memory and no less time."""


def encode_parquet(
    result: TableResult, rows: Sequence[Mapping[str, Any]], answer: bytes
) -> bytes | None:
    """Return a table as a Parquet file, with row groups of ``BATCH_ROWS`` rows.

    The file is decoded and compared with the answer, so that no reader gets another value.

    Args:
        result: The contract of the table.
        rows: The checked rows.
        answer: The rows as the JSON response of a call.

    Returns:
        The file; ``None`` if its JSON would differ, for example because a time has an offset.
    """
    values: list[Sequence[Any]] = [[row[name] for row in rows] for name in result.names]
    if _lacks_values(result.columns, values):
        return None
    try:
        table = arrow_table(result.columns, values)
        file = _written(_as_stored(table, result.columns, values))
        del values, table
        return file if _is_equal(_json_pieces(result, file), answer) else None
    except ValueError:
        return None


def json_of(result: TableResult, file: bytes) -> bytes:
    """Return the table in a file as the JSON response of a call."""
    return b"".join(_json_pieces(result, file))


def arrow_of(result: TableResult, file: bytes) -> bytes:
    """Return the table in a file as an Arrow IPC stream with the schema of a call."""
    table = read_parquet(file, batch_size=BATCH_ROWS).read_all()
    schema = arrow_schema(result.columns)
    for number in range(table.num_columns):
        if table.field(number).type != schema.field(number).type:
            table = _cast(table, number, schema.field(number).type)
    return encoded(table.with_schema(schema))


def rows_of(result: TableResult, file: bytes) -> list[dict[str, Any]]:
    """Return the rows in a file, with values of the declared types."""
    return [row for batch in _batches(file) for row in _rows_of(result, batch)]


def _lacks_values(columns: Sequence[ColumnContract], values: Sequence[Sequence[Any]]) -> bool:
    """Whether a column holds ``None`` although its contract has no null, such as ``Any``."""
    return any(
        not column.nullable and None in present
        for column, present in zip(columns, values, strict=True)
    )


def _as_stored(
    table: Table, columns: Sequence[ColumnContract], values: Sequence[Sequence[Any]]
) -> Table:
    """Return a table with the types that keep the JSON of its values."""
    for number, (column, present) in enumerate(zip(columns, values, strict=True)):
        if stored := _stored_type(column, (one for one in present if one is not None)):
            table = _cast(table, number, stored)
    return table


def _stored_type(column: ColumnContract, present: Iterable[Any]) -> DataType | None:
    """Return the type of a column in the file if it is not that of its Arrow stream."""
    if column.core is dt.datetime and {one.tzinfo for one in present} == {None}:
        return DataType.timestamp("us")
    if column.core is decimal.Decimal:
        exponents = {one.as_tuple().exponent for one in present}
        if len(exponents) == 1 and -DECIMALS <= (exponent := exponents.pop()) <= 0:
            return DataType.decimal128(_DIGITS, -exponent)
    return None


def _cast(table: Table, number: int, data_type: DataType) -> Table:
    field = table.field(number).with_type(data_type)
    return table.set_column(number, field, table.column(number).cast(data_type))


def _written(table: Table) -> bytes:
    output = io.BytesIO()
    write_parquet(table, output, compression="zstd(3)", max_row_group_size=BATCH_ROWS)
    return output.getvalue()


def _json_pieces(result: TableResult, file: bytes) -> Iterator[bytes]:
    """Yield the JSON response of a table; only the rows of one piece are Python objects."""
    count = 0
    yield b'{"rows":['
    for batch in _batches(file):
        yield (b"," if count else b"") + result.json(_rows_of(result, batch))[1:-1]
        count += batch.num_rows
    yield b'],"count":%d}' % count


def _is_equal(pieces: Iterable[bytes], whole: bytes) -> bool:
    end = 0
    for piece in pieces:
        if not whole.startswith(piece, end):
            return False
        end += len(piece)
    return end == len(whole)


def _batches(file: bytes) -> Iterator[RecordBatch]:
    yield from read_parquet(file, batch_size=_READ_ROWS)


def _rows_of(result: TableResult, batch: RecordBatch) -> list[dict[str, Any]]:
    values = [
        _values_of(column, adapter, list(batch.column(number).to_pylist()))
        for number, (column, adapter) in enumerate(
            zip(result.columns, result.adapters, strict=True)
        )
    ]
    return [dict(zip(result.names, row, strict=True)) for row in zip(*values, strict=True)]


def _values_of(
    column: ColumnContract, adapter: TypeAdapter[list[Any]], stored: list[Any]
) -> Sequence[Any]:
    """Return the values of a column in Python, of the declared type."""
    form = text_form(column)
    if form is None:
        return stored
    if form == "text":
        return adapter.validate_json(json.dumps(stored))
    return adapter.validate_json(f"[{','.join('null' if one is None else one for one in stored)}]")
