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


def simulate(prices: list[float], window: int, cost: float) -> tuple[list[float], int]:
    """Apply the rule month by month; return the values of 1 invested, and the number of trades."""
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


def back_test(
    symbol: str, window: int, cost: float = 0
) -> tuple[list[Point], list[Trade], list[Figures]]:
    signals = signals_of(symbol, recorded(symbol), window)
    trades = trades_of(signals, cost)
    points = performance_of(signals, trades)
    return points, trades, figures_of(points, len(trades))


@pytest.mark.parametrize(
    ("symbol", "window", "cost"), [("AAPL", 10, 0.001), ("IBM", 3, 0), ("GOOG", 12, 0.01)]
)
def test_applies_the_rule_without_looking_ahead(symbol: str, window: int, cost: float) -> None:
    worth, number = simulate(list(recorded(symbol).values()), window, cost)
    points, _, (rule, holding) = back_test(symbol, window, cost)

    assert [point["rule"] for point in points] == pytest.approx(worth)
    assert (rule["trades"], holding["trades"]) == (number, 0)


def test_returns_the_same_results_from_the_steps_of_a_run() -> None:
    points, trades, figures = back_test("IBM", functions.WINDOW, functions.COST)

    assert [row["rule"] for row in call("equity", symbol="IBM")] == pytest.approx(
        [point["rule"] for point in points]
    )
    assert [row["date"] for row in call("trades") if row["symbol"] == "IBM"] == [
        trade["date"].isoformat() for trade in trades
    ]
    assert [row["sharpe"] for row in call("figures", symbol="IBM")] == pytest.approx(
        [one["sharpe"] for one in figures]
    )


def test_alternates_purchases_and_sales_at_the_previous_month_end_price() -> None:
    prices = recorded("MSFT")
    months = list(prices)
    _, trades, _ = back_test("MSFT", 6)

    assert [trade["side"] for trade in trades[:4]] == ["buy", "sell", "buy", "sell"]
    assert all(
        trade["price"] == prices[months[months.index(trade["date"]) - 1]] for trade in trades
    )


def test_holding_starts_in_the_month_of_the_first_mean() -> None:
    prices = list(recorded("MSFT").values())
    points, _, _ = back_test("MSFT", 10)

    assert points[-1]["holding"] == pytest.approx(prices[-1] / prices[9])


def test_finds_the_largest_fall() -> None:
    prices = list(recorded("AMZN").values())[11:]
    falls = [price / max(prices[: month + 1]) - 1 for month, price in enumerate(prices)]
    points, _, (rule, holding) = back_test("AMZN", 12)

    assert holding["max_drawdown"] == pytest.approx(min(falls))
    assert rule["max_drawdown"] == pytest.approx(min(point["drawdown"] for point in points))


def test_trading_costs_reduce_the_return() -> None:
    _, _, (free, _) = back_test("IBM", 6)
    _, _, (costly, _) = back_test("IBM", 6, 0.01)

    assert costly["yearly_return"] < free["yearly_return"]


def test_has_no_sharpe_ratio_if_prices_do_not_vary() -> None:
    flat = {dt.date(2000, month, 1): 5.0 for month in range(1, 13)}
    signals = signals_of("FLAT", flat, 3)
    rule, holding = figures_of(performance_of(signals, trades_of(signals, 0)), 0)

    assert rule["sharpe"] is holding["sharpe"] is None


def test_omits_shares_with_too_few_months() -> None:
    # GOOG has 68 months, the others 123.
    assert "GOOG" in {row["symbol"] for row in call("signals", window=67)}
    assert {row["symbol"] for row in call("signals", window=68)} == {"AAPL", "AMZN", "IBM", "MSFT"}


@pytest.mark.parametrize("window", [0, 1, 123, 500])
def test_rejects_an_invalid_number_of_months(window: int) -> None:
    with pytest.raises(InvalidParameter):
        call("signals", window=window)


@pytest.mark.parametrize("cost", [-0.1, 1, 1.5])
def test_rejects_an_invalid_cost(cost: float) -> None:
    with pytest.raises(InvalidParameter):
        call("trades", cost=cost)


def test_lists_the_available_shares() -> None:
    with pytest.raises(InvalidParameter, match="no signals for NONE; available: AAPL, AMZN"):
        call("equity", symbol="NONE")
