"""Checks the functions against a plain reading of the messages."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from bailiwick import InvalidParameter, Message
from bailiwick.testing import call

import functions

MESSAGES = Path(__file__).parent.parent / "data" / "messages.jsonl"
RECEIVED = dt.datetime(2025, 11, 3, 6, tzinfo=dt.UTC)


def sent(device: str) -> list[dict[str, Any]]:
    messages = [json.loads(line) for line in MESSAGES.read_text().splitlines()]
    return [message for message in messages if f"/{device}/" in message["topic"]]


def message_of(
    *records: dict[str, Any], minutes: float = 0, topic: str = "plant/a/senml"
) -> Message:
    """A message with these records or, without records, with invalid SenML."""
    payload = json.dumps(records) if records else "hello"
    return {"topic": topic, "payload": payload, "at": RECEIVED + dt.timedelta(minutes=minutes)}


def kept(monkeypatch: pytest.MonkeyPatch, *messages: Message) -> None:
    """Let the functions read the stored rows of these messages."""
    rows = functions.telemetry(list(messages))
    monkeypatch.setattr(functions, "_kept", lambda: rows)


def test_shows_the_newest_value_of_each_measurement() -> None:
    rows = {(row["device"], row["measurement"]): row for row in call("current")}
    pack = sent("chiller-2")[-1]["payload"]
    power = next(record for record in pack if record.get("n") == "power")

    assert len(rows) == 40
    assert rows["chiller-2", "power"]["value"] == power["v"]
    assert rows["chiller-2", "power"]["total"] == power["s"]
    assert rows["chiller-2", "power"]["unit"] == "W"
    assert rows["packer-1", "running"]["text"] == "false"
    assert rows["filler-1", "firmware"]["text"] == "2.0.0"


def test_uses_the_arrival_of_the_message_for_a_device_without_clock() -> None:
    rows = {(row["device"], row["measurement"]): row for row in call("current")}
    came = dt.datetime.fromisoformat(sent("labeller-2")[-1]["at"])

    assert dt.datetime.fromisoformat(rows["labeller-2", "temperature"]["time"]) == came


@pytest.mark.parametrize(
    ("minutes", "update", "quality"),
    [
        (89, None, "good"),
        (91, None, "stale"),
        (14, 600, "good"),
        (16, 600, "stale"),
        (-2, None, "ahead"),
    ],
)
def test_determines_the_quality_of_values(minutes: int, update: int | None, quality: str) -> None:
    promise = {"ut": update} if update else {}
    record = {"n": "a", "v": 1, "t": max(0, -minutes * 60), **promise}
    [row] = functions.telemetry([message_of(record)])
    now = RECEIVED + dt.timedelta(minutes=max(0, minutes))

    assert functions._state(row, now, 90 * 60)["quality"] == quality


def test_finds_the_silent_device() -> None:
    stale = call("current", stale_after=90, quality="stale")

    assert {row["device"] for row in stale if row["measurement"] == "temperature"} == {"capper-2"}


def test_counts_ages_from_now_if_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "CLOCK", "now")

    assert len(call("current", stale_after=90, quality="stale")) == 40


def test_resamples_to_the_mean_of_each_hour() -> None:
    rows = call("history", device="filler-1", measurement="temperature", width=60)
    values = [
        record["v"]
        for message in sent("filler-1")
        for record in message["payload"]
        if record["n"] == "temperature"
    ]

    # Readings arrive every ten minutes, the first one ten minutes after midnight.
    assert rows[0]["mean"] == pytest.approx(sum(values[:5]) / 5)
    assert rows[1]["mean"] == pytest.approx(sum(values[5:11]) / 6)
    assert (rows[1]["lowest"], rows[1]["highest"]) == (min(values[5:11]), max(values[5:11]))
    assert sum(row["readings"] for row in rows) == len(values)


def test_shows_gaps_as_rows_without_values() -> None:
    rows = call("history", device="filler-1", measurement="power", width=30)

    assert [row["readings"] for row in rows[:4]] == [1, 0, 1, 0]
    assert rows[1]["mean"] is None


def test_excludes_the_end_of_a_period() -> None:
    window = {"start": "2025-11-03T06:00:00Z", "end": "2025-11-03T09:00:00+02:00"}
    [row] = call("history", device="filler-1", measurement="temperature", width=60, **window)

    assert (row["time"], row["readings"]) == ("2025-11-03T06:00:00Z", 6)


def test_returns_no_rows_for_a_period_without_values() -> None:
    assert (
        call("history", device="filler-1", measurement="power", start="2031-01-01T00:00:00Z") == []
    )


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"device": "filler-9"}, "no device filler-9; available: capper-1"),
        (
            {"device": "filler-1", "measurement": "firmware"},
            "no measurement firmware; available: power, temperature",
        ),
        (
            {"device": "filler-1", "measurement": "power", "width": 0},
            "a width of 0 minutes is invalid",
        ),
        (
            {"device": "filler-1", "measurement": "power", "width": 0.1},
            "a width of 0.1 minutes is invalid for 1380 minutes",
        ),
        ({"device": "filler-1", "measurement": "power", "width": 1e300}, "is invalid"),
        (
            {"device": "filler-1", "measurement": "power", "start": "2025-11-03T06:00:00"},
            "offset from UTC",
        ),
    ],
)
def test_rejects_invalid_parameters(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        call("history", **parameters)


def test_rejects_a_measurement_in_several_units(monkeypatch: pytest.MonkeyPatch) -> None:
    records = {"bn": "a:", "n": "b", "u": "Cel", "v": 1}, {"n": "b", "u": "K", "v": 300, "t": -7200}
    kept(monkeypatch, message_of(*records))

    with pytest.raises(InvalidParameter, match="several units: Cel, K"):
        call("history", device="a", measurement="b")
