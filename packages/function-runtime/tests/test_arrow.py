"""Tables as Arrow IPC streams, read by pyarrow and polars."""

import datetime as dt
import decimal
import io
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypedDict

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from bailiwick import Column, Key, Money, Table, Vocabulary
from bailiwick.arrow import BATCH_ROWS
from bailiwick.errors import ContractBroken, TooManyRows
from bailiwick.results import ARROW, TableResult
from bailiwick.return_types import result_of

from .conftest import PRICES, WriteApp
from .servers import serving

BERLIN = dt.timezone(dt.timedelta(hours=1))


class Trade(TypedDict):
    id: Annotated[int, Key, Column("Number of the trade")]
    side: Literal["buy", "sell"]
    symbol: Annotated[str, Vocabulary("Symbol", pattern="^[A-Z]{1,5}$")]
    price: Annotated[float | None, Column(unit="USD")]
    fee: decimal.Decimal | None
    paid: Money
    day: dt.date
    at: dt.datetime
    opens: dt.time | None
    took: dt.timedelta
    done: bool | None
    ref: uuid.UUID
    tags: list[str] | None


def trades() -> Table[Trade]:
    """Trades."""
    return []


TRADE: dict[str, Any] = {
    "id": 2**60 + 1,
    "side": "buy",
    "symbol": "AAPL",
    "price": 1.5,
    "fee": decimal.Decimal("-0.000000000001"),
    "paid": Money(decimal.Decimal("12.30"), "EUR"),
    "day": dt.date(1899, 12, 31),
    "at": dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=BERLIN),
    "opens": dt.time(9, 30, 0, 1),
    "took": dt.timedelta(days=-1, microseconds=1),
    "done": True,
    "ref": uuid.UUID(int=7),
    "tags": ["näive", "x"],
}
EMPTY = {**TRADE, "id": 2, "price": None, "fee": None, "opens": None, "done": None, "tags": None}


def described(function: Callable[[], object]) -> TableResult:
    result = result_of(function)
    assert isinstance(result, TableResult)
    return result


def table(
    returned: object, function: Callable[[], object] = trades, max_rows: int = 200_000
) -> pa.Table:
    encoded = described(function).arrow("trades", returned, max_rows)
    assert encoded.media_type == ARROW
    read = pa.ipc.open_stream(encoded.body).read_all()
    read.validate(full=True)
    assert read.num_rows == encoded.rows
    return read


def test_keeps_every_type_exact() -> None:
    first, second = table([TRADE, EMPTY]).to_pylist()
    assert first == {
        **TRADE,
        "paid": "12.30 EUR",
        "at": TRADE["at"].astimezone(dt.UTC),
        "ref": str(TRADE["ref"]),
        "tags": '["näive","x"]',
    }
    assert [name for name, value in second.items() if value is None] == [
        *("price", "fee", "opens", "done", "tags")
    ]


def test_describes_the_columns() -> None:
    schema = table([]).schema
    assert {field.name: str(field.type) for field in schema} == {
        "id": "int64",
        "side": "string",
        "symbol": "string",
        "price": "double",
        "fee": "decimal128(38, 12)",
        "paid": "string",
        "day": "date32[day]",
        "at": "timestamp[us, tz=UTC]",
        "opens": "time64[us]",
        "took": "duration[us]",
        "done": "bool",
        "ref": "string",
        "tags": "string",
    }
    assert [field.name for field in schema if not field.nullable] == [
        *("id", "side", "symbol", "paid", "day", "at", "took", "ref")
    ]
    assert schema.field("id").metadata == {
        b"description": b"Number of the trade",
        b"type": b"Integer",
    }
    assert schema.field("price").metadata == {b"unit": b"USD", b"type": b"Number"}


class Point(TypedDict):
    x: Annotated[int, Key]
    y: float | None
    name: str
    day: dt.date


def points() -> Table[Point]:
    """Points."""
    return []


ROWS: list[dict[str, Any]] = [
    {"x": 1, "y": 0.5, "name": "a", "day": dt.date(2026, 1, 1)},
    {"x": 2, "y": None, "name": "b", "day": dt.date(2026, 1, 2)},
]


@pytest.mark.parametrize(
    "returned",
    [
        ROWS,
        pd.DataFrame(ROWS),
        pd.DataFrame(ROWS).astype({"day": "datetime64[ns]"}),
        pd.DataFrame(ROWS).set_index("x"),
        pl.DataFrame(ROWS),
        pa.Table.from_pylist(ROWS),
        pa.RecordBatch.from_pylist(ROWS),
        ({**row} for row in ROWS),
    ],
    ids=["rows", "pandas", "timestamps", "index", "polars", "arrow", "batch", "generator"],
)
def test_accepts_tables_of_all_libraries(returned: object) -> None:
    assert table(returned, points).to_pylist() == ROWS


@pytest.mark.parametrize("returned", [pl.DataFrame(ROWS), pa.Table.from_pylist(ROWS)])
def test_the_same_tables_are_json(returned: object) -> None:
    answer = described(points).answer("points", returned, 10)
    assert answer.body == (
        b'{"rows":[{"x":1,"y":0.5,"name":"a","day":"2026-01-01"},'
        b'{"x":2,"y":null,"name":"b","day":"2026-01-02"}],"count":2}'
    )


def changed(row: int, **cells: object) -> list[dict[str, Any]]:
    rows = [{**one} for one in ROWS]
    rows[row].update(cells)
    return rows


