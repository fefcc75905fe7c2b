"""Record of a request, which the requester passes to the approver.

The number of a record is a hash of its content, which detects accidental changes. The number is not a signature: anyone
who knows this code can create a record with a matching number.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bailiwick import InvalidParameter


@dataclass(frozen=True)
class Asked:
    """A request for a set-point."""

    target: str
    metric: str
    value: float
    requested_by: str
    requested_at: dt.datetime
    reason: str


def number(asked: Asked) -> str:
    """Return the number of a request: the first 16 digits of the SHA-256 hash of its content."""
    return hashlib.sha256(json.dumps(_fields(asked)).encode()).hexdigest()[:16]


def write(asked: Asked) -> str:
    """Return the record of a request as JSON."""
    return json.dumps({"command": number(asked), **_fields(asked)})


def read(text: str) -> Asked:
    """Return the request in a record.

    Raises:
        InvalidParameter: The text is not a record, or the record was changed.
    """
    try:
        fields: dict[str, Any] = dict(json.loads(text))
        command = fields.pop("command")
        fields["requested_at"] = dt.datetime.fromisoformat(fields["requested_at"]).astimezone(
            dt.UTC
        )
        fields["value"] = float(fields["value"])
        asked = Asked(**fields)
        is_same = number(asked) == command
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        message = (
            "this is not a record of a request; copy the complete content of the column record"
        )
        raise InvalidParameter(message, parameter="record") from None
    if not is_same:
        message = f"the record {command} was changed after its creation; create a new request"
        raise InvalidParameter(message, parameter="record")
    return asked


def _fields(asked: Asked) -> dict[str, Any]:
    return {**vars(asked), "requested_at": asked.requested_at.isoformat()}
