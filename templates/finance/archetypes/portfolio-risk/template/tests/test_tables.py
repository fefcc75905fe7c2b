"""Checks that invalid lines are rejected with their number."""

from pathlib import Path

import pytest
from bailiwick import InvalidData
from bailiwick.testing import call

import functions
from stocks import read_stocks

HEADER = "symbol,date,price\n"
GOOD = "IBM,Jan 1 2000,100.5\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "stocks.csv is not a table"),
        ("symbol;date;price\n", "line 1 of stocks.csv has no column symbol, price, date"),
        (
            HEADER + GOOD + ",Feb 1 2000,1\n",
            "line 3 of stocks.csv: symbol must be a non-empty text, not ''",
        ),
        (
            HEADER + GOOD + "IBM,2000-02-01,1\n",
            "line 3 of stocks.csv: date must be a date such as Dec 31 2025, not '2000-02-01'",
        ),
        (
            HEADER + "IBM,Jan 1 2000,cheap\n",
            "line 2 of stocks.csv: price must be a number such as 12.5, not 'cheap'",
        ),
        (HEADER + "IBM,Jan 1 2000,inf\n", "line 2 of stocks.csv: price must be .*, not 'inf'"),
        (HEADER + "IBM,Jan 1 2000,\n", "line 2 of stocks.csv: price must be .*, not ''"),
        (HEADER + GOOD + "\n" + GOOD, "line 3 of stocks.csv: symbol must be a non-empty text"),
        (
            HEADER + "IBM,Jan 1 2000,0\n",
            "line 2 of stocks.csv: the price must be greater than 0",
        ),
        (
            HEADER + GOOD + GOOD,
            "line 3 of stocks.csv: the share already has a price for this month",
        ),
        (HEADER + "IBM,Jan 1 2000,1,2\n", "line 2 of stocks.csv: date must be a date"),
    ],
)
def test_names_the_invalid_line(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "stocks.csv").write_text(text)

    with pytest.raises(InvalidData, match=words):
        read_stocks(tmp_path / "stocks.csv")


def test_names_a_file_in_a_different_encoding(tmp_path: Path) -> None:
    (tmp_path / "stocks.csv").write_bytes((HEADER + "Bücher,Jan 1 2000,1\n").encode("latin-1"))

    with pytest.raises(InvalidData, match="save it as CSV in UTF-8"):
        read_stocks(tmp_path / "stocks.csv")


def test_names_the_invalid_line_of_the_positions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "positions.csv").write_text("portfolio,symbol,quantity,cost\ngrowth,IBM,many,1\n")
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(
        InvalidData, match="line 2 of positions.csv: quantity must be .* not 'many'"
    ):
        call("valuation", portfolio="growth")
