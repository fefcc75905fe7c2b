"""Keys of rows: the columns that together identify a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bailiwick.errors import ContractBroken


def repeats(columns: Sequence[Sequence[Any]]) -> bool:
    """Return whether two rows have the same values in all columns.

    Args:
        columns: The values of each column of a key, at least one, all of the same length.
    """
    keys = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
    count = len(columns[0])
    try:
        return len(set(keys)) < count
    except TypeError:  # lists and objects have no hash
        return len({repr(key) for key in zip(*columns, strict=True)}) < count


def require_unique(function: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """Check that the rows of a result have different keys.

    Args:
        function: Name of the function, for the message.
        names: Names of the columns of the key.
        columns: Their values.

    Raises:
        ContractBroken: Two rows have the same key.
    """
    if not repeats(columns):
        return
    first_rows: dict[str, int] = {}
    for row, key in enumerate(zip(*columns, strict=True)):
        before = first_rows.setdefault(repr(key), row)
        if before != row:
            words = ", ".join(
                f"{name} {value!s:.100}" for name, value in zip(names, key, strict=True)
            )
            raise ContractBroken(
                f"{function} returned the rows {before} and {row} with the same key: {words}; "
                "return one row per key, or add columns to the key",
                row=row,
            )
