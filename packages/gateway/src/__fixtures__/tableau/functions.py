"""Functions that calculations of Tableau call in the tests."""

from typing import TypedDict

from bailiwick import Table


class Row(TypedDict):
    number: int


def scale(values: list[float | None], factor: float = 2) -> list[float | None]:
    """Multiply each value.

    Args:
        values: Numbers; empty ones stay empty.
        factor: What to multiply with.
    """
    return [None if value is None else value * factor for value in values]


def spread(values: list[float]) -> float:
    """Difference between the largest and the smallest value."""
    return max(values) - min(values)


def exact() -> int:
    """An integer that JavaScript cannot hold."""
    return 9007199254740993


def pair(values: list[float]) -> list[float]:
    """Two values, however many there are."""
    return values[:1] * 2


def numbers() -> Table[Row]:
    """A table, which is no value of a calculation."""
    return [{"number": 1}]
