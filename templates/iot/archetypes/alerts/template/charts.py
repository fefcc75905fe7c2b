"""Three ways to detect faults in a series of readings: limits, an EWMA chart, and missing readings."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WARM_UP = 12
"""Number of readings that are needed before a fault can be distinguished from chance."""

MEMORY = 0.05
"""Weight of the newest reading in the deviation; small, so that a fault does not hide itself."""

ABSOLUTE_TO_STANDARD = 1.25
"""Ratio of standard to mean absolute deviation of a normal distribution: the square root of pi / 2, rounded."""


@dataclass(frozen=True)
class Point:
    """Point of an EWMA chart for one reading.

    Attributes:
        expected: Forecast, the weighted mean of the previous readings.
        deviation: Standard deviation of the forecast errors; None until enough readings exist.
        score: Difference of the reading from the forecast, in standard deviations.
    """

    expected: float
    deviation: float | None
    score: float | None


def ewma(before: float, value: float, smoothing: float) -> float:
    """Return the exponentially weighted moving average after one more value.

    NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.4:
    EWMA_t = lambda Y_t + (1 - lambda) EWMA_(t-1).
    """
    return smoothing * value + (1 - smoothing) * before


def chart(values: Sequence[float], smoothing: float, width: float) -> Iterator[Point]:
    """Compare each value with its forecast from the previous values.

    The method is an EWMA chart with a moving centre line (D. C. Montgomery and C. M. Mastrangelo, "Some Statistical
    Process Control Methods for Autocorrelated Data", 1991). The forecast is the average of the previous values, and the
    deviation is 1.25 times the smoothed mean absolute error. The method suits measurements that rise and fall over a
    day, which a fixed centre line would report as unusual. An error beyond the limits counts as an error at the limit,
    so that one wrong reading does not move the forecast far.

    Args:
        values: Values in chronological order.
        smoothing: Weight of the newest value in the forecast.
        width: Distance of the limits from the forecast, in standard deviations.
    """
    expected, error = (values[0] if values else 0.0), 0.0
    for number, value in enumerate(values):
        away = value - expected
        if number < WARM_UP:
            yield Point(expected, None, None)
            error += abs(away) / WARM_UP
        else:
            deviation = max(error * ABSOLUTE_TO_STANDARD, 1e-9)
            yield Point(expected, deviation, away / deviation)
            away = math.copysign(min(abs(away), width * deviation), away)
            error = ewma(error, abs(away), MEMORY)
        expected = ewma(expected, expected + away, smoothing)


def squared_error(values: Sequence[float], smoothing: float) -> float:
    """Return the mean squared error of the moving average as a forecast; 0 for fewer than two values."""
    expected, total = (values[0] if values else 0.0), 0.0
    for value in values:
        total += (value - expected) ** 2
        expected = ewma(expected, value, smoothing)
    return total / max(1, len(values) - 1)


def beyond(values: Sequence[float], limit: float, hysteresis: float) -> list[bool]:
    """Return for each value whether it is in an alert that starts above limit and ends below limit - hysteresis."""
    states: list[bool] = []
    is_on = False
    for value in values:
        is_on = value > limit or (is_on and value >= limit - hysteresis)
        states.append(is_on)
    return states


def runs(states: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of true states; the end is exclusive."""
    start = None
    for place, state in enumerate([*states, False]):
        if state and start is None:
            start = place
        elif not state and start is not None:
            yield start, place
            start = None


def silences(
    times: Sequence[dt.datetime], last: dt.datetime, limit: dt.timedelta
) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """Yield the periods in which a device was missing, from the end of the permitted silence to the next reading.

    Args:
        times: Times of the readings in chronological order.
        last: Time of the evaluation; a silence that still lasts has no end.
        limit: Maximum silence of a device; afterwards it counts as missing.
    """
    for time, following in zip(times, [*times[1:], None], strict=True):
        if (following or last) - time > limit:
            yield time + limit, following
