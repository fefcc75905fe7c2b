"""Check digits of identifiers such as GTIN, IBAN, ISIN and container numbers.

The rules are data: ``checksums.json`` is written by the script that writes the schemas of packs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final

_RULES: Final[Mapping[str, Mapping[str, Any]]] = json.loads(
    files("bailiwick").joinpath("checksums.json").read_text(encoding="utf-8")
)
_TEN: Final = 10


def problem_of(checksum: str) -> str:
    """Return what is wrong with a text that breaks a rule, for example ``is no valid IBAN``.

    Raises:
        ValueError: There is no such rule.
    """
    rule = _rule(checksum)
    return f"{rule['problem']}; a right one is {rule['valid'][0]}"


def has_valid_checksum(checksum: str, text: str) -> bool:
    """Return whether a text has the form that a rule asks for and the right check digit.

    Raises:
        ValueError: There is no such rule.

    Example:
        >>> has_valid_checksum("gs1", "4006381333931")
        True
    """
    rule = _rule(checksum)
    if not re.fullmatch(rule["pattern"], text, re.ASCII):
        return False
    moved = rule["moved"]
    turned = text[moved:] + text[:moved]
    takes_last = rule["remainder"] == "last"
    values = [
        rule["letters"].get(one) or int(one) for one in (turned[:-1] if takes_last else turned)
    ]
    if rule["isExpanded"]:
        values = [int(digit) for value in values for digit in str(value)]
    total = 0
    for at, value in enumerate(values):
        product = value * _weight(rule, at, len(values))
        if rule["isCrossSum"] and product >= _TEN:
            product = product % _TEN + product // _TEN
        total = (total + product) % rule["modulus"]
    if takes_last:
        return bool(total % _TEN == int(turned[-1]))
    return bool(total == rule["remainder"])


def checked(checksum: str) -> Callable[[str], str]:
    """Return a function that returns a text with the right check digit.

    The returned function raises :class:`ValueError` for any other text.

    Raises:
        ValueError: There is no such rule.
    """
    problem = problem_of(checksum)

    def check(text: str) -> str:
        if not has_valid_checksum(checksum, text):
            raise ValueError(problem)
        return text

    return check


def _rule(checksum: str) -> Mapping[str, Any]:
    if checksum not in _RULES:
        raise ValueError(f"unknown checksum {checksum!r}; known checksums: {', '.join(_RULES)}")
    return _RULES[checksum]


def _weight(rule: Mapping[str, Any], at: int, length: int) -> int:
    from_right = length - 1 - at
    if powers := rule.get("powersOf"):
        times = at if powers["from"] == "left" else from_right
        weight: int = pow(powers["base"], times, rule["modulus"])
        return weight
    cycle: list[int] = rule["cycle"]
    return cycle[from_right % len(cycle)]
