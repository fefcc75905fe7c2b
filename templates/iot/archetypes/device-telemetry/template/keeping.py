"""Converts messages to rows, each with its slot in a history of fixed length.

The history of a measurement is a ring of slots, each for the same number of minutes. A new reading takes the slot of
its time, and replaces the reading from one history length earlier.
"""

import datetime as dt
from dataclasses import dataclass

from bailiwick import Message

import senml
from rows import Kept

NO_NUMBER = 0
"""Slot of texts and of invalid messages; only the newest one is stored."""

REFUSED = "message"
"""Placeholder for the measurement of an invalid message."""


@dataclass(frozen=True)
class History:
    """Length and resolution of the history of each measurement.

    Attributes:
        hours: Length of the history.
        minutes: Interval of one reading.
    """

    hours: float
    minutes: float

    def slot(self, time: dt.datetime) -> int:
        """Return the slot of a point in time, from 1."""
        slots = max(1, round(self.hours * 60 / self.minutes))
        return int(time.timestamp() // (self.minutes * 60)) % slots + 1


def rows_of(message: Message, history: History) -> list[Kept]:
    """Return a row for each measurement of a message, or one row with the problem of the message."""
    try:
        if message.get("binary"):
            raise ValueError("the message is not text")
        records = senml.resolve(senml.load(message["payload"]), message["at"])
    except ValueError as error:
        return [_refused(message, str(error))]
    return [_kept(record, message["at"], history) for record in records]


def _kept(record: senml.Record, received: dt.datetime, history: History) -> Kept:
    value = record.value if isinstance(record.value, float) else None
    return {
        "device": record.device,
        "measurement": record.measurement,
        "slot": NO_NUMBER if value is None else history.slot(record.time),
        "time": record.time,
        "received": received,
        "value": value,
        "text": _text(record.value),
        "unit": record.unit if value is not None or record.total is not None else None,
        "total": record.total,
        "update": record.update,
        "problem": None,
    }


def _refused(message: Message, problem: str) -> Kept:
    """Return a row with the problem of a message; its topic names the device, as in plant/<device>/senml."""
    device = (["", *message["topic"].split("/")])[-2]
    return {
        "device": device if senml.NAME.fullmatch(device) else "unknown",
        "measurement": REFUSED,
        "slot": NO_NUMBER,
        "time": message["at"],
        "received": message["at"],
        "value": None,
        "text": None,
        "unit": None,
        "total": None,
        "update": None,
        "problem": problem,
    }


def _text(value: float | str | bool | None) -> str | None:
    """Return a value that is not a number as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None
