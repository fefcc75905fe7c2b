"""The same table with rows of each class, and how its results are read."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar, TypedDict

import pydantic
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from bailiwick import Column, Key, Table, Vocabulary
from bailiwick.results import TableResult
from bailiwick.return_types import result_of

Symbol = Annotated[str, Vocabulary("Symbol", pattern="^[A-Z]{1,5}$", options={"dataset": "stocks"})]
Change = Annotated[float | None, Column("Against the month before", unit="ratio")]
DAY = dt.date(2026, 1, 2)


class Dictionary(TypedDict):
    symbol: Annotated[Symbol, Key]
    day: Annotated[dt.date, Key]
    price: Annotated[float, Field(description="Price", gt=0)]
    change: Change


@dataclass
class Base:
    symbol: Annotated[Symbol, Key]
    day: Annotated[dt.date, Key]


@dataclass
class Plain(Base):
    currency: ClassVar[str] = "USD"
    price: Annotated[float, Field(description="Price", gt=0)] = 1.0
    change: Change = None
    _cache: dict[str, float] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        return f"{self.symbol} {self.price}{len(self._cache)}"


@dataclass(frozen=True, slots=True)
class Frozen:
    symbol: Annotated[Symbol, Key]
    day: Annotated[dt.date, Key]
    price: Annotated[float, Field(description="Price", gt=0)] = 1.0
    change: Change = None


class Model(BaseModel):
    model_config = ConfigDict(frozen=True)
    currency: ClassVar[str] = "USD"

    symbol: Annotated[Symbol, Key]
    day: Annotated[dt.date, Key]
    price: float = Field(default=1.0, description="Price", gt=0)
    change: Change = None
    _cache: dict[str, float] = PrivateAttr(default_factory=dict)


@pydantic.dataclasses.dataclass
class Checked:
    symbol: Annotated[Symbol, Key]
    day: Annotated[dt.date, Key]
    price: float = Field(default=1.0, description="Price", gt=0)
    change: Change = None


def plain() -> Table[Plain]:
    """Prices."""
    return [Plain("AAPL", DAY, 1.5, float("nan")), Plain("MSFT", DAY)]


def frozen() -> list[Frozen]:
    """Prices."""
    return [Frozen("AAPL", DAY, 1.5, float("nan")), Frozen("MSFT", DAY)]


def model() -> Table[Model]:
    """Prices."""
    return [
        Model(symbol="AAPL", day=DAY, price=1.5, change=float("nan")),
        Model(symbol="MSFT", day=DAY),
    ]


def checked() -> Table[Checked]:
    """Prices."""
    return [Checked("AAPL", DAY, 1.5, float("nan")), Checked("MSFT", DAY)]


Prices = Callable[[], Any]
ALL: list[Prices] = [plain, frozen, model, checked]
ROWS: list[dict[str, Any]] = [
    {"symbol": "AAPL", "day": "2026-01-02", "price": 1.5, "change": None},
    {"symbol": "MSFT", "day": "2026-01-02", "price": 1.0, "change": None},
]
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}


def described(function: Callable[[], object]) -> TableResult:
    result = result_of(function)
    assert isinstance(result, TableResult)
    return result


def rows_of(function: Callable[[], object], returned: object, most: int = 10) -> object:
    body = described(function).answer("prices", returned, most).body
    return json.loads(body)["rows"]


def table_of(row: type, kind: Any = Table) -> Callable[[], object]:  # noqa: ANN401
    def prices() -> object:
        return []

    prices.__annotations__["return"] = kind[row]
    return prices


@dataclass
class Single:
    value: int | None
