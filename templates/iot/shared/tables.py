"""Reads tables in CSV (RFC 4180, UTF-8); what is wrong is named with its line."""

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
        """Return a moment, which needs its time zone.

        Raises:
            InvalidData: It is none.
        """
        text = self[column]
        try:
            time = dt.datetime.fromisoformat(text)
        except ValueError:
            raise self.wrong(f"{text!r} is not a time such as 2025-11-03T06:00:00Z") from None
        if time.tzinfo is None:
            raise self.wrong(f"{text} has no time zone; write {text}Z for UTC")
        return time

    def number(self, column: str) -> float:
        """Return a number.

        Raises:
            InvalidData: It is none, or infinite.
        """
        try:
            number = float(self[column])
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.wrong(f"{column} is {self[column]!r}, which is not a number")
        return number

    def wrong(self, what: str) -> InvalidData:
        """Return an error about this row."""
        return InvalidData(f"line {self.line} of {self.file}: {what}")


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table.

    Args:
        path: The file.
        columns: Columns that have to be there once; others may be there, too.

    Raises:
        InvalidData: It is not such a table.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            names = list(reader.fieldnames or ())
            if wrong := [name for name in columns if names.count(name) != 1]:
                raise InvalidData(f"line 1 of {path.name} has to name once: {', '.join(wrong)}")
            for fields in reader:
                row = Row(path.name, reader.line_num, fields)
                if None in fields or None in fields.values():
                    raise row.wrong("it has not the columns of line 1")
                yield row
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"{path.name} cannot be read after line {reader.line_num}: {error}"
            raise InvalidData(f"{message}; save it as CSV in UTF-8") from None
