"""The contract that follows from type hints and docstrings."""

from pathlib import Path
from typing import Any

import pytest

from bailiwick import Column, Vocabulary
from bailiwick.errors import LoadFailed
from bailiwick.functions import contract
from bailiwick.loading import load
from tests.conftest import PRICES, WriteApp


def test_describes_parameters_by_json_schema(write_app: WriteApp) -> None:
    document = contract(load(write_app(PRICES)))

    assert document["apiVersion"] == "bailiwick.dev/v1alpha1"
    [function] = document["functions"]
    assert (function["name"], function["title"]) == ("prices", "Prices")
    assert function["description"] == "Prices of shares.\n\nOne row for each symbol and month."
    assert function["parameters"] == {
        "type": "object",
        "additionalProperties": False,
        "x-bailiwick": {"order": ["symbols", "start"]},
        "properties": {
            "symbols": {
                "type": "array",
                "title": "Symbols",
                "description": "Which shares.",
                "default": ["AAPL"],
                "items": {
                    "type": "string",
                    "pattern": "^[A-Z]{1,5}$",
                    "examples": ["AAPL"],
                    "x-bailiwick": {"vocabulary": "Symbol"},
                },
            },
            "start": {
                "type": "string",
                "format": "date",
                "title": "Start",
                "description": "First day.",
            },
        },
    }


def test_describes_columns_with_key_unit_and_nullability(write_app: WriteApp) -> None:
    result = contract(load(write_app(PRICES)))["functions"][0]["result"]

    assert result["kind"] == "table"
    assert result["key"] == ["symbol", "date"]
    symbol, date, price, change = result["columns"]
    assert (symbol["name"], symbol["type"], symbol["nullable"]) == ("symbol", "Symbol", False)
    assert (date["type"], date["schema"]) == ("Date", {"type": "string", "format": "date"})
    assert (price["type"], price["unit"]) == ("Money", "USD")
    assert change == {
        "name": "change",
        "type": "Number",
        "nullable": True,
        "description": "Against the month before",
        "unit": "ratio",
        "schema": {"type": "number"},
    }


def test_says_how_tools_take_a_column_by_its_word_or_its_own(write_app: WriteApp) -> None:
    folder = write_app(
        """
        Share = Annotated[float, Vocabulary("Share", edm="Edm.Decimal(9,6)", excel="0.0%")]

        class Row(TypedDict):
            name: Annotated[str, Key]
            part: Share
            whole: Annotated[Share, Column(excel="0.00%")]

        def shares() -> Table[Row]:
            "Shares."
            return []
        """
    )
    name, part, whole = contract(load(folder))["functions"][0]["result"]["columns"]

    assert "edm" not in name
    assert (part["edm"], part["excel"]) == ("Edm.Decimal(9,6)", "0.0%")
    assert (whole["edm"], whole["excel"]) == ("Edm.Decimal(9,6)", "0.00%")


@pytest.mark.parametrize(
    ("given", "message"),
    [({"edm": "Decimal"}, "not a primitive type"), ({"excel": ""}, "characters")],
)
def test_refuses_formats_that_no_tool_could_take(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Column(**given)
    with pytest.raises(ValueError, match=message):
        Vocabulary("Share", **given)


def test_describes_a_value_by_its_schema(write_app: WriteApp) -> None:
    folder = write_app("def mean(of: list[float]) -> float:\n    '''Mean of numbers.'''\n")
    [function] = contract(load(folder))["functions"]

    assert function["result"] == {"kind": "value", "schema": {"type": "number"}}
    assert function["parameters"]["required"] == ["of"]


def test_writes_definitions_where_they_are_used(write_app: WriteApp) -> None:
    folder = write_app("""
        import enum
        class Side(enum.StrEnum):
            BUY = "buy"
            SELL = "sell"
        def pick(side: Side = Side.BUY) -> str:
            '''A side.'''
            return side
    """)
    parameters = load(folder)["pick"].parameters.schema

    assert parameters["properties"]["side"]["enum"] == ["buy", "sell"]
    assert "$defs" not in parameters


def test_serves_only_what_the_module_defines_in_public(write_app: WriteApp) -> None:
    folder = write_app(
        """
        from other import imported
        def _private(x): ...
        def total() -> int:
            '''A total.'''
            return imported()
        """,
        other="def imported() -> int: return 1",
    )
    assert list(load(folder)) == ["total"]


def test_serves_the_modules_of_a_package(tmp_path: Path, write_app: WriteApp) -> None:
    write_app("")
    (tmp_path / "functions.py").unlink()
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "__init__.py").touch()
    (tmp_path / "functions" / "one.py").write_text(
        "def one() -> int:\n    '''One.'''\n    return 1\n"
    )

    assert list(load(tmp_path)) == ["one"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(a) -> int:\n    '''F.'''", "'a' has no type; add one, for example 'a: str'"),
        ("def f(a: int):\n    '''F.'''", "it has no return type"),
        ("def f(a: int) -> int: return 1", "has no docstring"),
        ("def f(*a: int) -> int:\n    '''F.'''", "name each parameter"),
        ("def f() -> pd.DataFrame:\n    '''F.'''", "does not name its columns"),
        ("def f() -> Table[dict]:\n    '''F.'''", "write a row class"),
        ("def f(a: object()) -> int:\n    '''F.'''", "f cannot be served"),
        ("def f(a: Missing) -> int:\n    '''F.'''", "name 'Missing' is not defined"),
        ("def f(a: type(lambda: 1)) -> int:\n    '''F.'''", "f cannot be served"),
        ("def f(a: int = 'x') -> int:\n    '''F.'''", "default of 'a'"),
    ],
)
def test_names_the_place_and_what_to_add(write_app: WriteApp, source: str, said: str) -> None:
    header = (
        "from __future__ import annotations\nimport pandas as pd\nfrom bailiwick import Table\n"
    )
    with pytest.raises(LoadFailed) as failed:
        load(write_app(source, prelude=header))

    [problem] = failed.value.problems
    assert (problem.file, problem.line, problem.function) == ("functions.py", 4, "f")
    assert said in problem.message


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("x = 1\nx = (\n", 2, "SyntaxError"),
        ("x = 1\nraise RuntimeError('no data')\n", 2, "RuntimeError: no data"),
        ("import sys\nsys.exit(3)\n", 2, "SystemExit: 3"),
        ("import nowhere\n", 1, "No module named 'nowhere'"),
        ("x = 1\n", 0, "no public function"),
    ],
)
def test_names_the_line_at_which_an_import_fails(
    write_app: WriteApp, source: str, line: int, said: str
) -> None:
    with pytest.raises(LoadFailed) as failed:
        load(write_app(source, prelude=""))

    [problem] = failed.value.problems
    assert (problem.file, problem.line) == ("functions.py", line)
    assert said in problem.message


def test_says_what_an_empty_folder_lacks(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(LoadFailed, match=r"neither functions\.py .* found notes\.txt"):
        load(tmp_path)
