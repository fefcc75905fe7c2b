"""Prices as a stream of ticks, replayed from monthly prices.

Each public function here is served: its type hints and docstring are its contract.
"""

import asyncio
from collections.abc import AsyncIterator
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated, TypedDict

import pandas as pd
from bailiwick import Column, Key, resumed_after

from stocks import check_symbols, read_stocks
from vocabulary import Date, Money, Month, ReplaySpeed, Return, Symbol

STOCKS = Path(__file__).parent / "data" / "stocks.csv"
SPEED = 4


class Tick(TypedDict):
    """The price of one share in one month."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    price: Annotated[Money, Column("Price of the month", unit="USD")]
    change: Annotated[Return | None, Column("Against the month before")]


async def ticks(
    symbols: list[Symbol] = ["AAPL", "MSFT"],
    start: Month | None = None,
    speed: ReplaySpeed = SPEED,
) -> AsyncIterator[Tick]:
    """Prices of shares as they come, month by month.

    The stream ends with the newest month. A reader that connects again goes on after its last tick.
    The change is simple: price / price of the month before - 1; it looks back beyond the start.

    Args:
        symbols: Shares to follow.
        start: First month; the whole history when left out.
        speed: Months that pass in a second.
    """
    # in a thread: reading a file would keep everybody else waiting
    history = await asyncio.to_thread(_replayed, symbols, start)
    rest = islice(history, resumed_after(), None)
    for _, month in groupby(rest, key=lambda tick: tick["date"]):
        for tick in month:
            yield tick
        await asyncio.sleep(1 / speed)


def _replayed(symbols: list[str], start: str | None) -> list[Tick]:
    """Return the ticks of the shares by month, and in one month in the order asked for."""
    stocks = read_stocks(STOCKS)
    check_symbols(stocks, symbols, "symbols")
    stocks["change"] = stocks.groupby("symbol")["price"].pct_change()
    order = {symbol: position for position, symbol in enumerate(dict.fromkeys(symbols))}
    chosen = stocks[stocks["symbol"].isin(list(order))]
    chosen = chosen[chosen["date"].dt.strftime("%Y-%m") >= (start or "")]
    return [
        {
            "symbol": str(row.symbol),
            "date": row.date.date(),
            "price": float(row.price),
            "change": None if pd.isna(row.change) else float(row.change),
        }
        for row in sorted(chosen.itertuples(), key=lambda row: (row.date, order[row.symbol]))
    ]
