"""Current state and history of devices that send SenML (RFC 8428).

`telemetry` runs on the messages of the broker, or on those in `data/messages.jsonl` where there is none; the other
functions read what it keeps. How SenML is read stands in `senml.py`, what is kept in `keeping.py`.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import pandas as pd
from bailiwick import InvalidParameter, Message, Table, output_of, setting

from keeping import History, rows_of
from rows import Kept, Period, State
from vocabulary import Device, Measurement, Minutes, Moment

STALE_AFTER = 90
CLOCK = "newest message"
DEVICE = "filler-1"
MEASUREMENT = "temperature"
WIDTH = 60
RESOLUTION = 10
PATIENCE = 1.5
"""A device is late after so many of the times within which it promised the next value."""

A_YEAR = 366 * 24 * 60
MOST_ROWS = 10_000
"""Longer histories are refused; one wrong clock would make millions of rows."""


def telemetry(messages: list[Message]) -> list[Kept]:
    """What is kept of the messages: of each measurement a reading in so many minutes, and the newest text.

    The setting historyHours tells how long a reading is kept. A message that is no SenML gives a row that says why.
    """
    history = _history()
    rows = [row for message in messages for row in rows_of(message, history)]
    newest = {(row["device"], row["measurement"], row["slot"]): row for row in rows}
    return list(newest.values())


def current(
    stale_after: Minutes = STALE_AFTER,
    quality: Literal["good", "stale", "ahead", "refused"] | None = None,
) -> Table[State]:
    """One row for each measurement of each device: the newest value, how old and how good it is.

    A value is stale when its device promised the next one earlier (the update time of RFC 8428, section 4.2; half of
    that time is added for the way of a message), or when it promised nothing and the value is older than so many
    minutes. It is ahead when it was measured more than a minute after its message came: a clock is wrong. A device
    whose last message was refused has a row that says why.

    Args:
        stale_after: Minutes until a value is stale whose device promises nothing.
        quality: Leaves out values of another quality.
    """
    kept = _kept()
    if not kept:
        return []
    heard = _last_heard(row for row in kept if row["problem"] is None)
    newest: dict[tuple[str, str], Kept] = {}
    for row in sorted(kept, key=lambda row: row["time"]):
        is_over = row["problem"] is not None and row["received"] <= heard.get(
            row["device"], row["received"] - dt.timedelta(seconds=1)
        )
        if not is_over:
            newest[row["device"], row["measurement"]] = row
    last = max(row["received"] for row in kept)
    now = dt.datetime.now(dt.UTC) if CLOCK == "now" else last
    rows = [_state(newest[place], now, stale_after * 60) for place in sorted(newest)]
    return [row for row in rows if quality in (None, row["quality"])]


def history(
    device: Device = DEVICE,
    measurement: Measurement = MEASUREMENT,
    start: Moment | None = None,
    end: Moment | None = None,
    width: Minutes = WIDTH,
) -> Table[Period]:
    """Mean, lowest and highest value of a measurement over time; a period without values has an empty row.

    It goes back as far as readings are kept.

    Args:
        device: Device that measures.
        measurement: What it measures.
        start: First moment; the oldest value when left out.
        end: Moment before which it ends; the newest value is the last when left out.
        width: Minutes a row; the rows begin at midnight (UTC) and multiples of that.
    """
    numbers, unit = _numbers(device, measurement)
    if start is not None:
        numbers = numbers[numbers.index >= _zoned(start, "start")]
    if end is not None:
        numbers = numbers[numbers.index < _zoned(end, "end")]
    if numbers.empty:
        return []
    span = (numbers.index.max() - numbers.index.min()).total_seconds() / 60
    if not 1 / 60 <= width <= A_YEAR or span / width > MOST_ROWS:
        message = f"{width:g} minutes a row do not fit {span:g} minutes of values"
        expected = f"1 to {A_YEAR} minutes, and at most {MOST_ROWS} rows"
        raise InvalidParameter(message, parameter="width", expected=expected)
    periods = numbers.resample(pd.Timedelta(minutes=width), origin="epoch")
    table = periods.agg(["count", "mean", "min", "max"]).rename_axis("time").reset_index()
    table = table.rename(columns={"count": "readings", "min": "lowest", "max": "highest"})
    return table.assign(device=device, measurement=measurement, unit=unit)


def _history() -> History:
    """Return how much of each measurement is kept in this environment."""
    return History(setting("historyHours", 24), RESOLUTION)


def _kept() -> list[Kept]:
    """Return what is kept of all messages."""
    return output_of(telemetry)


def _last_heard(rows: Iterable[Kept]) -> dict[str, dt.datetime]:
    """Return when the last message of each device came."""
    heard: dict[str, dt.datetime] = {}
    for row in rows:
        heard[row["device"]] = max(row["received"], heard.get(row["device"], row["received"]))
    return heard


def _state(row: Kept, now: dt.datetime, stale: float) -> State:
    """Say how old and how good a value is; seconds."""
    return {
        "device": row["device"],
        "measurement": row["measurement"],
        "time": row["time"],
        "age": (now - row["time"]).total_seconds(),
        "quality": _quality(row, now, stale),
        "value": row["value"],
        "text": row["problem"] or row["text"],
        "unit": row["unit"],
        "total": row["total"],
    }


def _quality(row: Kept, now: dt.datetime, stale: float) -> str:
    """Say how far a value can be relied on."""
    if row["problem"] is not None:
        return "refused"
    if (row["time"] - row["received"]).total_seconds() > 60:
        return "ahead"
    if row["update"] is None:
        is_late = (now - row["time"]).total_seconds() > stale
    else:
        # A message needs its time, so a promise counts from the moment at which it came.
        silent = (now - max(row["received"], row["time"])).total_seconds()
        is_late = silent > row["update"] * PATIENCE
    return "stale" if is_late else "good"


def _numbers(device: str, measurement: str) -> tuple["pd.Series[float]", str | None]:
    """Return the numbers of a measurement by time, and their unit."""
    every = [row for row in _kept() if row["problem"] is None]
    _known("device", device, {row["device"] for row in every})
    numeric = [row for row in every if row["device"] == device and row["value"] is not None]
    _known("measurement", measurement, {row["measurement"] for row in numeric})
    # What a device left in its slots before it was silent for long is no part of its history now.
    oldest = _last_heard(numeric)[device] - dt.timedelta(hours=_history().hours)
    chosen = [
        row for row in numeric if row["measurement"] == measurement and row["received"] > oldest
    ]
    units = sorted({row["unit"] or "none" for row in chosen})
    if len(units) > 1:
        message = f"{measurement} of {device} came in several units: {', '.join(units)}"
        raise InvalidParameter(message, parameter="measurement")
    values = {row["time"]: row["value"] for row in chosen}
    times = pd.DatetimeIndex(pd.to_datetime(list(values), utc=True))
    numbers = pd.Series(list(values.values()), index=times, dtype=float).sort_index()
    return numbers, chosen[0]["unit"] if chosen else None


def _known(parameter: str, name: str, names: set[str]) -> None:
    """Refuse a name that is not there."""
    if name not in names:
        there = ", ".join(sorted(names)) or "none with numbers"
        raise InvalidParameter(f"no {parameter} {name}; there are {there}", parameter=parameter)


def _zoned(moment: dt.datetime, parameter: str) -> dt.datetime:
    """Refuse a moment without a time zone: it could mean any of 24 hours."""
    if moment.tzinfo is None:
        raise InvalidParameter(
            "it has no time zone; write 2025-11-03T06:00:00Z", parameter=parameter
        )
    return moment
