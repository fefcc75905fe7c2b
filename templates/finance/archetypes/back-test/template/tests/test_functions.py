"""Checks the rule against a plain loop over the data file."""

import csv
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

STOCKS = Path(__file__).parent.parent / "data" / "stocks.csv"


def recorded(symbol: str) -> list[float]:
    with STOCKS.open() as file:
        return [float(row["price"]) for row in csv.DictReader(file) if row["symbol"] == symbol]


def played(prices: list[float], window: int, cost: float) -> tuple[list[float], int]:
    """Play the rule month by month; return what 1 became, and the number of trades."""
    worth, held, trades = [1.0], 0, 0
    for month in range(window, len(prices)):
        mean = sum(prices[month - window : month]) / window
        wanted = int(prices[month - 1] > mean)
        gain = prices[month] / prices[month - 1] if wanted else 1.0
        fee = 1 - cost if wanted != held else 1.0
        trades += wanted != held
        worth.append(worth[-1] * gain * fee)
        held = wanted
    return worth, trades


@pytest.mark.parametrize(
    ("symbol", "window", "cost"), [("AAPL", 10, 0.001), ("IBM", 3, 0), ("GOOG", 12, 0.01)]
)
def test_plays_the_rule_without_looking_ahead(symbol: str, window: int, cost: float) -> None:
    worth, trades = played(recorded(symbol), window, cost)
    rows = call("equity", symbol=symbol, window=window, cost=cost)
    rule, holding = call("figures", symbol=symbol, window=window, cost=cost)

    assert [row["rule"] for row in rows] == pytest.approx(worth)
    assert (rule["trades"], holding["trades"]) == (trades, 0)


def test_holds_from_the_month_of_the_first_mean_on() -> None:
    prices = recorded("MSFT")
    rows = call("equity", symbol="MSFT", window=10)

    assert rows[-1]["holding"] == pytest.approx(prices[-1] / prices[9])


def test_finds_the_deepest_fall() -> None:
    prices = recorded("AMZN")[11:]
    falls = [price / max(prices[: month + 1]) - 1 for month, price in enumerate(prices)]
    _, holding = call("figures", symbol="AMZN", window=12)

    assert holding["max_drawdown"] == pytest.approx(min(falls))


def test_costs_money_to_trade() -> None:
    free, _ = call("figures", symbol="IBM", window=6, cost=0)
    dear, _ = call("figures", symbol="IBM", window=6, cost=0.01)

    assert dear["yearly_return"] < free["yearly_return"]


@pytest.mark.parametrize("window", [0, 1, 500])
def test_refuses_a_mean_that_cannot_be(window: int) -> None:
    with pytest.raises(InvalidParameter):
        call("equity", window=window)
