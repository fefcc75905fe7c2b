"""Functions of the benchmark of delivery."""

import datetime as dt
from functools import lru_cache
from typing import Annotated, Any, TypedDict

import pandas as pd
import pyarrow as pa

from bailiwick import Key, Table


class Row(TypedDict):
    id: Annotated[int, Key]
    name: str
    region: str
    day: dt.date
    at: dt.datetime
    is_open: bool
    price: float
    ratio: float | None
    volume: int
    note: str


@lru_cache(maxsize=2)
def _rows(count: int) -> list[Any]:
    first = dt.date(2020, 1, 1)
    instant = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)
    return [
        {
            "id": number,
            "name": f"name {number}",
            "region": f"region {number % 17}",
            "day": first + dt.timedelta(days=number % 2_000),
            "at": instant + dt.timedelta(seconds=number),
            "is_open": number % 3 == 0,
            "price": number / 7,
            "ratio": None if number % 11 == 0 else number % 100 / 100,
            "volume": number * 1_000,
            "note": "a text of some length, as comments have",
        }
        for number in range(count)
    ]


def table(count: int = 100) -> Table[Row]:
    """Rows with ten columns.

    Args:
        count: Number of rows.
    """
    return _rows(count)


@lru_cache(maxsize=2)
def _frame(count: int) -> pd.DataFrame:
    return pd.DataFrame(_rows(count))


def frame(count: int = 100) -> Table[Row]:
    """The same rows as a DataFrame.

    Args:
        count: Number of rows.
    """
    return _frame(count)


@lru_cache(maxsize=2)
def _columns(count: int) -> pa.Table:
    return pa.Table.from_pylist(_rows(count))


def columns(count: int = 100) -> Table[Row]:
    """The same rows as an Arrow table.

    Args:
        count: Number of rows.
    """
    return _columns(count)


def small() -> float:
    """A single value."""
    return 1.5
