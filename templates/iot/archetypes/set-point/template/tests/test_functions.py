"""Checks that only set-points that two people agreed on and the limits allow become commands."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import functions
from targets import Rule

DATA = Path(__file__).parent.parent / "data"
MORNING = dt.datetime(2025, 11, 5, 10, tzinfo=dt.UTC)
CHILLER = {"target": "gw-1/chiller-1", "metric": "Set-point/Temperature"}
ASKED = {**CHILLER, "value": 5.5, "requested_by": "alan.turing", "reason": "Product change"}


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock on the day of the log; people and times are independent of the answers to the form."""
    monkeypatch.setattr(functions, "_now", lambda: MORNING)
    monkeypatch.setattr(functions, "GROUP", "dairy")
    monkeypatch.setattr(functions, "APPROVERS", ["ada.lovelace", "grace.hopper"])
    monkeypatch.setattr(functions, "VALID", dt.timedelta(minutes=30))


def record_of(**changes: Any) -> str:
    [row] = call("request", **{**ASKED, **changes})
    record: str = row["record"]
    return record


def test_lists_settable_metrics() -> None:
    with (DATA / "set_points.csv").open() as file:
        known = {(row["target"], row["metric"]) for row in csv.DictReader(file)}
    rows = call("targets")

    assert {(row["target"], row["metric"]) for row in rows} == known
    assert all(row["topic"].startswith("spBv1.0/dairy/") for row in rows)


def test_limits_the_change_within_the_last_hour() -> None:
    # The chiller was at 4 until 09:20 and has been at 5 since; 1.5 per hour from both is 3.5 to 5.5.
    [row] = call("targets", target="gw-1/chiller-1")

    assert (row["value"], row["lowest"], row["highest"]) == (5, 3.5, 5.5)


def test_returns_a_command_after_approval_by_a_second_person() -> None:
    [asked] = call("request", **ASKED)
    [command] = call("approve", record=asked["record"], approved_by="grace.hopper")

    assert asked["state"] == "pending approval"
    assert asked["approve_before"] == "2025-11-05T10:30:00Z"
    assert asked["previous"] == 5
    assert command["state"] == "approved"
    assert command["command"] == asked["command"]
    assert (command["requested_by"], command["approved_by"]) == ("alan.turing", "grace.hopper")
    assert command["topic"] == "spBv1.0/dairy/DCMD/gw-1/chiller-1"
    assert json.loads(command["payload"]) == {
        "timestamp": 1762336800000,
        "metrics": [
            {
                "name": "Set-point/Temperature",
                "timestamp": 1762336800000,
                "dataType": "Double",
                "value": 5.5,
            }
        ],
    }


def test_commands_an_edge_node() -> None:
    record = record_of(target="gw-2", metric="Node Control/Rebirth", value=1)
    [command] = call("approve", record=record, approved_by="ada.lovelace")

    assert command["topic"] == "spBv1.0/dairy/NCMD/gw-2"
    assert json.loads(command["payload"])["metrics"][0]["value"] is True


def test_rejects_approval_by_the_requester() -> None:
    record = record_of(requested_by="grace.hopper")

    with pytest.raises(InvalidParameter, match="grace.hopper requested this; a different"):
        call("approve", record=record, approved_by="grace.hopper")


@pytest.mark.parametrize(
    "name", ["Grace.Hopper", " grace.hopper", "grace.hopper ", "gr\u0430ce.hopper", ""]
)
def test_rejects_variants_of_a_name(name: str) -> None:
    record = record_of(requested_by="grace.hopper")

    with pytest.raises(InvalidParameter):
        call("approve", record=record, approved_by=name)


def test_rejects_people_who_are_not_approvers() -> None:
    with pytest.raises(
        InvalidParameter, match="kurt.goedel cannot approve; approvers: ada.lovelace, grace.hopper"
    ):
        call("approve", record=record_of(), approved_by="kurt.goedel")


@pytest.mark.parametrize(
    ("minutes", "is_rejected"), [(0, False), (30, False), (31, True), (-1, True)]
)
def test_rejects_approvals_outside_the_period(
    minutes: int, is_rejected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = record_of()
    monkeypatch.setattr(functions, "_now", lambda: MORNING + dt.timedelta(minutes=minutes))

    if is_rejected:
        with pytest.raises(
            InvalidParameter, match="only from 2025-11-05 10:00:00 to 2025-11-05 10:30:00 UTC"
        ):
            call("approve", record=record, approved_by="grace.hopper")
    else:
        assert len(call("approve", record=record, approved_by="grace.hopper")) == 1


def test_checks_the_limits_again_at_the_approval(monkeypatch: pytest.MonkeyPatch) -> None:
    record = record_of()
    narrow = Rule("Double", "Cel", 2, 5, 1.5)
    monkeypatch.setattr(functions, "read_rules", lambda _: {tuple(CHILLER.values()): narrow})

    with pytest.raises(InvalidParameter, match="5.5 is outside the limits"):
        call("approve", record=record, approved_by="grace.hopper")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": 8.5}, "8.5 is outside the limits; enter a value from 2 to 8 Cel"),
        ({"value": -1e300}, "outside the limits"),
        ({"value": 6}, "6 exceeds the maximum change per hour; enter a value from 3.5 to 5.5 Cel"),
        ({"value": float("nan")}, "the value must be a finite number"),
        ({"value": float("inf")}, "the value must be a finite number"),
        ({"target": "gw-1/chiller-9"}, "no target gw-1/chiller-9; available: gw-1, gw-1/chiller-1"),
        ({"target": "gw-1/+"}, "target"),
        ({"metric": "Set-point/Speed"}, "has no settable metric Set-point/Speed"),
        (
            {"target": "gw-1/filler-1", "metric": "Set-point/Speed", "value": 25.5},
            "25.5 is not a 32-bit whole number",
        ),
        (
            {"target": "gw-1", "metric": "Node Control/Rebirth", "value": 0.5},
            "neither 0 .false. nor 1",
        ),
        ({"requested_by": "Alan"}, "requested_by"),
        ({"reason": ""}, "reason"),
    ],
)
def test_rejects_invalid_requests(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        call("request", **{**ASKED, **changes})


@pytest.mark.parametrize(
    "record",
    ["", "{}", "[]", "null", "[[1]]", "1", "{", "[" * 100_000, '{"command": "0123456789abcdef"}'],
)
def test_rejects_an_invalid_record(record: str) -> None:
    with pytest.raises(InvalidParameter, match="not a record of a request"):
        call("approve", record=record, approved_by="grace.hopper")


@pytest.mark.parametrize(
    "changes", [{"value": 5.4}, {"requested_by": "ada.lovelace"}, {"reason": "Another one"}]
)
def test_rejects_records_that_were_changed(changes: dict[str, Any]) -> None:
    record = json.dumps({**json.loads(record_of()), **changes})

    with pytest.raises(InvalidParameter, match="was changed after its creation"):
        call("approve", record=record, approved_by="grace.hopper")
