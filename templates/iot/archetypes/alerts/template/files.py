"""Reads the readings and the known faults; a row that is wrong is named with its line."""

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
    """What was wrong with a device, and when; the end does not belong to it."""

    device: str
    start: dt.datetime
    end: dt.datetime
    fault: str


def read_readings(path: Path) -> dict[str, list[Reading]]:
    """Return the readings of each device in the order of their times.

    Raises:
        InvalidData: A row is wrong or there twice; the message names its line.
    """
    readings: dict[str, dict[dt.datetime, Reading]] = defaultdict(dict)
    for row in read_rows(path, ("time", "device", "temperature")):
        device, time = row["device"], row.moment("time")
        if not DEVICE.fullmatch(device):
            raise row.wrong(f"{device!r} is not a name; use letters, digits and : . / _ -")
        if time in readings[device]:
            raise row.wrong(f"{device} has a reading of {row['time']} already; take one out")
        readings[device][time] = Reading(time, _temperature(row))
    if not readings:
        raise InvalidData(f"{path.name} has no readings; write some below its header")
    return {device: sorted(rows.values()) for device, rows in readings.items()}


def read_faults(path: Path) -> list[KnownFault]:
    """Return the known faults in the order of the file.

    Raises:
        InvalidData: A row is wrong; the message names its line.
    """
    faults = []
    for row in read_rows(path, ("device", "fault", "start", "end")):
        start, end = row.moment("start"), row.moment("end")
        if end <= start:
            raise row.wrong(f"the fault ends at {row['end']}, which is not after its start")
        faults.append(KnownFault(row["device"], start, end, row["fault"]))
    return faults


def _temperature(row: Row) -> float:
    temperature = row.number("temperature")
    if temperature < ABSOLUTE_ZERO:
        raise row.wrong(f"{temperature:g} is not a temperature; leave out what was not measured")
    return temperature
