"""Checks the stream against the data file."""

import csv
import time
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import first_rows

STOCKS = Path(__file__).parent.parent / "data" / "stocks.csv"


def recorded(symbol: str) -> list[float]:
    with STOCKS.open() as file:
        return [
            float(row["price"])
            for row in csv.DictReader(file)
            if row["symbol"] == symbol
        ]


def test_replays_every_price_in_order() -> None:
    rows = first_rows("ticks", {"symbols": ["IBM"], "speed": 1000}, limit=1000)

    assert [row["price"] for row in rows] == recorded("IBM")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


def test_returns_each_month_in_the_requested_order() -> None:
    asked = {"symbols": ["MSFT", "AAPL"], "start": "2010-02", "speed": 1000}
    rows = first_rows("ticks", asked)

    assert [(row["symbol"], row["date"]) for row in rows] == [
        ("MSFT", "2010-02-01"),
        ("AAPL", "2010-02-01"),
        ("MSFT", "2010-03-01"),
        ("AAPL", "2010-03-01"),
    ]


def test_omits_a_share_before_its_first_month() -> None:
    asked = {"symbols": ["GOOG", "IBM"], "start": "2004-07", "speed": 1000}
    rows = first_rows("ticks", asked, limit=3)

    assert [row["symbol"] for row in rows] == ["IBM", "GOOG", "IBM"]


def test_computes_the_first_change_from_the_month_before_the_start() -> None:
    [row] = first_rows("ticks", {"symbols": ["AAPL"], "start": "2010-03", "speed": 1000})
    before, last = recorded("AAPL")[-2:]

    assert row["change"] == pytest.approx(last / before - 1)


def test_has_no_change_in_the_first_month() -> None:
    [row] = first_rows("ticks", {"symbols": ["AAPL"]}, limit=1)

    assert row["change"] is None


def test_resumes_after_the_last_tick_of_a_consumer() -> None:
    asked = {"symbols": ["MSFT", "AAPL"], "start": "2009-10", "speed": 1000}
    rows = first_rows("ticks", asked)

    assert first_rows("ticks", asked, resumed_after=5) == rows[5:]
    assert first_rows("ticks", asked, resumed_after=len(rows)) == []


def test_waits_between_months() -> None:
    started = time.monotonic()
    first_rows("ticks", {"symbols": ["AAPL"], "start": "2010-01", "speed": 10})

    assert time.monotonic() - started >= 0.25


def test_lists_the_available_symbols() -> None:
    with pytest.raises(
        InvalidParameter, match="no prices for TSLA; available: AAPL, AMZN"
    ):
        first_rows("ticks", {"symbols": ["TSLA"]})


@pytest.mark.parametrize("speed", [0, -1, 1001])
def test_rejects_an_invalid_speed(speed: float) -> None:
    with pytest.raises(InvalidParameter, match="speed"):
        first_rows("ticks", {"speed": speed})
