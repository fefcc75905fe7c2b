"""A store with outputs of one function, and a table with values of all types."""

import datetime as dt
import decimal
import enum
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

import pyarrow as pa

from bailiwick import Column, Key, Money, Table, Vocabulary
from bailiwick.functions import Function, digest_of
from bailiwick.results import ARROW, JSON, EncodedResult, TableResult
from bailiwick.store import Format, Meta, Store
from bailiwick.stored_outputs import format_of
from bailiwick.stored_results import StoredResults

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
BERLIN = dt.timezone(dt.timedelta(hours=1))
LOCAL = ("0001-01-01", "9999-12-31T23:59:59.999999", "1969-12-31T23:59:59.000009")
D = decimal.Decimal


class Side(enum.Enum):
    BUY = "buy"
    SELL = "sell"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


@dataclass
class Leg:
    venue: str
    at: dt.datetime
    sizes: list[float]


Row = TypedDict(
    "Row",
    {
        "id": Annotated[int, Key, Column("Number of the trade")],
        "open": bool | None,
        "x": Annotated[float | None, Column(unit="USD")],
        "name": str | None,
        "symbol": Annotated[str, Vocabulary("Symbol", pattern="^[A-Z]{1,5}$")],
        "fee": D | None,
        "paid": Money,
        "day": dt.date | None,
        "local": dt.datetime | None,
        "at": dt.datetime,
        "opens": dt.time | None,
        "took": dt.timedelta,
        "side": Literal["buy", "sell"],
        "grade": Literal[1, "a"] | None,
        "way": Side | None,
        "level": Level,
        "ref": uuid.UUID | None,
        "tags": list[str] | None,
        "legs": list[Leg],
        "rates": dict[str, D],
        "either": int | str,
        'odd "name".ä €\n,`': str,
    },
)
ODD = 'odd "name".ä €\n,`'


def trades() -> Table[Row]:
    """Trades."""
    return []


def _row(number: int) -> dict[str, Any]:
    """Return a row with values at the limits of their types; every seventh lacks what it may."""

    def some(*values: object) -> Any:  # noqa: ANN401
        return values[number % len(values)]

    row = {
        "id": {0: 2**63 - 1, 1: -(2**63), 2: 0}.get(number, number),
        "open": number % 2 == 0,
        "x": some(-0.0, 1e-300, 0.1 + 0.2, -1.7976931348623157e308, 5e-324, 1e16, float(number)),
        "name": some("", "a\0b", "näïve", "😀\u2028\x7f", '"\\/\b\n', "\ufeff", f"n{number}"),
        "symbol": some("A", "AAPL"),
        "fee": some(D("-0.05"), D("1234.50"), D("99999999999999999999999999.99"), D("0.00")),
        "paid": Money(D("12.30"), "EUR"),
        "day": some(dt.date.min, dt.date.max, dt.date(2026, 2, 28)),
        "local": some(*map(dt.datetime.fromisoformat, LOCAL)),
        "at": some(NOW, dt.datetime(1, 1, 1, tzinfo=dt.UTC), NOW + dt.timedelta(microseconds=1)),
        "opens": some(dt.time(9, 30, 0, 1), dt.time.max, dt.time.min),
        "took": some(dt.timedelta(-1, microseconds=1), dt.timedelta(99, 3), dt.timedelta()),
        "side": some("buy", "sell"),
        "grade": some(1, "a"),
        "way": some(*Side),
        "level": some(*Level),
        "ref": uuid.UUID(int=number),
        "tags": some([], ["näive", 'x"'], ["null"]),
        "legs": some([], [Leg("X", NOW.astimezone(BERLIN), [1.0, -0.0])]),
        "rates": some({}, {"b": D("1.50"), "a": D("1E+3")}),
        "either": some(2**70, "7"),
        ODD: "x",
    }
    nullable = ("open", "x", "name", "fee", "day", "local", "opens", "grade", "way", "ref", "tags")
    return {**row, **dict.fromkeys(nullable)} if number % 7 == 6 else row


ROWS = [_row(number) for number in range(60)]


@dataclass(frozen=True)
class Shelf:
    """A store with outputs of one function."""

    function: Function
    stored: StoredResults
    folder: Path

    @classmethod
    def of(cls, folder: Path, function: Callable[[], object]) -> "Shelf":
        described = Function.of(function).stored()
        return cls(described, StoredResults(frozenset({described.name}), Store(folder)), folder)

    @property
    def table(self) -> TableResult:
        assert isinstance(self.function.result, TableResult)
        return self.function.result

    def call(self, returned: object) -> EncodedResult:
        return self.table.answer(self.function.name, returned, 10**6)

    def write(self, returned: object, run: str = "r1") -> Format:
        answer = self.table.parquet(self.function.name, returned, 10**6)
        meta = Meta(
            function=self.function.name,
            run=run,
            steps=[self.function.name],
            started_at=NOW,
            finished_at=NOW,
            rows=answer.rows,
            digest=digest_of(answer.body),
            format=format_of(answer),
            contract=self.function.result_digest,
        )
        self.stored.store.write(meta, answer.body)
        return meta.format

    def read(self, as_of: str = "", *, as_arrow: bool = False) -> EncodedResult:
        body = json.dumps({"asOf": as_of}).encode() if as_of else b""
        return self.stored.answer(self.function, body, as_arrow=as_arrow)

    def file(self, run: str = "r1", suffix: Format = "parquet") -> Path:
        return self.folder / "runs" / run / f"{self.function.name}.{suffix}"

    def has_answers_of_a_call(self, returned: object) -> bool:
        """Whether JSON, Arrow and Python values of the store are those of a call."""
        called, read = self.call(returned), self.read()
        assert (read.body, read.rows, read.media_type) == (called.body, called.rows, JSON)
        assert self.stored.read(self.function) == self.function.result.read(called.body)
        arrow, of_call = self.read(as_arrow=True), self.table.arrow("trades", returned, 10**6)
        assert (arrow.rows, arrow.media_type) == (called.rows, ARROW)
        got, expected = (pa.ipc.open_stream(one.body).read_all() for one in (arrow, of_call))
        got.validate(full=True)
        assert len(arrow.body) >= got.nbytes, "buffers are compressed, which some readers lack"
        assert got.schema.equals(expected.schema, check_metadata=True)
        return bool(got.equals(expected))
