"""Times of calls in responses, which become spans of traces."""

import re
import socket

import pytest

from tests.conftest import PRICES, WriteApp
from tests.servers import serving

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
SLOW = """
    import time

    def slow(seconds: float) -> float:
        '''Waits.'''
        time.sleep(seconds)
        return seconds

    def broken() -> float:
        '''Fails.'''
        raise ValueError("no")
"""


def milliseconds(metric: str) -> float:
    match = re.fullmatch(rf'call;dur=([0-9]+\.[0-9]{{3}});desc="{socket.gethostname()}"', metric)
    assert match, metric
    return float(match[1])


def test_reports_the_time_of_calls_that_are_part_of_a_trace(write_app: WriteApp) -> None:
    with serving(write_app(SLOW)) as client:
        traced = {"traceparent": f"00-{TRACE}-01"}
        slow = client.post("/call/slow", json={"seconds": 0.2}, headers=traced)
        broken = client.post("/call/broken", headers=traced)
        unknown = client.post("/call/unknown", headers=traced)

    assert milliseconds(slow.headers["server-timing"]) >= 200
    assert broken.status_code == 500
    assert milliseconds(broken.headers["server-timing"]) >= 0
    assert unknown.status_code == 404
    assert milliseconds(unknown.headers["server-timing"]) >= 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"traceparent": f"00-{TRACE}-00"},
        {"traceparent": f"00-{TRACE}-01-more"},
        {"traceparent": "01"},
        {"traceparent": ""},
    ],
)
def test_reports_no_time_of_other_calls(write_app: WriteApp, headers: dict[str, str]) -> None:
    with serving(write_app(PRICES)) as client:
        assert "server-timing" not in client.post("/call/prices", headers=headers).headers
