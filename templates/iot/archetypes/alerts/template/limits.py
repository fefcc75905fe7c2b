"""Limits for readings, from the parameters of a call."""

import datetime as dt
from typing import NamedTuple

from bailiwick import InvalidParameter


class Limits(NamedTuple):
    """Temperatures that are right, and how long a device may be silent."""

    low: float
    high: float
    hysteresis: float
    gone_after: dt.timedelta


def limits_of(low: float, high: float, hysteresis: float, gone_after: float) -> Limits:
    """Return limits; refuses those that contradict each other."""
    if low >= high:
        message = f"low {low:g} is not below high {high:g}"
        raise InvalidParameter(message, parameter="low", expected=f"less than {high:g}")
    if not 0 <= hysteresis < high - low:
        message = f"a hysteresis of {hysteresis:g} between {low:g} and {high:g}"
        expected = f"0 up to less than {high - low:g}"
        raise InvalidParameter(message, parameter="hysteresis", expected=expected)
    if not 0 < gone_after <= 525_600:
        message = f"gone_after must be more than 0 and at most 525600 minutes, not {gone_after:g}"
        raise InvalidParameter(message, parameter="gone_after", expected="1 up to 525600 minutes")
    return Limits(low, high, hysteresis, dt.timedelta(minutes=gone_after))
