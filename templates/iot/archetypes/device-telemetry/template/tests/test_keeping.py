"""Checks that a history does not grow, and that invalid messages are reported."""

import datetime as dt
from typing import Any

import pytest
from bailiwick import Message
from bailiwick.testing import call

import functions
from keeping import History, rows_of
from test_functions import kept, message_of

DAY = History(hours=24, minutes=10)
NOT_JSON = "the message is not valid JSON: Expecting value: line 1 column 1 (char 0)"


def reading(value: float, minutes: float) -> Message:
    return message_of({"bn": "a:", "n": "b", "v": value}, minutes=minutes)


def merged(*messages: Message) -> list[Any]:
    """Stored rows if each message arrives alone; the consumer keeps the newest row of each key."""
    rows = [row for message in messages for row in functions.telemetry([message])]
    return list({(row["device"], row["measurement"], row["slot"]): row for row in rows}.values())


def test_keeps_one_reading_per_ten_minutes() -> None:
    slots = [rows_of(reading(1, minutes), DAY)[0]["slot"] for minutes in (0, 9.9, 10, 1430, 1440)]

    assert slots[0] == slots[1] == slots[4]
    assert len(set(slots)) == 3
    assert all(1 <= slot <= 144 for slot in slots)


def test_does_not_grow_with_time() -> None:
    week = [reading(hour, hour * 60) for hour in range(7 * 24)]

    assert sorted(row["value"] for row in merged(*week)) == list(range(6 * 24, 7 * 24))


def test_uses_the_history_length_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAILIWICK_SETTINGS", '{"historyHours": 2}')
    monkeypatch.setattr(functions, "RESOLUTION", 60)

    assert len(merged(*(reading(hour, hour * 60) for hour in range(24)))) == 2


def test_omits_readings_from_before_a_long_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = merged(reading(1, 0), reading(2, 3 * 1440 + 60))
    monkeypatch.setattr(functions, "_kept", lambda: rows)

    assert len(rows) == 2
    assert [row["mean"] for row in call("history", device="a", measurement="b", width=60)] == [2]


def test_keeps_the_last_reading_of_the_same_time() -> None:
    rows = functions.telemetry([reading(1, 0), reading(2, 0)])

    assert [row["value"] for row in rows] == [2]


def test_keeps_the_newest_text_only() -> None:
    texts = [message_of({"n": "a", "vs": text}, minutes=at) for at, text in enumerate("xyz")]

    assert [(row["slot"], row["text"]) for row in functions.telemetry(texts)] == [(0, "z")]


@pytest.mark.parametrize(
    ("message", "device", "words"),
    [
        (message_of(), "a", NOT_JSON),
        (
            message_of({"n": "a"}),
            "a",
            "record 1: a record must have exactly one of v, vs, vb and vd; found: none",
        ),
        ({**message_of(), "binary": True}, "a", "the message is not text"),
        (message_of(topic="plant"), "unknown", NOT_JSON),
        (message_of(topic="plant/#!/x"), "unknown", NOT_JSON),
    ],
)
def test_reports_why_a_message_is_refused(message: Message, device: str, words: str) -> None:
    [row] = functions.telemetry([message])

    assert (row["device"], row["problem"]) == (device, words)


def test_shows_the_last_message_of_a_device_that_was_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept(monkeypatch, reading(1, 0), message_of(minutes=5))

    assert [(row["measurement"], row["quality"]) for row in call("current")] == [
        ("b", "good"),
        ("message", "refused"),
    ]


def test_removes_the_problem_after_the_next_valid_message(monkeypatch: pytest.MonkeyPatch) -> None:
    kept(monkeypatch, message_of(), reading(1, 5))

    assert [row["measurement"] for row in call("current")] == ["b"]


def test_has_no_rows_without_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    kept(monkeypatch)

    assert call("current") == []


def test_counts_minutes_from_1970() -> None:
    noon = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)

    assert (
        DAY.slot(noon)
        == DAY.slot(noon + dt.timedelta(minutes=9))
        != DAY.slot(noon + dt.timedelta(minutes=10))
    )
