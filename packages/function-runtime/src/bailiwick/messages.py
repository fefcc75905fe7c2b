"""Messages of a broker, and the sample messages of an app."""

from __future__ import annotations

import base64
import datetime as dt
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from bailiwick.errors import InvalidData

SAMPLES: Final = "data/messages.jsonl"
"""File of the sample messages in an app's folder."""

PARAMETER: Final = "messages"
"""Parameter with the messages."""


class Message(TypedDict):
    """A message of a broker, for the parameter ``messages: list[Message]``.

    ``payload`` is text, or base64 if it is not UTF-8; ``binary`` is then true. Functions always
    receive ``binary``. ``at`` is the time of arrival, in UTC.
    """

    topic: str
    payload: str
    at: dt.datetime
    binary: NotRequired[Annotated[bool, Field(default=False)]]


def message_of(topic: str, payload: bytes, at: dt.datetime) -> Message:
    """Return a message with its payload as text, or as base64 if it is not UTF-8."""
    try:
        return Message(topic=topic, payload=payload.decode(), at=at, binary=False)
    except UnicodeDecodeError:
        text = base64.b64encode(payload).decode()
        return Message(topic=topic, payload=text, at=at, binary=True)


def is_messages(name: str, hint: Any) -> bool:  # noqa: ANN401
    """Whether a parameter with this name and type receives messages."""
    return name == PARAMETER and hint == list[Message]


def sample_messages(folder: Path) -> list[Message]:
    """Return the sample messages of an app.

    The file has one JSON object per line: ``topic``, ``payload`` (text, or a value that is sent as
    JSON) and optionally ``at`` (date and time with a zone; by default now).

    Args:
        folder: The app's folder.

    Raises:
        InvalidData: There are none, or a line is not a message.
    """
    file = folder / SAMPLES
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise InvalidData(
            f"there are no sample messages; write some into {SAMPLES}, one JSON object per line, "
            'for example {"topic": "plant/oven-1", "payload": {"temperature": 181.5}}'
        ) from None
    except UnicodeDecodeError:
        raise InvalidData(f"{SAMPLES} is not UTF-8 text; save it as such") from None
    now = dt.datetime.now(dt.UTC)
    return [_sample(line, number, now) for number, line in enumerate(lines, 1) if line.strip()]


def folder_of(function: Callable[..., object]) -> Path:
    """Return the folder of the app that a function belongs to, which contains ``functions``."""
    file = Path(inspect.getfile(function))
    depth = function.__module__.count(".") + (file.name == "__init__.py")
    return file.parents[depth]


def _sample(line: str, number: int, now: dt.datetime) -> Message:
    try:
        said = json.loads(line)
        payload = said["payload"]
        at = dt.datetime.fromisoformat(said["at"]) if "at" in said else now
        if not isinstance(said["topic"], str) or at.tzinfo is None:
            raise ValueError("topic or at")
    except (ValueError, TypeError, KeyError):
        raise InvalidData(
            f"line {number} of {SAMPLES} is not a message; write an object with topic, payload "
            "and, if wanted, at (date and time with a zone)"
        ) from None
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return Message(topic=said["topic"], payload=text, at=at, binary=False)
