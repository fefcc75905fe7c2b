"""The table of a consumer: the newest row for each key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from bailiwick.results import EncodedResult, encode_table


class KeyedTable:
    """Rows by key in the order of their last update, each as JSON."""

    def __init__(self, key: Sequence[str], most: int) -> None:
        """Create an empty table.

        Args:
            key: Names of the columns that identify a row.
            most: Maximum number of rows; those with the oldest updates are deleted first.
        """
        self._key, self._most = key, most
        self._rows: dict[str, str] = {}

    def merge(self, answer: bytes) -> Self:
        """Add the rows of a result; the last row for each key counts."""
        rows: list[dict[str, Any]] = json.loads(answer)["rows"]
        for row in rows:
            key = _compact([row[name] for name in self._key])
            self._rows.pop(key, None)
            self._rows[key] = _compact(row)
        while len(self._rows) > self._most:
            del self._rows[next(iter(self._rows))]
        return self

    def answer(self) -> EncodedResult:
        """Return the table as the result of a call."""
        return encode_table(f"[{','.join(self._rows.values())}]".encode(), len(self._rows))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
