"""A served function: a Python function with its contract."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import docstring_parser
from pydantic.errors import PydanticUserError

from bailiwick.parameters import Parameters
from bailiwick.results import Result, result_of
from bailiwick.schema import Schema

API_VERSION = "bailiwick.dev/v1alpha1"


@dataclass(frozen=True)
class Function:
    """A function that callers may call.

    Attributes:
        name: Its Python name, which is also its name in addresses.
        title: Short heading for people.
        description: The docstring without its sections.
        parameters: What it takes.
        result: What it returns.
        call: The author's function.
    """

    name: str
    title: str
    description: str
    parameters: Parameters
    result: Result
    call: Callable[..., Any]

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Self:
        """Derive the contract of a function.

        Raises:
            TypeError: Something is missing; the message says what to add.
        """
        docstring = docstring_parser.parse(inspect.getdoc(function) or "")
        if not docstring.short_description:
            raise TypeError("it has no docstring; add one sentence on what it returns")
        descriptions = {
            parameter.arg_name: " ".join(parameter.description.split())
            for parameter in docstring.params
            if parameter.description
        }
        try:
            parameters = Parameters.of(function, descriptions)
            result = result_of(function)
        except (PydanticUserError, NameError, ValueError) as error:
            raise TypeError(str(error).splitlines()[0]) from error
        paragraphs = (docstring.short_description, docstring.long_description)
        return cls(
            name=function.__name__,
            title=function.__name__.replace("_", " ").capitalize(),
            description="\n\n".join(text for text in paragraphs if text),
            parameters=parameters,
            result=result,
            call=function,
        )

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        return inspect.iscoroutinefunction(self.call)

    def document(self) -> Schema:
        """Return the function as it stands in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": self.parameters.schema,
            "result": self.result.document(),
        }


def contract(functions: dict[str, Function]) -> Schema:
    """Return the contract document of an app."""
    documents = [function.document() for function in functions.values()]
    return {"apiVersion": API_VERSION, "functions": documents}
