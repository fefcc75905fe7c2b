"""Reads the monthly prices of shares."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from bailiwick import InvalidParameter

from tables import read_table, wrong


def read_stocks(path: Path) -> pd.DataFrame:
    """Return symbol, date and price of each share in each month, in the order of the file.

    Raises:
        InvalidData: A line is wrong, or a share has two prices of a month; the message names the line.
    """
    stocks = read_table(
        path, texts=["symbol"], numbers=["price"], days=["date"], day_format="%b %d %Y"
    )
    if (below := stocks["price"] <= 0).any():
        raise wrong(path, int(below.to_numpy().argmax()), "a price is above zero")
    if (again := stocks.duplicated(["symbol", "date"])).any():
        raise wrong(
            path, int(again.to_numpy().argmax()), "the share has a price of this month already"
        )
    return stocks


def check_symbols(stocks: pd.DataFrame, symbols: Iterable[str], parameter: str) -> None:
    """Refuse shares that have no prices.

    Raises:
        InvalidParameter: There are some; the message names those that have.
    """
    known = sorted(stocks["symbol"].unique())
    if unknown := [symbol for symbol in symbols if symbol not in known]:
        message = f"no prices for {', '.join(unknown)}; available: {', '.join(known)}"
        expected = f"{'some' if parameter.endswith('s') else 'one'} of {', '.join(known)}"
        raise InvalidParameter(message, parameter=parameter, expected=expected)
