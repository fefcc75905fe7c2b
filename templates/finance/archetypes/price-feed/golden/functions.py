"""Monthly share prices with return and volatility.

Each public function here is served: its type hints and docstring are its contract.
"""

from pathlib import Path
from typing import Annotated, TypedDict

import pandas as pd
from bailiwick import Column, InvalidParameter, Key, Table, check

from stocks import check_symbols, read_stocks
from vocabulary import Date, Money, Month, Return, Symbol, Volatility

STOCKS = Path(__file__).parent / "data" / "stocks.csv"
MONTHS_A_YEAR = 12


class Price(TypedDict):
    """One share in one month."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    price: Annotated[Money, Column("Price of the month", unit="USD")]
    monthly_return: Annotated[Return | None, Column("Against the month before")]
    volatility: Annotated[Volatility | None, Column("Over the last 12 returns")]


class Summary(TypedDict):
    """One share over the whole period."""

    symbol: Annotated[Symbol, Key]
    first_date: Annotated[Date, Column("First month with a price")]
    last_date: Annotated[Date, Column("Last month with a price")]
    first_price: Annotated[Money, Column("Price in the first month", unit="USD")]
    last_price: Annotated[Money, Column("Price in the last month", unit="USD")]
    total_return: Annotated[Return, Column("Last price against the first")]
    volatility: Annotated[Volatility | None, Column("Over the period's returns")]


def prices(
    symbols: list[Symbol] = ["AAPL", "MSFT"],
    start: Month | None = None,
    end: Month | None = None,
) -> Table[Price]:
    """Monthly prices with return and volatility.

    The return is simple: price / price of the month before - 1. The volatility is the sample
    standard deviation of the last 12 monthly returns times the square root of 12 (the square root
    of time rule: J. C. Hull, "Options, Futures, and Other Derivatives", on estimating volatility
    from historical data); it is empty until 12 returns are there. Both look back beyond the start.

    Args:
        symbols: Shares to return.
        start: First month; the whole history when left out.
        end: Last month; up to the newest when left out.
    """
    history = _history(symbols)
    returns = history.groupby("symbol")["price"].pct_change()
    deviation = returns.groupby(history["symbol"]).transform(
        lambda monthly: monthly.rolling(MONTHS_A_YEAR).std()
    )
    table = history.assign(
        monthly_return=returns, volatility=deviation * MONTHS_A_YEAR**0.5
    )
    return table[_within(table["date"], start, end)]


def summary(
    symbols: list[Symbol] = ["AAPL", "MSFT"],
    start: Month | None = None,
    end: Month | None = None,
) -> Table[Summary]:
    """First and last price, total return and volatility of each share over a period.

    The volatility is the sample standard deviation of the monthly returns inside the period times
    the square root of 12; it is empty when there are fewer than two. A share without a price in the
    period has no row.

    Args:
        symbols: Shares to return.
        start: First month; the whole history when left out.
        end: Last month; up to the newest when left out.
    """
    history = _history(symbols)
    period = history[_within(history["date"], start, end)]
    by_symbol = period.groupby("symbol", sort=False)
    table = by_symbol.agg(
        first_date=("date", "first"),
        last_date=("date", "last"),
        first_price=("price", "first"),
        last_price=("price", "last"),
    )
    table["total_return"] = table["last_price"] / table["first_price"] - 1
    returns = by_symbol["price"].pct_change()
    table["volatility"] = returns.groupby(period["symbol"]).std() * MONTHS_A_YEAR**0.5
    return table


@check(remedy="Ask whoever delivers data/stocks.csv for the months that are missing.")
def prices_are_whole() -> str | None:
    """Each share has a price in every month from its first to its last."""
    for symbol, share in read_stocks(STOCKS).groupby("symbol"):
        months = pd.PeriodIndex(share["date"], freq="M")
        wanted = pd.period_range(months.min(), months.max(), freq="M")
        if missing := sorted(set(wanted) - set(months)):
            return f"{symbol} has no price in {missing[0]}, and {len(missing)} months are missing in all."
    return None


def _history(symbols: list[str]) -> pd.DataFrame:
    """Return all months of the shares, in the order asked for and then by date."""
    stocks = read_stocks(STOCKS)
    check_symbols(stocks, symbols, "symbols")
    shares = [stocks[stocks["symbol"] == symbol] for symbol in dict.fromkeys(symbols)]
    return pd.concat(shares, ignore_index=True) if shares else stocks.head(0)


def _within(
    dates: "pd.Series[pd.Timestamp]", start: str | None, end: str | None
) -> "pd.Series[bool]":
    """Say of each date whether its month lies between two months, both included."""
    if start and end and start > end:
        message = f"start {start} is after end {end}"
        expected = f"a month up to {end}"
        raise InvalidParameter(message, parameter="start", expected=expected)
    months = dates.dt.strftime("%Y-%m")
    return months.between(start or months.min(), end or months.max())
