"""A served function: a Python function with its contract."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self

import docstring_parser
from pydantic.errors import PydanticUserError

from bailiwick.parameters import Parameters
from bailiwick.results import Result, StreamResult, result_of
from bailiwick.schema import Schema
from bailiwick.tending import Role, Tending, tending_of

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
        is_stored: Whether calls are answered from the store, see :meth:`stored`.
        tending: For whom it is, when it is not for readers.
    """

    name: str
    title: str
    description: str
    parameters: Parameters
    result: Result
    call: Callable[..., Any]
    is_stored: bool = False
    tending: Tending = field(default_factory=Tending)

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
            tending = tending_of(function)
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
            tending=tending,
        )

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        return inspect.iscoroutinefunction(self.call)

    @property
    def is_stream(self) -> bool:
        """Whether the function yields rows one after another."""
        return isinstance(self.result, StreamResult)

    @property
    def result_digest(self) -> str:
        """Digest of the contract of the result: what is stored under another one is not read."""
        document = json.dumps(self.result.document(), sort_keys=True, default=str)
        return digest_of(document.encode())

    def stored(self) -> Self:
        """Return the function as callers see it when results of its runs are stored.

        It then takes nothing but the run that is wanted.
        """
        description = {"run": "Which run; the latest when left out."}
        parameters = replace(Parameters.of(_stored, description), function=self.name)
        return replace(self, parameters=parameters, is_stored=True)

    def document(self) -> Schema:
        """Return the function as it stands in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": self.parameters.schema,
            "result": self.result.document(),
            **({"stored": True} if self.is_stored else {}),
        }

    def check_document(self) -> Schema:
        """Return the function as a check in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            **_said(self.tending.words, "remedy"),
        }

    def verb_document(self) -> Schema:
        """Return the function as a verb in ``GET /contract``."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": self.parameters.schema,
            **_said(self.tending.words, "confirm"),
        }


def _said(words: str, name: str) -> Schema:
    return {name: words} if words else {}


def digest_of(content: bytes) -> str:
    """Return the SHA-256 digest of some bytes, ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _stored(run: str | None = None) -> None:
    """Have the parameters of every stored function."""


def of_role(functions: dict[str, Function], role: Role) -> dict[str, Function]:
    """Return the functions that are for readers, for the app's health, or for its operators."""
    return {name: one for name, one in functions.items() if one.tending.role == role}


def contract(functions: dict[str, Function]) -> Schema:
    """Return the contract document of an app; ``checks`` and ``verbs`` only where there are any."""
    readers, checks, verbs = (
        of_role(functions, role).values() for role in ("data", "check", "verb")
    )
    return {
        "apiVersion": API_VERSION,
        "functions": [function.document() for function in readers],
        **({"checks": [check.check_document() for check in checks]} if checks else {}),
        **({"verbs": [verb.verb_document() for verb in verbs]} if verbs else {}),
    }
