"""Checks the functions against figures computed from the data file by hand."""

import csv
import statistics
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import functions

STOCKS = Path(__file__).parent.parent / "data" / "stocks.csv"


def recorded(symbol: str) -> list[float]:
    with STOCKS.open() as file:
        return [
            float(row["price"])
            for row in csv.DictReader(file)
            if row["symbol"] == symbol
        ]


def returns_of(prices: list[float]) -> list[float]:
    return [
        after / before - 1 for before, after in zip(prices, prices[1:], strict=False)
    ]


def test_returns_the_recorded_prices_in_order() -> None:
    rows = call("prices", symbols=["IBM", "AAPL"], start=None, end=None)

    assert [row["price"] for row in rows] == recorded("IBM") + recorded("AAPL")
    assert rows[0]["date"] == "2000-01-01"


def test_computes_simple_returns_except_in_the_first_month() -> None:
    rows = call("prices", symbols=["AAPL"], start=None, end=None)

    assert rows[0]["monthly_return"] is None
    assert [row["monthly_return"] for row in rows[1:]] == pytest.approx(
        returns_of(recorded("AAPL"))
    )


def test_annualises_the_standard_deviation_of_twelve_returns() -> None:
    rows = call("prices", symbols=["GOOG"], start=None, end=None)
    returns = returns_of(recorded("GOOG"))

    assert [row["volatility"] for row in rows[:12]] == [None] * 12
    assert rows[12]["volatility"] == pytest.approx(
        statistics.stdev(returns[:12]) * 12**0.5
    )
    assert rows[-1]["volatility"] == pytest.approx(
        statistics.stdev(returns[-12:]) * 12**0.5
    )


def test_uses_months_before_the_start_of_the_period() -> None:
    rows = call("prices", symbols=["MSFT"], start="2009-03", end="2009-05")

    assert [row["date"] for row in rows] == ["2009-03-01", "2009-04-01", "2009-05-01"]
    assert rows[0]["monthly_return"] is not None
    assert rows[0]["volatility"] is not None


def test_summarises_a_period() -> None:
    [row] = call("summary", symbols=["AMZN"], start="2000-01", end="2000-12")
    prices = recorded("AMZN")[:12]

    assert (row["first_date"], row["last_date"]) == ("2000-01-01", "2000-12-01")
    assert (row["first_price"], row["last_price"]) == (prices[0], prices[-1])
    assert row["total_return"] == pytest.approx(prices[-1] / prices[0] - 1)
    assert row["volatility"] == pytest.approx(
        statistics.stdev(returns_of(prices)) * 12**0.5
    )


def test_has_no_volatility_for_a_single_month() -> None:
    [row] = call("summary", symbols=["AMZN"], start="2005-06", end="2005-06")

    assert row["total_return"] == 0
    assert row["volatility"] is None


@pytest.mark.parametrize("function", ["prices", "summary"])
def test_returns_rows_without_parameters(function: str) -> None:
    assert call(function)


@pytest.mark.parametrize("function", ["prices", "summary"])
def test_returns_no_rows_for_no_symbols(function: str) -> None:
    assert call(function, symbols=[]) == []


def test_lists_the_available_symbols() -> None:
    with pytest.raises(
        InvalidParameter, match="no prices for TSLA; available: AAPL, AMZN"
    ):
        call("prices", symbols=["TSLA"])


def test_rejects_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(InvalidParameter, match="start 2009-02 is after end 2009-01"):
        call("prices", symbols=["IBM"], start="2009-02", end="2009-01")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("A,Jan 1 2020,1\nA,Feb 1 2020,2\n", None),
        (
            "A,Jan 1 2020,1\nA,Apr 1 2020,2\n",
            "A has no price for 2020-02; missing months in total: 2.",
        ),
    ],
)
def test_reports_missing_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, problem: str | None
) -> None:
    assert call("prices_are_whole") is None
    file = tmp_path / "stocks.csv"
    file.write_text("symbol,date,price\n" + rows)
    monkeypatch.setattr(functions, "STOCKS", file)
    assert call("prices_are_whole") == problem
