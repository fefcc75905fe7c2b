"""Columns of polars and pyarrow that stay in Arrow, compared with the same values as rows."""

import datetime as dt
import decimal
from collections.abc import Callable
from typing import Annotated, Any, TypedDict

import polars as pl
import pyarrow as pa
import pytest

from bailiwick import Key, Table
from bailiwick.arrow import BATCH_ROWS
from bailiwick.errors import ContractBroken
from bailiwick.plain_columns import plain_column
from bailiwick.results import TableResult
from bailiwick.return_types import result_of

BERLIN = dt.timezone(dt.timedelta(hours=1))


class Sample(TypedDict):
    done: bool | None
    number: int | None
    level: float | None
    name: str | None
    fee: decimal.Decimal | None
    day: dt.date | None
    at: dt.datetime | None
    opens: dt.time | None
    took: dt.timedelta | None


def samples() -> Table[Sample]:
    """Samples."""
    return []


class Entry(TypedDict):
    day: Annotated[dt.date, Key]
    at: Annotated[dt.datetime, Key]
    level: float
    anything: Any


def entries() -> Table[Entry]:
    """Entries."""
    return []


def described(function: Callable[[], object]) -> TableResult:
    result = result_of(function)
    assert isinstance(result, TableResult)
    return result


def read(function: Callable[[], object], returned: object) -> pa.Table:
    encoded = described(function).arrow("samples", returned, 200_000)
    table = pa.ipc.open_stream(encoded.body).read_all()
    table.validate(full=True)
    return table


COLUMNS = {column.name: column for column in described(samples).columns}
TEXT = b"\0\0\0\0\1\0\0\0"
TEXTS = ["a", None, "näive", ""]
AT = [dt.datetime(2026, 1, 2, 3, 4, 5, 6), None, dt.datetime(1, 1, 1), dt.datetime(1969, 7, 20)]  # noqa: DTZ001
DAYS = [dt.date(1, 1, 1), None, dt.date(2026, 1, 1), dt.date(9999, 12, 31)]

STAYS = [
    ("done", pa.array([True, None, False, True])),
    ("number", pa.array([-(2**63), None, 2**63 - 1, 0])),
    ("number", pa.array([-128, None, 127, 0], pa.int8())),
    ("number", pa.array([2**32 - 1, None, 1, 0], pa.uint32())),
    ("level", pa.array([1e37, None, 1e-308, -0.0])),
    ("level", pa.array([0.1, None, 2, 3], pa.float32())),
    ("name", pa.array(TEXTS)),
    ("name", pa.array(TEXTS, pa.large_string())),
    ("name", pa.array(TEXTS, pa.string_view())),
    ("name", pa.array(TEXTS).dictionary_encode()),
    ("fee", pa.array(["1.50", None, "-3.25", "0.00"]).cast(pa.decimal128(9, 2))),
    ("fee", pa.array(["1.5", None, "-3.25", "0"]).cast(pa.decimal128(38, 20))),
    ("day", pa.array(DAYS)),
    ("at", pa.array(AT, pa.timestamp("us"))),
    ("at", pa.array([1, None, -1, 0], pa.timestamp("s", "Europe/Berlin"))),
    ("at", pa.array([1_000, None, -1_000, 0], pa.timestamp("ns", "UTC"))),
    ("opens", pa.array([1, None, 86_399, 0], pa.time32("s"))),
    ("opens", pa.array([dt.time(9, 30, 0, 1), None, dt.time(23, 59), dt.time()])),
    ("took", pa.array([dt.timedelta(days=-1, microseconds=1), None, dt.timedelta(9), None])),
]


def sample(column: str, values: object) -> pa.Table:
    """Return a table with nothing in the other columns."""
    nothing = [None] * 4
    return pa.table({name: values if name == column else nothing for name in COLUMNS})


@pytest.mark.parametrize(
    ("column", "values"), STAYS, ids=lambda one: str(getattr(one, "type", one))
)
def test_columns_of_the_right_type_stay_in_arrow(column: str, values: pa.Array) -> None:
    table = sample(column, values)
    of_rows = read(samples, table.to_pylist())
    for returned in (table, pl.DataFrame(table)):
        assert plain_column(returned[column], COLUMNS[column]) is not None
        assert read(samples, returned).equals(of_rows)


OTHERS = [
    ("done", pa.array([1, None, 0, 1])),
    ("number", pa.array([True, None, False, True])),
    ("number", pa.array([1.0, None, 2.0, 3.0])),
    ("number", pa.array([1, None, 2, 3], pa.uint64())),
    ("level", pa.array([1, None, 2, 3])),
    ("level", pa.array([float("nan"), None, 1.0, 2.0])),
    ("level", pa.array(["1.5", None, "2", "3"])),
    ("level", pa.array([1e308, None, -1e308, 0.0])),
    ("at", pa.array([-1_500, None, 1_500, -1], pa.timestamp("ns", "UTC"))),
    ("took", pa.array([-1_500, None, 1_500, -1], pa.duration("ns"))),
    ("day", pa.array([0, None, 86_400_000, 0], pa.date64())),
    ("at", pa.array(["2026-01-01T00:00:00Z", None, "2026-01-02T00:00:00Z", None])),
    ("fee", pa.array([1, None, 2, 3])),
]


