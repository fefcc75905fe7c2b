"""Three ways to see that something is wrong with a row of readings: limits, an EWMA chart, and silence."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WARM_UP = 12
"""So many readings have to come before chance can be told from a fault."""

MEMORY = 0.05
"""Weight of the newest reading in the deviation; it follows slowly, so that a fault does not hide itself."""

ABSOLUTE_TO_STANDARD = 1.25
"""Standard by mean absolute deviation of a normal distribution: the square root of pi / 2, rounded."""


@dataclass(frozen=True)
class Point:
    """What an EWMA chart says of one reading.

    Attributes:
        expected: The mean of the readings before, weighted.
        deviation: Standard deviation around it that chance explains; None until enough readings came.
        score: How many of these the reading is from what was expected.
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
    """Compare each value with what the values before it let expect.

    An EWMA chart with a moving centre line (D. C. Montgomery and C. M. Mastrangelo, "Some Statistical Process Control
    Methods for Autocorrelated Data", 1991): the average of the values before is the forecast, and 1.25 times the
    smoothed mean of absolute errors is the deviation. It suits measurements that rise and fall over a day, which a
    fixed centre line would call unusual. An error beyond the limits counts as if it was on the limit, so that one
    wrong reading does not move the forecast far.

    Args:
        values: In the order in which they were measured.
        smoothing: Weight of the newest value in the forecast.
        width: Limits, in standard deviations.
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
    """Return the mean squared error of a moving average as the forecast of the next value; 0 for fewer than two."""
    expected, total = (values[0] if values else 0.0), 0.0
    for value in values:
        total += (value - expected) ** 2
        expected = ewma(expected, value, smoothing)
    return total / max(1, len(values) - 1)


def beyond(values: Sequence[float], limit: float, hysteresis: float) -> list[bool]:
    """Say of each value whether it belongs to an alert that begins above a limit and ends below limit - hysteresis."""
    states: list[bool] = []
    is_on = False
    for value in values:
        is_on = value > limit or (is_on and value >= limit - hysteresis)
        states.append(is_on)
    return states


def runs(states: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where states begin to hold and where they end, the end not included."""
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
    """Yield the periods in which a device was missing: no reading for longer than a limit.

    Args:
        times: When readings came, in their order.
        last: The moment at which one looks; a silence that lasts has no end.
        limit: Maximum silence of a device; afterwards it counts as missing.
    """
    for time, following in zip(times, [*times[1:], None], strict=True):
        if (following or last) - time > limit:
            yield time + limit, following
