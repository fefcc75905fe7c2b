"""Decorators for the operation of an app: health checks, and verbs (custom actions).

Both are plain functions. The contract lists them separately, and consumers cannot call them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, ParamSpec, TypeVar, get_type_hints, overload

Role = Literal["data", "check", "verb"]
"""Role of a function: health check, or verb for operators."""

_MARK: Final = "__bailiwick_operation__"

_P = ParamSpec("_P")
_Found = TypeVar("_Found", bound=str | None)


@dataclass(frozen=True)
class Operation:
    """Data of a decorator.

    Attributes:
        role: Check or verb.
        words: Remedy of a check, or effect of a verb on consumers; can be empty.
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
    """Declare a function as a health check of the app.

    The function has no parameters and returns the problem in one sentence, or ``None``. The first
    sentence of its docstring is the expected state. It runs about once a minute. While it returns a
    problem or raises ``InvalidData``, the app is degraded and shows the problem. Any other
    exception makes the check unknown.

    Args:
        function: The function, if the decorator has no parentheses.
        remedy: Remedy in one sentence, shown with the problem.

    Example:
        >>> @check(remedy="Ask the data team for today's file.")
        ... def curve_is_recent() -> str | None:
        ...     '''The curve is at most five days old.'''
        ...     return None
    """
    return _marked(function, Operation("check", remedy))


@overload
def verb(function: Callable[_P, str]) -> Callable[_P, str]: ...
@overload
def verb(*, confirm: str = "") -> Callable[[Callable[_P, str]], Callable[_P, str]]: ...
def verb(function: Callable[..., str] | None = None, *, confirm: str = "") -> Any:
    """Declare a function as a custom action of the running app, such as retraining a model.

    The first sentence of its docstring describes the action. The function returns one sentence
    about its effect. It runs once in each pod of the environment, within the limits of a call.

    Args:
        function: The function, if the decorator has no parentheses.
        confirm: Effect on consumers, in one sentence; people confirm it before the action runs.

    Example:
        >>> @verb(confirm="Consumers get the new curve at once.")
        ... def reload_curve() -> str:
        ...     '''Read the par yields again.'''
        ...     return "It has 12 maturities."
    """
    return _marked(function, Operation("verb", confirm))


def _marked(function: Callable[..., Any] | None, operation: Operation) -> Any:  # noqa: ANN401
    def mark(it: Callable[..., Any]) -> Callable[..., Any]:
        setattr(it, _MARK, operation)
        return it

    return mark if function is None else mark(function)


def operation_of(function: Callable[..., Any]) -> Operation:
    """Return the data of a function's decorator.

    Raises:
        TypeError: The function does not fit its decorator; the message contains the remedy.
    """
    operation: Operation = getattr(function, _MARK, Operation())
    if operation.role == "data":
        return operation
    hints = get_type_hints(function)
    returned = hints.pop("return", None)
    if operation.role == "check":
        if returned != (str | None):
            raise TypeError("a check returns the problem or None; write '-> str | None'")
        if hints:
            raise TypeError(f"a check has no parameters; remove {', '.join(hints)}")
    elif returned is not str:
        raise TypeError("a verb returns one sentence about its effect; write '-> str'")
    return operation
