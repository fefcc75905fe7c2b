"""How messages are put together into windows."""

import datetime as dt
import queue
import threading

from bailiwick.consuming.windows import IN_FLIGHT, Delivery, next_window
from bailiwick.messages import message_of
from tests.servers import wait_for

DELIVERY = Delivery(message_of("plant/1", b"1", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))


def window_of(arrived: int, *, seconds: float, messages: int) -> list[Delivery]:
    arriving: queue.Queue[Delivery] = queue.Queue()
    for _ in range(arrived):
        arriving.put(DELIVERY)
    ended: list[list[Delivery]] = []

    def collect() -> None:
        ended.append(next_window(arriving, seconds=seconds, messages=messages))

    threading.Thread(target=collect, daemon=True).start()
    wait_for(lambda: ended, "the window ends")
    return ended[0]


def test_ends_a_window_that_is_full() -> None:
    assert len(window_of(7, seconds=600, messages=5)) == 5


def test_ends_a_window_when_its_time_is_up() -> None:
    assert len(window_of(7, seconds=0.1, messages=500)) == 7


def test_ends_a_window_when_the_broker_waits_for_acknowledgements() -> None:
    assert len(window_of(IN_FLIGHT, seconds=600, messages=500)) == IN_FLIGHT
