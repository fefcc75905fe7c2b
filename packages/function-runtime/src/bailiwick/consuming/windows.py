"""Settings of a consumer, and the collection of messages into windows."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import Final

from bailiwick.messages import Message

IN_FLIGHT: Final = 20
"""Number of messages that Mosquitto sends by default before it waits for acknowledgements."""

QUIET_SECONDS: Final = 0.1
"""Time without messages after which a broker is assumed to wait for acknowledgements."""


@dataclass(frozen=True)
class Consumption:
    """Settings of a consumer.

    Attributes:
        function: Name of the function that processes messages.
        connection: Name of the broker's connection.
        topics: Topic filters to subscribe to.
        seconds: Maximum duration of a window.
        messages: Maximum number of messages in a window.
    """

    function: str
    connection: str
    topics: tuple[str, ...]
    seconds: float = 5
    messages: int = 500


@dataclass(frozen=True)
class Delivery:
    """A message with the data for its acknowledgement.

    Attributes:
        message: The message.
        number: The broker's number of the message, which can be reused later.
        quality: Quality of service; 0 needs no acknowledgement and is never redelivered.
        session: Number of the connection that delivered the message.
    """

    message: Message
    number: int = 0
    quality: int = 0
    session: int = 0


def next_window(
    arriving: queue.Queue[Delivery], *, seconds: float, messages: int
) -> list[Delivery]:
    """Wait for a message, and collect the following ones until the window is full.

    A broker sends a number of messages and then waits for their acknowledgement, which follows
    their window. A window that can contain all of them therefore ends as soon as no more arrive.

    Args:
        arriving: Queue of arriving messages.
        seconds: Maximum time after the first message.
        messages: Maximum number of messages.
    """
    window = [arriving.get()]
    end = time.monotonic() + seconds
    while len(window) < messages and (left := end - time.monotonic()) > 0:
        patience = left if len(window) < IN_FLIGHT else min(left, QUIET_SECONDS)
        try:
            window.append(arriving.get(timeout=patience))
        except queue.Empty:
            break
    return window
