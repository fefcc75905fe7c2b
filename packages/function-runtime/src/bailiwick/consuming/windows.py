"""What is consumed, and how arriving messages are put together into windows."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import Final

from bailiwick.messages import Message

IN_FLIGHT: Final = 20
"""Messages that Mosquitto sends before it waits for acknowledgements, unless told otherwise."""

QUIET_SECONDS: Final = 0.1
"""Silence after which a broker is taken to wait for the acknowledgement of what it has sent."""


@dataclass(frozen=True)
class Consumption:
    """What a consumer does.

    Attributes:
        function: Name of the function that takes messages.
        connection: Name of the broker's connection.
        topics: Topic filters to subscribe to.
        seconds: Longest window.
        messages: Largest window.
    """

    function: str
    connection: str
    topics: tuple[str, ...]
    seconds: float = 5
    messages: int = 500


@dataclass(frozen=True)
class Delivery:
    """A message with what its acknowledgement takes.

    Attributes:
        message: The message.
        number: The broker's number of it, which it may use again later.
        quality: Quality of service; 0 needs no acknowledgement, and never comes again.
        session: Number of the connection that it came by.
    """

    message: Message
    number: int = 0
    quality: int = 0
    session: int = 0


def next_window(
    arriving: queue.Queue[Delivery], *, seconds: float, messages: int
) -> list[Delivery]:
    """Wait for a message, and put together what follows until the window is full.

    A broker sends a number of messages and then waits until they are acknowledged, which they are
    after their window. So a window that may hold all of them ends as soon as nothing follows.

    Args:
        arriving: Messages as they come.
        seconds: Longest time after the first message.
        messages: Most messages.
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
