"""Validators of rows that are pydantic models."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import pandas as pd
import polars as pl
import pyarrow as pa
import pydantic
import pytest
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, JsonValue, PrivateAttr
from typing_extensions import TypeAliasType

from bailiwick.errors import ContractBroken
from bailiwick.outputs import output_of
from bailiwick.results import StreamResult
from tests.prices import DAY, Model, described, model, rows_of, table_of
from tests.shelves import BERLIN, Shelf


class Range(BaseModel):
    """Its validators cannot run twice."""

    low: Annotated[float, AfterValidator(lambda value: value / 100)]
    high: float
    day: Annotated[dt.date | None, BeforeValidator(lambda text: text and _parsed(text))] = None
    tags: list[Annotated[str, BeforeValidator(lambda value: value + "!")]] = []

    @pydantic.field_validator("high")
    @classmethod
    def _percent(cls, value: float) -> float:
        return value / 100

    checks: int = 0

    @pydantic.model_validator(mode="before")
    @classmethod
    def _named(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "checks": data["checks"] + 1}

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> "Range":
        self.checks += 1
        if self.low > self.high:
            raise ValueError("low is above high; swap them")
        return self


def _parsed(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=dt.UTC).date()


def ranges() -> list[Range]:
    """Ranges."""
    return [Range.model_validate(RANGE)]


RANGE = {"low": 100, "high": 200, "day": "02.01.2026", "tags": ["a"], "checks": 0}


@pytest.mark.parametrize(
    "returned",
    [
        ranges(),
        [RANGE],
        pd.DataFrame([RANGE]),
        pl.DataFrame([RANGE]),
    ],
    ids=["instances", "dictionaries", "pandas", "polars"],
)
def test_validators_run_exactly_once(returned: object) -> None:
    expected = {"low": 1.0, "high": 2.0, "day": "2026-01-02", "tags": ["a!"], "checks": 2}
    assert rows_of(ranges, returned) == [expected]

    encoded = described(ranges).arrow("ranges", returned, 10)
    [read] = pa.ipc.open_stream(encoded.body).read_all().to_pylist()
    assert read == {**expected, "day": DAY, "tags": '["a!"]'}
    assert output_of(ranges) == ranges()


def test_rows_that_validators_reject_have_their_number() -> None:
    swapped = {**RANGE, "low": 300}
    with pytest.raises(
        ContractBroken, match="prices returned the invalid row 1: low is above high; swap them"
    ):
        rows_of(ranges, [*ranges(), swapped])
    with pytest.raises(ContractBroken, match="the invalid row 1: low is above high"):
        described(ranges).arrow("prices", pd.DataFrame([RANGE, swapped]), 10)

    stream = StreamResult(Range, is_async=False)
    with pytest.raises(ContractBroken, match="the invalid row 7: low is above high"):
        stream.batch("prices", swapped, 10, 7)


def test_validators_stop_at_the_first_rejected_row() -> None:
    seen: list[int] = []

    class Seen(BaseModel):
        number: Annotated[int, BeforeValidator(lambda number: seen.append(number) or "x")]

    with pytest.raises(ContractBroken, match="in column 'number' of row 0"):
        rows_of(table_of(Seen), [{"number": 1}, {"number": 2}])
    assert seen == [1]


def test_the_errors_of_an_author_are_no_broken_contract() -> None:
    def lazily() -> Iterator[Model]:
        yield Model(symbol="aapl", day=DAY)

    with pytest.raises(pydantic.ValidationError):
        rows_of(model, lazily())
    with pytest.raises(TypeError, match="strptime"):
        rows_of(ranges, [{**RANGE, "day": 3}])


T = TypeVar("T")
DIVIDED = AfterValidator(lambda value: value / 100)
Share = TypeAliasType("Share", Annotated[float, DIVIDED])
Several = TypeAliasType("Several", dict[str, Annotated[T, DIVIDED]], type_params=(T,))


class Shares(BaseModel):
    share: Share
    other: Share | None
    several: Several[float]
    extra: JsonValue


def shares() -> list[Shares]:
    """Shares."""
    return [Shares(share=100, other=200, several={"a": 300}, extra=[{"b": 1}])]


def test_validators_in_aliases_run_exactly_once() -> None:
    expected = {"share": 1.0, "other": 2.0, "several": {"a": 3.0}, "extra": [{"b": 1}]}
    assert rows_of(shares, shares()) == [expected]
    assert output_of(shares) == shares()


class Percentage(BaseModel):
    model_config = ConfigDict(extra="allow")
    share: float
    _runs: list[str] = PrivateAttr(default_factory=list)
    _later: int = PrivateAttr()

    def model_post_init(self, _context: object, /) -> None:
        self.share /= 100


def percentages() -> list[Percentage]:
    """Percentages."""
    return [Percentage(share=50)]


def test_model_post_init_does_not_run_on_outputs() -> None:
    [read] = output_of(percentages)
    assert (read, read.model_dump(), read._runs) == (percentages()[0], {"share": 0.5}, [])
    assert (read.model_fields_set, read.model_extra) == ({"share"}, {})


class Moment(BaseModel):
    share: Annotated[float, AfterValidator(lambda value: value / 100)]
    at: dt.datetime


def moments() -> list[Moment]:
    """Moments."""
    return [Moment(share=50, at=dt.datetime(2026, 1, 1, tzinfo=BERLIN))]


def test_validators_do_not_run_on_stored_rows(tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path, moments)
    assert shelf.write(moments()) == "json"
    assert shelf.has_answers_of_a_call(moments())
    assert shelf.stored.read(shelf.function) == moments()
