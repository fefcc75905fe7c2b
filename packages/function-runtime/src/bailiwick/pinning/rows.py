"""Reads rows of which no columns are declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import TypedDict

from bailiwick.errors import NotATable, TooManyRows
from bailiwick.instances import Instances, is_row, present
from bailiwick.pinning.inference import ColumnType, infer
from bailiwick.records import columns_of_table, is_columnar, is_frame

MAX_COLUMNS: Final = 200
MAX_NAME: Final = 100
"""Largest number of columns, and of characters of their names, that a contract can have."""

_DTYPES: Final[Mapping[str, Any]] = {
    "b": bool,
    "i": int,
    "u": int,
    "f": float,
    "M": dt.datetime,
    "m": dt.timedelta,
}
"""Types of columns of pandas, by the kind of their data type."""


@dataclass(frozen=True)
class Rows:
    """Rows with the columns that they have.

    Attributes:
        table: The rows as :class:`bailiwick.results.TableResult` reads them.
        count: Number of rows.
        types: Type of each column, by name.
        problem: Reason why a row class cannot describe the rows, as a sentence.
        are_dictionaries: Whether the function returned dictionaries.
    """

    table: object
    count: int
    types: Mapping[str, ColumnType]
    problem: str | None = None
    are_dictionaries: bool = False


def read_rows(returned: object, max_rows: int) -> Rows:
    """Read a table, and infer the types of its columns.

    Args:
        returned: A DataFrame, a table of polars or pyarrow, or dictionaries.
        max_rows: Maximum number of rows.

    Raises:
        NotATable: The value is not a table, or its columns have no distinct names of text.
        TooManyRows: The table has more than ``max_rows`` rows.
    """
    if is_frame(returned):
        in_index = [name for name in returned.index.names if isinstance(name, str)]
        columns = list(returned.columns)
        names = [*(name for name in in_index if name not in columns), *columns]
        return _from_table(returned, names, max_rows)
    if is_columnar(returned):
        names = list(getattr(returned, "column_names", returned.columns))
        return _from_table(returned, names, max_rows)
    return _from_dictionaries(_dictionaries(returned), max_rows)


def row_type(hints: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return a row type with columns of any names."""
    own_typed_dict: Any = TypedDict
    return own_typed_dict("Row", dict(hints))


def _from_table(table: Any, names: Sequence[object], max_rows: int) -> Rows:  # noqa: ANN401
    columns = _checked_names(names)
    instances = Instances(row_type(dict.fromkeys(columns, Any)), columns)
    values = columns_of_table(table, columns, max_rows, instances, {})
    types = {
        name: infer(of, None if any(one is not None for one in of) else _declared(table, name))
        for name, of in zip(columns, values, strict=True)
        if isinstance(of, list)
    }
    return Rows(table, len(table), types)


def _checked_names(names: Sequence[object]) -> list[str]:
    columns = [name for name in names if isinstance(name, str)]
    if len(columns) < len(names):
        wrong = next(name for name in names if not isinstance(name, str))
        raise NotATable(f"returned the column {wrong!r}, whose name is not text; rename it")
    if repeated := [name for name in columns if columns.count(name) > 1]:
        raise NotATable(f"returned several columns with the name {repeated[0]!r}; rename them")
    if not 0 < len(columns) <= MAX_COLUMNS:
        raise NotATable(f"returned {len(columns)} columns; return 1 to {MAX_COLUMNS}")
    if longest := [name for name in columns if len(name) > MAX_NAME]:
        raise NotATable(
            f"returned the column {longest[0]!r}, whose name is too long; use at most "
            f"{MAX_NAME} characters"
        )
    return columns


def _declared(table: Any, name: str) -> Any:  # noqa: ANN401
    """Return the type that a table declares for a column; None if there is no such type."""
    if is_frame(table):
        return _DTYPES.get(table[name].dtype.kind) if name in table.columns else None
    # imported here: only apps with such tables need it
    from bailiwick.plain_columns import core_of  # noqa: PLC0415

    return core_of(table[name])


def _dictionaries(returned: object) -> list[Mapping[str, Any]]:
    if not isinstance(returned, Iterable) or isinstance(returned, str | bytes) or is_row(returned):
        kind = type(returned).__name__
        raise NotATable(f"returned {kind} instead of a table; declare its type, such as '-> float'")
    rows: list[Mapping[str, Any]] = []
    for row in returned:
        if not isinstance(row, Mapping):
            kind = type(row).__name__
            words = f"declare '-> Table[{kind}]'" if is_row(row) else "return dictionaries"
            raise NotATable(f"returned {kind} as row {len(rows)}; {words}")
        rows.append(row)
    return rows


def _from_dictionaries(rows: list[Mapping[str, Any]], max_rows: int) -> Rows:
    if len(rows) > max_rows:
        raise TooManyRows(f"{len(rows)} rows; the limit is {max_rows}")
    if not rows:
        problem = "The result has no rows. Try parameters for which there are rows."
        return Rows([], 0, {}, problem, are_dictionaries=True)
    columns = _checked_names(list(dict.fromkeys(name for row in rows for name in row)))
    complete = [{name: present(row.get(name)) for name in columns} for row in rows]
    types = {name: infer(row[name] for row in complete) for name in columns}
    return Rows(complete, len(rows), types, _gap(rows, columns), are_dictionaries=True)


def _gap(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str | None:
    """Return which row lacks a column, if any."""
    expected = set(columns)
    for number, row in enumerate(rows):
        if missing := sorted(expected - row.keys()):
            return (
                f"Row {number} has no column {missing[0]!r}. Return each column in each row, "
                "with None for a missing value."
            )
    return None
