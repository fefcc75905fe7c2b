"""Log lines as JSON on standard error, one object per line."""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import sys

call_id: contextvars.ContextVar[str | None] = contextvars.ContextVar("call_id", default=None)
"""Identifier of the current call; included in each log line and error of that call."""


class JsonLines(logging.Formatter):
    """Formats a record as ``time``, ``level``, ``logger``, ``message``, ``call``, ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, str] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if call := call_id.get():
            line["call"] = call
        if record.exc_info and record.exc_info[0]:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """Send all log records of the process to standard error as JSON lines."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[out], force=True)
