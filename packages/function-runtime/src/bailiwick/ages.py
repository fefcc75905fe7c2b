"""Declares how old results may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

_MARK: Final = "__bailiwick_max_age__"

LONGEST: Final = 24 * 3600
"""Maximum age in seconds."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


def cached(
    *, hours: float = 0, minutes: float = 0, seconds: float = 0
) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Declare that calls with equal parameters may get the same result for some time.

    The function runs once, however many calls arrive meanwhile, and calls get its result until it
    is too old. Failures are not kept. Each pod of the app has its own results, and a new version
    of the code starts without any. Consumers see when the result was calculated (header
    ``Last-Modified``). Other Python code that calls the function always runs it.

    Args:
        hours: Maximum age; the three are added up.
        minutes: As above.
        seconds: As above. In all, one second to 24 hours.

    Raises:
        ValueError: The age is too short or too long.

    Example:
        >>> @cached(minutes=5)
        ... def positions() -> Table[Position]:
        ...     '''Positions of the desk, at most five minutes old.'''
        ...     return _query()
    """
    age = hours * 3600 + minutes * 60 + seconds
    if not 1 <= age <= LONGEST:
        raise ValueError(
            f"@cached needs an age from one second to 24 hours, such as minutes=5; got {age:g} s"
        )

    def mark(function: Callable[_P, _R]) -> Callable[_P, _R]:
        setattr(function, _MARK, int(age))
        return function

    return mark


def max_age_of(function: Callable[..., Any]) -> int | None:
    """Return the maximum age of a function's results in seconds; ``None`` if each call runs it."""
    age: int | None = getattr(function, _MARK, None)
    return age