@pytest.mark.parametrize(
    ("column", "values"), OTHERS, ids=lambda one: str(getattr(one, "type", one))
)
def test_other_columns_are_converted(column: str, values: pa.Array) -> None:
    assert plain_column(values, COLUMNS[column]) is None
    table = sample(column, values)
    assert read(samples, table).equals(read(samples, table.to_pylist()))


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("number", pa.array([1, 2, 3, 2**63], pa.uint64())),
        ("level", pa.array([float("inf"), None, float("-inf"), 1.0])),
        ("name", pa.array([1, 2, 3, 4])),
        ("fee", pa.array(["1E-13", None, "0", "0"]).cast(pa.decimal128(38, 13))),
        ("fee", pa.array(["1E26", None, "0", "0"]).cast(pa.decimal128(38, 2))),
    ],
    ids=lambda one: str(getattr(one, "type", one)),
)
def test_names_the_value_that_does_not_fit(column: str, values: pa.Array) -> None:
    table = sample(column, values)
    with pytest.raises(ContractBroken) as of_rows:
        read(samples, table.to_pylist())
    with pytest.raises(ContractBroken) as of_table:
        read(samples, table)
    assert of_table.value.message == of_rows.value.message


class Twice(pa.ExtensionType):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(pa.int64(), "bailiwick.twice")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    def __arrow_ext_scalar_class__(self) -> type:
        return TwiceScalar


class TwiceScalar(pa.ExtensionScalar):  # type: ignore[misc]
    def as_py(self, **_options: object) -> int | None:
        return None if self.value is None else 2 * self.value.as_py()


def test_extension_types_are_converted() -> None:
    values = pa.ExtensionArray.from_storage(Twice(), pa.array([1, None, 2, 3]))
    assert read(samples, sample("number", values))["number"].to_pylist() == [2, None, 4, 6]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("at", pa.array([253_402_300_800], pa.timestamp("s"))),
        ("at", pa.array([2**62], pa.timestamp("us", "UTC"))),
        ("at", pa.array([-62_135_596_800_000_001], pa.timestamp("us", "UTC"))),
        ("day", pa.array([2_932_897], pa.date32())),
        ("day", pa.array([2**30], pa.date32())),
        (
            "name",
            pa.Array.from_buffers(pa.string(), 1, [None, *map(pa.py_buffer, (TEXT, b"\xff"))]),
        ),
    ],
    ids=lambda one: str(getattr(one, "type", one)),
)
def test_refuses_values_that_python_has_not(column: str, values: pa.Array) -> None:
    table = pa.table({name: values if name == column else [None] for name in COLUMNS})
    returns: list[object] = [table]
    if column != "name":  # polars would not take it
        returns.append(pl.DataFrame(table))
    for returned in returns:
        for encode in (described(samples).arrow, described(samples).answer):
            with pytest.raises(ContractBroken, match=f"column '{column}' that Python cannot hold"):
                encode("samples", returned, 10)


def test_the_last_instants_of_python_stay_in_arrow() -> None:
    last = dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC)
    values = pa.array([last, dt.datetime(1, 1, 1, tzinfo=dt.UTC)])
    assert plain_column(values, COLUMNS["at"]) is not None


def entry(**cells: object) -> dict[str, Any]:
    at = dt.datetime(2026, 1, 1, tzinfo=BERLIN)
    return {"day": dt.date(2026, 1, 1), "at": at, "level": 0.5, "anything": None, **cells}


@pytest.mark.parametrize("library", [pa.Table.from_pylist, pl.DataFrame])
def test_checks_what_rows_must_have(library: Callable[[object], object]) -> None:
    later = dt.datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=BERLIN)
    assert read(entries, library([entry(), entry(at=later)])).num_rows == 2
    with pytest.raises(ContractBroken, match="rows 0 and 1 with the same key: day 2026-01-01"):
        read(entries, library([entry(), entry()]))
    with pytest.raises(ContractBroken, match="no value for column 'level' in row 1"):
        read(entries, library([entry(), entry(at=later, level=None)]))


def test_a_value_of_any_type_can_be_nothing() -> None:
    assert read(entries, [entry()])["anything"].to_pylist() == ["null"]


@pytest.mark.parametrize("library", ["pyarrow", "polars"])
def test_reads_pieces_of_larger_tables(library: str) -> None:
    rows = [
        {
            **dict.fromkeys(COLUMNS),
            "number": number if number % 5 else None,
            "name": f"n{number}",
            "done": number % 3 == 0,
        }
        for number in range(2 * BATCH_ROWS)
    ]
    schema = pa.schema([("number", pa.int64()), ("name", pa.string()), ("done", pa.bool_())])
    typed = pa.table({name: [row[name] for row in rows] for name in schema.names}, schema=schema)
    parts = pa.concat_tables([typed.slice(3, 70_001), typed.slice(70_004)])
    for name in COLUMNS:
        if name not in schema.names:
            parts = parts.append_column(name, pa.nulls(parts.num_rows))
    parts = parts.slice(5)
    returned = parts if library == "pyarrow" else pl.DataFrame(parts)
    table = read(samples, returned)
    assert [len(batch) for batch in table.to_batches()] == [BATCH_ROWS, BATCH_ROWS - 8]
    assert table.to_pylist() == rows[8:]
