"""Rows as instances of dataclasses and pydantic models."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict

from bailiwick.errors import ContractBroken, TooManyRows
from bailiwick.functions import Function
from bailiwick.results import StreamResult
from bailiwick.testing import call, first_rows
from tests.conftest import WriteApp
from tests.prices import (
    ALL,
    COLUMNS,
    DAY,
    ROWS,
    Dictionary,
    Frozen,
    Model,
    Plain,
    Prices,
    Single,
    described,
    frozen,
    model,
    plain,
    rows_of,
    table_of,
)
from tests.servers import events_in, serving


@pytest.mark.parametrize("prices", ALL)
def test_instances_become_rows(prices: Prices) -> None:
    result = described(prices)
    assert rows_of(prices, prices()) == ROWS
    assert rows_of(prices, (row for row in prices())) == ROWS

    read = pa.ipc.open_stream(result.arrow("prices", prices(), 10).body).read_all()
    assert read.to_pylist() == [{**row, "day": DAY} for row in ROWS]

    file = result.parquet("prices", prices(), 10)
    assert pd.read_parquet(io.BytesIO(file.body)).to_dict("records")[0]["symbol"] == "AAPL"


@pytest.mark.parametrize("prices", ALL)
@pytest.mark.parametrize(
    "returned",
    [ROWS, pd.DataFrame(COLUMNS), pl.DataFrame(COLUMNS), pa.table(COLUMNS)],
    ids=["dictionaries", "pandas", "polars", "pyarrow"],
)
def test_dictionaries_and_tables_stay_rows(prices: Prices, returned: object) -> None:
    assert rows_of(prices, returned) == ROWS
    encoded = described(prices).arrow("prices", returned, 10)
    read = pa.ipc.open_stream(encoded.body).read_all()
    assert read.to_pylist() == [{**row, "day": DAY} for row in ROWS]


@pytest.mark.parametrize("prices", ALL)
def test_can_be_mixed(prices: Prices) -> None:
    first, _ = prices()
    for missing in (float("nan"), pd.NaT, pd.NA):
        assert rows_of(prices, [first, {**ROWS[1], "change": missing}]) == ROWS


def _list_of(values: Any) -> Any:  # noqa: ANN401
    return None if values is None else list(values)


@dataclass
class Curve:
    values: Annotated[list[float] | None, BeforeValidator(_list_of)]


class CurveModel(BaseModel):
    values: Annotated[list[float] | None, BeforeValidator(_list_of)]


@pytest.mark.parametrize("curve", [Curve, CurveModel])
def test_arrays_are_values(curve: type) -> None:
    returned = [{"values": np.array([1.0, 2.0])}, {"values": pd.NA}]
    assert rows_of(table_of(curve), returned) == [{"values": [1.0, 2.0]}, {"values": None}]


@pytest.mark.parametrize("prices", ALL)
def test_the_values_of_instances_are_checked(prices: Prices) -> None:
    first, second = prices()
    object.__setattr__(second, "price", -1.0)
    with pytest.raises(ContractBroken, match=r"prices returned -1.0 in column 'price' of row 1"):
        rows_of(prices, [first, second])
    with pytest.raises(ContractBroken, match=r"prices returned -1.0 in column 'price' of row 1"):
        described(prices).arrow("prices", [first, second], 10)
    object.__setattr__(second, "price", None)
    with pytest.raises(ContractBroken, match=r"no value for column 'price' in row 1"):
        rows_of(prices, [first, second])


@pytest.mark.parametrize("prices", [frozen, model])
def test_instances_have_a_value_for_each_column(prices: Prices) -> None:
    first, second = prices()
    object.__delattr__(second, "price")
    with pytest.raises(ContractBroken, match="prices left out declared column 'price'"):
        rows_of(prices, [first, second])


@pytest.mark.parametrize("prices", ALL)
def test_keys_and_limits_hold(prices: Prices) -> None:
    with pytest.raises(ContractBroken, match="rows 0 and 2 with the same key: symbol AAPL"):
        rows_of(prices, [*prices(), *prices()])
    with pytest.raises(ContractBroken, match="rows 0 and 2 with the same key: symbol AAPL"):
        described(prices).arrow("prices", [*prices(), *prices()], 10)
    with pytest.raises(TooManyRows, match="prices returned more than 1 rows"):
        rows_of(prices, prices(), 1)


@pytest.mark.parametrize("prices", ALL)
@pytest.mark.parametrize("other", [*ALL, lambda: [1], lambda: [Plain]])
def test_instances_of_another_class_are_refused(prices: Prices, other: Prices) -> None:
    if other is prices:
        return
    [first, *_] = other()
    name = type(prices()[0]).__name__
    said = f"returned {type(first).__name__} as row 0; return instances of {name} or dictionaries"
    with pytest.raises(ContractBroken, match=said):
        rows_of(prices, other())


def test_a_typed_dict_takes_no_instances() -> None:
    with pytest.raises(ContractBroken, match="returned Plain as row 0; return dictionaries"):
        rows_of(table_of(Dictionary), plain())


@pytest.mark.parametrize("prices", ALL)
def test_one_instance_is_no_table(prices: Prices) -> None:
    [first, _] = prices()
    with pytest.raises(ContractBroken, match=f"returned {type(first).__name__} instead of a table"):
        rows_of(prices, first)


@dataclass
class WithVolume(Plain):
    volume: int = 0


class ModelWithVolume(Model):
    model_config = ConfigDict(extra="allow")
    volume: int = 0


def test_further_attributes_are_ignored() -> None:
    own = plain()
    assert isinstance(own, list)
    own[0].note = "more"
    assert rows_of(plain, own) == ROWS

    volumes = [WithVolume("AAPL", DAY, 1.5), WithVolume("MSFT", DAY)]
    assert rows_of(plain, volumes) == ROWS
    models = [
        ModelWithVolume(symbol="AAPL", day=DAY, price=1.5, note="more"),  # type: ignore[call-arg]
        ModelWithVolume(symbol="MSFT", day=DAY),
    ]
    assert rows_of(model, models) == ROWS
    assert [column["name"] for column in described(table_of(WithVolume)).document()["columns"]] == [
        *("symbol", "day", "price", "change", "volume")
    ]


@pytest.mark.parametrize("prices", ALL)
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"symbol": "A", "day": DAY, "change": 1}, "left out declared column 'price'"),
        ({**ROWS[0], "volume": 1}, "returned undeclared column 'volume'"),
        ({**ROWS[0], "price": None}, "no value for column 'price' in row 1|None in column 'price'"),
        ({**ROWS[0], "symbol": "aapl"}, "returned 'aapl' in column 'symbol' of row 1"),
    ],
)
def test_a_dictionary_has_every_column(prices: Prices, row: dict[str, Any], said: str) -> None:
    with pytest.raises(ContractBroken, match=said):
        rows_of(prices, [prices()[0], row])


def each() -> Iterator[Model]:
    """Prices."""
    yield from model()  # type: ignore[misc]


def lists() -> Iterator[list[Frozen]]:
    """Prices."""
    yield frozen()
    yield []


async def later() -> AsyncIterator[Plain]:
    """Prices."""
    for row in plain():
        assert isinstance(row, Plain)
        yield row


def test_streams_yield_instances() -> None:
    for function, is_async in ((each, False), (lists, False), (later, True)):
        result = Function.of(function).result
        assert isinstance(result, StreamResult)
        assert (result.is_async, result.key) == (is_async, ["symbol", "day"])

    for prices in ALL:
        stream = StreamResult(type(prices()[0]), is_async=False)
        one = stream.batch("prices", prices()[0], 10, 0)
        assert (one.is_list, json.loads(stream.json(one.rows))) == (False, ROWS[:1])
        for item in (prices(), iter(prices())):
            several = stream.batch("prices", item, 10, 0)
            assert (several.is_list, json.loads(stream.json(several.rows))) == (True, ROWS)
        with pytest.raises(ContractBroken, match="returned Single as row 0; return instances"):
            stream.batch("prices", Single(1), 10, 0)


APP = """
from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from bailiwick import Key, Message, Table, output_of

