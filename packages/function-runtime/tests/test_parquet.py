"""Tables in the store as Parquet files: what readers get, and what other programs read."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypedDict

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from bailiwick import Key, Table
from bailiwick.arrow import BATCH_ROWS
from bailiwick.errors import ContractBroken
from bailiwick.functions import digest_of
from bailiwick.results import ARROW
from tests.conftest import WriteApp
from tests.servers import SOURCES, error_of, serving
from tests.shelves import BERLIN, NOW, ODD, ROWS, D, Shelf, trades


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf.of(tmp_path, trades)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_keeps_every_type_exact(shelf: Shelf, count: int) -> None:
    assert shelf.write(ROWS[:count]) == "parquet"
    assert shelf.has_answers_of_a_call(ROWS[:count])


@pytest.mark.parametrize("name", [name for name, value in ROWS[6].items() if value is None])
def test_keeps_columns_without_a_value(shelf: Shelf, name: str) -> None:
    rows = [{**row, name: None} for row in ROWS]
    assert shelf.write(rows) == "parquet"
    assert shelf.has_answers_of_a_call(rows)


class Point(TypedDict):
    x: Annotated[int, Key]
    label: str | None


def points() -> Table[Point]:
    """Points."""
    return []


def test_keeps_the_order_of_rows_over_row_groups(tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path, points)
    rows = [{"x": x, "label": None if x % 3 else f"n{x % 500}"} for x in range(200_000)]
    shelf.write(rows)

    assert shelf.has_answers_of_a_call(rows)
    metadata = pq.read_metadata(shelf.file())
    groups = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
    assert groups == [BATCH_ROWS, BATCH_ROWS, BATCH_ROWS, 200_000 - 3 * BATCH_ROWS]
    assert metadata.row_group(0).column(0).compression == "ZSTD"


class Measure(TypedDict):
    value: float


def measures() -> Table[Measure]:
    """Measures."""
    return []


def test_keeps_the_values_of_data_frames(tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path, measures)
    for frame in (pd.DataFrame({"value": [0.5, -0.0]}), pl.DataFrame({"value": [0.5, 1e-300]})):
        assert shelf.write(frame) == "parquet"
        assert shelf.has_answers_of_a_call(frame)


@pytest.mark.parametrize(
    "cells",
    [
        {"id": 2**63},
        {"id": -(2**63) - 1},
        {"at": NOW.astimezone(BERLIN)},
        {"opens": dt.time(9, tzinfo=dt.UTC)},
        {"opens": dt.time(9, tzinfo=BERLIN)},
        {"fee": D("1.5")},
        {"fee": D("1E+2")},
        {"fee": D("1E-13")},
        {"fee": D("1E26")},
        {"fee": D("-0.00")},
    ],
    ids=str,
)
def test_stores_json_where_parquet_would_change_a_value(
    shelf: Shelf, cells: dict[str, Any]
) -> None:
    rows = [*ROWS, {**ROWS[0], "id": -1, **cells}]
    assert shelf.write(rows) == "json"
    assert shelf.read().body == shelf.call(rows).body
    assert shelf.file(suffix="json").read_bytes() == shelf.call(rows).body


def test_names_what_arrow_cannot_hold_in_a_stored_table(shelf: Shelf) -> None:
    shelf.write([{**ROWS[0], "id": 2**63}])
    with pytest.raises(ContractBroken, match="Arrow holds integers of at most 64 bits"):
        shelf.read(as_arrow=True)


class Anything(TypedDict):
    value: Any


def anything() -> Table[Anything]:
    """Anything."""
    return []


@pytest.mark.parametrize(
    ("values", "stored_as"), [([1, "a", [2.5]], "parquet"), ([1, None], "json")]
)
def test_keeps_values_without_a_type(tmp_path: Path, values: list[Any], stored_as: str) -> None:
    shelf = Shelf.of(tmp_path, anything)
    rows = [{"value": value} for value in values]
    assert shelf.write(rows) == stored_as
    assert shelf.read().body == shelf.call(rows).body


def handwritten(shelf: Shelf, run: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write an output as versions did that stored all tables as JSON."""
    answer = shelf.call(rows)
    folder = shelf.file(run).parent
    folder.mkdir(parents=True)
    (folder / "trades.json").write_bytes(answer.body)
    (folder / "trades.meta.json").write_text(f"""{{
        "function": "trades", "run": "{run}", "steps": ["trades"],
        "startedAt": "2025-12-01T00:00:00Z", "finishedAt": "2025-12-01T00:00:01Z",
        "rows": {answer.rows}, "digest": "{digest_of(answer.body)}", "inputs": [],
        "parameters": {{}}, "contract": "{shelf.function.result_digest}", "sample": false
    }}""")
    (shelf.folder / "latest").write_text(run)


def test_reads_the_outputs_of_earlier_versions(shelf: Shelf) -> None:
    handwritten(shelf, "old", ROWS)
    assert shelf.has_answers_of_a_call(ROWS)

    shelf.write(ROWS[:3], "new")
    assert shelf.has_answers_of_a_call(ROWS[:3])
    assert shelf.read("old").body == shelf.call(ROWS).body
    assert shelf.read("2025-12-31").origin == shelf.read("old").origin


