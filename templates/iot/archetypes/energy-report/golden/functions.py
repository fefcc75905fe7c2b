"""Energy and OEE of production lines by hour, shift and line.

`work` runs by the schedule of the environment: it reads hours of production (`data/production.csv`) and registers of
the meters (`data/meters.csv`). The other functions read what it left. Formulas and their source stand in `oee.py`.
Figures of a shift or a line come from the sums of its hours, not from means of ratios.
"""

import datetime as dt
import zoneinfo
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import NamedTuple, TypeVar

from bailiwick import InvalidParameter, Table, output_of

from files import read_work
from oee import Work
from rows import Figures, HourRow, LineRow, ShiftRow, WorkRow
from vocabulary import Date, Line, Shift

DATA = Path(__file__).parent / "data"
ZONE = zoneinfo.ZoneInfo("Europe/Berlin")
FIRST_SHIFT = 6
SHIFT_HOURS = 8
LINE: str | None = None
NAMES = {8: ("early", "late", "night"), 12: ("day", "night")}
Group = TypeVar("Group", bound=Hashable)


class Hour(NamedTuple):
    """What a line did in an hour."""

    line: str
    start: dt.datetime
    date: dt.date
    shift: str
    work: Work


def work() -> list[WorkRow]:
    """What each line was to do and did in each hour, and the energy that it took."""
    rows: list[WorkRow] = []
    for (line, start), done in read_work(DATA / "production.csv", DATA / "meters.csv").items():
        date, shift = _shift(start.astimezone(ZONE))
        rows.append(
            {
                "line": line,
                "start": start,
                "date": date,
                "shift": shift,
                "planned_busy_time": done.planned_busy_min,
                "actual_production_time": done.production_min,
                "planned_run_time": done.planned_run_min,
                "produced_quantity": done.produced,
                "good_quantity": done.good,
                "energy": done.energy,
            }
        )
    return rows


def hours(
    line: Line | None = LINE,
    start: Date | None = None,
    end: Date | None = None,
    shift: Shift | None = None,
) -> Table[HourRow]:
    """Energy and key figures of each hour, by line and time.

    Args:
        line: Only this line.
        start: First day of the plant.
        end: Last day of the plant.
        shift: Only hours of this shift, such as night.
    """
    return [
        {
            "line": hour.line,
            "start": hour.start,
            "date": hour.date,
            "shift": hour.shift,
            **_figures(hour.work),
        }
        for hour in _hours(line, start, end)
        if shift in (None, hour.shift)
    ]


def shifts(
    line: Line | None = LINE, start: Date | None = None, end: Date | None = None
) -> Table[ShiftRow]:
    """Energy and key figures of each shift. A night belongs to the day on which it began.

    Args:
        line: Only this line.
        start: First day of the plant.
        end: Last day of the plant.
    """
    groups = _sums(_hours(line, start, end), lambda hour: (hour.line, hour.date, hour.shift))
    return [
        {"line": name, "date": date, "shift": shift, **_figures(work)}
        for (name, date, shift), work in groups.items()
    ]


def lines(
    line: Line | None = LINE, start: Date | None = None, end: Date | None = None
) -> Table[LineRow]:
    """Energy and key figures of each line over all days asked for.

    Args:
        line: Only this line.
        start: First day of the plant.
        end: Last day of the plant.
    """
    chosen = _hours(line, start, end)
    dates = [hour.date for hour in chosen]
    return [
        {"line": name, "first_date": min(dates), "last_date": max(dates), **_figures(work)}
        for name, work in _sums(chosen, lambda hour: hour.line).items()
    ]


def _hours(line: str | None, start: dt.date | None, end: dt.date | None) -> list[Hour]:
    """Return the hours of a line, or of all, between two days of the plant."""
    if start and end and start > end:
        message = f"start {start} is after end {end}"
        raise InvalidParameter(message, parameter="start", expected=f"a day up to {end}")
    every = [_hour(row) for row in output_of(work)]
    known = sorted({hour.line for hour in every})
    if line is not None and line not in known:
        message = f"no line {line}; there are {', '.join(known)}"
        raise InvalidParameter(message, parameter="line", expected=f"one of {', '.join(known)}")
    return [
        hour
        for hour in every
        if line in (None, hour.line) and (start or hour.date) <= hour.date <= (end or hour.date)
    ]


def _hour(row: WorkRow) -> Hour:
    """Return an hour of the last run."""
    done = Work(
        planned_busy_min=row["planned_busy_time"],
        production_min=row["actual_production_time"],
        planned_run_min=row["planned_run_time"],
        produced=row["produced_quantity"],
        good=row["good_quantity"],
        energy=row["energy"],
    )
    return Hour(row["line"], row["start"], row["date"], row["shift"], done)


def _shift(
    local: dt.datetime, first: int = FIRST_SHIFT, length: int = SHIFT_HOURS
) -> tuple[dt.date, str]:
    """Return day and name of the shift in which an hour begins, by the clock of the plant."""
    since = local.replace(tzinfo=None) - dt.timedelta(hours=first)
    return since.date(), NAMES[length][since.hour // length]


def _sums(chosen: list[Hour], group: Callable[[Hour], Group]) -> dict[Group, Work]:
    """Add up the hours of each group, in the order in which the groups begin."""
    sums: dict[Group, Work] = {}
    for hour in chosen:
        sums[group(hour)] = sums.get(group(hour), Work()) + hour.work
    return sums


def _figures(work: Work) -> Figures:
    """Return the key figures of what a line did."""
    return {
        "energy": work.energy,
        "energy_per_item": work.energy_per_item,
        "planned_busy_time": work.planned_busy_min,
        "actual_production_time": work.production_min,
        "produced_quantity": work.produced,
        "good_quantity": work.good,
        "availability": work.availability,
        "effectiveness": work.effectiveness,
        "quality_ratio": work.quality_ratio,
        "oee_index": work.oee_index,
    }
