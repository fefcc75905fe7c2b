"""Names of types in contracts and in error messages."""

import datetime as dt
import decimal
import enum
import uuid
from typing import Literal

import pytest

from bailiwick.formats import Money
from bailiwick.schema import in_words
from bailiwick.type_words import type_name


class _Side(enum.StrEnum):
    BUY = "buy"
    SELL = "sell"


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        (str, "Text"),
        (bool, "Boolean"),
        (int, "Integer"),
        (float, "Number"),
        (decimal.Decimal, "Decimal"),
        (Money, "Money"),
        (dt.date, "Date"),
        (dt.datetime, "DateTime"),
        (dt.time, "Time"),
        (dt.timedelta, "Duration"),
        (uuid.UUID, "UUID"),
        (Literal["buy", "sell"], "Text"),
        (_Side, "Text"),
        (Literal[1, 2], "Integer"),
        (Literal[1, "two"], "Json"),
        (list[int], "Json"),
        (dict[str, int], "Json"),
    ],
)
def test_name_in_the_contract(hint: object, name: str) -> None:
    assert type_name(hint) == name


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "uuid"}, "a UUID"),
        ({"type": "string", "format": "month"}, "a month such as 2026-02"),
        ({"type": "string", "format": "hostname"}, "text"),
        ({"type": "array", "items": {"type": "integer"}}, "a list of a whole number"),
        ({}, "a value"),
    ],
)
def test_description_of_values(schema: dict[str, object], words: str) -> None:
    assert in_words(schema) == words