def test_replaces_an_output_of_the_other_format(shelf: Shelf) -> None:
    handwritten(shelf, "r1", ROWS)
    for rows, suffix in ((ROWS, "parquet"), ([{**ROWS[0], "id": 2**63}], "json")):
        shelf.write(rows)
        assert shelf.read().body == shelf.call(rows).body
        assert {file.name for file in shelf.file().parent.iterdir()} == {
            f"trades.{suffix}",
            "trades.meta.json",
        }


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda content: content[:-1],
    lambda content: content[: len(content) // 2],
    lambda _: b"",
    lambda content: content + b"\0",
    _flipped,
]

SOURCE = """
class Point(TypedDict):
    x: Annotated[int, Key]
    label: str | None

def points() -> Table[Point]:
    '''Points.'''
    raise RuntimeError("runs elsewhere")

def count() -> int:
    '''Number of points.'''
    from bailiwick import output_of
    return len(output_of(points))
"""


@pytest.mark.parametrize("damage", DAMAGES)
def test_serves_nothing_of_a_damaged_file(
    write_app: WriteApp, damage: Callable[[bytes], bytes]
) -> None:
    folder = write_app(SOURCE)
    shelf = Shelf.of(folder / "store", points)
    rows = [{"x": x, "label": "a"} for x in range(100)]
    shelf.write(rows, "whole")
    shelf.write(rows, "torn")
    file = shelf.file("torn")
    file.write_bytes(damage(file.read_bytes()))
    with serving(folder, stored=shelf.stored) as client:
        failed = [
            client.post("/call/points"),
            client.post("/call/points", headers={"accept": ARROW}),
            client.post("/call/points", json={"asOf": "torn"}),
            client.post("/call/count"),
        ]
        other = client.post("/call/points", json={"asOf": "whole"})

    for response in failed:
        error = error_of(response)
        assert (response.status_code, error["type"]) == (500, "result-damaged")
        assert error["message"] == (
            "the stored result of points in the run torn is damaged; "
            "start a new run, or read another one with asOf"
        )
    assert other.content == shelf.call(rows).body


def test_waits_for_a_step_that_is_replacing_its_output(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write(ROWS)
    half_replaced = {file: file.read_bytes() for file in shelf.file().parent.iterdir()}
    shelf.write(ROWS[:5])
    metadata = shelf.file().with_suffix(".meta.json")
    replaced = metadata.read_bytes()
    metadata.write_bytes(half_replaced[metadata])

    monkeypatch.setattr(
        "bailiwick.store.time.sleep", lambda _: metadata.write_bytes(replaced) and None
    )
    assert shelf.read().body == shelf.call(ROWS[:5]).body


def test_is_read_by_other_programs(shelf: Shelf) -> None:
    shelf.write(ROWS)
    table = pq.read_table(shelf.file())
    types = {field.name: str(field.type) for field in table.schema}
    assert types["local"] == "timestamp[us]"
    assert types["at"] == "timestamp[us, tz=UTC]"
    assert types["fee"] == "decimal128(38, 2)"
    assert types["legs"] == "string"
    assert table.schema.field("id").metadata == {
        b"description": b"Number of the trade",
        b"type": b"Integer",
    }
    assert table.schema.field("x").metadata == {b"unit": b"USD", b"type": b"Number"}
    for name in ("id", "x", "name", "fee", "day", "local", "at", "took", ODD):
        assert table[name].to_pylist() == [row[name] for row in ROWS]

    columns = ["id", "x", "name", "fee", "opens", ODD]
    frame = pd.read_parquet(shelf.file(), columns=columns, dtype_backend="pyarrow")
    assert frame["fee"][1] == D("1234.50")
    assert pl.read_parquet(shelf.file(), columns=columns).to_dicts() == [
        {name: row[name] for name in columns} for row in ROWS
    ]


PROGRAM = """
import sys
from pathlib import Path
from bailiwick.functions import Function
from bailiwick.store import Store
from bailiwick.stored_results import StoredResults
from functions import count, points

def loaded():
    names = ("arro3", "bailiwick.parquet", "obstore", "pyarrow")
    return [name for name in names if name in sys.modules]

stored = StoredResults(frozenset({"points", "count"}), Store(Path("store")))
print(loaded())
for function, as_of in ((points, "json"), (points, "parquet")):
    stored.answer(Function.of(function).stored(), b'{"asOf": "%b"}' % as_of.encode())
    print(loaded())
"""


def test_loads_parquet_for_the_first_file(write_app: WriteApp) -> None:
    folder = write_app(
        SOURCE,
        prelude="from typing import Annotated, TypedDict\nfrom bailiwick import Key, Table\n",
    )
    shelf = Shelf.of(folder / "store", points)
    shelf.write([{"x": 2**63, "label": None}], "json")
    shelf.write([{"x": 1, "label": None}], "parquet")
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        cwd=folder,
        env={"PYTHONPATH": f"{SOURCES}:{folder}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines() == ["[]", "[]", "['arro3', 'bailiwick.parquet']"]
