"""Offline calls from an author's own tests."""

from pathlib import Path

import pytest

from bailiwick.errors import InvalidParameter, UnknownFunction
from bailiwick.testing import call
from tests.conftest import PRICES, WriteApp


def test_returns_what_a_reader_gets(write_app: WriteApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_app(PRICES))
    row = {"symbol": "IBM", "date": "2009-12-01", "price": 1.5, "change": None}
    assert call("prices", symbols=["IBM"]) == [row]


def test_raises_what_a_reader_would_be_told(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_app(PRICES))
    with pytest.raises(InvalidParameter, match="'symbol' is not a parameter"):
        call("prices", symbol="IBM")
    with pytest.raises(UnknownFunction, match="available: prices"):
        call("price")


def test_finds_the_app_above_the_calling_file(write_app: WriteApp) -> None:
    folder = write_app(PRICES)
    (folder / "tests").mkdir()
    caller = Path(folder / "tests" / "test_own.py")
    code = compile("from bailiwick.testing import call\nrows = call('prices')", caller, "exec")
    scope: dict[str, list[object]] = {}
    exec(code, scope)  # noqa: S102
    assert len(scope["rows"]) == 1
