"""Infers the type of a column from its values."""

from __future__ import annotations

import datetime as dt
import decimal
import numbers
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bailiwick.formats import Money
from bailiwick.type_words import type_name

# The first that fits counts: a boolean is an integer, and a datetime is a date.
_TYPES: Final[Sequence[tuple[type, Any]]] = (
    (bool, bool),
    (numbers.Integral, int),
    (numbers.Real, float),
    (decimal.Decimal, decimal.Decimal),
    (Money, Money),
    (str, str),
    (dt.datetime, dt.datetime),
    (dt.date, dt.date),
    (dt.time, dt.time),
    (dt.timedelta, dt.timedelta),
    (uuid.UUID, uuid.UUID),
    (list, list),
    (tuple, list),
    (Mapping, dict[str, Any]),
)

# Values of the first type are valid for the second without a loss.
_WIDER: Final[Mapping[frozenset[Any], Any]] = {
    frozenset((int, float)): float,
    frozenset((int, decimal.Decimal)): decimal.Decimal,
}


@dataclass(frozen=True)
class ColumnType:
    """Type of a column.

    Attributes:
        core: The Python type without ``| None``; ``Any`` if the values have no common type.
        nullable: Whether a value is missing.
        problem: Reason why the values have no common type, as the end of a sentence about them.
    """

    core: Any
    nullable: bool
    problem: str | None = None

    @property
    def hint(self) -> Any:  # noqa: ANN401
        """The Python type."""
        return self.core | None if self.nullable and self.core is not Any else self.core


def infer(values: Iterable[Any], declared: Any = None) -> ColumnType:  # noqa: ANN401
    """Return the type of values, of which ``None`` is missing.

    Args:
        values: The values.
        declared: Type that the table declares, which counts if all values are missing.

    Example:
        >>> infer([1, None, 2.5])
        ColumnType(core=<class 'float'>, nullable=True, problem=None)
    """
    every = list(values)
    present = [value for value in every if value is not None]
    nullable = len(present) < len(every)
    classes = set(map(type, present))
    kinds = {one: _kind_of(one) for one in classes}
    if unknown := sorted(one.__name__ for one, kind in kinds.items() if kind is None):
        return ColumnType(Any, nullable, f"has values of the Python type {unknown[0]}")
    if not present:
        known = declared is not None
        problem = None if known else "has no values"
        return ColumnType(declared if known else Any, nullable, problem)
    cores = set(kinds.values())
    core = cores.pop() if len(cores) == 1 else _WIDER.get(frozenset(cores))
    if core is None:
        names = sorted({_name_of(each) for each in kinds.values()})
        return ColumnType(Any, nullable, f"has values of several types ({', '.join(names)})")
    if core is dt.datetime:
        return _moments(present, nullable=nullable)
    return ColumnType(_list_of(present) if core is list else core, nullable)


def _kind_of(of: type) -> Any:  # noqa: ANN401
    # numpy registers its numbers, but not its booleans
    if of.__module__ == "numpy" and of.__name__ in ("bool", "bool_"):
        return bool
    return next((kind for python, kind in _TYPES if issubclass(of, python)), None)


def _name_of(core: Any) -> str:  # noqa: ANN401
    return {list: "list", dict[str, Any]: "object"}.get(core) or type_name(core)


def _moments(present: Sequence[dt.datetime], *, nullable: bool) -> ColumnType:
    with_offset = {value.utcoffset() is not None for value in present}
    if len(with_offset) > 1:
        problem = "has times with and without an offset from UTC"
        return ColumnType(Any, nullable, problem)
    # pandas has no dates: its days are timestamps at midnight
    is_days = not with_offset.pop() and all(
        type(value).__name__ == "Timestamp" and value.time() == dt.time.min for value in present
    )
    return ColumnType(dt.date if is_days else dt.datetime, nullable)


def _list_of(lists: Iterable[Iterable[Any]]) -> Any:  # noqa: ANN401
    """Return the type of lists; elements without a common type can be anything."""
    return list.__class_getitem__(infer(element for one in lists for element in one).hint)
