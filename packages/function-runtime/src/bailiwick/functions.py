"""A served function: a Python function with its contract."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import docstring_parser
from docstring_parser import (
    Docstring,
    DocstringParam,
    DocstringRaises,
    DocstringReturns,
    DocstringStyle,
    ParseError,
)
from docstring_parser.common import DocstringExample
from pydantic.errors import PydanticUserError

from bailiwick.ages import max_age_of
from bailiwick.operations import Operation, Role, operation_of
from bailiwick.parameters import Parameters
from bailiwick.results import Result, StreamResult
from bailiwick.return_types import result_of
from bailiwick.schema import Schema

API_VERSION = "bailiwick.dev/v1alpha1"

_STYLES: Final = (
    DocstringStyle.GOOGLE,
    DocstringStyle.NUMPYDOC,
    DocstringStyle.REST,
    DocstringStyle.EPYDOC,
)

_SECTIONS: Final = (DocstringParam, DocstringReturns, DocstringRaises, DocstringExample)
"""The sections that select a style; those of generators are ``DocstringReturns``, too."""


@dataclass(frozen=True)
class Function:
    """A function that callers can call.

    Attributes:
        name: Its Python name, which is also its name in addresses.
        title: Short heading for people.
        description: The docstring without its sections.
        parameters: Its parameters.
        result: Its result type.
        call: The author's function.
        is_stored: Whether calls return stored results, see :meth:`stored`.
        max_age: Maximum age of a reused result in seconds; ``None`` if each call runs the function.
        operation: Check or verb; ``None`` for functions of consumers.
    """

    name: str
    title: str
    description: str
    parameters: Parameters
    result: Result
    call: Callable[..., Any]
    is_stored: bool = False
    max_age: int | None = None
    operation: Operation = field(default_factory=Operation)

    @classmethod
    def of(cls, function: Callable[..., Any], derive: Callable[..., Result] = result_of) -> Self:
        """Derive the contract of a function.

        Args:
            function: The author's function.
            derive: Derives its result, as :func:`result_of` does.

        Raises:
            TypeError: A part of the contract is missing; the message names the part to add.
        """
        docstring = _docstring_of(function)
        if not docstring.short_description:
            raise TypeError("it has no docstring; add one sentence about its result")
        descriptions = {
            parameter.arg_name: " ".join(parameter.description.split())
            for parameter in docstring.params
            if parameter.description
        }
        try:
            operation = operation_of(function)
            parameters = Parameters.of(function, descriptions)
            # of several messages about one thing, the last one counts
            result = derive(function, keys_repeat=parameters.take_messages)
        except (PydanticUserError, NameError, ValueError) as error:
            raise TypeError(str(error).splitlines()[0]) from error
        max_age = max_age_of(function)
        if max_age and (operation.role != "data" or isinstance(result, StreamResult)):
            raise TypeError("only functions that return a table or a value can be @cached")
        if max_age and parameters.take_messages:
            raise TypeError("a function of messages cannot be @cached; remove the decorator")
        paragraphs = (docstring.short_description, docstring.long_description)
        return cls(
            name=function.__name__,
            title=function.__name__.replace("_", " ").capitalize(),
            description="\n\n".join(text for text in paragraphs if text),
            parameters=parameters,
            result=result,
            call=function,
            max_age=max_age,
            operation=operation,
        )

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        return inspect.iscoroutinefunction(self.call)

    @property
    def is_stream(self) -> bool:
        """Whether the function is a stream of rows."""
        return isinstance(self.result, StreamResult)

    @property
    def result_digest(self) -> str:
        """Digest of the contract of the result; results stored under another digest are ignored."""
        document = json.dumps(self.result.document(), sort_keys=True, default=str)
        return digest_of(document.encode())

    def stored(self) -> Self:
        """Return the function as callers see it if the results of its runs are stored.

        Its only parameter then selects the run.
        """
        description = {
            "asOf": "Name of a run, or a time (RFC 3339): the newest run that had ended by then. "
            "By default the latest run."
        }
        parameters = replace(Parameters.of(_stored, description), function=self.name)
        return replace(self, parameters=parameters, is_stored=True, max_age=None)

    def document(self) -> Schema:
        """Return the function as in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": self.parameters.schema,
            "result": self.result.document(),
            **({"stored": True} if self.is_stored else {}),
            **({"maxAgeSeconds": self.max_age} if self.max_age else {}),
        }

    def check_document(self) -> Schema:
        """Return the function as a check in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            **_said(self.operation.words, "remedy"),
        }

    def verb_document(self) -> Schema:
        """Return the function as a verb in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": self.parameters.schema,
            **_said(self.operation.words, "confirm"),
        }


def _docstring_of(function: Callable[..., Any]) -> Docstring:
    """Parse a docstring in the style that keeps its first sentence and describes the most.

    The parser's own choice counts sections of any name, which a line of text can resemble.
    """
    text = inspect.getdoc(function) or ""
    names = inspect.signature(function).parameters.keys()
    parsed: list[Docstring] = []
    for style in _STYLES:
        with suppress(ParseError):
            parsed.append(docstring_parser.parse(text, style))
    return max(
        parsed,
        key=lambda one: (
            bool(one.short_description),
            len(names & {param.arg_name for param in one.params}),
            sum(isinstance(section, _SECTIONS) for section in one.meta),
        ),
    )


def _said(words: str, name: str) -> Schema:
    return {name: words} if words else {}


def digest_of(content: bytes) -> str:
    """Return the SHA-256 digest of some bytes, ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _stored(asOf: str | None = None) -> None:  # noqa: N803 - name of the parameter in addresses
    """Signature of all stored functions."""


def of_role(functions: dict[str, Function], role: Role) -> dict[str, Function]:
    """Return the functions for consumers, health checks, or custom actions."""
    return {name: one for name, one in functions.items() if one.operation.role == role}


def contract(functions: dict[str, Function]) -> Schema:
    """Return the contract document of an app; ``checks`` and ``verbs`` are omitted if empty."""
    readers, checks, verbs = (
        of_role(functions, role).values() for role in ("data", "check", "verb")
    )
    return {
        "apiVersion": API_VERSION,
        "functions": [function.document() for function in readers],
        **({"checks": [check.check_document() for check in checks]} if checks else {}),
        **({"verbs": [verb.verb_document() for verb in verbs]} if verbs else {}),
    }
