"""Rows of a result have different keys, in each form of a table."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, TypedDict

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from bailiwick import Key, Message, Table
from bailiwick.errors import ContractBroken
from bailiwick.functions import Function
from bailiwick.results import TableResult


class Price(TypedDict):
    symbol: Annotated[str, Key]
    day: Annotated[dt.date, Key]
    price: float


class Tagged(TypedDict):
    tags: Annotated[list[str], Key]


def prices() -> Table[Price]:
    """Prices."""
    return []


def tagged() -> list[Tagged]:
    """Lists as keys."""
    return []


def latest(messages: list[Message]) -> list[Price]:  # noqa: ARG001
    """Prices from messages."""
    return []


DAYS = [dt.date(2026, 1, 1), dt.date(2026, 1, 2)]
UNIQUE: list[dict[str, Any]] = [
    {"symbol": symbol, "day": day, "price": 1.0} for symbol in ("AAPL", "IBM") for day in DAYS
]
REPEATED = [*UNIQUE, {"symbol": "AAPL", "day": DAYS[1], "price": 2.0}]


def table_of(function: Any) -> TableResult:  # noqa: ANN401
    result = Function.of(function).result
    assert isinstance(result, TableResult)
    return result


@pytest.mark.parametrize("encode", ["answer", "arrow", "parquet"])
@pytest.mark.parametrize(
    "form",
    [
        list,
        pd.DataFrame,
        lambda rows: pd.DataFrame(rows).astype({"day": "datetime64[ns]"}),
        lambda rows: pd.DataFrame(rows).set_index(["symbol", "day"]),
        pl.DataFrame,
        pa.Table.from_pylist,
    ],
)
def test_refuses_repeated_keys(encode: str, form: Any) -> None:  # noqa: ANN401
    send = getattr(table_of(prices), encode)
    assert send("prices", form(UNIQUE), 100).rows == 4
    with pytest.raises(
        ContractBroken,
        match=r"^prices returned the rows 1 and 4 with the same key: symbol AAPL, day 2026-01-02",
    ):
        send("prices", form(REPEATED), 100)


@pytest.mark.parametrize("encode", ["answer", "arrow"])
def test_compares_keys_without_a_hash(encode: str) -> None:
    send = getattr(table_of(tagged), encode)
    assert send("tagged", [{"tags": ["a"]}, {"tags": ["a", "b"]}], 100).rows == 2
    with pytest.raises(ContractBroken, match="the rows 0 and 1 with the same key"):
        send("tagged", [{"tags": ["a"]}, {"tags": ["a"]}], 100)


def test_keeps_all_rows_made_from_messages() -> None:
    assert table_of(latest).answer("latest", REPEATED, 100).rows == 5
