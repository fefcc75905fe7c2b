"""Checks the rule against a plain loop over the data file."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import functions
from rows import Figures, Point, Trade
from rule import figures_of, performance_of, signals_of, trades_of

STOCKS = Path(__file__).parent.parent / "data" / "stocks.csv"


def recorded(symbol: str) -> dict[dt.date, float]:
    with STOCKS.open() as file:
        return {
            dt.datetime.strptime(row["date"], "%b %d %Y").date(): float(row["price"])
            for row in csv.DictReader(file)
            if row["symbol"] == symbol
        }


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


def back(
    symbol: str, window: int, cost: float = 0
) -> tuple[list[Point], list[Trade], list[Figures]]:
    signals = signals_of(symbol, recorded(symbol), window)
    trades = trades_of(signals, cost)
    points = performance_of(signals, trades)
    return points, trades, figures_of(points, len(trades))


@pytest.mark.parametrize(
    ("symbol", "window", "cost"), [("AAPL", 10, 0.001), ("IBM", 3, 0), ("GOOG", 12, 0.01)]
)
def test_plays_the_rule_without_looking_ahead(symbol: str, window: int, cost: float) -> None:
    worth, number = played(list(recorded(symbol).values()), window, cost)
    points, _, (rule, holding) = back(symbol, window, cost)

    assert [point["rule"] for point in points] == pytest.approx(worth)
    assert (rule["trades"], holding["trades"]) == (number, 0)


def test_gives_the_same_by_its_steps() -> None:
    points, trades, figures = back("IBM", functions.WINDOW, functions.COST)

    assert [row["rule"] for row in call("equity", symbol="IBM")] == pytest.approx(
        [point["rule"] for point in points]
    )
    assert [row["date"] for row in call("trades") if row["symbol"] == "IBM"] == [
        trade["date"].isoformat() for trade in trades
    ]
    assert [row["sharpe"] for row in call("figures", symbol="IBM")] == pytest.approx(
        [one["sharpe"] for one in figures]
    )


def test_buys_and_sells_in_turns_at_the_price_of_the_month_before() -> None:
    prices = recorded("MSFT")
    months = list(prices)
    _, trades, _ = back("MSFT", 6)

    assert [trade["side"] for trade in trades[:4]] == ["buy", "sell", "buy", "sell"]
    assert all(
        trade["price"] == prices[months[months.index(trade["date"]) - 1]] for trade in trades
    )


def test_holds_from_the_month_of_the_first_mean_on() -> None:
    prices = list(recorded("MSFT").values())
    points, _, _ = back("MSFT", 10)

    assert points[-1]["holding"] == pytest.approx(prices[-1] / prices[9])


def test_finds_the_deepest_fall() -> None:
    prices = list(recorded("AMZN").values())[11:]
    falls = [price / max(prices[: month + 1]) - 1 for month, price in enumerate(prices)]
    points, _, (rule, holding) = back("AMZN", 12)

    assert holding["max_drawdown"] == pytest.approx(min(falls))
    assert rule["max_drawdown"] == pytest.approx(min(point["drawdown"] for point in points))


def test_costs_money_to_trade() -> None:
    _, _, (free, _) = back("IBM", 6)
    _, _, (dear, _) = back("IBM", 6, 0.01)

    assert dear["yearly_return"] < free["yearly_return"]


def test_has_no_ratio_when_nothing_moved() -> None:
    flat = {dt.date(2000, month, 1): 5.0 for month in range(1, 13)}
    signals = signals_of("FLAT", flat, 3)
    rule, holding = figures_of(performance_of(signals, trades_of(signals, 0)), 0)

    assert rule["sharpe"] is holding["sharpe"] is None


def test_leaves_out_shares_with_too_few_months() -> None:
    # GOOG has 68 months, the others 123.
    assert "GOOG" in {row["symbol"] for row in call("signals", window=67)}
    assert {row["symbol"] for row in call("signals", window=68)} == {"AAPL", "AMZN", "IBM", "MSFT"}


@pytest.mark.parametrize("window", [0, 1, 123, 500])
def test_refuses_a_mean_that_cannot_be(window: int) -> None:
    with pytest.raises(InvalidParameter):
        call("signals", window=window)


@pytest.mark.parametrize("cost", [-0.1, 1, 1.5])
def test_refuses_a_cost_that_cannot_be(cost: float) -> None:
    with pytest.raises(InvalidParameter):
        call("trades", cost=cost)


def test_names_the_shares_there_are() -> None:
    with pytest.raises(InvalidParameter, match="no signals of NONE; available: AAPL, AMZN"):
        call("equity", symbol="NONE")
