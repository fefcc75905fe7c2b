"""Formats of texts beyond JSON Schema: exact decimals, currencies, money, months and time zones.

The rules are data: ``formats.json`` is written by the script that writes the schemas of packs.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_RULES: Final[Mapping[str, Mapping[str, Any]]] = json.loads(
    files("bailiwick").joinpath("formats.json").read_text(encoding="utf-8")
)


DATE_TIME: Final = "date-time"
"""Format of :class:`datetime.datetime` with an offset from UTC (RFC 3339)."""


def aware(moment: dt.datetime) -> dt.datetime:
    """Return a moment that has an offset from UTC.

    Raises:
        ValueError: It has none, so that readers cannot know which moment it is.
    """
    if moment.utcoffset() is None:
        raise ValueError(
            f"{moment.isoformat()} has no offset from UTC; give it one: "
            "moment.replace(tzinfo=datetime.UTC), or the ZoneInfo of its place"
        )
    return moment


def words_of(name: str) -> str | None:
    """Return what a text of a format is, for example ``a month such as 2026-02``.

    Returns:
        None for formats of JSON Schema itself.
    """
    return str(_RULES[name]["words"]) if name in _RULES else None


def has_format(name: str, text: str) -> bool:
    """Return whether a text has a format.

    Raises:
        ValueError: There is no such format.

    Example:
        >>> has_format("month", "2026-02")
        True
    """
    if name not in _RULES:
        raise ValueError(f"there is no format {name!r}; there is {', '.join([*_RULES, DATE_TIME])}")
    rule = _RULES[name]
    # $ would take a line break at the end.
    if not re.fullmatch(rule["pattern"].removeprefix("^").removesuffix("$"), text, re.ASCII):
        return False
    return not rule["isZone"] or _is_zone(text)


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _checked(name: str, text: str) -> str:
    if not has_format(name, text):
        raise ValueError(f"it must be {words_of(name)}")
    return text


@dataclass(frozen=True)
class Money:
    """An exact amount in a currency (ISO 4217); in JSON and CSV a text such as ``1234.50 EUR``.

    Attributes:
        amount: The amount; its decimals are kept as they are.
        currency: Three capital letters.

    Raises:
        ValueError: The amount is no finite decimal, or the currency does not exist.

    Example:
        >>> str(Money.parse("10.50 EUR") + Money.parse("0.25 EUR"))
        '10.75 EUR'
    """

    amount: decimal.Decimal
    currency: str

    def __post_init__(self) -> None:
        """Check both parts; a whole number becomes a decimal."""
        if isinstance(self.amount, int) and not isinstance(self.amount, bool):
            object.__setattr__(self, "amount", decimal.Decimal(self.amount))
        if not isinstance(self.amount, decimal.Decimal):
            kind = type(self.amount).__name__
            raise ValueError(  # noqa: TRY004
                f"the amount {self.amount!r} is of type {kind}, which is not exact; write "
                f'Money.parse("45.50 {self.currency}") or Money(Decimal("45.50"), '
                f'"{self.currency}")'
            )
        _checked("money", str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the money that a text says.

        Raises:
            ValueError: It is no text such as ``1234.50 EUR``.
        """
        amount, currency = _checked("money", text).split(" ")
        return cls(decimal.Decimal(amount), currency)

    def __str__(self) -> str:
        """Return the text that stands in JSON and CSV."""
        return f"{self.amount:f} {self.currency}"

    def __add__(self, other: Money) -> Money:
        """Return the sum.

        Raises:
            ValueError: The currencies differ.
        """
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Return the difference.

        Raises:
            ValueError: The currencies differ.
        """
        return Money(self.amount - self._same(other).amount, self.currency)

    def __mul__(self, factor: decimal.Decimal | int) -> Money:
        """Return a multiple; round it with :meth:`decimal.Decimal.quantize` where you need to."""
        return Money(self.amount * factor, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} are in different currencies; convert one first")
        return other

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate and write it as text."""
        return TextFormat("money").__get_pydantic_core_schema__(source, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text."""
        return {**handler(schema), "format": "money"}


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "decimal": decimal.Decimal,
    "money": Money.parse,
}


@dataclass(frozen=True)
class TextFormat:
    """Makes pydantic take and write values as texts of a format; an annotation of a type.

    ``decimal`` gives :class:`decimal.Decimal`, ``money`` gives :class:`Money`, the others ``str``.
    Values of these types are taken, too, so that functions return them as they are. Floats are
    refused: they are not exact. The JSON Schema is that of a string; the format is added where the
    annotation is used.
    """

    name: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a validator that takes texts, and values that are written as one."""
        return core_schema.no_info_plain_validator_function(
            self._parsed,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _written, return_schema=core_schema.str_schema()
            ),
        )

    def _parsed(self, value: object) -> Any:  # noqa: ANN401
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if self.name == "decimal" and (is_whole or isinstance(value, decimal.Decimal)):
            value = _written(value)
        elif self.name == "money" and isinstance(value, Money):
            return value
        if not isinstance(value, str):
            raise ValueError(f"it must be {words_of(self.name)}, as text or {_type_of(self.name)}")  # noqa: TRY004
        return _PARSERS.get(self.name, str)(_checked(self.name, value))


def _written(value: object) -> str:
    return f"{value:f}" if isinstance(value, decimal.Decimal) else str(value)


def _type_of(name: str) -> str:
    python: str = _RULES[name]["python"]
    return python
