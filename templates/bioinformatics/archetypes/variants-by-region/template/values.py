"""Reads values of INFO and of samples as the header declares them (sections 1.2, 1.3 and 1.4 of VCFv4.3)."""

import re
from collections.abc import Mapping

from header import Field

Value = str | int | float | bool | None

ENCODED = re.compile("%(3A|3B|3D|25|2C|0D|0A|09)", re.IGNORECASE)
INTEGER = re.compile(r"[-+]?\d{1,10}", re.ASCII)
FLOAT = re.compile(
    r"[-+]?\d*\.?\d+([eE][-+]?\d+)?|[-+]?(INF|INFINITY|NAN)", re.IGNORECASE | re.ASCII
)
INTEGERS = range(-(2**31) + 8, 2**31)

# What the specification says of keys that are used here, for headers that do not declare them.
RESERVED = {
    "AC": Field("A", "Integer"),
    "AN": Field("1", "Integer"),
    "DP": Field("1", "Integer"),
    "END": Field("1", "Integer"),
}


def field_of(declared: Mapping[str, Field], key: str, otherwise: str) -> Field:
    """Return what a key means: by the header, by the specification, or any number of the type otherwise."""
    return declared.get(key) or RESERVED.get(key) or Field(".", otherwise)


def read_values(text: str, field: Field, others: int, *, encodes: bool) -> list[Value]:
    """Read values, which "," separates; "." is a missing one.

    Args:
        text: As it stands in the file.
        field: How many values of which type there must be.
        others: Number of alternative alleles.
        encodes: Whether %3A and the like stand for characters.

    Raises:
        ValueError: They are too many, too few or of another type.
    """
    values = [_value(one, field.type, encodes=encodes) for one in text.split(",")]
    counts = {"A": [others], "R": [others + 1], "G": [(others + 1) * (others + 2) // 2, others + 1]}
    exact = [int(field.number)] if field.number.isdigit() else []
    wanted = exact or (counts.get(field.number, []) if others else [])
    if text != "." and wanted and len(values) not in wanted:
        raise ValueError(f"has {len(values)} values, and its header asks for {wanted[0]}")
    return values


def _value(text: str, kind: str, *, encodes: bool) -> Value:
    if text == ".":
        return None
    if kind == "Integer" and INTEGER.fullmatch(text) and int(text) in INTEGERS:
        return int(text)
    if kind == "Float" and FLOAT.fullmatch(text):
        return float(text)
    if text and (kind == "String" or (kind == "Character" and len(text) == 1)):
        return decoded(text) if encodes else text
    raise ValueError(f"has the value {text!r}, which is not of type {kind}")


def decoded(text: str) -> str:
    """Put characters in place of %3A and the like; other per cent signs stay."""
    return ENCODED.sub(lambda match: chr(int(match[1], 16)), text)
