"""Alerts of devices: too high, too low, unusual, or gone.

The readings are in `data/readings.csv`. What somebody knows to have been wrong is in `data/faults.csv`, and
`detection` says what of it the alerts have found. How they are found stands in `charts.py`.
"""

import datetime as dt
from pathlib import Path
from typing import Literal

from bailiwick import InvalidParameter, Table, check, verb

import charts
from files import KnownFault, Reading, read_faults, read_readings
from limits import Limits, limits_of
from rows import Alert, ChartPoint, Detection
from vocabulary import Device, Minutes, Score, Temperature, Weight

DATA = Path(__file__).parent / "data"
LOW = 35
HIGH = 70
HYSTERESIS = 2
GONE_AFTER = 60
UNUSUAL = True
WIDTH = 5
SMOOTHING = 0.3
WEIGHTS = [weight / 20 for weight in range(1, 21)]
"""What `retrain` chooses from."""
DEVICE = "filler-1"
SHOWN_BY = {"overheating": "high", "cooling": "low", "silence": "gone"}
"""The kind of alert that has to find a fault; an anomaly finds all others."""

_learnt: dict[str, float] = {"smoothing": SMOOTHING}


def alerts(
    kind: Literal["high", "low", "anomaly", "gone"] | None = None,
    low: Temperature = LOW,
    high: Temperature = HIGH,
    hysteresis: Temperature = HYSTERESIS,
    gone_after: Minutes = GONE_AFTER,
    unusual: bool = UNUSUAL,
    width: Score = WIDTH,
    smoothing: Weight | None = None,
) -> Table[Alert]:
    """All alerts in the order of their start.

    Args:
        kind: Only alerts of this kind.
        low: An alert begins below this temperature.
        high: An alert begins above this temperature.
        hysteresis: So many degrees a temperature has to come back before an alert ends.
        gone_after: A device is gone when nothing came for so many minutes.
        unusual: Whether readings are looked at that are unlike those before.
        width: A reading is unusual when it is more than so many standard deviations off.
        smoothing: Weight of the newest reading in what is expected; the learnt one when left out.
    """
    rows = _all_alerts(limits_of(low, high, hysteresis, gone_after), unusual, width, smoothing)
    return [row for row in rows if kind in (None, row["kind"])]


def chart(
    device: Device = DEVICE, width: Score = WIDTH, smoothing: Weight | None = None
) -> Table[ChartPoint]:
    """The readings of a device with what was expected, and the limits of what is usual.

    Args:
        device: Device that measures.
        width: Limits, in standard deviations.
        smoothing: Weight of the newest reading in what is expected; the learnt one when left out.
    """
    readings = read_readings(DATA / "readings.csv")
    if device not in readings:
        message = f"no device {device}; there are {', '.join(sorted(readings))}"
        raise InvalidParameter(message, parameter="device")
    points = _points(readings[device], width, smoothing)
    return [
        {
            "device": device,
            "time": row.time,
            "temperature": row.temperature,
            "expected": point.expected,
            "lower": point.expected - width * point.deviation if point.deviation else None,
            "upper": point.expected + width * point.deviation if point.deviation else None,
            "score": point.score,
        }
        for row, point in zip(readings[device], points, strict=True)
    ]


def detection(
    low: Temperature = LOW,
    high: Temperature = HIGH,
    hysteresis: Temperature = HYSTERESIS,
    gone_after: Minutes = GONE_AFTER,
    unusual: bool = UNUSUAL,
    width: Score = WIDTH,
    smoothing: Weight | None = None,
) -> Table[Detection]:
    """Each known fault and the first alert of the right kind while it lasted: how good the limits are.

    Args:
        low: An alert begins below this temperature.
        high: An alert begins above this temperature.
        hysteresis: So many degrees a temperature has to come back before an alert ends.
        gone_after: A device is gone when nothing came for so many minutes.
        unusual: Whether readings are looked at that are unlike those before.
        width: A reading is unusual when it is more than so many standard deviations off.
        smoothing: Weight of the newest reading in what is expected; the learnt one when left out.
    """
    limits = limits_of(low, high, hysteresis, gone_after)
    return _detections(_all_alerts(limits, unusual, width, smoothing))


@check(remedy="Retrain, or choose limits that find what is known to have been wrong.")
def limits_find_known_faults() -> str | None:
    """The limits find at least half of the faults that are known."""
    limits = limits_of(LOW, HIGH, HYSTERESIS, GONE_AFTER)
    known = _detections(_all_alerts(limits, UNUSUAL, WIDTH, None))
    found = [row for row in known if row["kind"]]
    if 2 * len(found) >= len(known):
        return None
    return f"Only {len(found)} of {len(known)} known faults are found."