@pytest.mark.parametrize(
    "returned",
    [
        changed(1, name="c", x="no"),
        [*changed(0, day=7.5), {**ROWS[0], "x": "no"}],
        changed(1, name=None),
        changed(0, y=float("inf")),
        [{"x": 1}],
        [7],
        "text",
        pd.DataFrame(ROWS)[["x", "y"]],
        pl.DataFrame(ROWS).drop("y"),
        pl.DataFrame(ROWS).with_columns(z=1),
    ],
)
def test_refuses_what_json_refuses_in_the_same_words(returned: object) -> None:
    result = described(points)
    with pytest.raises(ContractBroken) as as_json:
        result.answer("points", returned, 10)
    with pytest.raises(ContractBroken) as as_arrow:
        result.arrow("points", returned, 10)
    assert as_arrow.value.message == as_json.value.message


@pytest.mark.parametrize("returned", [ROWS, pd.DataFrame(ROWS), pl.DataFrame(ROWS)])
def test_bounds_the_rows(returned: Sequence[object]) -> None:
    with pytest.raises(TooManyRows, match="the limit"):
        table(returned, points, max_rows=1)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": 2**63}, "column 'id' of row 70001: Arrow holds integers of at most 64 bits"),
        ({"fee": decimal.Decimal("1E-13")}, "column 'fee' of row 70001: it holds at most 26"),
        ({"fee": decimal.Decimal("1E26")}, "column 'fee' of row 70001: it holds at most 26"),
        ({"opens": dt.time(9, tzinfo=dt.UTC)}, "column 'opens' of row 70001: Arrow holds times"),
    ],
)
def test_names_what_arrow_cannot_hold(cells: dict[str, Any], reason: str) -> None:
    rows = [*({**TRADE, "id": row} for row in range(70_001)), {**TRADE, "id": -1, **cells}]
    with pytest.raises(ContractBroken, match=reason):
        table(rows)


def test_splits_long_tables_into_batches() -> None:
    count = BATCH_ROWS + 9
    rows = [
        {"x": x, "y": None if x % 3 else x / 2, "name": f"n{x}", "day": dt.date(2026, 1, 1)}
        for x in range(count)
    ]
    read = table(rows, points)
    assert [len(batch) for batch in read.to_batches()] == [BATCH_ROWS, 9]
    assert read.to_pylist() == rows


def test_answers_calls_that_accept_it(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/prices", headers={"accept": ARROW})
        assert (response.headers["content-type"], response.headers["x-rows"]) == (ARROW, "1")
        frame = pl.read_ipc_stream(io.BytesIO(response.content))
        assert frame.rows() == [("AAPL", dt.date(2009, 12, 1), 1.5, None)]


def test_values_stay_json(write_app: WriteApp) -> None:
    source = "def double(of: int) -> int:\n    '''Twice.'''\n    return 2 * of"
    with serving(write_app(source)) as client:
        response = client.post("/call/double", json={"of": 4}, headers={"accept": ARROW})
        assert response.json() == {"value": 8}


class Reading(TypedDict):
    number: int
    level: float | None
    is_open: bool
    at: dt.datetime
    day: dt.date
    limited: Annotated[float, Vocabulary("Share", minimum=0, maximum=1)]


def readings() -> Table[Reading]:
    """Readings."""
    return []


NEW_YEAR = pd.Timestamp("2026-01-01", tz="Asia/Tokyo")


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"level": [0.5, float("nan")]},
        {"level": [1e308, 1e308]},
        {"level": [1, 2]},
        {"number": [1.0, 2.0]},
        {"number": pd.array([1, 2], dtype="int8")},
        {"is_open": [1, 0]},
        {"at": [NEW_YEAR.tz_convert(None), pd.Timestamp("1677-10-01 00:00:00.000001999")]},
        {"at": [NEW_YEAR, NEW_YEAR + pd.Timedelta(999, "ns")]},
        {"day": [NEW_YEAR, NEW_YEAR]},
        {"day": [dt.date(2026, 1, 1), dt.date(1, 1, 1)]},
    ],
    ids=str,
)
def test_columns_of_pandas_have_the_values_of_their_json(cells: dict[str, Any]) -> None:
    frame = pd.DataFrame(
        {
            "number": [1, -(2**63)],
            "level": [0.5, 1.5],
            "is_open": [True, False],
            "at": [NEW_YEAR, NEW_YEAR],
            "day": pd.to_datetime(["2026-01-01", "1900-02-28"]),
            "limited": [0.0, 1.0],
            **cells,
        }
    )[::-1]
    answered = json.loads(described(readings).answer("readings", frame, 10).body)["rows"]
    read = table(frame, readings).to_pylist()
    for row, expected in zip(read, answered, strict=True):
        at = pd.Timestamp(expected.pop("at"))
        utc = at.tz_convert("UTC") if at.tzinfo else at.tz_localize("UTC")
        assert pd.Timestamp(row.pop("at")) == utc.floor("us")
        assert {**row, "day": row["day"].isoformat()} == expected


@pytest.mark.parametrize(
    "cells",
    [
        {"level": [0.5, float("inf")]},
        {"number": [1, 2.5]},
        {"day": [NEW_YEAR, NEW_YEAR.replace(hour=1)]},
        {"limited": [0.5, 1.5]},
        {"at": [NEW_YEAR, pd.NaT]},
    ],
    ids=str,
)
def test_columns_of_pandas_are_checked(cells: dict[str, Any]) -> None:
    days = pd.to_datetime(["2026-01-01", "2026-01-02"])
    frame = pd.DataFrame(
        {
            "number": [1, 2],
            "level": [0.5, 1.5],
            "is_open": [True, False],
            "at": [NEW_YEAR, NEW_YEAR],
            "day": days,
            "limited": [0.0, 1.0],
            **cells,
        }
    )
    with pytest.raises(ContractBroken) as as_json:
        described(readings).answer("readings", frame, 10)
    with pytest.raises(ContractBroken) as as_arrow:
        described(readings).arrow("readings", frame, 10)
    assert as_arrow.value.message == as_json.value.message
