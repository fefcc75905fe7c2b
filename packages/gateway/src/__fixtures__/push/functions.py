"""Streams for the tests and the benchmark of push."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated, TypedDict

from bailiwick import Key, resumed_after

_opened = 0


class Cell(TypedDict):
    cell: Annotated[str, Key]
    value: int
    call: int
    at: float
    note: str


class Event(TypedDict):
    number: int
    call: int


def _open() -> int:
    global _opened  # noqa: PLW0603
    _opened += 1
    return _opened


def opened() -> int:
    """Number of streams that were opened."""
    return _opened


async def cells(count: int = 3, every: float = 0.05, note: int = 0) -> AsyncIterator[list[Cell]]:
    """Cells whose values count up together.

    Args:
        count: Number of cells.
        every: Seconds between two values.
        note: Characters of the note.
    """
    call, value = _open(), 0
    while True:
        value += 1
        yield [_cell(number, value, call, note) for number in range(count)]
        await asyncio.sleep(every)


async def spread(count: int = 1000, parts: int = 20) -> AsyncIterator[list[Cell]]:
    """Cells of which each changes once a second, spread over the second.

    Args:
        count: Number of cells.
        parts: Number of parts of a second.
    """
    call, value, due = _open(), 0, time.time()
    while True:
        value += 1
        for part in range(parts):
            yield [_cell(number, value, call, 20) for number in range(part, count, parts)]
            due += 1 / parts
            await asyncio.sleep(max(0.0, due - time.time()))


async def events(every: float = 0.01, last: int = 1_000_000) -> AsyncIterator[Event]:
    """Numbered events, which continue after the last one that was received.

    Args:
        every: Seconds between two events.
        last: Number of the last event.
    """
    call = _open()
    for number in range(resumed_after() + 1, last + 1):
        yield {"number": number, "call": call}
        await asyncio.sleep(every)


async def broken(good: int = 2) -> AsyncIterator[Cell]:
    """Cells of which one has no number.

    Args:
        good: Number of rows before it.
    """
    call = _open()
    for number in range(good):
        yield _cell(number, 1, call, 0)
        await asyncio.sleep(0.6)
    yield {**_cell(good, 1, call, 0), "value": "many"}  # type: ignore[typeddict-item]


def _cell(number: int, value: int, call: int, note: int) -> Cell:
    return {
        "cell": f"c{number}",
        "value": value,
        "call": call,
        "at": time.time(),
        "note": "x" * note,
    }
