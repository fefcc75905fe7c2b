"""Columns of rows that a function does not declare: what a try infers, and what it writes."""

import ast
import asyncio
from textwrap import dedent
from typing import Any

import pytest

from bailiwick.execution import Executor
from bailiwick.limits import Limits
from bailiwick.loading import load
from bailiwick.pinning.pin import pin_of
from bailiwick.pinning.result import inferring
from tests.conftest import WriteApp
from tests.tries import Tries, archive

VALUES = """{
    "day": dt.date(2026, 1, 31), "at": dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC),
    "time": dt.time(17, 30), "took": dt.timedelta(seconds=3), "price": Decimal("1.50"),
    "count": 3, "ratio": 0.5, "open": True, "name": "Acme", "id": UUID(int=7),
    "fee": Money.parse("1.50 EUR"), "tags": ["a", None], "mixed": [1, "a"], "more": {"a": 1},
}"""


def attempt(tries: Tries, source: str, **call: Any) -> dict[str, Any]:  # noqa: ANN401
    return tries.attempt(dedent(source).lstrip("\n"), **call)


def test_writes_a_class_for_values_of_each_type(tries: Tries) -> None:
    source = f'''
import datetime as dt
from decimal import Decimal
from uuid import UUID

from bailiwick import Money


def rows() -> list[dict]:
    """Rows."""
    one = {VALUES}
    return [one, {{**one, "count": 4.5, "price": 1}}, {{**one, "name": None}}]
'''
    first = attempt(tries, source)
    assert first["pin"]["rows"] == 3
    assert first["pin"]["file"] == "functions.py"
    content = first["pin"]["content"]
    assert content == source.lstrip("\n").replace(
        "from uuid import UUID\n\nfrom bailiwick import Money\n",
        "from typing import Any, TypedDict\n"
        "from uuid import UUID\n\n"
        "from bailiwick import Money, Table\n",
    ).replace(
        "def rows() -> list[dict]:",
        '''class RowsRow(TypedDict):
    """Row of rows."""

    day: dt.date
    at: dt.datetime
    time: dt.time
    took: dt.timedelta
    price: Decimal
    count: float
    ratio: float
    open: bool
    name: str | None
    id: UUID
    fee: Money
    tags: list[str | None]
    mixed: list[Any]
    more: dict[str, Any]


def rows() -> Table[RowsRow]:''',
    )
    again = attempt(tries, content)
    assert again["answer"] == first["answer"]
    assert again["contract"] == first["contract"]
    assert "pin" not in again
    assert "problems" not in again


def test_finds_columns_of_a_dataframe_that_names_none(tries: Tries) -> None:
    source = '''
    import pandas as pd

    def rows(n: int = 2) -> pd.DataFrame:
        """Rows."""
        days = pd.date_range("2026-01-01", periods=n)
        frame = pd.DataFrame({"day": days, "price": [1.5, None], "none": [float("nan")] * 2})
        return frame.set_index("day")
    '''
    loaded = attempt(tries, source, function=None)
    assert "it does not name its columns" in loaded["problems"][0]["message"]
    [function] = loaded["contract"]["functions"]
    assert function["result"] == {"kind": "table", "key": [], "columns": []}
    assert function["parameters"]["properties"].keys() == {"n"}

    first = attempt(tries, source)
    assert first["problems"] == loaded["problems"]
    assert first["answer"]["rows"][1] == {"day": "2026-01-02", "price": None, "none": None}
    content = first["pin"]["content"]
    assert content.startswith(
        "import datetime as dt\n"
        "from dataclasses import dataclass\n\n"
        "import pandas as pd\n"
        "from bailiwick import Table\n\n\n"
        "@dataclass(frozen=True)\n"
        "class RowsRow:\n"
        '    """Row of rows."""\n\n'
        "    day: dt.date\n"
        "    price: float | None\n"
        "    none: float | None\n\n\n"
        "def rows(n: int = 2) -> Table[RowsRow]:\n"
    )
    checked = attempt(tries, content, function=None)
    assert "problems" not in checked
    assert attempt(tries, content)["answer"] == first["answer"]


