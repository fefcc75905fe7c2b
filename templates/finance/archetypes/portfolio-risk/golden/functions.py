"""What positions are worth, and how much they could lose in a month.

Value at risk and expected shortfall as in J. C. Hull, "Options, Futures, and Other Derivatives", chapter on
value at risk: historical simulation, and the model-building approach with one normal distribution; its deviation may be
an exponentially weighted moving average, as in the chapter on estimating volatilities. J.P. Morgan and Reuters,
"RiskMetrics Technical Document" (1996), take a decay factor of 0.97 for monthly data.
"""

import math
from pathlib import Path
from statistics import NormalDist
from typing import Annotated, TypedDict

import pandas as pd
from bailiwick import Column, InvalidParameter, Key, Table

from stocks import read_stocks
from tables import read_table
from vocabulary import (
    Confidence,
    DecayFactor,
    Money,
    Months,
    Portfolio,
    Quantity,
    Symbol,
    Weight,
)

DATA = Path(__file__).parent / "data"
PORTFOLIO = "growth"
CONFIDENCE = 0.95
DECAY: float | None = None

class Position(TypedDict):
    """One share in a portfolio."""

    portfolio: Annotated[Portfolio, Key]
    symbol: Annotated[Symbol, Key]
    quantity: Quantity
    price: Annotated[Money, Column("Newest price", unit="USD")]
    value: Annotated[Money, Column("At that price", unit="USD")]
    profit: Annotated[Money, Column("Against what was paid", unit="USD")]
    weight: Annotated[Weight, Column("Share of the portfolio's value")]


class Risk(TypedDict):
    """One portfolio."""

    portfolio: Annotated[Portfolio, Key]
    value: Annotated[Money, Column("At the newest prices", unit="USD")]
    months: Annotated[Months, Column("Months that were looked at")]
    historical_var: Annotated[Money, Column("Loss that was exceeded in the rest of the months", unit="USD")]
    parametric_var: Annotated[Money, Column("The same if gains were normally distributed", unit="USD")]
    expected_shortfall: Annotated[Money, Column("Mean of the losses from there on", unit="USD")]


def valuation(portfolio: Portfolio = PORTFOLIO) -> Table[Position]:
    """Positions of a portfolio at the newest prices, with profit and weight.

    Args:
        portfolio: Name of the portfolio.
    """
    table = _positions(portfolio)
    newest = _prices().iloc[-1]
    table["price"] = table["symbol"].map(newest)
    table["value"] = table["quantity"] * table["price"]
    table["profit"] = table["quantity"] * (table["price"] - table["cost"])
    table["weight"] = table["value"] / table["value"].sum()
    return table.drop(columns="cost")


def risk(
    portfolio: Portfolio = PORTFOLIO,
    confidence: Confidence = CONFIDENCE,
    decay: DecayFactor | None = DECAY,
) -> Table[Risk]:
    """How much a portfolio could lose in a month.

    The positions of today are moved by the returns of each month of the past (historical simulation): the
    value at risk is the loss that a share `confidence` of these months did not exceed, the expected shortfall the
    mean of the losses from there on. The parametric value at risk takes the standard deviation of the same
    gains, and a mean of zero; with a decay factor recent months count more for it.

    Args:
        portfolio: Name of the portfolio.
        confidence: Share of months in which the loss stays below.
        decay: Weight of a month by that of the month after it; all months count alike when left out.
    """
    positions = _positions(portfolio)
    symbols = list(positions["symbol"])
    prices = _prices()[symbols].dropna()
    worth = prices.iloc[-1] * positions.set_index("symbol")["quantity"]
    gains = (prices.pct_change().dropna() * worth).sum(axis="columns")
    deviation = float(gains.std()) if decay is None else _decayed([*gains], decay)
    threshold, shortfall = _tail([-gain for gain in gains], confidence)
    return [
        {
            "portfolio": portfolio,
            "value": float(worth.sum()),
            "months": len(gains),
            "historical_var": threshold,
            "parametric_var": NormalDist().inv_cdf(confidence) * deviation,
            "expected_shortfall": shortfall,
        }
    ]


def _decayed(gains: list[float], decay: float) -> float:
    """Return the deviation of gains from zero by an exponentially weighted moving average, oldest first."""
    variance = gains[0] ** 2
    for gain in gains[1:]:
        variance = decay * variance + (1 - decay) * gain**2
    return math.sqrt(variance)


def _tail(losses: list[float], confidence: float) -> tuple[float, float]:
    """Return the loss that a share of all does not exceed, and the mean of it and the worse ones."""
    ordered = sorted(losses, reverse=True)
    worse = max(1, math.ceil(round(len(ordered) * (1 - confidence), 9)))
    return ordered[worse - 1], sum(ordered[:worse]) / worse


def _positions(portfolio: str) -> pd.DataFrame:
    """Return the positions of a portfolio."""
    texts, numbers = ["portfolio", "symbol"], ["quantity", "cost"]
    positions = read_table(DATA / "positions.csv", texts=texts, numbers=numbers)
    known = sorted(positions["portfolio"].unique())
    if portfolio not in known:
        message = f"no portfolio {portfolio}; there are {', '.join(known)}"
        expected = f"one of {', '.join(known)}"
        raise InvalidParameter(message, parameter="portfolio", expected=expected)
    return positions[positions["portfolio"] == portfolio].copy()


def _prices() -> pd.DataFrame:
    """Return the prices: a row for each month, a column for each share."""
    stocks = read_stocks(DATA / "stocks.csv")
    return stocks.pivot(index="date", columns="symbol", values="price").sort_index()
