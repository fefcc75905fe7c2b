"""Measures that the faults which are known are found, and that little else is."""

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


def test_finds_every_known_fault() -> None:
    rows = call("detection", **LIMITS)

    assert {(row["device"], row["fault"]) for row in rows} == {
        (fault["device"], fault["fault"]) for fault in known_faults()
    }
    assert all(row["found"] for row in rows)


def test_finds_faults_soon() -> None:
    delays = {row["fault"]: row["delay"] for row in call("detection", **LIMITS)}

    assert delays["spike"] == delays["jump"] == 0
    assert delays["silence"] == 45  # the last reading came 15 minutes before
    assert delays["overheating"] <= 60
    assert delays["cooling"] <= 75


def test_raises_no_false_alarm() -> None:
    assert [row for row in call("alerts", **LIMITS) if row["fault"] is None] == []


def test_begins_and_ends_with_the_readings_beyond_the_limit() -> None:
    values = recorded("filler-1")
    high = [time for time, value in values if value > 70]
    back = [time for time, value in values if time > high[-1] and value < 68]
    [alert] = [
        row for row in call("alerts", **{**LIMITS, "kind": "high"}) if row["device"] == "filler-1"
    ]

    assert dt.datetime.fromisoformat(alert["start"]) == high[0]
    assert dt.datetime.fromisoformat(alert["end"]) == back[0]
    assert alert["worst"] == max(value for _, value in values)


def test_finds_what_is_too_low() -> None:
    [alert] = call("alerts", **{**LIMITS, "kind": "low"})

    assert alert["device"] == "chiller-1"
    assert alert["worst"] == min(value for _, value in recorded("chiller-1"))


def test_has_devices_that_came_back_and_that_did_not() -> None:
    ends = {row["device"]: row["end"] for row in call("alerts", **{**LIMITS, "kind": "gone"})}

    assert ends == {"labeller-1": "2025-11-04T05:00:00Z", "capper-2": None}


def test_misses_faults_with_limits_that_are_too_wide() -> None:
    rows = call(
        "detection", **{**LIMITS, "high": 200, "low": -200, "gone_after": 1000, "width": 50}
    )

    assert [row["found"] for row in rows] == [None] * len(known_faults())


def test_calls_more_unusual_with_narrow_limits() -> None:
    false = [row for row in call("alerts", **{**LIMITS, "width": 2}) if row["fault"] is None]

    assert len(false) > 20


def test_leaves_out_what_is_unusual_when_told_to() -> None:
    rows = call("alerts", **{**LIMITS, "unusual": False, "smoothing": 0})

    assert {row["kind"] for row in rows} == {"high", "low", "gone"}


def test_draws_limits_around_what_was_expected() -> None:
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
        ({"low": 70}, "low 70 is not below high 70"),
        ({"hysteresis": 35}, "a hysteresis of 35"),
        ({"hysteresis": -1}, "a hysteresis of -1"),
        ({"gone_after": 0}, "at most 525600 minutes, not 0"),
        ({"gone_after": 1e300}, "at most 525600 minutes, not 1e.300"),
        ({"width": 0}, "a width of 0"),
        ({"smoothing": 0}, "a smoothing of 0"),
        ({"smoothing": 1.5}, "smoothing"),
    ],
)
def test_refuses_limits_that_cannot_be(limits: dict[str, float], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        call("detection", **{**LIMITS, **limits})


def test_names_the_devices_there_are() -> None:
    with pytest.raises(InvalidParameter, match="no device x; available: capper-1"):
        call("chart", device="x")


def test_is_content_with_the_limits_of_the_form() -> None:
    assert call("limits_find_known_faults") is None


def test_retrains_to_the_weight_that_forecasts_best() -> None:
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