def test_takes_the_types_of_empty_tables(tries: Tries) -> None:
    source = '''
    import pyarrow as pa

    def rows() -> pa.Table:
        """Rows."""
        schema = pa.schema({"day": pa.date32(), "n": pa.int64(), "text": pa.string()})
        return pa.table({name: [] for name in schema.names}, schema)
    '''
    first = attempt(tries, source)
    types = [one["type"] for one in first["contract"]["functions"][0]["result"]["columns"]]
    assert types == ["Date", "Integer", "Text"]
    assert attempt(tries, first["pin"]["content"])["answer"] == {"rows": [], "count": 0}


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("def rows() -> Iterator[dict]:", "yield {'n': 1}", "def rows() -> Iterator[RowsRow]:"),
        (
            "async def rows() -> AsyncIterator[list[dict[str, int]]]:",
            "yield [{'n': 1}]",
            "async def rows() -> AsyncIterator[list[RowsRow]]:",
        ),
        (
            "def rows() -> Generator[dict, None, None]:",
            "yield {'n': 1}",
            "def rows() -> Generator[RowsRow, None, None]:",
        ),
        (
            "def rows(a: int = {1: 2}[1]):",
            "yield {'n': 1}",
            "def rows(a: int = {1: 2}[1]) -> Iterator[RowsRow]:",
        ),
        (
            "async def rows() -> list[dict]:",
            "return [{'n': 1}]",
            "async def rows() -> Table[RowsRow]:",
        ),
        ("def rows() -> list[dict]:", "yield {'n': 1}", "def rows() -> Table[RowsRow]:"),
        (
            "def rows() -> 'list[dict]': # why",
            "return [{'n': 1}]",
            "def rows() -> Table[RowsRow]: # why",
        ),
        (
            "def rows(  # ) ->\n  a: int = 1,\n):",
            "return [{'n': 1}]",
            "def rows(  # ) ->\n  a: int = 1,\n) -> Table[RowsRow]:",
        ),
    ],
)
def test_changes_the_return_type(tries: Tries, head: str, body: str, expected: str) -> None:
    source = (
        "from collections.abc import AsyncIterator, Generator, Iterator\n\n\n"
        f'{head}\n    """Rows."""\n    {body}\n'
    )
    first = attempt(tries, source)
    assert expected in first["pin"]["content"]
    again = attempt(tries, first["pin"]["content"])
    assert "problems" not in again
    assert again["answer"] == {"rows": [{"n": 1}], "count": 1}


def test_keeps_everything_else_of_the_file(tries: Tries) -> None:
    source = (
        '#!/usr/bin/env python\r\n# -*- coding: utf-8 -*-\r\n"""Ä module."""\r\n'
        "from  typing  import Annotated , Union # why\r\n"
        "import functools\r\n"
        "if True:\r\n\timport datetime as dt\r\n\r\n"
        "Table = TypedDict = 1\r\n"
        "class RowsRow: pass\r\n"
        "def _same(f):\r\n    @functools.wraps(f)\r\n"
        "    def inner(*a, **k): return f(*a, **k)\r\n    return inner\r\n"
        "# A comment.\r\n"
        "@_same  # applied\r\n"
        "def rows(text: str = 'ä') -> Union[ list[dict] ] :\r\n"
        '    """Rows.\r\n\r\n    More."""\r\n'
        "    return [{'day': dt.date(2026, 1, 1), 'x': '''\r\n'''}]  \r\n"
        "\r\n\r\n\r\ndef other() -> int:\r\n    'Other.'\r\n    return 1"
    )
    first = tries.attempt(source)
    content = first["pin"]["content"]
    assert "\n" not in content.replace("\r\n", "")
    again = tries.attempt(content)
    assert again["answer"] == first["answer"]
    added = [
        "import datetime as dt_\r\n",
        "\r\nfrom bailiwick import Table as Table_\r\n",
        ", TypedDict as TypedDict_",
        'class RowsRow_(TypedDict_):\r\n    """Row of rows."""\r\n\r\n    day: dt_.date\r\n'
        "    x: str\r\n\r\n\r\n",
    ]
    rest = content.replace("Table_[RowsRow_]", "Union[ list[dict] ]")
    for text in added:
        assert rest.count(text) == 1
        rest = rest.replace(text, "")
    assert rest.replace("return inner\r\n\r\n\r\n#", "return inner\r\n#") == source


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("[{'a b': 1}]", "The column name 'a b' is not a name in Python. Rename the column."),
        ("[{'class': 1}]", "The column name 'class' is not a name in Python."),
        ("[{'_a': 1}]", "The column name '_a' begins with an underscore"),
        ("[{'ﬁ': 1}]", "The column name 'ﬁ' has characters that Python replaces."),
        ("[{1: 1}]", "the column 1, whose name is not text"),
        ("[{'a': 1}, {'a': 'x'}]", "Column 'a' has values of several types (Integer, Text)."),
        ("[{'a': 1}, {'a': True}]", "Column 'a' has values of several types (Boolean, Integer)."),
        ("[{'a': None}]", "Column 'a' has no values. Try parameters"),
        ("[{'a': 1}, {}]", "Row 1 has no column 'a'."),
        ("[{'a': b'x'}]", "Column 'a' has values of the Python type bytes."),
        ("[{'a': {1: 2}}]", "it must be a valid string"),
        ("[{f'c{i}': 1 for i in range(201)}]", "returned 201 columns; return 1 to 200."),
        ("[{'a': 1}] * 101", "101 rows; the limit is 100."),
        ("[]", "The result has no rows. Try parameters for which there are rows."),
        (
            "[{'a': dt.datetime.now()}, {'a': dt.datetime.now(dt.UTC)}]",
            "Column 'a' has times with and without an offset from UTC.",
        ),
    ],
)
def test_says_why_columns_cannot_be_pinned(tries: Tries, body: str, reason: str) -> None:
    source = f'''
import datetime as dt
def rows() -> list[dict]:
    """Rows."""
    return {body}
'''
    result = attempt(tries, source)
    assert "answer" in result
    assert reason in result["pin"]["refusal"]
    assert "content" not in result["pin"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("from helpers import made\nrows = made()\n", "not defined by a 'def' at the top level"),
        (
            "if True:\n    def rows() -> list[dict]:\n        'Rows.'\n        return [{'a': 1}]\n",
            "not defined by a 'def' at the top level",
        ),
        (
            "def rows() -> list[dict] | None:\n    'Rows.'\n    return [{'a': 1}]\n",
            "The result of rows can be None.",
        ),
        (
            "# coding: latin-1\ndef rows() -> list[dict]:\n    'Rows.'\n    return [{'a': 'ä'}]\n",
            "functions.py is not UTF-8. Save it as UTF-8.",
        ),
        (
            f"def rows() -> list[dict]:\n    'Rows.'\n    return [{{'a': 1}}]\n#{'x' * 1024**2}",
            "functions.py is too large for the editor.",
        ),
    ],
)
def test_says_why_a_function_cannot_be_changed(
    write_app: WriteApp, source: str, reason: str
) -> None:
    refusal = pinned(write_app, source)["refusal"]
    assert reason in refusal


