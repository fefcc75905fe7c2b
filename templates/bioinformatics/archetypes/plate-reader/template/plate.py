"""Reads a 96-well plate in the format of plate readers, and the sample sheet with the content of the wells.

The plate is a grid: a line with the columns 1 to 12, and a line for each of the rows A to H. Lines before and after the
grid are ignored. Fields are separated by commas, semicolons or tabs. With semicolons or tabs, 0,5 is also a half.
"""

import csv
import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from bailiwick import InvalidData

ROWS = "ABCDEFGH"
COLUMNS = [str(column) for column in range(1, 13)]
OVER = {"OVER", "OVRFLW", "OVERFLOW", "SATURATED"}  # above the range of the plate reader
ROLES = ("blank", "standard", "sample", "positive control", "negative control")
SHEET = ["well", "role", "sample", "concentration", "dilution"]
SAMPLE = re.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}")
WELL = re.compile(r"([A-H])0?([1-9]|1[0-2])")


class Content(NamedTuple):
    """Content of a well."""

    role: str
    sample: str
    concentration: float | None  # known concentration of a standard
    dilution: float  # dilution of the sample


def read_plate(text: str) -> dict[str, float | None]:
    """Return the reading of each well; None is above the range of the plate reader. Empty wells are omitted.

    Raises:
        InvalidData: The file does not have one complete grid, or a reading is not a number; the message names the line.
    """
    lines = text.splitlines()
    heads = [(number, sign) for number, line in enumerate(lines) if (sign := _separator(line))]
    if len(heads) != 1:
        raise InvalidData(
            f"plate.csv must contain one grid with a header of 1 to 12, not {len(heads)}"
        )
    [(head, separator)] = heads
    readings: dict[str, float | None] = {}
    for offset, row in enumerate(ROWS, start=1):
        number = head + offset
        fields = _fields(lines[number], separator) if number < len(lines) else [""]
        if fields[0].upper() != row or any(fields[13:]):
            raise InvalidData(
                f"plate.csv, line {number + 1}: this line must be row {row} with 12 wells"
            )
        for column, field in zip(COLUMNS, fields[1:13], strict=False):
            if field:
                readings[f"{row}{column}"] = _reading(
                    field, separator, f"plate.csv, line {number + 1}, well {row}{column}"
                )
    return readings


def read_sheet(lines: Iterable[str]) -> dict[str, Content]:
    """Return the content of the wells by name.

    Raises:
        InvalidData: A line is invalid or contradicts a previous line; the message names the line.
    """
    reader = csv.DictReader(lines)
    if reader.fieldnames != SHEET:
        raise InvalidData(f"sample-sheet.csv, line 1: the columns must be {', '.join(SHEET)}")
    found: dict[str, Content] = {}
    for row in reader:
        place = f"sample-sheet.csv, line {reader.line_num}"
        if None in row or None in row.values():
            raise InvalidData(f"{place}: the row must have {len(SHEET)} fields")
        name = WELL.fullmatch(row["well"].strip())
        if not name:
            raise InvalidData(f"{place}: {row['well']!r} is not a well from A1 to H12")
        well = f"{name[1]}{name[2]}"
        if well in found:
            raise InvalidData(f"{place}: the well {well} occurs twice; delete one of the rows")
        found[well] = _content(row, place)
    return found


def _content(row: dict[str, str], place: str) -> Content:
    """Return the content in one line of the sheet."""
    role, sample = row["role"].strip(), row["sample"].strip()
    if role not in ROLES:
        raise InvalidData(f"{place}: the role must be one of {', '.join(ROLES)}, not {role!r}")
    if not SAMPLE.fullmatch(sample):
        raise InvalidData(
            f"{place}: {sample!r} is not a valid sample name; use letters, digits, spaces, -, _ and ."
        )
    concentration = _number(row["concentration"], f"{place}, concentration", 0.0)
    dilution = _number(row["dilution"], f"{place}, dilution", 1.0)
    if (role == "standard") != (concentration is not None):
        raise InvalidData(f"{place}: a standard needs a concentration; other roles must have none")
    return Content(role, sample, concentration, 1.0 if dilution is None else dilution)


def _number(text: str, place: str, least: float) -> float | None:
    """Return a number of at least a minimum; None for an empty text."""
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number < math.inf:
        raise InvalidData(f"{place}: {text!r} is not a number of at least {least:g}")
    return number


def _reading(field: str, separator: str, place: str) -> float | None:
    """Return the reading of a well."""
    if field.upper() in OVER:
        return None
    try:
        number = float(field if separator == "," else field.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InvalidData(
            f"{place}: {field!r} is neither a number nor one of {', '.join(sorted(OVER))}"
        )
    return number


def _separator(line: str) -> str | None:
    """Return the separator of a line with the columns 1 to 12; None for all other lines."""
    for sign in ",;\t":
        fields = _fields(line, sign)
        if fields[1:13] == COLUMNS and not any(fields[13:]):
            return sign
    return None


def _fields(line: str, separator: str) -> list[str]:
    return [field.strip().strip('"') for field in line.lstrip("\ufeff").split(separator)]
