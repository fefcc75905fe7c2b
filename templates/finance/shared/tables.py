"""Reads tables in CSV (RFC 4180, UTF-8); what is wrong is named with its line."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from bailiwick import InvalidData

ISO_DAY = "%Y-%m-%d"
Reader = Callable[["pd.Series[str]"], "pd.Series[Any]"]
"""Makes values of texts; what is none becomes NaN or NaT."""


def read_table(
    path: Path,
    *,
    texts: Iterable[str] = (),
    numbers: Iterable[str] = (),
    days: Iterable[str] = (),
    day_format: str = ISO_DAY,
) -> pd.DataFrame:
    """Return a table whose columns are filled in every line.

    Args:
        path: The file; a line of it is a row.
        texts: Columns with text.
        numbers: Columns with finite numbers.
        days: Columns with calendar days, which become timestamps.
        day_format: How days are written, in signs of strftime.

    Raises:
        InvalidData: A column is missing, or a value is none of its column.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skip_blank_lines=False)
    except ValueError as error:
        message = f"{path.name} is not a table ({str(error).strip()}); save it as CSV in UTF-8"
        raise InvalidData(message) from None
    columns: dict[str, Reader] = {
        **dict.fromkeys(texts, _text),
        **dict.fromkeys(numbers, _number),
        **dict.fromkeys(days, _day(day_format)),
    }
    if missing := [name for name in columns if name not in table.columns]:
        raise InvalidData(f"line 1 of {path.name} has no column {', '.join(missing)}")
    for name, read in columns.items():
        values = read(table[name])
        if values.isna().any():
            line = int(values.isna().to_numpy().argmax())
            raise wrong(path, line, f"{name} cannot be {table[name].iloc[line]!r}")
        table[name] = values
    return table[list(columns)]


def wrong(path: Path, row: int, what: str) -> InvalidData:
    """Return an error about a row of a table, counted from 0."""
    return InvalidData(f"line {row + 2} of {path.name}: {what}")


def _text(texts: "pd.Series[str]") -> "pd.Series[str]":
    stripped = texts.str.strip()
    return stripped.mask(stripped == "")


def _number(texts: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(texts, errors="coerce").replace([np.inf, -np.inf], np.nan)


def _day(day_format: str) -> Reader:
    return lambda texts: pd.to_datetime(texts, format=day_format, errors="coerce")
