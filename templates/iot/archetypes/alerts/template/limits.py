"""Limits for readings, from the parameters of a call."""

import datetime as dt
from typing import NamedTuple

from bailiwick import InvalidParameter


class Limits(NamedTuple):
    """Limits of the temperature, and the maximum silence of a device."""

    low: float
    high: float
    hysteresis: float
    gone_after: dt.timedelta


def limits_of(low: float, high: float, hysteresis: float, gone_after: float) -> Limits:
    """Return the limits; contradictory limits are rejected."""
    if low >= high:
        message = f"low must be less than high ({high:g}), not {low:g}"
        raise InvalidParameter(message, parameter="low", expected=f"less than {high:g}")
    if not 0 <= hysteresis < high - low:
        expected = f"at least 0 and less than {high - low:g}"
        message = f"the hysteresis must be {expected}, not {hysteresis:g}"
        raise InvalidParameter(message, parameter="hysteresis", expected=expected)
    if not 0 < gone_after <= 525_600:
        message = f"gone_after must be more than 0 and at most 525600 minutes, not {gone_after:g}"
        raise InvalidParameter(message, parameter="gone_after", expected="1 to 525600 minutes")
    return Limits(low, high, hysteresis, dt.timedelta(minutes=gone_after))
