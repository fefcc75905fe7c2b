"""Columns of times, with and without an offset from UTC."""

import datetime as dt
from typing import TypedDict

import pytest

from bailiwick import Table
from bailiwick.errors import ContractBroken
from bailiwick.return_types import result_of

NOON = dt.datetime(2026, 2, 5, 12)  # noqa: DTZ001


class Meeting(TypedDict):
    at: dt.datetime | None


def meetings() -> Table[Meeting]:
    """Meetings, at local times or instants."""
    return []


@pytest.mark.parametrize("form", ["answer", "arrow"])
def test_refuses_columns_that_mix_times_with_and_without_an_offset(form: str) -> None:
    aware = NOON.replace(tzinfo=dt.UTC)
    encode = getattr(result_of(meetings), form)
    assert encode("meetings", [{"at": NOON}, {"at": None}, {"at": NOON}], 10).rows == 3
    assert encode("meetings", [{"at": aware}, {"at": None}], 10).rows == 2
    with pytest.raises(ContractBroken) as failure:
        encode("meetings", [{"at": aware}, {"at": None}, {"at": NOON}], 10)
    assert "in column 'at' of row 2: it has no offset from UTC" in failure.value.message
    assert "tzinfo=datetime.UTC" in failure.value.message
