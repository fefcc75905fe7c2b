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

# Definitions in the specification of the keys that are used here, for headers that do not declare them.
RESERVED = {
    "AC": Field("A", "Integer"),
    "AN": Field("1", "Integer"),
    "DP": Field("1", "Integer"),
    "END": Field("1", "Integer"),
}


def field_of(declared: Mapping[str, Field], key: str, otherwise: str) -> Field:
    """Return the definition of a key in the header or the specification; otherwise any number of a default type."""
    return declared.get(key) or RESERVED.get(key) or Field(".", otherwise)


def read_values(text: str, field: Field, others: int, *, encodes: bool) -> list[Value]:
    """Read comma-separated values; "." is a missing value.

    Args:
        text: Text in the file.
        field: Required number and type of the values.
        others: Number of alternative alleles.
        encodes: Whether characters are percent-encoded, such as %3A.

    Raises:
        ValueError: The number or the type of the values is wrong.
    """
    values = [_value(one, field.type, encodes=encodes) for one in text.split(",")]
    counts = {"A": [others], "R": [others + 1], "G": [(others + 1) * (others + 2) // 2, others + 1]}
    exact = [int(field.number)] if field.number.isdigit() else []
    wanted = exact or (counts.get(field.number, []) if others else [])
    if text != "." and wanted and len(values) not in wanted:
        raise ValueError(f"has {len(values)} values, but the header requires {wanted[0]}")
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
    """Decode percent-encoded characters such as %3A; other percent signs stay unchanged."""
    return ENCODED.sub(lambda match: chr(int(match[1], 16)), text)
