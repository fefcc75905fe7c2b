"""Reads SenML, the format in which sensors send lists of measurements (RFC 8428, its JSON form)."""

import datetime as dt
import json
import math
import re
from dataclasses import dataclass
from typing import Any

VERSION = 10
"""The newest version of the format that is understood (section 4.1)."""

ABSOLUTE = 2**28
"""Smaller times count from the moment at which the message came (section 4.5.3)."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9:./_-]*")
NUMBERS = ("bt", "bv", "bs", "bver", "v", "s", "t", "ut")
TEXTS = ("bn", "bu", "n", "u", "vs", "vd")
VALUES = ("v", "vs", "vb", "vd")
BASES = ("bn", "bt", "bu", "bv", "bs", "bver")


@dataclass(frozen=True)
class Record:
    """One measurement, with everything in it that other records say (section 4.6).

    Attributes:
        name: Name of the sensor, unlike that of any other one.
        device: First part of the name, without the colon or slash at its end.
        measurement: Last part of the name; the unit when the name has one part only.
        time: When it was measured.
        unit: Unit of the value.
        value: Number, text, whether something holds, or None when there is only a sum.
        total: Sum over time, in the unit times seconds.
        update: At the latest after so many seconds the next reading comes.
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
    """Read JSON, and refuse what JSON does not have or what could be read in two ways.

    Raises:
        ValueError: It is not valid JSON, or a field is there twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def resolve(pack: object, received: dt.datetime) -> list[Record]:
    """Apply the base fields of a pack to its records (section 4.6), and sort them by time.

    Args:
        pack: What the JSON says, a list of records.
        received: When the message came; relative times count from then.

    Raises:
        ValueError: It is not valid SenML; the message names the record, from 1, and what is wrong.
    """
    if not isinstance(pack, list) or not pack:
        raise ValueError("a SenML pack is a list of records, and this is none")
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
    """Refuse records with fields of another type, or that need a newer reader."""
    if not isinstance(fields, dict):
        raise ValueError('a record is an object such as {"n": "temperature", "v": 20.5}')
    for label, value in fields.items():
        if label.endswith("_"):
            raise ValueError(f"the field {label} must be understood, and it is not known here")
        if label in NUMBERS and not _is_number(value):
            raise ValueError(f"{label} is {value!r}, and it has to be a number")
        if label in TEXTS and not isinstance(value, str):
            raise ValueError(f"{label} is {value!r}, and it has to be text")
        if label == "vb" and not isinstance(value, bool):
            raise ValueError(f"vb is {value!r}, and it has to be true or false")
    if "bver" in fields:
        version, before = fields["bver"], base.get("bver", VERSION)
        if version > VERSION or version < 1 or version % 1:
            raise ValueError(f"version {version} is not known; this reads up to {VERSION}")
        if not is_first and version != before:
            raise ValueError(f"version {version} in a pack of version {before}")


def _record(fields: dict[str, Any], base: dict[str, Any], received: dt.datetime) -> Record:
    """Apply the base fields to one record."""
    first, last = base.get("bn", ""), fields.get("n", "")
    name = first + last
    if not NAME.fullmatch(name):
        raise ValueError(
            f"the name {name!r} has to begin with a letter or digit, then also : . / _ -"
        )
    there = [label for label in VALUES if label in fields]
    if len(there) > 1 or not (there or "s" in fields or "bv" in base or "bs" in base):
        raise ValueError(f"it has the values {', '.join(there) or 'none'}; there has to be one")
    unit = fields.get("u", base.get("bu"))
    is_sum = "s" in fields or "bs" in base
    return Record(
        name=name,
        device=(first.rstrip(":/") if first and last else "") or name,
        measurement=last if first and last else unit or "value",
        time=_time(base.get("bt", 0) + fields.get("t", 0), received),
        unit=unit,
        value=_value(fields, base, there),
        total=_finite(base.get("bs", 0) + fields.get("s", 0)) if is_sum else None,
        update=fields.get("ut"),
    )


def _value(
    fields: dict[str, Any], base: dict[str, Any], there: list[str]
) -> float | str | bool | None:
    """Return the value; a number is added to the base value, and a missing one is zero beside it."""
    if there and there != ["v"]:
        value: str | bool = fields[there[0]]
        return value
    if there or "bv" in base:
        return _finite(base.get("bv", 0) + fields.get("v", 0))
    return None


def _time(seconds: float, received: dt.datetime) -> dt.datetime:
    """Return the time of a record: since 1970, or from the moment at which the message came."""
    if not -(2**32) < seconds < 2**33:
        raise ValueError(f"the time {seconds:g} is further than a hundred years away")
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
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError(f"a field is there twice: {', '.join(label for label, _ in pairs)}")
    return fields


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number in JSON")