@verb(confirm="Alerts are found with the new weight at once, until the app starts anew.")
def retrain() -> str:
    """Choose the weight of the newest reading that forecasts the readings best.

    It is the one with the least squared errors of one step ahead, as Montgomery and Mastrangelo advise (see
    charts.py). To keep it, write it into SMOOTHING.
    """
    readings = read_readings(DATA / "readings.csv")
    values = [[row.temperature for row in rows] for rows in readings.values()]
    before, count = _learnt["smoothing"], sum(map(len, values))
    errors = {weight: sum(charts.squared_error(one, weight) for one in values) for weight in WEIGHTS}
    _learnt["smoothing"] = best = min(WEIGHTS, key=errors.__getitem__)
    return f"A weight of {best:g} forecasts {count} readings best; before it was {before:g}."


def _detections(found: list[Alert]) -> list[Detection]:
    """Return each known fault with the first of the alerts that shows it."""
    rows: list[Detection] = []
    for fault in sorted(read_faults(DATA / "faults.csv")):
        kind = SHOWN_BY.get(fault.fault, "anomaly")
        right = [row for row in found if row["kind"] == kind and _is_during(row, fault)]
        start = min((row["start"] for row in right), default=None)
        rows.append(
            {
                "device": fault.device,
                "start": fault.start,
                "fault": fault.fault,
                "kind": kind if start else None,
                "found": start,
                "delay": (start - fault.start).total_seconds() / 60 if start else None,
            }
        )
    return rows


def _all_alerts(limits: Limits, unusual: bool, width: float, smoothing: float | None) -> list[Alert]:
    """Return the alerts of all devices in the order of their start."""
    readings = read_readings(DATA / "readings.csv")
    faults = read_faults(DATA / "faults.csv")
    last = max(rows[-1].time for rows in readings.values())
    found: list[Alert] = []
    for device, rows in readings.items():
        values = [row.temperature for row in rows]
        negative = [-value for value in values]
        points = _points(rows, width, smoothing) if unusual else []
        scores = [point.score or 0.0 for point in points]
        sizes = [abs(score) for score in scores]
        for kind, states, worse in (
            ("high", charts.beyond(values, limits.high, limits.hysteresis), values),
            ("low", charts.beyond(negative, -limits.low, limits.hysteresis), negative),
            ("anomaly", charts.beyond(sizes, width, 0), sizes),
        ):
            for start, end in charts.runs(states):
                worst = max(range(start, end), key=worse.__getitem__)
                back = rows[end].time if end < len(rows) else None
                alert = _alert(device, kind, rows[start].time, back, faults)
                alert["readings"], alert["worst"] = end - start, values[worst]
                alert["score"] = scores[worst] if kind == "anomaly" else None
                found.append(alert)
        silences = charts.silences([row.time for row in rows], last, limits.gone_after)
        found += [_alert(device, "gone", begin, back, faults) for begin, back in silences]
    return sorted(found, key=lambda row: (row["start"], row["device"], row["kind"]))


def _alert(
    device: str, kind: str, start: dt.datetime, end: dt.datetime | None, faults: list[KnownFault]
) -> Alert:
    """Return an alert without readings, with the known fault that it shows."""
    alert = Alert(
        device=device,
        kind=kind,
        start=start,
        end=end,
        readings=0,
        worst=None,
        score=None,
        fault=None,
    )
    alert["fault"] = next((fault.fault for fault in faults if _is_during(alert, fault)), None)
    return alert


def _points(rows: list[Reading], width: float, given: float | None) -> list[charts.Point]:
    """Return the points of the chart of a device."""
    smoothing = _learnt["smoothing"] if given is None else given
    if not 0 < width <= 100:
        raise InvalidParameter(f"a width of {width:g}", parameter="width", expected="2 up to 20")
    if smoothing == 0:
        message = "a smoothing of 0, by which nothing is ever learnt"
        raise InvalidParameter(message, parameter="smoothing", expected="more than 0, up to 1")
    return list(charts.chart([row.temperature for row in rows], smoothing, width))


def _is_during(alert: Alert, fault: KnownFault) -> bool:
    """Say whether an alert began while a fault of its device lasted, or when it ended: a way back is one, too."""
    return alert["device"] == fault.device and fault.start <= alert["start"] <= fault.end
