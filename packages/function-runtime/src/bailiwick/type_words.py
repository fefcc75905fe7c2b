"""Names and descriptions of types: one row per Python type, for contracts and error messages."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args, get_origin

from bailiwick.formats import Money, words_of


@dataclass(frozen=True)
class TypeWords:
    """How a type is called.

    Attributes:
        name: Type of a column in the contract.
        python: The Python type.
        schema: Value of ``format`` in JSON Schema or, for types without a format, of ``type``.
        words: Description of the values; None if ``formats.json`` has it.
    """

    name: str
    python: type
    schema: str
    words: str | None = None


# Another name for a type is a breaking change of the contracts that have it.
_TYPES: Final = (
    TypeWords("Text", str, "string", "text"),
    TypeWords("Boolean", bool, "boolean", "true or false"),
    TypeWords("Integer", int, "integer", "a whole number"),
    TypeWords("Number", float, "number", "a number"),
    TypeWords("Decimal", decimal.Decimal, "decimal"),
    TypeWords("Money", Money, "money"),
    TypeWords(
        "DateTime",
        dt.datetime,
        "date-time",
        "a date and time with its offset from UTC such as 2009-12-31T17:00:00Z",
    ),
    TypeWords("Date", dt.date, "date", "a date such as 2009-12-31"),
    TypeWords("Time", dt.time, "time", "a time such as 17:00:00"),
    TypeWords("Duration", dt.timedelta, "duration", "a duration such as PT15S"),
    TypeWords("UUID", uuid.UUID, "uuid", "a UUID"),
)
_OTHERS: Final = {
    "array": "a list",
    "object": "an object",
    "null": "null",
    "uri": "an address such as https://example.com/",
}
_NAMES: Final = {row.python: row.name for row in _TYPES}
_WORDS: Final = {row.schema: row.words for row in _TYPES if row.words} | _OTHERS


def type_name(hint: Any) -> str:  # noqa: ANN401
    """Return the name of a type in the contract; ``Json`` for lists, objects and unions.

    Example:
        >>> type_name(Literal["buy", "sell"])
        'Text'
    """
    if get_origin(hint) is Literal:
        return _common_name({type(choice) for choice in get_args(hint)})
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _common_name({type(member.value) for member in hint})
    return _NAMES.get(hint, "Json")


def written(hint: Any) -> str:  # noqa: ANN401
    """Return a type as in code, for messages."""
    return getattr(hint, "__name__", None) or str(hint)


def schema_words(json_type: str, text_format: str = "") -> str:
    """Describe the values of a JSON Schema by its ``format`` or, without one, by its ``type``."""
    return words_of(text_format) or _WORDS.get(text_format) or _WORDS.get(json_type) or "a value"


def _common_name(types: set[type]) -> str:
    names = {_NAMES.get(one, "Json") for one in types}
    return names.pop() if len(names) == 1 else "Json"
