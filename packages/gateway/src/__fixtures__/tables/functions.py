"""Functions whose tables clients of OData read in the tests."""

import datetime as dt
import decimal
from typing import Annotated, Literal, TypedDict

from bailiwick import Column, InvalidParameter, Key, Money, Table


class Price(TypedDict):
    symbol: Annotated[str, Key]
    day: Annotated[dt.date, Key]
    price: Annotated[decimal.Decimal, Column(edm="Edm.Decimal(19,4)", unit="USD")]
    volume: int | None
    note: str | None


SYMBOLS = ("AAPL", "BRK/B", "O'Neil", "S&P 500, +1%")


def prices(days: int = 3) -> Table[Price]:
    """Prices of four shares on the first days of 2026.

    Args:
        days: Number of days.
    """
    return [
        {
            "symbol": symbol,
            "day": dt.date(2026, 1, 1) + dt.timedelta(days=day),
            "price": decimal.Decimal(100 * index + day) + decimal.Decimal("0.1234"),
            "volume": None if day == 1 else 9007199254740993 + index,
            "note": None if day == 2 else f"{symbol} on day {day}",
        }
        for index, symbol in enumerate(SYMBOLS)
        for day in range(days)
    ]


Everything = TypedDict(
    "Everything",
    {
        "id": Annotated[int, Key],
        "isOpen": bool,
        "ratio": float | None,
        "exact": decimal.Decimal,
        "amount": Money,
        "text": str,
        "day": dt.date,
        "at": dt.datetime,
        "time": dt.time,
        "lasts": dt.timedelta,
        "kind": Literal["a", "b"],
        "parts": list[int],
        "unit price": float,
    },
)


def everything() -> Table[Everything]:
    """One row per kind of value."""
    zone = dt.timezone(dt.timedelta(hours=2))
    return [
        {
            "id": number,
            "isOpen": number == 1,
            "ratio": None if number == 1 else 0.1,
            "exact": decimal.Decimal("12345678901234567890.123456789"),
            "amount": Money.parse("45.50 EUR"),
            "text": 'Größe "x"\n\t☃',
            "day": dt.date(2026, 1, 31),
            "at": dt.datetime(2026, 1, 31, 23, 30, 0, 123000, zone),
            "time": dt.time(10, 30),
            "lasts": dt.timedelta(days=800, seconds=5.5),
            "kind": "a",
            "parts": [9007199254740993, 2],
            "unit price": 1e20,
        }
        for number in (1, 2)
    ]


class Number(TypedDict):
    value: int
    square: float
    word: str


def numbers(count: int = 120_000) -> Table[Number]:
    """Numbers from 0, without a key."""
    return [
        {"value": number, "square": float(number) ** 2, "word": f"number {number % 1000}"}
        for number in range(count)
    ]


CALLS = 0


class Call(TypedDict):
    number: int


def changing() -> Table[Call]:
    """The number of calls so far, so that no two results are equal."""
    global CALLS
    CALLS += 1
    return [{"number": CALLS}] * 5


def quotes(symbols: list[str], since: dt.date | None = None) -> Table[Price]:
    """Prices of some shares.

    Args:
        symbols: The shares.
        since: First day.
    """
    unknown = [symbol for symbol in symbols if symbol not in SYMBOLS]
    if unknown:
        raise InvalidParameter(f"no share {unknown[0]}", parameter="symbols")
    return [
        row
        for row in prices()
        if row["symbol"] in symbols and (since is None or row["day"] >= since)
    ]


def broken() -> Table[Price]:
    """A table that fails."""
    raise RuntimeError("secret detail of the code")


def wrong() -> Table[Price]:
    """A table whose second row has a text for a number."""
    first, second = prices(1)[:2]
    return [first, {**second, "price": "much"}]


def secret() -> Table[Call]:
    """A table that the reader may not read."""
    return [{"number": 42}]


def mean() -> float:
    """A single value."""
    return 1.5


class Exact(TypedDict):
    value: decimal.Decimal


def exact(digits: int = 13) -> Table[Exact]:
    """A decimal with many digits after the point.

    Args:
        digits: Number of digits.
    """
    return [{"value": decimal.Decimal(1).scaleb(-digits) + 1}]


class Odd(TypedDict):
    name: Annotated[str, Key]
    whole: int
    number: Annotated[float, Column(unit="EUR", excel="0.00")]
    day: dt.date
    lasts: dt.timedelta


def odd() -> Table[Odd]:
    """Values that a spreadsheet would change, hide or carry out."""
    names = ("=1+1", "<b>&amp;", "two\r\nlines\tand a tab", "bell\x07", "_x0041_", " spaces ", "00123")
    wholes = (999_999_999_999_999, 1_000_000_000_000_001, -(2**53) - 1, 0, -5, 10**18, 1)
    days = (
        *("1899-12-31", "1900-02-28", "1900-03-01", "2026-01-31", "9999-12-31", "2024-02-29"),
        "2026-02-01",
    )
    return [
        {
            "name": name,
            "whole": whole,
            "number": index / 3,
            "day": dt.date.fromisoformat(day),
            "lasts": dt.timedelta(hours=30 if index else -30),
        }
        for index, (name, whole, day) in enumerate(zip(names, wholes, days, strict=True))
    ]


class Note(TypedDict):
    note: str


def notes(length: int = 10) -> Table[Note]:
    """A text of some length.

    Args:
        length: Number of characters.
    """
    return [{"note": "x" * length}]


class Twins(TypedDict):
    size: int
    Size: int


def twins() -> Table[Twins]:
    """Columns that differ only in upper and lower case."""
    return [{"size": 1, "Size": 2}]
