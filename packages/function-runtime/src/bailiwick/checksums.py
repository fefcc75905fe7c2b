"""Check digits of identifiers such as GTIN, IBAN, ISIN and container numbers.

The rules are data: ``checksums.json`` is written by the script that writes the schemas of packs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

_RULES: Final[Mapping[str, Mapping[str, Any]]] = json.loads(
    Path(__file__).with_name("checksums.json").read_text(encoding="utf-8")
)
_TEN: Final = 10


class ChecksumError(ValueError):
    """A text violates its check-digit rule; the message continues a sentence about the text."""


def problem_of(checksum: str, text: str) -> str | None:
    """Return the violation of a rule, with the message of forms and ``pack lint``.

    Violations are a wrong length, form or check digit. The message contains the right check digits.

    Returns:
        None if the text is right.

    Raises:
        ValueError: There is no such rule.

    Example:
        >>> problem_of("gs1", "4006381333932")
        'has a wrong GS1 check digit: 2; the other characters need 1'
    """
    rule = rule_of(checksum)
    what, example, length = rule["name"], rule["valid"][0], len(text)
    if not any(first <= length <= last for first, last in rule["lengths"]):
        characters = "character" if length == 1 else "characters"
        lengths = _length_words(rule["lengths"])
        return f"has {length} {characters}; {what} such as {example} has {lengths}"
    if not re.fullmatch(rule["pattern"], text, re.ASCII):
        return f"is not {what}: write {rule['form']}, such as {example}"
    if _is_right(rule, text):
        return None
    start, count = rule["checkDigits"]["at"] % length, rule["checkDigits"]["count"]
    before, given, after = text[:start], text[start : start + count], text[start + count :]
    digits = (f"{number:0{count}}" for number in range(_TEN**count))
    needed = next(one for one in digits if _is_right(rule, before + one + after))
    return f"{rule['problem']}: {given}; the other characters need {needed}"


def _length_words(lengths: Sequence[tuple[int, int]]) -> str:
    words = [f"{first}" if first == last else f"{first} to {last}" for first, last in lengths]
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[:-1] else words)


def _is_right(rule: Mapping[str, Any], text: str) -> bool:
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
    """Return a validator that returns texts with the right check digits unchanged.

    The validator raises :class:`ChecksumError` for all other texts.

    Raises:
        ValueError: There is no such rule.
    """
    rule_of(checksum)

    def check(text: str) -> str:
        if problem := problem_of(checksum, text):
            raise ChecksumError(problem)
        return text

    return check


def rule_of(checksum: str) -> Mapping[str, Any]:
    """Return the rule with a name.

    Raises:
        ValueError: There is no such rule.
    """
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
