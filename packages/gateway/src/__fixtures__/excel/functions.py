"""Functions that the Excel add-in calls in the tests."""

import asyncio
import datetime as dt
import decimal
from collections.abc import AsyncIterator
from typing import Annotated, Literal, TypedDict

from bailiwick import Column, InvalidParameter, Key, Table, Vocabulary, resumed_after

Region = Annotated[
    Literal["north", "south"],
    Vocabulary("Region", description="Part of the country."),
]
Weight = Annotated[float, Vocabulary("Weight", unit="kg", excel="0.00")]


class Parcel(TypedDict):
    number: Annotated[int, Key]
    region: str
    weight: Weight
    value: Annotated[decimal.Decimal, Column(excel="#,##0.00")]
    day: dt.date
    sent: dt.datetime
    hour: dt.time
    lasts: dt.timedelta
    is_open: bool
    note: str | None
    parts: list[int]


def parcels(
    region: Region,
    since: dt.date = dt.date(2026, 1, 1),
    level: Literal[1, 2] = 1,
    is_open: bool | None = None,
) -> Table[Parcel]:
    """Parcels of a region.

    The second paragraph is not part of the help.

    Args:
        region: Region of the sender.
        since: First day.
        level: How many parcels.
        is_open: Only open ones, or only closed ones.
    """
    zone = dt.timezone(dt.timedelta(hours=2))
    rows = [
        {
            "number": 9007199254740993 if number else 1,
            "region": region,
            "weight": 1.5 * (number + 1),
            "value": decimal.Decimal("12345678901234567890.12") if number else decimal.Decimal("10.50"),
            "day": since + dt.timedelta(days=number),
            "sent": dt.datetime(2026, 1, 31, 14, tzinfo=zone),
            "hour": dt.time(12),
            "lasts": dt.timedelta(hours=36),
            "is_open": number == 0,
            "note": None if number == 0 else "=1+1",
            "parts": [1, 2],
        }
        for number in range(level)
    ]
    return [row for row in rows if is_open is None or row["is_open"] == is_open]


class Name(TypedDict):
    name: str


def names(names: list[str], count: int = 1) -> Table[Name]:
    """The names that were given.

    Args:
        names: Some names.
        count: How often.
    """
    if "nobody" in names:
        raise InvalidParameter("nobody is no name", parameter="names")
    return [{"name": name} for name in names] * count


def mean(numbers: list[float]) -> float:
    """Mean of some numbers.

    Args:
        numbers: The numbers.
    """
    return sum(numbers) / len(numbers)


def days() -> list[dt.date]:
    """Two days."""
    return [dt.date(2026, 1, 31), dt.date(1800, 1, 1)]


def text(length: int) -> str:
    """A long text."""
    return "x" * length


CALLS = 0


def calls() -> int:
    """The number of calls so far."""
    global CALLS
    CALLS += 1
    return CALLS


async def slow() -> int:
    """A value that takes a while, or fails if it is not cancelled."""
    await asyncio.sleep(1)
    return calls()


def broken() -> int:
    """A value that fails."""
    raise RuntimeError("secret detail of the code")


class Position(TypedDict):
    vehicle: Annotated[str, Key]
    kilometres: int


async def positions(pause: float = 0.05) -> AsyncIterator[Position]:
    """Positions of two vehicles.

    Args:
        pause: Seconds between two rows.
    """
    for number in range(resumed_after(), 6):
        yield {"vehicle": "ab"[number % 2], "kilometres": number}
        await asyncio.sleep(pause)


async def endless() -> AsyncIterator[Name]:
    """Names that never end."""
    number = 0
    while True:
        yield {"name": str(number)}
        number += 1
        await asyncio.sleep(0.05)


def secret() -> int:
    """A value that the reader may not read."""
    return 42
