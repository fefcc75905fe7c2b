"""Checks the charts against published figures and made-up series."""

import datetime as dt

import pytest

import charts

# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.4, "EWMA Control Charts": twenty values, lambda 0.3,
# start at the target of 50, and the EWMA as printed.
NIST_VALUES = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5,
    49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
]  # fmt: skip
NIST_EWMA = [
    50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
    50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
]  # fmt: skip


def test_computes_the_averages_of_the_handbook() -> None:
    averages, average = [], 50.0
    for value in NIST_VALUES:
        average = charts.ewma(average, value, 0.3)
        averages.append(average)

    assert averages == pytest.approx(NIST_EWMA, abs=0.005)


def test_measures_forecast_errors() -> None:
    # With a weight of a half, 1 and 3 forecast 2: errors of 0, 2 and 0, the first of which is not a forecast.
    assert charts.squared_error([1.0, 3.0, 2.0], 0.5) == pytest.approx(2.0)
    assert charts.squared_error([7.0], 0.5) == charts.squared_error([], 0.5) == 0.0


def test_forecasts_the_average_of_the_handbook() -> None:
    # In a series that starts at the target, the forecast of each value is the average of the previous values.
    points = list(charts.chart([50.0, *NIST_VALUES], 0.3, 100))

    assert [point.expected for point in points[2:]] == pytest.approx(NIST_EWMA[:-1], abs=0.005)


def test_computes_the_deviation_from_the_previous_errors() -> None:
    points = list(charts.chart([50.0, *NIST_VALUES], 0.3, 100))
    errors = [
        abs(value - point.expected)
        for value, point in zip([50.0, *NIST_VALUES], points, strict=True)
    ]
    error = sum(errors[: charts.WARM_UP]) / charts.WARM_UP
    first = points[charts.WARM_UP]

    assert points[charts.WARM_UP - 1].score is None
    assert first.deviation == pytest.approx(1.25 * error)
    assert first.score == pytest.approx(
        (NIST_VALUES[charts.WARM_UP - 1] - first.expected) / (1.25 * error)
    )


def test_limits_the_effect_of_one_wrong_reading_on_the_forecast() -> None:
    calm = [20.0, 20.2] * 20
    points = list(charts.chart([*calm, 500.0, 20.0], 0.3, 5))

    assert (points[-2].score or 0) > 100
    assert abs(points[-1].expected - 20.1) < 0.5


def test_follows_a_new_level() -> None:
    points = list(charts.chart([20.0, 20.2] * 20 + [40.0, 40.2] * 40, 0.3, 5))

    assert points[-1].expected == pytest.approx(40.1, abs=0.1)


def test_accepts_readings_that_never_change() -> None:
    points = list(charts.chart([20.0] * 30, 0.3, 5))

    assert {point.score for point in points[charts.WARM_UP :]} == {0}
    assert list(charts.chart([], 0.3, 5)) == []


def test_starts_above_the_limit_and_ends_below_the_hysteresis() -> None:
    values = [69, 70, 71, 69.5, 70.5, 68, 67.9, 69.5, 71]

    assert charts.beyond(values, 70, 2) == [
        False,
        False,
        True,
        True,
        True,
        True,
        False,
        False,
        True,
    ]
    assert charts.beyond(values, 70, 0) == [
        False,
        False,
        True,
        False,
        True,
        False,
        False,
        False,
        True,
    ]


def test_finds_runs_of_true_states() -> None:
    assert list(charts.runs([True, False, True, True])) == [(0, 1), (2, 4)]
    assert list(charts.runs([])) == []


def test_finds_silences_longer_than_the_limit() -> None:
    start = dt.datetime(2025, 11, 3, tzinfo=dt.UTC)
    times = [start + dt.timedelta(minutes=minutes) for minutes in (0, 15, 75, 136)]
    hour = dt.timedelta(hours=1)

    assert list(charts.silences(times, times[-1], hour)) == [(times[2] + hour, times[3])]
    assert list(charts.silences(times, times[-1] + 2 * hour, hour))[-1] == (times[-1] + hour, None)
