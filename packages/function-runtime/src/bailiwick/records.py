"""Converts a returned table into plain records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bailiwick.errors import TooManyRows

if TYPE_CHECKING:
    import pandas as pd


def records_of(returned: object, columns: Sequence[str], max_rows: int) -> list[dict[str, Any]]:
    """Return a table's rows with exactly the declared columns, missing values as ``None``.

    Args:
        returned: A pandas DataFrame or an iterable of mappings.
        columns: Names of the declared columns.
        max_rows: Maximum number of rows.

    Raises:
        TypeError: The value is not a table, or a column is missing or not declared.
        TooManyRows: The table has more than ``max_rows`` rows.
    """
    # by shape, not by type: importing pandas costs half a second that only its users should pay
    if hasattr(returned, "to_dict") and hasattr(returned, "columns"):
        return _from_frame(returned, columns, max_rows)  # type: ignore[arg-type]
    if isinstance(returned, Iterable) and not isinstance(returned, str | bytes | Mapping):
        return _from_mappings(returned, columns, max_rows)
    raise TypeError(f"returned {type(returned).__name__} instead of a table")


def _from_frame(frame: pd.DataFrame, columns: Sequence[str], max_rows: int) -> list[dict[str, Any]]:
    if len(frame) > max_rows:
        raise TooManyRows(f"{len(frame)} rows; the limit is {max_rows}: narrow the call")
    in_index = [name for name in frame.index.names if name in columns and name not in frame.columns]
    if in_index:
        frame = frame.reset_index(in_index)
    _compare(frame.columns, columns)
    plain = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return [
        dict(zip(columns, values, strict=True))
        for values in plain.itertuples(index=False, name=None)
    ]


def _from_mappings(
    rows: Iterable[object], columns: Sequence[str], max_rows: int
) -> list[dict[str, Any]]:
    expected = set(columns)
    records: list[dict[str, Any]] = []
    for row in rows:
        if not isinstance(row, Mapping):
            raise TypeError(f"returned {type(row).__name__} as row {len(records)}, not a mapping")
        if row.keys() != expected:
            _compare(row, columns)
        if len(records) == max_rows:
            raise TooManyRows(f"more than {max_rows} rows, the limit: narrow the call")
        # a value unlike itself is NaN
        records.append({name: row[name] if row[name] == row[name] else None for name in columns})
    return records


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
        raise TypeError(" and ".join(said))
