"""What an author says about looking after an app: checks of its health, and verbs for its people.

Both are plain functions. They stand in the contract beside the functions that readers call, and
readers cannot call them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, ParamSpec, TypeVar, get_type_hints, overload

Role = Literal["data", "check", "verb"]
"""For whom a function is: readers, the health of the app, or those who operate it."""

_MARK: Final = "__bailiwick_tending__"

_P = ParamSpec("_P")
_Found = TypeVar("_Found", bound=str | None)


@dataclass(frozen=True)
class Tending:
    """What a decorator says of a function.

    Attributes:
        role: For whom it is.
        words: What to do when a check fails, or what a verb does to readers; may be empty.
    """

    role: Role = "data"
    words: str = ""


@overload
def check(function: Callable[[], str | None]) -> Callable[[], str | None]: ...
@overload
def check(
    *, remedy: str = ""
) -> Callable[[Callable[[], str | None]], Callable[[], str | None]]: ...
def check(function: Callable[[], str | None] | None = None, *, remedy: str = "") -> Any:
    """Make a function a check of the app's health.

    It takes nothing and returns what is wrong in one sentence, or ``None``. Its docstring says in
    the first sentence what ought to hold. It is asked about once a minute; while it returns a
    sentence, or raises ``InvalidData``, the app is degraded and says so. Any other exception means
    that nothing is known.

    Args:
        function: The function, when the decorator stands without parentheses.
        remedy: What to do about it, in one sentence; shown beside what is wrong.

    Example:
        >>> @check(remedy="Ask the data team for today's file.")
        ... def curve_is_recent() -> str | None:
        ...     '''The curve is at most five days old.'''
        ...     return None
    """
    return _marked(function, Tending("check", remedy))


@overload
def verb(function: Callable[_P, str]) -> Callable[_P, str]: ...
@overload
def verb(*, confirm: str = "") -> Callable[[Callable[_P, str]], Callable[_P, str]]: ...
def verb(function: Callable[..., str] | None = None, *, confirm: str = "") -> Any:
    """Make a function something that people do with the running app, such as to retrain a model.

    Its docstring says in the first sentence what it does. It returns one sentence on what was done,
    and runs once in each pod of the environment, within the limits of a call.

    Args:
        function: The function, when the decorator stands without parentheses.
        confirm: What it means for readers, in one sentence; people confirm it first.

    Example:
        >>> @verb(confirm="Readers get the new curve at once.")
        ... def reload_curve() -> str:
        ...     '''Read the par yields again.'''
        ...     return "It has 12 maturities."
    """
    return _marked(function, Tending("verb", confirm))


def _marked(function: Callable[..., Any] | None, tending: Tending) -> Any:  # noqa: ANN401
    def mark(it: Callable[..., Any]) -> Callable[..., Any]:
        setattr(it, _MARK, tending)
        return it

    return mark if function is None else mark(function)


def tending_of(function: Callable[..., Any]) -> Tending:
    """Return what a decorator said of a function.

    Raises:
        TypeError: It cannot be what it was said to be; the message says what to write.
    """
    tending: Tending = getattr(function, _MARK, Tending())
    if tending.role == "data":
        return tending
    hints = get_type_hints(function)
    returned = hints.pop("return", None)
    if tending.role == "check":
        if returned != (str | None):
            raise TypeError("a check returns what is wrong, or nothing; write '-> str | None'")
        if hints:
            raise TypeError(f"a check takes no parameters; take away {', '.join(hints)}")
    elif returned is not str:
        raise TypeError("a verb returns one sentence on what was done; write '-> str'")
    return tending
