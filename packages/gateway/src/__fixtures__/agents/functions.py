"""Functions that are slow, endless or wrong, which agents call in the tests."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, TypedDict

from bailiwick import Table


class Row(TypedDict):
    number: int


STARTED = 0


def slow(seconds: float) -> float:
    """A value that takes a while.

    Args:
        seconds: Time until the value.
    """
    global STARTED
    STARTED += 1
    time.sleep(seconds)
    return seconds


def started() -> int:
    """How many slow calls have begun."""
    return STARTED


def large() -> str:
    """A value that is too large for a model."""
    return "x" * 300_000


async def endless() -> AsyncIterator[Row]:
    """Numbers that never end."""
    number = 0
    while True:
        yield {"number": number}
        number += 1
        await asyncio.sleep(0.02)


async def silent() -> AsyncIterator[Row]:
    """A stream without rows."""
    while True:
        await asyncio.sleep(1)
        if time.time() < 0:
            yield {"number": 0}


def wrong() -> Table[Row]:
    """A table that breaks its contract."""
    rows: Any = [{"number": "a word"}]
    return rows


def many(count: int) -> Table[Row]:
    """Numbers.

    Args:
        count: How many.
    """
    return [{"number": number} for number in range(count)]
