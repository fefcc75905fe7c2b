"""The trend-following rule, and its performance.

The rule uses a simple moving average, as in M. Faber, "A Quantitative Approach to Tactical Asset Allocation" (2007). If
the price at the end of a month is above the mean of the last months, the share is held in the next month. Otherwise,
cash is held.
"""

import datetime as dt
import math
import statistics
from itertools import accumulate, pairwise

from rows import Figures, Point, Signal, Trade

MONTHS_A_YEAR = 12
HOLD, OUT = "hold", "out"


def signals_of(symbol: str, prices: dict[dt.date, float], window: int) -> list[Signal]:
    """Return the signals of a share, from the first month with a complete mean.

    Args:
        symbol: Symbol of the share.
        prices: Its prices by month, in chronological order.
        window: Number of months in the mean.
    """
    months = list(prices)
    rows: list[Signal] = []
    for last in range(window - 1, len(months)):
        date, price = months[last], prices[months[last]]
        mean = math.fsum(prices[month] for month in months[last - window + 1 : last + 1]) / window
        signal = HOLD if price > mean else OUT
        rows.append(
            {"symbol": symbol, "date": date, "price": price, "mean": mean, "signal": signal}
        )
    return rows


def trades_of(signals: list[Signal], cost: float) -> list[Trade]:
    """Return the purchases and sales of a share that follow from its signals, starting with cash.

    Args:
        signals: Signals in chronological order.
        cost: Cost of each trade as a fraction of its value.
    """
    rows: list[Trade] = []
    is_held = False
    for before, month in pairwise(signals):
        if (before["signal"] == HOLD) != is_held:
            is_held = not is_held
            rows.append(
                {
                    "symbol": month["symbol"],
                    "date": month["date"],
                    "side": "buy" if is_held else "sell",
                    "price": before["price"],
                    "cost": cost,
                }
            )
    return rows


def performance_of(signals: list[Signal], trades: list[Trade]) -> list[Point]:
    """Return the monthly value of 1 invested, by the trades of a share and by holding the share.

    Args:
        signals: Signals of the share, with its months and prices.
        trades: Purchases and sales of the share.
    """
    traded = {trade["date"]: trade for trade in trades}
    worth, height, position = 1.0, 1.0, 0.0
    rows: list[Point] = []
    for before, month in pairwise([signals[0], *signals]):
        if trade := traded.get(month["date"]):
            position = 1.0 if trade["side"] == "buy" else 0.0
            worth *= 1 - trade["cost"]
        worth *= 1 + position * (month["price"] / before["price"] - 1)
        height = max(height, worth)
        rows.append(
            {
                "symbol": month["symbol"],
                "date": month["date"],
                "position": position,
                "rule": worth,
                "holding": month["price"] / signals[0]["price"],
                "drawdown": worth / height - 1,
            }
        )
    return rows


def figures_of(points: list[Point], trades: int) -> list[Figures]:
    """Return the figures of the rule and of holding a share.

    Args:
        points: Months of the share, at least two.
        trades: Number of purchases and sales.
    """
    return [
        _figures(points, "rule", [point["rule"] for point in points], trades),
        _figures(points, "holding", [point["holding"] for point in points], 0),
    ]


def _figures(points: list[Point], strategy: str, worth: list[float], trades: int) -> Figures:
    returns = [after / before - 1 for before, after in pairwise(worth)]
    deviation = statistics.stdev(returns) if len(returns) > 1 else 0.0
    ratio = statistics.fmean(returns) / deviation if deviation > 0 else None
    heights = accumulate(worth, max)
    return {
        "symbol": points[0]["symbol"],
        "strategy": strategy,
        "yearly_return": (worth[-1] / worth[0]) ** (MONTHS_A_YEAR / len(returns)) - 1,
        "volatility": deviation * math.sqrt(MONTHS_A_YEAR),
        "sharpe": None if ratio is None else ratio * math.sqrt(MONTHS_A_YEAR),
        "max_drawdown": min(one / height - 1 for one, height in zip(worth, heights, strict=True)),
        "trades": trades,
    }
