"""Reads SenML in JSON, the format in which sensors send lists of measurements (RFC 8428)."""

import datetime as dt
import json
import math
import re
from dataclasses import dataclass
from typing import Any

VERSION = 10
"""Newest supported version of the format (section 4.1)."""

ABSOLUTE = 2**28
"""Smaller times are relative to the arrival of the message (section 4.5.3)."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9:./_-]*")
NUMBERS = ("bt", "bv", "bs", "bver", "v", "s", "t", "ut")
TEXTS = ("bn", "bu", "n", "u", "vs", "vd")
VALUES = ("v", "vs", "vb", "vd")
BASES = ("bn", "bt", "bu", "bv", "bs", "bver")


@dataclass(frozen=True)
class Record:
    """One resolved record: a measurement with the base fields applied (section 4.6).

    Attributes:
        name: Unique name of the sensor.
        device: First part of the name, without a colon or slash at its end.
        measurement: Last part of the name; the unit if the name has only one part.
        time: Time of the measurement.
        unit: Unit of the value.
        value: Number, text, boolean, or None if the record has only a sum.
        total: Sum over time, in the unit times seconds.
        update: Maximum number of seconds until the next reading.
    """

    name: str
    device: str
    measurement: str
    time: dt.datetime
    unit: str | None
    value: float | str | bool | None
    total: float | None
    update: float | None


def load(text: str) -> Any:  # noqa: ANN401
    """Parse JSON strictly: without NaN, infinite numbers and duplicate fields.

    Raises:
        ValueError: The text is not valid JSON, or a field occurs twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"the message is not valid JSON: {error}") from None
    except RecursionError:
        raise ValueError("the message is nested too deeply") from None


def resolve(pack: object, received: dt.datetime) -> list[Record]:
    """Apply the base fields of a pack to its records (section 4.6), and sort the records by time.

    Args:
        pack: Parsed JSON, a list of records.
        received: Arrival of the message; relative times refer to it.

    Raises:
        ValueError: The pack is not valid SenML; the message names the record, from 1, and the problem.
    """
    if not isinstance(pack, list) or not pack:
        raise ValueError("a SenML pack must be a list of records, with at least one record")
    base: dict[str, Any] = {}
    records: list[Record] = []
    for number, fields in enumerate(pack, start=1):
        try:
            _check(fields, base, is_first=number == 1)
            base.update({label: fields[label] for label in BASES if label in fields})
            if any(not label.startswith("b") for label in fields):
                records.append(_record(fields, base, received))
        except ValueError as error:
            raise ValueError(f"record {number}: {error}") from None
    return sorted(records, key=lambda record: record.time)


def _check(fields: object, base: dict[str, Any], *, is_first: bool) -> None:
    """Reject records with fields of the wrong type, mandatory unknown fields or unsupported versions."""
    if not isinstance(fields, dict):
        raise ValueError('a record must be an object such as {"n": "temperature", "v": 20.5}')
    for label, value in fields.items():
        if label.endswith("_"):
            raise ValueError(f"the mandatory field {label} is not supported")
        if label in NUMBERS and not _is_number(value):
            raise ValueError(f"{label} must be a number, not {value!r}")
        if label in TEXTS and not isinstance(value, str):
            raise ValueError(f"{label} must be text, not {value!r}")
        if label == "vb" and not isinstance(value, bool):
            raise ValueError(f"vb must be true or false, not {value!r}")
    if "bver" in fields:
        version, before = fields["bver"], base.get("bver", VERSION)
        if version > VERSION or version < 1 or version % 1:
            raise ValueError(f"version {version} is not supported; use 1 to {VERSION}")
        if not is_first and version != before:
            raise ValueError(f"version {version} differs from version {before} of the pack")


def _record(fields: dict[str, Any], base: dict[str, Any], received: dt.datetime) -> Record:
    """Apply the base fields to one record."""
    first, last = base.get("bn", ""), fields.get("n", "")
    name = first + last
    if not NAME.fullmatch(name):
        raise ValueError(
            f"the name {name!r} must start with a letter or digit, and continue with these or : . / _ -"
        )
    found = [label for label in VALUES if label in fields]
    if len(found) > 1 or not (found or "s" in fields or "bv" in base or "bs" in base):
        allowed = "exactly one of v, vs, vb and vd"
        raise ValueError(f"a record must have {allowed}; found: {', '.join(found) or 'none'}")
    unit = fields.get("u", base.get("bu"))
    is_sum = "s" in fields or "bs" in base
    return Record(
        name=name,
        device=(first.rstrip(":/") if first and last else "") or name,
        measurement=last if first and last else unit or "value",
        time=_time(base.get("bt", 0) + fields.get("t", 0), received),
        unit=unit,
        value=_value(fields, base, found),
        total=_finite(base.get("bs", 0) + fields.get("s", 0)) if is_sum else None,
        update=fields.get("ut"),
    )


def _value(
    fields: dict[str, Any], base: dict[str, Any], found: list[str]
) -> float | str | bool | None:
    """Return the value; a number is added to the base value, and a missing number counts as 0."""
    if found and found != ["v"]:
        value: str | bool = fields[found[0]]
        return value
    if found or "bv" in base:
        return _finite(base.get("bv", 0) + fields.get("v", 0))
    return None


def _time(seconds: float, received: dt.datetime) -> dt.datetime:
    """Return the time of a record from seconds since 1970 or since the arrival of the message."""
    if not -(2**32) < seconds < 2**33:
        raise ValueError(f"the time {seconds:g} is more than a hundred years away")
    start = received if seconds < ABSOLUTE else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return start + dt.timedelta(seconds=seconds)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e300


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError("the number is too large")
    return float(number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for label, value in pairs:
        if label in fields:
            raise ValueError(f"the field {label} occurs twice; remove one of them")
        fields[label] = value
    return fields


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number in JSON")
