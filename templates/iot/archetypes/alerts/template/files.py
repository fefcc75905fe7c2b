"""Reads the readings and the known faults, and reports errors with their line."""

import datetime as dt
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from bailiwick import InvalidData

from tables import Row, read_rows

ABSOLUTE_ZERO = -273.15
DEVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:./_-]*")


class Reading(NamedTuple):
    """One temperature of a device."""

    time: dt.datetime
    temperature: float


class KnownFault(NamedTuple):
    """One known fault of a device; the end is exclusive."""

    device: str
    start: dt.datetime
    end: dt.datetime
    fault: str


def read_readings(path: Path) -> dict[str, list[Reading]]:
    """Return the readings of each device in chronological order.

    Raises:
        InvalidData: A row is invalid or occurs twice; the message names its line.
    """
    readings: dict[str, dict[dt.datetime, Reading]] = defaultdict(dict)
    for row in read_rows(path, ("time", "device", "temperature")):
        device, time = row["device"], row.moment("time")
        if not DEVICE.fullmatch(device):
            raise row.error(f"{device!r} is not a valid name; use letters, digits and : . / _ -")
        if time in readings[device]:
            raise row.error(f"{device} already has a reading for {row['time']}; delete one row")
        readings[device][time] = Reading(time, _temperature(row))
    if not readings:
        raise InvalidData(f"{path.name} has no readings; add at least one row below the header")
    return {device: sorted(rows.values()) for device, rows in readings.items()}


def read_faults(path: Path) -> list[KnownFault]:
    """Return the known faults in the order of the file.

    Raises:
        InvalidData: A row is invalid; the message names its line.
    """
    faults = []
    for row in read_rows(path, ("device", "fault", "start", "end")):
        start, end = row.moment("start"), row.moment("end")
        if end <= start:
            raise row.error(f"the fault must end after its start, not at {row['end']}")
        faults.append(KnownFault(row["device"], start, end, row["fault"]))
    return faults


def _temperature(row: Row) -> float:
    temperature = row.number("temperature")
    if temperature < ABSOLUTE_ZERO:
        problem = f"{temperature:g} is below absolute zero; delete rows without a measurement"
        raise row.error(problem)
    return temperature
