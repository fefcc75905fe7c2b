"""Formats of texts beyond JSON Schema: exact decimals, currencies, money, months and time zones.

The rules are data: ``formats.json`` is written by the script that writes the schemas of packs.
"""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import json
import numbers
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_RULES: Final[Mapping[str, Mapping[str, Any]]] = json.loads(
    Path(__file__).with_name("formats.json").read_text(encoding="utf-8")
)


DATE_TIME: Final = "date-time"
"""Format of :class:`datetime.datetime` with an offset from UTC (RFC 3339)."""


def aware(moment: dt.datetime) -> dt.datetime:
    """Return a datetime that has an offset from UTC unchanged.

    Raises:
        ValueError: The datetime has no offset, so its instant is ambiguous.
    """
    if moment.utcoffset() is None:
        raise ValueError(
            f"{moment.isoformat()} has no offset from UTC; add one: "
            "moment.replace(tzinfo=datetime.UTC), or the ZoneInfo of its place"
        )
    return moment


def words_of(name: str) -> str | None:
    """Return the description of a format, for example ``a month such as 2026-02``.

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
        known = ", ".join([*_RULES, DATE_TIME])
        raise ValueError(f"unknown format {name!r}; known formats: {known}")
    return re.fullmatch(_RULES[name]["pattern"], text, re.ASCII) is not None


def _checked(name: str, text: str) -> str:
    if not has_format(name, text):
        raise ValueError(f"it must be {words_of(name)}")
    return text


# Enough for a sum or a product of amounts; what does not fit raises Inexact.
_EXACT: Final = decimal.Context(prec=100, traps=[decimal.Inexact, decimal.InvalidOperation])
_TOO_MANY_DIGITS: Final = (
    "with at most 27 digits before the point and 12 after it; round it with quantize"
)


def _exact(value: object) -> decimal.Decimal | None:
    """Return a Decimal or an integer (also of numpy) as a Decimal; None for other types."""
    if isinstance(value, decimal.Decimal):
        return value
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return decimal.Decimal(operator.index(value))
    return None


def _check_digits(name: str, number: decimal.Decimal) -> None:
    if number.is_finite() and not has_format("decimal", f"{number:f}"):
        raise ValueError(f"it must be {words_of(name)}, {_TOO_MANY_DIGITS}")


@functools.total_ordering
@dataclass(frozen=True)
class Money:
    """An exact amount in a currency (ISO 4217); in JSON and CSV a text such as ``1234.50 EUR``.

    Sums, differences and multiples are exact; they raise :class:`ValueError` when the currencies
    differ or the result has too many digits. ``sum(amounts)`` adds several; the sum of none is 0.

    Attributes:
        amount: The amount; its decimals are kept as they are. Integers are converted to Decimal.
        currency: Three capital letters.

    Raises:
        ValueError: The amount is neither a Decimal nor a whole number (floats are not exact), it is
            not finite or has more than 27 digits before the point or 12 after it, or the currency
            does not exist.

    Example:
        >>> str(Money.parse("10.50 EUR") + Money.parse("0.25 EUR"))
        '10.75 EUR'
    """

    amount: decimal.Decimal
    currency: str

    def __post_init__(self) -> None:
        """Validate both fields; convert an integer to a Decimal."""
        amount = _exact(self.amount)
        if amount is None:
            kind = type(self.amount).__name__
            raise ValueError(
                f"the amount {self.amount!r} is of type {kind}, which is not exact; write "
                f'Money.parse("45.50 {self.currency}") or Money(Decimal("45.50"), '
                f'"{self.currency}")'
            )
        object.__setattr__(self, "amount", amount)
        _check_digits("money", amount)
        _checked("money", str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a text.

        Raises:
            ValueError: The text is not written as ``1234.50 EUR``.
        """
        amount, currency = _checked("money", text).split(" ")
        return cls(decimal.Decimal(amount), currency)

    def __str__(self) -> str:
        """Return the text used in JSON and CSV."""
        return f"{self.amount:f} {self.currency}"

    def __add__(self, other: Money) -> Money:
        """Return the sum."""
        if not isinstance(other, Money):
            return NotImplemented
        return self._calculated(operator.add, self._same(other).amount)

    def __radd__(self, other: int) -> Money:
        """Return the money itself for 0, the start value of :func:`sum`."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: Money) -> Money:
        """Return the difference."""
        if not isinstance(other, Money):
            return NotImplemented
        return self._calculated(operator.sub, self._same(other).amount)

    def __neg__(self) -> Money:
        """Return the negated amount."""
        return Money(decimal.Decimal(0), self.currency) - self

    def __mul__(self, factor: decimal.Decimal | int) -> Money:
        """Return a multiple; round the factor with :meth:`decimal.Decimal.quantize` if needed."""
        exact = _exact(factor)
        return NotImplemented if exact is None else self._calculated(operator.mul, exact)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        """Return whether the amount is less than another in the same currency."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._same(other).amount

    def _calculated(
        self,
        calculate: Callable[[decimal.Decimal, decimal.Decimal], decimal.Decimal],
        other: decimal.Decimal,
    ) -> Money:
        with decimal.localcontext(_EXACT):
            try:
                amount = calculate(self.amount, other)
            except decimal.Inexact:
                raise ValueError(f"it must be {words_of('money')}, {_TOO_MANY_DIGITS}") from None
        return Money(amount, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} are in different currencies; convert one first")
        return other

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate the value, and serialize it as text."""
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
_TYPES: Final[Mapping[str, type]] = {
    "str": str,
    "decimal.Decimal": decimal.Decimal,
    "bailiwick.Money": Money,
}


_FLOAT_REMEDY: Final = (
    "; floats are not exact. A pandas column of whole numbers with gaps stays exact as Int64: "
    "use .astype('Int64') where it is made"
)


@dataclass(frozen=True)
class TextFormat:
    """Annotation of a type whose values pydantic validates and serializes as texts of a format.

    ``decimal`` gives :class:`decimal.Decimal`, ``money`` gives :class:`Money`, the others ``str``.
    Values of these types are also accepted, so that functions can return them. Floats are rejected
    because they are not exact. The JSON Schema is that of a string; the format is added where the
    annotation is used.
    """

    name: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a validator for texts, and for values with a text form.

        Raises:
            TypeError: The hint is not the Python type of the format.
        """
        if source is not _TYPES[_type_of(self.name)]:
            hinted = getattr(source, "__name__", source)
            raise TypeError(
                f"the format {self.name!r} is for {_type_of(self.name)}, not for {hinted}; "
                "correct the type before Vocabulary(…), or the format"
            )
        return core_schema.no_info_plain_validator_function(
            self._parsed,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _written, return_schema=core_schema.str_schema()
            ),
        )

    def _parsed(self, value: object) -> Any:  # noqa: ANN401
        if self.name == "money" and isinstance(value, Money):
            return value
        if self.name == "decimal" and (number := _exact(value)) is not None:
            _check_digits(self.name, number)
            value = _written(number)
        if not isinstance(value, str):
            raise ValueError(  # noqa: TRY004
                f"it must be {words_of(self.name)}, as text or {_type_of(self.name)}"
                + (_FLOAT_REMEDY if self.name == "decimal" and isinstance(value, float) else "")
            )
        return _PARSERS.get(self.name, str)(_checked(self.name, value))


def _written(value: object) -> str:
    return f"{value:f}" if isinstance(value, decimal.Decimal) else str(value)


def _type_of(name: str) -> str:
    python: str = _RULES[name]["python"]
    return python
