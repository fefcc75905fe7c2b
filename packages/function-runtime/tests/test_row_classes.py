"""Classes of rows: their contract, and what a step reads of another."""

import dataclasses
import decimal
from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, Generic, TypeVar

import pandas as pd
import pydantic
import pytest
from pydantic import BaseModel, ConfigDict, Field

from bailiwick import Key, Money, Table
from bailiwick.outputs import output_of
from bailiwick.results import StreamResult
from bailiwick.return_types import result_of
from tests.prices import (
    ALL,
    COLUMNS,
    DAY,
    Base,
    Dictionary,
    Model,
    Plain,
    Prices,
    Single,
    Symbol,
    described,
    frozen,
    model,
    plain,
    rows_of,
    table_of,
)
from tests.shelves import Shelf


@pytest.mark.parametrize("prices", ALL)
def test_describe_the_contract_of_a_typed_dict(prices: Prices) -> None:
    assert described(prices).document() == described(table_of(Dictionary)).document()
    description = {column["name"]: column for column in described(prices).document()["columns"]}
    assert description["price"]["description"] == "Price"
    assert description["price"]["schema"]["exclusiveMinimum"] == 0
    assert "default" not in description["price"]["schema"]


@dataclass
class Derived:
    amount: decimal.Decimal
    paid: Money
    twice: decimal.Decimal = field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.amount


T = TypeVar("T")


class Box(BaseModel, Generic[T]):
    value: T


def test_some_less_common_classes() -> None:
    row = {"amount": "1.5", "paid": "2.00 EUR", "twice": "3.0"}
    derived = Derived(decimal.Decimal("1.5"), Money.parse("2.00 EUR"))
    assert rows_of(table_of(Derived), [derived, row]) == [row, row]
    assert rows_of(table_of(Single), [Single(1), Single(None)]) == [{"value": 1}, {"value": None}]
    assert rows_of(table_of(Box[int]), [Box[int](value=1)]) == [{"value": 1}]
    assert described(table_of(Box[int])).columns[0].type == "Integer"


def test_classes_with_their_own_json_form_are_values() -> None:
    class Names(pydantic.RootModel[list[str]]):
        pass

    for row in (Money, Names, list[int]):
        assert result_of(table_of(row, list)).document()["kind"] == "value"


@pydantic.dataclasses.dataclass
class Early:
    place: "Place"


@dataclass
class Place:
    name: str


def early() -> Table[Early]:
    """Early."""
    return [Early(Place("oven"))]


def test_a_class_can_refer_to_a_later_one() -> None:
    assert rows_of(early, [{"place": {"name": "oven"}}]) == [{"place": {"name": "oven"}}]
    assert output_of(early) == early()


def test_output_of_returns_instances() -> None:
    for prices in ALL:
        first, second = output_of(prices)
        assert (type(first), second) == (type(prices()[0]), prices()[1])
        assert (first.day, first.change) == (DAY, None)
    [first, _] = output_of(plain)
    assert isinstance(first, Plain)
    assert first.text == "AAPL 1.50"
    assert output_of(model)[0]._cache == {}


def models() -> list[Model]:
    """Prices."""
    return [Model(symbol="AAPL", day=DAY)]


@pytest.mark.parametrize("prices", ALL)
def test_a_store_keeps_instances(prices: Prices, tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path, prices)
    assert shelf.write(prices()) == "parquet"
    assert shelf.has_answers_of_a_call(prices())
    [first, _] = shelf.stored.read(shelf.function)
    assert isinstance(first, type(prices()[0]))


def test_instances_make_a_data_frame() -> None:
    assert list(pd.DataFrame(output_of(frozen)).columns) == list(COLUMNS)
    assert list(pd.DataFrame([dict(row) for row in output_of(models)]).columns) == list(COLUMNS)


@dataclass
class Initial:
    price: float
    rate: InitVar[float]


@dataclass
class Private:
    price: float
    _rate: float


class Computed(BaseModel):
    price: float

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def double(self) -> float:
        return 2 * self.price


class Serialized(BaseModel):
    price: float

    @pydantic.field_serializer("price")
    def _text(self, value: float) -> str:
        return f"{value:.2f}"


class Alias(BaseModel):
    price: float = Field(alias="Price")


class Generated(BaseModel):
    model_config = ConfigDict(alias_generator=str.upper)
    price: float


class Excluded(BaseModel):
    price: float
    secret: str = Field(exclude=True)


@dataclass
class AliasInDataclass:
    price: Annotated[float, Field(validation_alias="Price")]


@dataclass
class Empty:
    currency: ClassVar[str] = "USD"


class Untyped(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    frame: pd.DataFrame


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Initial, "'rate' of Initial is an InitVar, .* make it a field, or remove it"),
        (Private, "private field '_rate' of Private has no default, .* add a default"),
        (Computed, "computed field 'double' of Computed cannot be a column; make it a field"),
        (Serialized, "serializer '_text' of Serialized would not run; remove it"),
        (Alias, "column 'price' has an alias; remove it, and rename the field instead"),
        (Generated, "column 'price' has an alias"),
        (AliasInDataclass, "column 'price' has an alias"),
        (Excluded, "column 'secret' is excluded from the output; remove 'exclude'"),
        (Empty, "Empty has no columns"),
        (Untyped, "column 'frame' has no JSON form"),
    ],
)
def test_what_cannot_be_a_column_is_explained(row: type, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        result_of(table_of(row))


def test_lists_of_classes_that_cannot_be_rows_are_values() -> None:
    for row in (Computed, Serialized, Alias, Generated, Excluded, AliasInDataclass, Initial):
        assert result_of(table_of(row, list)).document()["kind"] == "value"
        with pytest.raises(TypeError):
            StreamResult(row, is_async=False)
    assert result_of(table_of(Model, list)).document()["kind"] == "table"

    value = result_of(table_of(Computed, list)).answer("prices", [Computed(price=1)], 10)
    assert value.body == b'{"value":[{"price":1.0,"double":2.0}]}'
    with pytest.raises(TypeError, match="has no JSON form"):
        result_of(table_of(Untyped, list))


def test_fields_can_be_reordered_by_a_base() -> None:
    @dataclass(kw_only=True)
    class Renewed(Base):
        price: float
        symbol: Annotated[Symbol, Key] = "AAPL"

    names = [one.name for one in dataclasses.fields(Renewed)]
    assert described(table_of(Renewed)).names == names == ["symbol", "day", "price"]
