"""Parameters of a stream from an address, as a browser's EventSource sends them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from bailiwick.schema import Schema

_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "array": list,
    "null": type(None),
}


def body_of(query: Iterable[tuple[str, str]], schema: Schema) -> bytes:
    """Return query parameters as the JSON object that a call would have sent.

    Lists are given repeated (``a=1&a=2``) or with commas (``a=1,2``). A text that is no value of
    its type stays text, so that validation names it as the caller wrote it.

    Args:
        query: Names and texts, in order.
        schema: JSON Schema of the parameter object.
    """
    given: dict[str, list[str]] = {}
    for name, text in query:
        given.setdefault(name, []).append(text)
    known: dict[str, Schema] = schema["properties"]
    return json.dumps(
        {name: _value(texts, known.get(name, {})) for name, texts in given.items()}
    ).encode()


def _value(texts: list[str], schema: Schema) -> Any:  # noqa: ANN401
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return [_one(part, items) for text in texts for part in text.split(",") if part]
    return _one(texts[0], schema) if len(texts) == 1 else texts


def _one(text: str, schema: Schema) -> Any:  # noqa: ANN401
    options: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or [schema]
    choices = [choice for option in options for choice in _choices(option)]
    for choice in choices:
        if text == (choice if isinstance(choice, str) else json.dumps(choice)):
            return choice
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    return value if any(_fits(value, option) for option in options) else text


def _choices(schema: Schema) -> list[Any]:
    return list(schema.get("enum", [])) + ([schema["const"]] if "const" in schema else [])


def _fits(value: object, schema: Schema) -> bool:
    expected = _TYPES.get(schema.get("type", ""))
    is_flag = isinstance(value, bool)
    return expected is not None and isinstance(value, expected) and is_flag == (expected is bool)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
