"""Reads the monthly prices of shares."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from bailiwick import InvalidParameter

from tables import read_table, row_error


def read_stocks(path: Path) -> pd.DataFrame:
    """Return symbol, date and price of each share in each month, in the order of the file.

    Raises:
        InvalidData: A line is invalid, or a share has two prices in a month; the message names the line.
    """
    stocks = read_table(
        path, texts=["symbol"], numbers=["price"], days=["date"], day_format="%b %d %Y"
    )
    if (below := stocks["price"] <= 0).any():
        raise row_error(path, int(below.to_numpy().argmax()), "the price must be greater than 0")
    if (again := stocks.duplicated(["symbol", "date"])).any():
        problem = "the share already has a price for this month; delete one of the two lines"
        raise row_error(path, int(again.to_numpy().argmax()), problem)
    return stocks


def check_symbols(stocks: pd.DataFrame, symbols: Iterable[str], parameter: str) -> None:
    """Reject shares without prices.

    Raises:
        InvalidParameter: A share has no prices; the message names the shares with prices.
    """
    known = sorted(stocks["symbol"].unique())
    if unknown := [symbol for symbol in symbols if symbol not in known]:
        message = f"no prices for {', '.join(unknown)}; available: {', '.join(known)}"
        expected = f"{'any' if parameter.endswith('s') else 'one'} of {', '.join(known)}"
        raise InvalidParameter(message, parameter=parameter, expected=expected)
