"""Outputs that one function of an app reads from another: ``output_of``."""

from __future__ import annotations

import asyncio
import contextvars
import functools
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar, overload

from bailiwick.errors import InvalidParameter
from bailiwick.functions import Function
from bailiwick.limits import Limits

Returned = TypeVar("Returned")


class Outputs(Protocol):
    """Source of the outputs of functions."""

    def read(self, function: Function) -> Any:  # noqa: ANN401
        """Return the result of a function, as Python values of the declared types.

        Raises:
            CallFailed: There is no result; the message contains the reason.
        """


class CalledOutputs:
    """Outputs of functions that are called at each read."""

    def read(self, function: Function) -> Any:  # noqa: ANN401
        """Call the function without parameters, and check its result."""
        try:
            arguments = function.parameters.parse(b"")
        except InvalidParameter as error:
            raise TypeError(
                f"output_of({function.name}) calls it without parameters: {error}; "
                "give them defaults"
            ) from None
        returned = function.call(**arguments)
        if function.is_async:
            returned = _awaited(returned)
        result, most = function.result, Limits.from_environment().rows
        return result.read(result.answer(function.name, returned, most).body)


class _Process:
    """Source of outputs in this process, shared by the threads of calls."""

    outputs: Outputs = CalledOutputs()


@contextmanager
def outputs_from(outputs: Outputs) -> Iterator[None]:
    """Set the source of ``output_of`` for the whole process."""
    before = _Process.outputs
    _Process.outputs = outputs
    try:
        yield
    finally:
        _Process.outputs = before


@overload
def output_of(function: Callable[..., Coroutine[Any, Any, Returned]]) -> Returned: ...
@overload
def output_of(function: Callable[..., Returned]) -> Returned: ...
def output_of(function: Callable[..., Any]) -> Any:
    """Return the output of another function of the app.

    In a run, this is the output of that step in the same run, and it is recorded as an input; the
    reading step must need the other step. If results are stored, it is the latest output.
    Otherwise, as in tests, the function is called without parameters (with the sample messages, if
    it takes any).

    Args:
        function: A public function of the app that is not a stream.

    Returns:
        The value; a table is a list of rows of the declared class (dictionaries for a TypedDict),
        with values of the columns' types.

    Raises:
        CallFailed: There is no output, or the function failed.
        TypeError: It cannot be read: it is a stream, lacks a contract or needs parameters.
    """
    described = _described(function)
    if described.is_stream:
        raise TypeError(f"{described.name} is a stream and has no output; return a table instead")
    return _Process.outputs.read(described)


@functools.cache
def _described(function: Callable[..., Any]) -> Function:
    return Function.of(function)


def _awaited(coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
    """Run a coroutine to its end, even if an event loop is running."""
    context = contextvars.copy_context()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(context.run, asyncio.run, coroutine).result()
