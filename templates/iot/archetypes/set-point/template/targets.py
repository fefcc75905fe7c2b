"""Reads the settable metrics and the past set-points from the files of the app."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bailiwick import InvalidData

from tables import read_rows

HOUR = dt.timedelta(hours=1)
DATA_TYPES = ("Boolean", "Int32", "Float", "Double")
"""Data types of Sparkplug B (section 6.4.16, Data Types) that a set-point can have here."""


@dataclass(frozen=True)
class Rule:
    """Limits of a settable metric; `change_per_hour` is None if the rate of change is not limited."""

    data_type: str
    unit: str
    minimum: float
    maximum: float
    change_per_hour: float | None


@dataclass(frozen=True)
class Setting:
    """Value of a set-point, and the time at which it was set."""

    time: dt.datetime
    value: float


Place = tuple[str, str]
"""A target and one of its metrics."""


def window(rule: Rule, settings: list[Setting], now: dt.datetime) -> tuple[float, float]:
    """Return the lowest and the highest value allowed now.

    The change in an hour is the difference from every value that was active during the last hour, so that several small
    steps cannot exceed one large step. From outside the limits, the step back to the limit is always allowed.
    """
    if rule.change_per_hour is None or not settings:
        return rule.minimum, rule.maximum
    ends = [setting.time for setting in settings[1:]] + [now]
    held = [setting.value for setting, end in zip(settings, ends, strict=True) if end > now - HOUR]
    lowest = min(rule.maximum, max(rule.minimum, max(held) - rule.change_per_hour))
    highest = max(rule.minimum, min(rule.maximum, min(held) + rule.change_per_hour))
    # After changes that were already too fast, only the current value is allowed.
    return (lowest, highest) if lowest <= highest else (held[-1], held[-1])


def read_rules(path: Path) -> dict[Place, Rule]:
    """Return the limits of each metric of each target.

    Raises:
        InvalidData: A row is invalid or occurs twice; the message names its line.
    """
    columns = ("target", "metric", "data_type", "unit", "minimum", "maximum", "change_per_hour")
    rules: dict[Place, Rule] = {}
    for row in read_rows(path, columns):
        place = (row["target"], row["metric"])
        parts = place[0].split("/")
        if len(parts) > 2 or not all(parts) or set(place[0]) & set("+#"):
            raise row.error(f"the target must be edge or edge/device, not {place[0]!r}")
        if not place[1] or place in rules:
            raise row.error(f"{place[0]} needs a metric that is not in a different line")
        if row["data_type"] not in DATA_TYPES:
            types = ", ".join(DATA_TYPES)
            raise row.error(f"data_type must be one of {types}, not {row['data_type']!r}")
        low, high = row.number("minimum"), row.number("maximum")
        change = row.number("change_per_hour") if row["change_per_hour"] else None
        if low > high or (change is not None and change < 0):
            raise row.error(
                f"no value is allowed: minimum {low:g} must not exceed maximum {high:g}, "
                "and change_per_hour must not be negative"
            )
        rules[place] = Rule(row["data_type"], row["unit"], low, high, change)
    if not rules:
        raise InvalidData(f"{path.name} has no set-points; add at least one row below the header")
    return rules


def read_settings(path: Path) -> dict[Place, list[Setting]]:
    """Return the past set-points by target and metric, in chronological order.

    Raises:
        InvalidData: A row is invalid; the message names its line.
    """
    settings: dict[Place, list[Setting]] = defaultdict(list)
    for row in read_rows(path, ("time", "target", "metric", "value")):
        setting = Setting(row.moment("time"), row.number("value"))
        settings[row["target"], row["metric"]].append(setting)
    return {place: sorted(rows, key=lambda row: row.time) for place, rows in settings.items()}
