"""What may be set and what was set, read from the files of the app."""

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
    """Within which limits a metric may be set; `change_per_hour` is None when every step is allowed."""

    data_type: str
    unit: str
    minimum: float
    maximum: float
    change_per_hour: float | None


@dataclass(frozen=True)
class Setting:
    """What a metric was set to, and when."""

    time: dt.datetime
    value: float


Place = tuple[str, str]
"""A target and one of its metrics."""


def window(rule: Rule, settings: list[Setting], now: dt.datetime) -> tuple[float, float]:
    """Return the lowest and the highest value that may be set now.

    The rate of change is the distance to every value that held during the last hour, so that small steps in a row
    come no further than one large step. From beyond the limits, the way back to the limit is always open.
    """
    if rule.change_per_hour is None or not settings:
        return rule.minimum, rule.maximum
    ends = [setting.time for setting in settings[1:]] + [now]
    held = [setting.value for setting, end in zip(settings, ends, strict=True) if end > now - HOUR]
    lowest = min(rule.maximum, max(rule.minimum, max(held) - rule.change_per_hour))
    highest = max(rule.minimum, min(rule.maximum, min(held) + rule.change_per_hour))
    # After changes that were already too fast, nothing but the present value is left.
    return (lowest, highest) if lowest <= highest else (held[-1], held[-1])


def read_rules(path: Path) -> dict[Place, Rule]:
    """Return the limits of each metric of each target.

    Raises:
        InvalidData: A row is wrong or there twice; the message names its line.
    """
    columns = ("target", "metric", "data_type", "unit", "minimum", "maximum", "change_per_hour")
    rules: dict[Place, Rule] = {}
    for row in read_rows(path, columns):
        place = (row["target"], row["metric"])
        parts = place[0].split("/")
        if len(parts) > 2 or not all(parts) or set(place[0]) & set("+#"):
            raise row.wrong(f"the target {place[0]!r} is not edge or edge/device")
        if not place[1] or place in rules:
            raise row.wrong(f"{place[0]} needs a metric that no other line has")
        if row["data_type"] not in DATA_TYPES:
            raise row.wrong(f"{row['data_type']!r} is none of {', '.join(DATA_TYPES)}")
        low, high = row.number("minimum"), row.number("maximum")
        change = row.number("change_per_hour") if row["change_per_hour"] else None
        if low > high or (change is not None and change < 0):
            raise row.wrong(f"no value fits the limits {low:g} to {high:g}")
        rules[place] = Rule(row["data_type"], row["unit"], low, high, change)
    if not rules:
        raise InvalidData(f"{path.name} has no set-points; write some below its header")
    return rules


def read_settings(path: Path) -> dict[Place, list[Setting]]:
    """Return what was set, by target and metric, in the order of time.

    Raises:
        InvalidData: A row is wrong; the message names its line.
    """
    settings: dict[Place, list[Setting]] = defaultdict(list)
    for row in read_rows(path, ("time", "target", "metric", "value")):
        setting = Setting(row.moment("time"), row.number("value"))
        settings[row["target"], row["metric"]].append(setting)
    return {place: sorted(rows, key=lambda row: row.time) for place, rows in settings.items()}
