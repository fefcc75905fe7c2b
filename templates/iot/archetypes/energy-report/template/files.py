"""Reads hours of production and registers of meters, and reports errors with their line."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from bailiwick import InvalidData

from oee import Work
from tables import Row, read_rows

HOUR = dt.timedelta(hours=1)
PRODUCTION = (
    "start",
    "line",
    "planned_busy_min",
    "production_min",
    "planned_s_per_item",
    "produced",
    "good",
)
Place = tuple[str, dt.datetime]
"""A line and a time."""


def read_work(production: Path, meters: Path) -> dict[Place, Work]:
    """Return the production of each line in each hour, by line and start of the hour.

    Raises:
        InvalidData: A row is invalid or occurs twice; the message names its line.
    """
    registers = read_registers(meters)
    work: dict[Place, Work] = {}
    for row in read_rows(production, PRODUCTION):
        place = _place(row, "start")
        if place in work:
            raise row.error(f"{place[0]} already has a row for {row['start']}; delete one row")
        energy = _difference(registers.get(place), registers.get((place[0], place[1] + HOUR)))
        work[place] = replace(_work(row), energy=energy)
    if not work:
        raise InvalidData(f"{production.name} has no hours; add at least one row below the header")
    return dict(sorted(work.items()))


def read_registers(path: Path) -> dict[Place, float]:
    """Return the registers of the meters in kWh, by line and time.

    Raises:
        InvalidData: A row is invalid or occurs twice, or a register falls.
    """
    registers: dict[Place, float] = {}
    rows: dict[Place, Row] = {}
    for row in read_rows(path, ("time", "line", "register_kwh")):
        place = _place(row, "time")
        if place in rows:
            raise row.error(f"{place[0]} already has a row for {row['time']}; delete one row")
        registers[place], rows[place] = _number(row, "register_kwh"), row
    before: tuple[str, float] = ("", 0.0)
    for place in sorted(registers):
        if place[0] == before[0] and registers[place] < before[1]:
            raise rows[place].error(
                f"the register falls from {before[1]} to {registers[place]}; "
                "after replacing a meter, add the last register of the old meter to those of the new one"
            )
        before = (place[0], registers[place])
    return registers


def _work(row: Row) -> Work:
    """Return the production in a row, and reject contradictory values."""
    busy, running = _number(row, "planned_busy_min"), _number(row, "production_min")
    produced, good = _number(row, "produced"), _number(row, "good")
    seconds = _number(row, "planned_s_per_item")
    wrong = [
        words
        for words, is_wrong in {
            f"{busy:g} planned minutes exceed an hour": busy > 60,
            f"{running:g} production minutes exceed {busy:g} planned minutes": running > busy,
            f"{good:g} good pieces exceed {produced:g} produced pieces": good > produced,
            f"{produced:g} and {good:g} are not whole pieces": bool(produced % 1 or good % 1),
            f"{produced:g} pieces in 0 production minutes": produced > 0 and running == 0,
            "the planned time per item must be greater than 0": seconds == 0,
        }.items()
        if is_wrong
    ]
    if wrong:
        raise row.error(f"the values are impossible: {'; '.join(wrong)}")
    return Work(busy, running, seconds * produced / 60, int(produced), int(good))


def _difference(first: float | None, last: float | None) -> float | None:
    return None if first is None or last is None else round(last - first, 6)


def _place(row: Row, column: str) -> Place:
    """Return the line of a row and its full hour."""
    time = row.moment(column)
    if time.minute or time.second or time.microsecond:
        raise row.error(f"{row[column]} is not a full hour such as 2025-11-03T06:00:00Z")
    if not row["line"]:
        raise row.error("the name of the production line is missing")
    return row["line"], time.astimezone(dt.UTC)


def _number(row: Row, column: str) -> float:
    number = row.number(column)
    if not 0 <= number <= 1e12:
        raise row.error(f"{column} must be from 0 to 1e12, not {row[column]}")
    return number
