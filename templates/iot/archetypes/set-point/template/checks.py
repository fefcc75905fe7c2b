"""Rejects set-points that are not allowed."""

import datetime as dt
import math

from bailiwick import InvalidParameter

from targets import Rule, Setting, window


def check(rule: Rule, settings: list[Setting], value: float, now: dt.datetime) -> None:
    """Check a value against the type, limits and rate of change of its metric.

    Args:
        rule: Limits of the metric.
        settings: Previous set-points in chronological order.
        value: Requested value.
        now: Time of the check.

    Raises:
        InvalidParameter: The value is not allowed; the message names the reason and the limits.
    """
    if not math.isfinite(value):
        raise InvalidParameter(f"the value must be a finite number, not {value}", parameter="value")
    if rule.data_type == "Boolean" and value not in (0, 1):
        raise InvalidParameter(f"{value:g} is neither 0 (false) nor 1 (true)", parameter="value")
    if rule.data_type == "Int32" and (value % 1 or abs(value) >= 2**31):
        raise InvalidParameter(f"{value:g} is not a 32-bit whole number", parameter="value")
    limits = f"{rule.minimum:g} to {rule.maximum:g} {rule.unit}"
    if not rule.minimum <= value <= rule.maximum:
        message = f"{value:g} is outside the limits; enter a value from {limits}"
        raise InvalidParameter(message, parameter="value", expected=limits)
    lowest, highest = window(rule, settings, now)
    if not lowest <= value <= highest:
        now_allowed = f"{lowest:g} to {highest:g} {rule.unit}"
        message = f"{value:g} exceeds the maximum change per hour; enter a value from {now_allowed}"
        raise InvalidParameter(message, parameter="value", expected=now_allowed)
