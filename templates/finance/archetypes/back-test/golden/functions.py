"""What a rule of following the trend would have earned with each share.

A run goes from `signals` by `trades` to `performance`; `equity` and `figures` read what it left. The rule and its
source stand in `rule.py`.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from bailiwick import InvalidParameter, Table, output_of

import rule
from rows import Figures, Point, Signal, Trade
from stocks import read_stocks
from vocabulary import Months, Symbol, Weight

STOCKS = Path(__file__).parent / "data" / "stocks.csv"
SYMBOL = "AAPL"
WINDOW = 10
COST = 0.001
FEWEST = 2
"""Months with a signal that a share needs: one to decide, one to see what came of it."""

Row = TypeVar("Row", Signal, Trade, Point)


def signals(window: Months = WINDOW) -> list[Signal]:
    """What the end of each month says about the next one; shares with too few months are left out.

    Args:
        window: Months of the mean.
    """
    stocks = read_stocks(STOCKS).sort_values(["symbol", "date"])
    longest = int(stocks["symbol"].value_counts().max())
    if not 2 <= window <= longest + 1 - FEWEST:
        message = f"a mean of {window} months; the longest history has {longest}"
        expected = f"2 to {longest + 1 - FEWEST} months"
        raise InvalidParameter(message, parameter="window", expected=expected)
    rows: list[Signal] = []
    for symbol, share in stocks.groupby("symbol"):
        prices = dict(zip(share["date"].dt.date, share["price"].astype(float), strict=True))
        found = rule.signals_of(str(symbol), prices, window)
        rows += found if len(found) >= FEWEST else []
    return rows


def trades(cost: Weight = COST) -> list[Trade]:
    """Purchases and sales that follow from the signals.

    Args:
        cost: Part of what is traded that each trade costs.
    """
    if not 0 <= cost < 1:
        raise InvalidParameter(f"a cost of {cost:g}", parameter="cost", expected="0 up to below 1")
    shares = _by_symbol(output_of(signals))
    return [row for share in shares.values() for row in rule.trades_of(share, cost)]


def performance() -> list[Point]:
    """What 1 became of each share month by month, by the rule and by holding the share.

    Only what was known at the end of a month decides about the next one.
    """
    traded = _by_symbol(output_of(trades))
    return [
        point
        for symbol, share in _by_symbol(output_of(signals)).items()
        for point in rule.performance_of(share, traded.get(symbol, []))
    ]


def equity(symbol: Symbol = SYMBOL) -> Table[Point]:
    """What 1 became month by month of one share, by the rule and by holding it.

    Args:
        symbol: Share that is traded.
    """
    return _points(symbol)[symbol]


def figures(symbol: Symbol | None = None) -> Table[Figures]:
    """Return, risk and trades of the rule, and of holding the share.

    The Sharpe ratio (W. F. Sharpe, "The Sharpe Ratio", 1994) takes no riskless rate; it is empty when nothing moved.

    Args:
        symbol: One share; all when left out.
    """
    traded = _by_symbol(output_of(trades))
    return [
        row
        for name, points in _points(symbol).items()
        for row in rule.figures_of(points, len(traded.get(name, [])))
    ]


def _points(symbol: str | None) -> dict[str, list[Point]]:
    """Return the months of a share, or of all, by share."""
    shares = _by_symbol(output_of(performance))
    if symbol is None:
        return shares
    if symbol not in shares:
        known = ", ".join(shares)
        message = f"no signals of {symbol}; there are those of {known}"
        raise InvalidParameter(message, parameter="symbol", expected=f"one of {known}")
    return {symbol: shares[symbol]}


def _by_symbol(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return rows by their share, in their order."""
    shares: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        shares[row["symbol"]].append(row)
    return dict(shares)
