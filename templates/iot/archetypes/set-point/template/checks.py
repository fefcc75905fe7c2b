"""Refuses set-points that must not be set."""

import datetime as dt
import math

from bailiwick import InvalidParameter

from targets import Rule, Setting, window


def check(rule: Rule, settings: list[Setting], value: float, now: dt.datetime) -> None:
    """Compare a value with type, limits and rate of change of its metric.

    Args:
        rule: The limits.
        settings: What was set before, in the order of time.
        value: What is to be set.
        now: When it is to be set.

    Raises:
        InvalidParameter: The target cannot be set to the value; the message names the reason and the limits.
    """
    if not math.isfinite(value):
        raise InvalidParameter(f"{value} is not a value that can be set", parameter="value")
    if rule.data_type == "Boolean" and value not in (0, 1):
        raise InvalidParameter(f"{value:g} is neither 0 (false) nor 1 (true)", parameter="value")
    if rule.data_type == "Int32" and (value % 1 or abs(value) >= 2**31):
        raise InvalidParameter(f"{value:g} is not a whole number of 32 bits", parameter="value")
    limits = f"{rule.minimum:g} to {rule.maximum:g} {rule.unit}"
    if not rule.minimum <= value <= rule.maximum:
        message = f"{value:g} is beyond the limits; {limits} may be set"
        raise InvalidParameter(message, parameter="value", expected=limits)
    lowest, highest = window(rule, settings, now)
    if not lowest <= value <= highest:
        now_allowed = f"{lowest:g} to {highest:g} {rule.unit}"
        message = f"{value:g} is too far at once; now {now_allowed} may be set, in an hour more"
        raise InvalidParameter(message, parameter="value", expected=now_allowed)
