"""Checks that alerts detect the known faults, without false alarms."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import charts
import functions

DATA = Path(__file__).parent.parent / "data"
LIMITS: dict[str, float | bool] = {
    **{"low": 35, "high": 70, "hysteresis": 2, "gone_after": 60},
    **{"unusual": True, "width": 5, "smoothing": 0.3},
}


def known_faults() -> list[dict[str, str]]:
    with (DATA / "faults.csv").open() as file:
        return list(csv.DictReader(file))


def recorded(device: str) -> list[tuple[dt.datetime, float]]:
    with (DATA / "readings.csv").open() as file:
        return [
            (dt.datetime.fromisoformat(row["time"]), float(row["temperature"]))
            for row in csv.DictReader(file)
            if row["device"] == device
        ]


def test_detects_every_known_fault() -> None:
    rows = call("detection", **LIMITS)

    assert {(row["device"], row["fault"]) for row in rows} == {
        (fault["device"], fault["fault"]) for fault in known_faults()
    }
    assert all(row["found"] for row in rows)


def test_detects_faults_soon() -> None:
    delays = {row["fault"]: row["delay"] for row in call("detection", **LIMITS)}

    assert delays["spike"] == delays["jump"] == 0
    assert delays["silence"] == 45  # the last reading came 15 minutes before
    assert delays["overheating"] <= 60
    assert delays["cooling"] <= 75


def test_raises_no_false_alarm() -> None:
    assert [row for row in call("alerts", **LIMITS) if row["fault"] is None] == []


def test_starts_and_ends_with_the_readings_beyond_the_limit() -> None:
    values = recorded("filler-1")
    high = [time for time, value in values if value > 70]
    back = [time for time, value in values if time > high[-1] and value < 68]
    [alert] = [
        row for row in call("alerts", **{**LIMITS, "kind": "high"}) if row["device"] == "filler-1"
    ]

    assert dt.datetime.fromisoformat(alert["start"]) == high[0]
    assert dt.datetime.fromisoformat(alert["end"]) == back[0]
    assert alert["worst"] == max(value for _, value in values)


def test_detects_low_temperatures() -> None:
    [alert] = call("alerts", **{**LIMITS, "kind": "low"})

    assert alert["device"] == "chiller-1"
    assert alert["worst"] == min(value for _, value in recorded("chiller-1"))


def test_ends_silences_only_for_devices_that_returned() -> None:
    ends = {row["device"]: row["end"] for row in call("alerts", **{**LIMITS, "kind": "gone"})}

    assert ends == {"labeller-1": "2025-11-04T05:00:00Z", "capper-2": None}


def test_misses_faults_with_limits_that_are_too_wide() -> None:
    rows = call(
        "detection", **{**LIMITS, "high": 200, "low": -200, "gone_after": 1000, "width": 50}
    )

    assert [row["found"] for row in rows] == [None] * len(known_faults())


def test_reports_more_anomalies_with_narrow_limits() -> None:
    false = [row for row in call("alerts", **{**LIMITS, "width": 2}) if row["fault"] is None]

    assert len(false) > 20


def test_omits_anomalies_if_they_are_disabled() -> None:
    rows = call("alerts", **{**LIMITS, "unusual": False, "smoothing": 0})

    assert {row["kind"] for row in rows} == {"high", "low", "gone"}


def test_returns_limits_around_the_forecast() -> None:
    rows = call("chart", device="packer-2", width=5, smoothing=0.3)
    spike = next(row for row in rows if row["time"] == "2025-11-03T22:00:00Z")

    assert len(rows) == len(recorded("packer-2"))
    assert spike["temperature"] > spike["upper"] > spike["expected"] > spike["lower"]
    assert rows[0]["upper"] is None
    assert all(
        row["lower"] <= row["temperature"] <= row["upper"] for row in rows[12:] if row is not spike
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"low": 70}, r"low must be less than high \(70\), not 70"),
        ({"hysteresis": 35}, "the hysteresis must be .* not 35"),
        ({"hysteresis": -1}, "the hysteresis must be .* not -1"),
        ({"gone_after": 0}, "at most 525600 minutes, not 0"),
        ({"gone_after": 1e300}, "at most 525600 minutes, not 1e.300"),
        ({"width": 0}, "the width must be .* not 0"),
        ({"smoothing": 0}, "the smoothing must be greater than 0"),
        ({"smoothing": 1.5}, "smoothing"),
    ],
)
def test_rejects_invalid_limits(limits: dict[str, float], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        call("detection", **{**LIMITS, **limits})


def test_lists_the_available_devices() -> None:
    with pytest.raises(InvalidParameter, match="no device x; available: capper-1"):
        call("chart", device="x")


def test_passes_the_check_with_the_limits_of_the_form() -> None:
    assert call("limits_find_known_faults") is None


def test_retrains_to_the_weight_with_the_smallest_error() -> None:
    before = call("chart", device="filler-1")
    try:
        assert call("retrain").startswith("A weight of ")
        best = functions._learnt["smoothing"]
        assert call("chart", device="filler-1") == call("chart", device="filler-1", smoothing=best)
        readings = [value for _, value in recorded("filler-1")]
        errors = [charts.squared_error(readings, weight) for weight in (best, 0.05, 1.0)]
        assert errors[0] <= min(errors[1:]) * 1.05
    finally:
        functions._learnt["smoothing"] = float(functions.SMOOTHING)
    assert call("chart", device="filler-1") == before
