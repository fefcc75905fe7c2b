"""Converts a returned table into plain records or columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from bailiwick.columns import ColumnContract
from bailiwick.errors import NotATable, TooManyRows
from bailiwick.instances import Instances, is_row, present

if TYPE_CHECKING:
    import pandas as pd
    from arro3.core import ChunkedArray

_NEVER_NAN: Final = frozenset((str, int, bool, dt.date, dt.datetime, type(None)))


def records_of(
    returned: object, columns: Sequence[str], max_rows: int, instances: Instances
) -> list[dict[str, Any]]:
    """Return a table's rows with exactly the declared columns, missing values as ``None``.

    Args:
        returned: A pandas DataFrame, or an iterable of mappings and instances of the row type.
        columns: Names of the declared columns.
        max_rows: Maximum number of rows.
        instances: The row type.

    Raises:
        InvalidRow: A validator of the row type rejects a row.
        NotATable: The value is not a table, or a column is missing or not declared.
        TooManyRows: The table has more than ``max_rows`` rows.
    """
    if is_frame(returned):
        records = _from_frame(returned, columns, max_rows)
    elif is_columnar(returned):
        values: list[Any] = _from_columnar(returned, columns, max_rows, {})
        records = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    else:
        return _from_rows(_rows(returned), columns, max_rows, instances)
    return _from_rows(records, columns, max_rows, instances) if instances.is_model else records


def columns_of_table(
    returned: object,
    columns: Sequence[str],
    max_rows: int,
    instances: Instances,
    plain: Mapping[str, ColumnContract],
) -> list[list[Any] | ChunkedArray]:
    """Return the values of each declared column, missing values as ``None``.

    Args:
        returned: As for :func:`records_of`; the errors are the same.
        columns: Names of the declared columns.
        max_rows: Maximum number of rows.
        instances: The row type.
        plain: The columns that have no rules. If the table has their values in the right type, they
            are returned in Arrow; see :func:`plain_column`.
    """
    if instances.is_model:
        records = records_of(returned, columns, max_rows, instances)
        return [[record[name] for record in records] for name in columns]
    if is_frame(returned):
        frame = _declared(returned, columns, max_rows)
        return [_values(frame[name], plain.get(name)) for name in columns]
    if is_columnar(returned):
        return _from_columnar(returned, columns, max_rows, plain)
    rows = _checked_rows(_rows(returned), columns, max_rows, instances)
    return [_without_nan([row[name] for row in rows]) for name in columns]


# By shape, not by type: importing pandas costs half a second that only its users should pay.
def is_frame(returned: object) -> TypeGuard[pd.DataFrame]:
    """Return whether a value is a DataFrame of pandas."""
    return (
        hasattr(returned, "to_dict") and hasattr(returned, "columns") and hasattr(returned, "index")
    )


def is_columnar(returned: object) -> TypeGuard[Any]:
    """Return whether a value is a table of polars or pyarrow.

    They share an interface (Arrow PyCapsule).
    """
    return hasattr(returned, "__arrow_c_stream__") and hasattr(returned, "columns")


def _rows(returned: object) -> Iterable[object]:
    if (
        isinstance(returned, Iterable)
        and not isinstance(returned, str | bytes)
        and not is_row(returned)
    ):
        return returned
    raise NotATable(f"returned {type(returned).__name__} instead of a table")


def _limit(rows: int, max_rows: int) -> None:
    if rows > max_rows:
        raise TooManyRows(
            f"{rows} rows; the limit is {max_rows}: request less data with the parameters"
        )


def _list_of(column: Any, name: str) -> list[Any]:  # noqa: ANN401
    try:
        values: list[Any] = column.to_pylist() if hasattr(column, "to_pylist") else column.to_list()
    except BaseException as error:
        # polars panics, which is a BaseException
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise NotATable(
            f"returned a value in column {name!r} that Python cannot hold: {error}"
        ) from None
    return values


def _without_nan(values: list[Any]) -> list[Any]:
    # pandas has further values for what is missing, which are unlike themselves, too
    if set(map(type, values)) <= _NEVER_NAN:
        return values
    return [present(value) for value in values]


def _values(column: pd.Series[Any], plain: ColumnContract | None) -> list[Any] | ChunkedArray:
    if plain:
        # loaded here: only apps whose results are read as Arrow need it
        from bailiwick.plain_columns import plain_series  # noqa: PLC0415

        if (array := plain_series(column, plain)) is not None:
            return array
    present = column.notna()
    values = column if present.all() else column.astype(object).where(present, None)
    return values.tolist()


def _declared(frame: pd.DataFrame, columns: Sequence[str], max_rows: int) -> pd.DataFrame:
    _limit(len(frame), max_rows)
    in_index = [name for name in frame.index.names if name in columns and name not in frame.columns]
    if in_index:
        frame = frame.reset_index(in_index)
    _compare(frame.columns, columns)
    return frame[list(columns)]


def _from_frame(frame: pd.DataFrame, columns: Sequence[str], max_rows: int) -> list[dict[str, Any]]:
    declared = _declared(frame, columns, max_rows)
    plain = declared.astype(object).where(declared.notna(), None)
    return [
        dict(zip(columns, values, strict=True))
        for values in plain.itertuples(index=False, name=None)
    ]


def _from_columnar(
    returned: Any,  # noqa: ANN401
    columns: Sequence[str],
    max_rows: int,
    plain: Mapping[str, ColumnContract],
) -> list[list[Any] | ChunkedArray]:
    _limit(len(returned), max_rows)
    _compare(getattr(returned, "column_names", returned.columns), columns)
    return [_values_of_arrow(returned[name], name, plain.get(name)) for name in columns]


def _values_of_arrow(
    column: Any,  # noqa: ANN401
    name: str,
    plain: ColumnContract | None,
) -> list[Any] | ChunkedArray:
    if plain:
        from bailiwick.plain_columns import plain_column  # noqa: PLC0415

        if (array := plain_column(column, plain)) is not None:
            return array
    return _without_nan(_list_of(column, name))


def _from_rows(
    rows: Iterable[object], columns: Sequence[str], max_rows: int, instances: Instances
) -> list[dict[str, Any]]:
    checked = _checked_rows(rows, columns, max_rows, instances)
    try:
        # a value unlike itself is NaN
        return [
            {name: row[name] if row[name] == row[name] else None for name in columns}
            for row in checked
        ]
    except (TypeError, ValueError):
        return [{name: present(row[name]) for name in columns} for row in checked]


def _checked_rows(
    rows: Iterable[object], columns: Sequence[str], max_rows: int, instances: Instances
) -> list[Mapping[str, Any]]:
    expected = set(columns)
    checked: list[Any] = []
    for row in rows:
        if isinstance(row, Mapping):
            if row.keys() != expected:
                _compare(row, columns)
        elif not instances.include(row):
            kind, number = type(row).__name__, len(checked)
            raise NotATable(f"returned {kind} as row {number}; return {instances.words}")
        if len(checked) == max_rows:
            raise TooManyRows(
                f"more than {max_rows} rows, the limit: request less data with the parameters"
            )
        checked.append(row)
    return instances.mappings(checked)


def _compare(present: Iterable[object], declared: Sequence[str]) -> None:
    have = list(present)
    missing = [name for name in declared if name not in have]
    extra = [str(name) for name in have if name not in declared]
    said = []
    if missing:
        said.append(f"left out declared column {', '.join(map(repr, missing))}")
    if extra:
        said.append(f"returned undeclared column {', '.join(map(repr, extra))}")
    if said:
        raise NotATable(" and ".join(said))
