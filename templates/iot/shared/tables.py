"""Reads tables in CSV (RFC 4180, UTF-8) and reports errors with their line."""

import csv
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bailiwick import InvalidData


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        file: Name of the file.
        line: Number of the line, from 1.
        fields: Texts by column.
    """

    file: str
    line: int
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text in a column."""
        return self.fields[column]

    def moment(self, column: str) -> dt.datetime:
        """Return a point in time.

        Raises:
            InvalidData: The text is not a time with a time zone.
        """
        text = self[column]
        try:
            time = dt.datetime.fromisoformat(text)
        except ValueError:
            raise self.error(f"{text!r} is not a time such as 2025-11-03T06:00:00Z") from None
        if time.tzinfo is None:
            raise self.error(f"{text} has no time zone; write {text}Z for UTC")
        return time

    def number(self, column: str) -> float:
        """Return a number.

        Raises:
            InvalidData: The text is not a finite number.
        """
        try:
            number = float(self[column])
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.error(f"{column} is {self[column]!r}, which is not a number such as 12.5")
        return number

    def error(self, problem: str) -> InvalidData:
        """Return an error about this row."""
        return InvalidData(f"line {self.line} of {self.file}: {problem}")


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table.

    Args:
        path: The file.
        columns: Required columns, each exactly once; the file can contain more columns.

    Raises:
        InvalidData: The file is not such a table.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            names = list(reader.fieldnames or ())
            if wrong := [name for name in columns if names.count(name) != 1]:
                message = f"line 1 of {path.name} must name each of these columns once"
                raise InvalidData(f"{message}: {', '.join(wrong)}")
            for fields in reader:
                row = Row(path.name, reader.line_num, fields)
                if None in fields or None in fields.values():
                    raise row.error("the number of fields differs from line 1; correct the row")
                yield row
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"{path.name} cannot be read after line {reader.line_num}: {error}"
            raise InvalidData(f"{message}; save it as CSV in UTF-8") from None