def pinned(write_app: WriteApp, source: str) -> dict[str, Any]:
    """Pin the columns of ``rows`` in this process."""
    helpers = """
    def made():
        def rows() -> list[dict]:
            'Rows.'
            return [{'a': 1}]
        rows.__module__ = 'functions'
        return rows
    """
    folder = write_app("", helpers=helpers)
    (folder / "functions.py").write_bytes(source.encode("latin-1"))
    function = inferring(load(folder)["rows"], 10)
    asyncio.run(Executor(Limits()).run(function, b"{}"))
    pin = pin_of(function, folder)
    assert pin
    return pin


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "from typing import TypedDict\n\nfrom bailiwick import Table\n\n\n"),
        (
            '"""Module."""\n\n\n',
            '"""Module."""\n\nfrom typing import TypedDict\n\nfrom bailiwick import Table\n\n\n',
        ),
        (
            "from __future__ import annotations\n",
            "from __future__ import annotations\n\nfrom typing import TypedDict\n\n"
            "from bailiwick import Table\n\n\n",
        ),
        (
            "import bailiwick\nfrom typing_extensions import TypedDict as Dict\n\n\n",
            "import bailiwick\nfrom typing_extensions import TypedDict as Dict\n\n\n",
        ),
        (
            "import pandas\nfrom bailiwick import (\n    Table,\n)\n\nx = 1\n",
            "from typing import TypedDict\n\n"
            "import pandas\nfrom bailiwick import (\n    Table,\n)\n\nx = 1\n\n\n",
        ),
        (
            "\ufeffimport os\nimport zlib\n\n\n# About rows.\n",
            "\ufeffimport os\nimport zlib\nfrom typing import TypedDict\n\n"
            "from bailiwick import Table\n\n\n",
        ),
    ],
)
def test_adds_the_imports_that_are_missing(tries: Tries, before: str, after: str) -> None:
    function = "def rows() -> list[dict]:\n    'Rows.'\n    return [{'n': 1}]\n"
    content = attempt(tries, before + function)["pin"]["content"]
    base, table = ("Dict", "bailiwick.Table") if "Dict" in before else ("TypedDict", "Table")
    comment = "# About rows.\n" if "#" in before else ""
    written = f'class RowsRow({base}):\n    """Row of rows."""\n\n    n: int\n\n\n'
    assert content == after + written + comment + function.replace(
        "list[dict]", f"{table}[RowsRow]"
    )
    assert "problems" not in attempt(tries, content, function=None)


def test_offers_nothing_for_values_and_declared_columns(tries: Tries) -> None:
    source = '''
    from typing import TypedDict
    class Row(TypedDict):
        n: int
    def rows() -> list[Row]:
        """Rows."""
        return [{"n": 1}]
    def numbers() -> list[int]:
        """Numbers."""
        return [1]
    def names() -> list[str]:
        """Names."""
        return []
    '''
    for function in ("rows", "numbers", "names"):
        result = attempt(tries, source, function=function)
        assert "answer" in result
        assert "pin" not in result


def test_names_what_is_no_table(tries: Tries) -> None:
    head = 'import pandas as pd\ndef rows():\n    "Rows."\n    return '
    expected = {
        "3": "returned int instead of a table; declare its type",
        "pd.DataFrame([[1]])": "whose name is not text; rename it",
        "[1]": "returned int as row 0; return dictionaries",
        "pd.DataFrame({'a': [object()]})": "no JSON form",
    }
    for body, message in expected.items():
        error = tries.attempt(f"{head}{body}\n")["error"]
        assert message in error["message"]


def test_pins_a_function_of_a_package(tries: Tries) -> None:
    files = {
        "functions/__init__.py": "",
        "functions/a.py": 'def rows():\n    "R."\n    return [{"a": 1}]\n',
    }
    packed = archive("", **files)
    result = tries.runner.run(tries.host.attempt(packed, {"functions.py": None}, function="rows"))
    assert result["pin"]["file"] == "functions/a.py"
    ast.parse(result["pin"]["content"])
