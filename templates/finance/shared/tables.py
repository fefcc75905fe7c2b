"""Reads tables in CSV (RFC 4180, UTF-8) and reports errors with their line."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from bailiwick import InvalidData

ISO_DAY = "%Y-%m-%d"
Reader = Callable[["pd.Series[str]"], "pd.Series[Any]"]
"""Converts texts to values; invalid texts become NaN or NaT."""


def read_table(
    path: Path,
    *,
    texts: Iterable[str] = (),
    numbers: Iterable[str] = (),
    days: Iterable[str] = (),
    day_format: str = ISO_DAY,
) -> pd.DataFrame:
    """Return a table without empty cells.

    Args:
        path: The file, with one row per line.
        texts: Columns with text.
        numbers: Columns with finite numbers.
        days: Columns with calendar days, which become timestamps.
        day_format: Format of the days, in the notation of strftime.

    Raises:
        InvalidData: A column is missing, or a value is invalid for its column.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skip_blank_lines=False)
    except ValueError as error:
        message = f"{path.name} is not a table ({str(error).strip()}); save it as CSV in UTF-8"
        raise InvalidData(message) from None
    day = dt.date(2025, 12, 31).strftime(day_format)
    columns: dict[str, tuple[Reader, str]] = {
        **dict.fromkeys(texts, (_text, "a non-empty text")),
        **dict.fromkeys(numbers, (_number, "a number such as 12.5")),
        **dict.fromkeys(days, (_day(day_format), f"a date such as {day}")),
    }
    if missing := [name for name in columns if name not in table.columns]:
        message = f"line 1 of {path.name} has no column {', '.join(missing)}"
        raise InvalidData(f"{message}; name all columns there, separated by commas")
    for name, (read, expected) in columns.items():
        values = read(table[name])
        if values.isna().any():
            row = int(values.isna().to_numpy().argmax())
            problem = f"{name} must be {expected}, not {table[name].iloc[row]!r}"
            raise row_error(path, row, problem)
        table[name] = values
    return table[list(columns)]


def row_error(path: Path, row: int, problem: str) -> InvalidData:
    """Return an error about a row of a table, counted from 0."""
    return InvalidData(f"line {row + 2} of {path.name}: {problem}")


def _text(texts: "pd.Series[str]") -> "pd.Series[str]":
    stripped = texts.str.strip()
    return stripped.mask(stripped == "")


def _number(texts: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(texts, errors="coerce").replace([np.inf, -np.inf], np.nan)


def _day(day_format: str) -> Reader:
    return lambda texts: pd.to_datetime(texts, format=day_format, errors="coerce")
