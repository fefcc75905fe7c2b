"""Parameters of a function: from its signature to JSON Schema and validation."""

from __future__ import annotations

import difflib
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import ErrorDetails

from bailiwick.checksums import ChecksumError
from bailiwick.errors import InvalidParameter
from bailiwick.messages import folder_of, is_messages, sample_messages
from bailiwick.schema import ContractSchema, Schema, in_words, reason_of


@dataclass(frozen=True)
class Parameters:
    """Parameters of a function.

    Attributes:
        function: Name of the function, for messages.
        schema: JSON Schema 2020-12 of the parameter object.
        take_messages: Whether there is a parameter ``messages: list[Message]``.
    """

    function: str
    schema: Schema
    take_messages: bool
    _model: type[BaseModel]
    _names: Mapping[str, str]

    @classmethod
    def of(cls, function: Callable[..., object], descriptions: Mapping[str, str]) -> Self:
        """Derive the parameters from a signature.

        Args:
            function: A function whose parameters can all be passed by name and are all typed.
            descriptions: One sentence for each parameter that the docstring describes.

        Raises:
            TypeError: A parameter has no type, or a default that does not fit it.
        """
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        names: dict[str, str] = {}
        for index, parameter in enumerate(inspect.signature(function).parameters.values()):
            kind = _typed(parameter, hints)
            # the field's own name never collides with an attribute of pydantic's models
            names[f"p{index}"] = parameter.name
            fields[f"p{index}"] = (
                kind,
                Field(
                    **_default(function, parameter, kind),
                    alias=parameter.name,
                    title=parameter.name.replace("_", " ").capitalize(),
                    description=descriptions.get(parameter.name),
                ),
            )
        model = create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields)
        schema = model.model_json_schema(schema_generator=ContractSchema)
        schema.setdefault("properties", {})
        schema.pop("title", None)
        # objects lose the order of their members on the way through Kubernetes
        schema["x-bailiwick"] = {"order": list(names.values())}
        take_messages = any(is_messages(name, hints[name]) for name in names.values())
        return cls(function.__name__, schema, take_messages, model, names)

    @property
    def names(self) -> list[str]:
        """The parameters in the order of the signature."""
        return list(self._names.values())

    def parse(self, body: bytes | str) -> dict[str, Any]:
        """Validate a JSON object of parameters and return the arguments of the call.

        If ``messages`` is omitted, the app's sample messages are used.

        Raises:
            InvalidParameter: With every mismatch in the field ``details``.
            InvalidData: There are no sample messages, or they cannot be read.
        """
        try:
            parsed = self._model.model_validate_json(body or b"{}", strict=True)
        except ValidationError as error:
            details = [self._explain(detail) for detail in error.errors(include_url=False)]
            raise InvalidParameter(
                "; ".join(detail["message"] for detail in details),
                parameter=details[0]["parameter"],
                expected=details[0]["expected"],
                details=details,
            ) from None
        return {name: getattr(parsed, field) for field, name in self._names.items()}

    def _explain(self, error: ErrorDetails) -> dict[str, Any]:
        if not error["loc"]:
            return _detail(None, "a JSON object of parameters", "the body is not a JSON object")
        name = str(error["loc"][0])
        known: dict[str, Schema] = self.schema["properties"]
        if error["type"] == "extra_forbidden":
            takes = ", ".join(known) or "no parameters"
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            said = f"{name!r} is not a parameter of {self.function}, which takes {takes}{hint}"
            return _detail(name, takes, said)
        expected = in_words(known[name])
        if error["type"] == "missing":
            return _detail(name, expected, f"{name!r} is missing; expected {expected}")
        place = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"][1:]
        )
        came = _shown(error["input"])
        reason = error.get("ctx", {}).get("error")
        why = f", which {reason}" if isinstance(reason, ChecksumError) else ""
        wanted = in_words(_within(known[name], error["loc"][1:]))
        return _detail(name, expected, f"{name}{place}: expected {wanted}, got {came}{why}")


def _within(schema: Schema, path: tuple[int | str, ...]) -> Schema:
    """Return the schema of an item of a list, or the schema itself."""
    for part in path:
        if not isinstance(part, int) or "items" not in schema:
            break
        schema = schema["items"]
    return schema


def _typed(parameter: inspect.Parameter, hints: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        raise TypeError(f"'*{parameter.name}' cannot be described; name each parameter")
    if parameter.kind is parameter.POSITIONAL_ONLY:
        raise TypeError(f"{parameter.name!r} must be passable by name; remove the '/'")
    if hints.get(parameter.name, Any) in (Any, object):
        raise TypeError(
            f"{parameter.name!r} has no type; add one, for example '{parameter.name}: str'"
        )
    return hints[parameter.name]


def _default(
    function: Callable[..., object],
    parameter: inspect.Parameter,
    kind: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Return the default of an omitted value, as arguments of pydantic's ``Field``."""
    if parameter.default is parameter.empty:
        if is_messages(parameter.name, kind):
            return {"default_factory": lambda: sample_messages(folder_of(function))}
        return {"default": ...}
    try:
        TypeAdapter(kind).validate_python(parameter.default)
    except ValidationError as error:
        reason = reason_of(error.errors()[0])
        raise TypeError(
            f"the default of {parameter.name!r} does not fit its type: {reason}"
        ) from None
    return {"default": parameter.default}


def _detail(parameter: str | None, expected: str, message: str) -> dict[str, Any]:
    return {"parameter": parameter, "expected": expected, "message": message}


def _shown(value: object, limit: int = 80) -> str:
    text = json.dumps(value, default=repr, ensure_ascii=False)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