@dataclass(frozen=True, slots=True)
class Reading:
    meter: Annotated[str, Key]
    place: Place | None
    kwh: float = 0.0

class Quality(BaseModel):
    meter: Annotated[str, Key]
    places: list[Place] = Field(description="Where it was.", min_length=1)

class Place(BaseModel):
    name: str

def readings() -> Table[Reading]:
    '''Readings.'''
    return [Reading("m1", Place(name="oven")), Reading("m2", None, 1.5)]

def quality() -> list[Quality]:
    '''Quality.'''
    return [
        Quality(meter=row.meter, places=[row.place]) for row in output_of(readings) if row.place
    ]

def live() -> Iterator[Reading]:
    '''Readings.'''
    yield from readings()

async def later() -> AsyncIterator[list[Quality]]:
    '''Quality.'''
    yield quality()
"""


def test_an_app_can_use_classes(write_app: WriteApp, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_app(APP, prelude="")
    readings = [
        {"meter": "m1", "place": {"name": "oven"}, "kwh": 0.0},
        {"meter": "m2", "place": None, "kwh": 1.5},
    ]
    quality = [{"meter": "m1", "places": [{"name": "oven"}]}]
    with serving(folder) as client:
        assert client.post("/call/readings").json() == {"rows": readings, "count": 2}
        assert client.post("/call/quality").json() == {"rows": quality, "count": 1}
        events = events_in(client.post("/stream/live").text)
        assert [event.data for event in events[:-1]] == readings
        assert events_in(client.post("/stream/later").text)[0].data == quality

    monkeypatch.chdir(folder)
    assert call("quality") == quality
    assert first_rows("live", limit=1) == readings[:1]
