"""Streams: what a reader gets, in which order and form, and how they end well or badly."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bailiwick.errors import LoadFailed, NotAStream
from bailiwick.functions import contract
from bailiwick.limits import Limits
from bailiwick.loading import load
from bailiwick.serving import event_stream
from bailiwick.testing import call, first_rows
from tests.conftest import WriteApp
from tests.servers import Event, error_of, events_in, serving, wait_for

TICKS = """
import asyncio
import time
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from bailiwick import InvalidParameter, resumed_after

class Tick(TypedDict):
    number: Annotated[int, Key]
    price: Annotated[Money | None, Column("Last price")]

def ticks(count: int = 3, first: float = 1.0) -> Iterator[Tick]:
    '''Ticks, one after another.'''
    for number in range(1, count + 1):
        yield {"number": number, "price": first * number}

async def slow(pause: float = 0.01, count: int = 3) -> AsyncIterator[Tick]:
    '''Ticks with a pause before each.'''
    for number in range(count):
        await asyncio.sleep(pause)
        yield {"number": number, "price": float("nan")}

def batches() -> Generator[list[Tick], None, None]:
    '''Ticks, two at a time.'''
    yield [{"number": 1, "price": 1.0}, {"number": 2, "price": 2.0}]
    yield []
    yield pd.DataFrame({"number": [3], "price": [3.0]})

def resumed() -> Iterator[Tick]:
    '''Goes on after the last tick.'''
    for number in range(resumed_after() + 1, 5):
        yield {"number": number, "price": None}

async def empty() -> AsyncIterator[list[Tick]]:
    '''Nothing new, again and again.'''
    for _ in range(13):
        await asyncio.sleep(0.1)
        yield []

def failing(late: bool = False) -> Iterator[Tick]:
    '''Fails, at once or after a tick.'''
    if late:
        yield {"number": 1, "price": 1.0}
    raise ValueError("the password is secret")

def refusing(late: bool = False) -> Iterator[Tick]:
    '''Refuses its parameter.'''
    if late:
        yield {"number": 1, "price": 1.0}
    raise InvalidParameter("not now", parameter="late")

def wrong(row: str = "{}") -> Iterator[Tick]:
    '''Yields what it is told.'''
    yield {"number": 1, "price": 1.0}
    yield eval(row)

def endless() -> Iterator[Tick]:
    '''Never ends.'''
    while True:
        yield {"number": 1, "price": 1.0}

def plain() -> int:
    '''Not a stream.'''
    return 1
"""


def rows_of(events: list[Event]) -> list[object]:
    return [event.data for event in events if event.name == "message"]


def test_describes_a_stream_by_its_columns(write_app: WriteApp) -> None:
    functions = {it["name"]: it["result"] for it in contract(load(write_app(TICKS)))["functions"]}

    for name in ("ticks", "slow", "batches"):
        result = functions[name]
        assert (result["kind"], result["key"]) == ("stream", ["number"])
        assert [column["name"] for column in result["columns"]] == ["number", "price"]
    assert functions["plain"]["kind"] == "value"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f() -> Iterator[float]:\n    '''F.'''\n    yield 1.0", "yields rows, not float"),
        ("def f() -> Iterator:\n    '''F.'''\n    yield 1.0", "yields rows, not Any"),
        (
            "async def f() -> Iterator[Price]:\n    '''F.'''\n    yield {}",
            r"write '-> AsyncIterator\[Row\]'",
        ),
        (
            "def f() -> AsyncIterator[Price]:\n    '''F.'''\n    yield {}",
            r"write '-> Iterator\[Row\]', or 'async def'",
        ),
        ("async def f() -> AsyncIterator[Price]:\n    '''F.'''\n    return 1", "never yields"),
    ],
)
def test_says_what_a_stream_lacks(write_app: WriteApp, source: str, said: str) -> None:
    imports = "from collections.abc import AsyncIterator, Iterator\n"
    with pytest.raises(LoadFailed, match=said):
        load(write_app(imports + source))


def test_sends_each_row_as_an_event_with_its_number(write_app: WriteApp) -> None:
    with serving(write_app(TICKS)) as client:
        response = client.post("/stream/ticks", json={"count": 2, "first": 1.5})

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert "content-length" not in response.headers
    assert response.headers["x-request-id"]
    assert response.text == (
        "retry: 2000\n\n"
        'id: 1\ndata: {"number":1,"price":1.5}\n\n'
        'id: 2\ndata: {"number":2,"price":3.0}\n\n'
        'event: end\ndata: {"reason":"complete","rows":2}\n\n'
    )


def test_runs_asynchronous_generators_and_sends_null_for_nan(write_app: WriteApp) -> None:
    with serving(write_app(TICKS)) as client:
        events = events_in(client.post("/stream/slow").text)

    assert rows_of(events) == [{"number": number, "price": None} for number in range(3)]


def test_sends_a_list_as_one_event_with_the_number_of_its_last_row(write_app: WriteApp) -> None:
    with serving(write_app(TICKS)) as client:
        events = events_in(client.post("/stream/batches").text)

    first, second, end = events
    assert (first.id, first.data) == (
        "2",
        [{"number": 1, "price": 1.0}, {"number": 2, "price": 2.0}],
    )
    assert (second.id, second.data) == ("3", [{"number": 3, "price": 3.0}])
    assert end.data == {"reason": "complete", "rows": 3}


def test_goes_on_after_the_last_event_that_the_reader_has(write_app: WriteApp) -> None:
    with serving(write_app(TICKS)) as client:
        events = events_in(client.post("/stream/resumed", headers={"Last-Event-ID": "2"}).text)
        anew = events_in(client.post("/stream/resumed", headers={"Last-Event-ID": "x"}).text)

    assert [event.id for event in events[:-1]] == ["3", "4"]
    assert rows_of(events) == [{"number": 3, "price": None}, {"number": 4, "price": None}]
    assert events[-1].data == {"reason": "complete", "rows": 2}
    assert len(rows_of(anew)) == 4


def test_tells_a_reader_who_has_everything_not_to_connect_again(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(concurrency=1)) as client:
        response = client.post("/stream/resumed", headers={"Last-Event-ID": "4"})
        assert (response.status_code, response.content) == (204, b"")
        assert client.post("/call/plain").status_code == 200
        assert client.post("/stream/ticks", json={"count": 0}).status_code == 200


@pytest.mark.parametrize(
    ("name", "given", "refused", "said"),
    [
        ("ticks", {"count": "many"}, (422, "invalid-parameter"), 'count: expected .*, got "many"'),
        ("ticks", {"count": [1, 2]}, (422, "invalid-parameter"), "count: expected a whole number"),
        ("ticks", {"to": 1}, (422, "invalid-parameter"), "takes count, first"),
        ("refusing", {}, (422, "invalid-parameter"), "not now"),
        ("failing", {}, (500, "function-failed"), "failing failed"),
        ("tick", {}, (404, "unknown-function"), "available: ticks"),
        ("plain", {}, (404, "not-a-stream"), "returns a value, not a stream"),
    ],
)
def test_refuses_as_a_call_does_what_fails_at_once(
    write_app: WriteApp,
    name: str,
    given: dict[str, object],
    refused: tuple[int, str],
    said: str,
) -> None:
    with serving(write_app(TICKS)) as client:
        response = client.post(f"/stream/{name}", json=given)

    assert (response.status_code, error_of(response)["type"]) == refused
    assert re.search(said, str(error_of(response)["message"]))


@pytest.mark.parametrize(
    ("name", "given", "kind", "said"),
    [
        (
            "failing",
            {"late": True},
            "function-failed",
            "failing failed because of an error in its code; the app's log",
        ),
        ("refusing", {"late": True}, "invalid-parameter", "not now"),
        ("wrong", {"row": "3"}, "contract-broken", "yielded int instead of a row"),
        ("wrong", {"row": "{'number':2}"}, "contract-broken", "left out declared column 'price'"),
        (
            "wrong",
            {"row": "dict(number=None,price=1)"},
            "contract-broken",
            "no value for column 'number' in row 1",
        ),
    ],
)
def test_ends_with_the_error_of_a_call_when_it_fails_later(
    write_app: WriteApp, name: str, given: dict[str, object], kind: str, said: str
) -> None:
    # the pause between rows is longer than the time in which a failure has a status
    with serving(write_app(TICKS), Limits(rows_per_second=1.5)) as client:
        response = client.post(f"/stream/{name}", json=given, headers={"X-Request-Id": "r-1"})
        metrics = client.get("/metrics").text

    first, error = events_in(response.text)
    assert first.data == {"number": 1, "price": 1.0}
    assert error.name == "error"
    assert isinstance(error.data, dict)
    assert (error.data["type"], error.data["id"]) == (kind, "r-1")
    assert said in error.data["message"]
    assert "secret" not in response.text
    assert f'type="{kind}"}} 1.0' in metrics


def test_refuses_more_rows_at_once_than_the_limit(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(rows=1)) as client:
        assert error_of(client.post("/stream/batches"))["type"] == "too-many-rows"


def test_sends_no_more_rows_a_second_than_the_limit(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(rows_per_second=20)) as client:
        started = time.monotonic()
        events = events_in(client.post("/stream/ticks", json={"count": 11}).text)
        seconds = time.monotonic() - started

    assert len(rows_of(events)) == 11
    assert seconds >= 0.5


def test_ends_the_longest_stream_so_that_readers_connect_again(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(stream_seconds=0.6, rows_per_second=10)) as client:
        end = events_in(client.post("/stream/endless").text)[-1]
        silent = events_in(client.post("/stream/slow", json={"pause": 60}).text)

    assert end.name == "end"
    assert isinstance(end.data, dict)
    assert end.data["reason"] == "time-limit"
    assert 1 <= end.data["rows"] <= 7
    assert [event.data for event in silent] == [{"reason": "time-limit", "rows": 0}]


def test_sends_heartbeats_while_there_is_nothing_to_say(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_SECONDS", 0.2)
    with serving(write_app(TICKS)) as client:
        text = client.post("/stream/slow", json={"pause": 1.3, "count": 1}).text

        empty = client.post("/stream/empty").text

    for said in (text, empty):
        assert said.count(": heartbeat\n\n") >= 1
        assert said.index(": heartbeat") < said.index("data:")


def test_counts_streams_as_calls(write_app: WriteApp) -> None:
    source = TICKS + (
        "\ndef gated() -> Iterator[Tick]:\n    '''Goes on when there is a sign.'''\n"
        "    yield {'number': 1, 'price': 1.0}\n"
        "    while not (Path(__file__).parent / 'go').exists():\n        time.sleep(0.01)\n"
        "    yield {'number': 2, 'price': 1.0}\n"
    )
    folder = write_app(source)
    with (
        serving(folder, Limits(concurrency=1)) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        running = pool.submit(client.post, "/stream/gated")
        wait_for(
            lambda: 'in_flight{function="gated"} 1.0' in client.get("/metrics").text,
            "the stream is counted",
        )
        assert client.post("/call/plain").status_code == 429
        assert client.post("/stream/ticks").status_code == 429
        (folder / "go").touch()
        assert running.result().status_code == 200
        # Its place is free a moment after its end.
        wait_for(
            lambda: client.post("/call/plain").status_code == 200, "the place of the stream is free"
        )
        assert client.post("/call/plain").json() == {"value": 1}
        metrics = client.get("/metrics").text

    assert 'bailiwick_rows_total{function="gated"} 2.0' in metrics


def test_answers_the_first_rows_to_a_call(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(rows_per_second=1)) as client:
        some = client.post("/call/endless?limit=3").json()
        proposed = client.post("/call/endless").json()
        all_of_them = client.post("/call/ticks", json={"count": 2}).json()
        cut = client.post("/call/batches?limit=1").json()

    assert (some["count"], proposed["count"]) == (3, 100)
    assert all_of_them == {
        "rows": [{"number": 1, "price": 1.0}, {"number": 2, "price": 2.0}],
        "count": 2,
    }
    assert cut == {"rows": [{"number": 1, "price": 1.0}], "count": 1}


def test_answers_the_rows_that_come_in_time(write_app: WriteApp) -> None:
    with serving(write_app(TICKS), Limits(seconds=0.5, concurrency=1)) as client:
        answer = client.post("/call/slow", json={"pause": 0.2, "count": 50}).json()
        assert 1 <= answer["count"] <= 3
        assert client.post("/call/plain").status_code == 200


@pytest.mark.parametrize("limit", ["0", "many", "-1", "5000001"])
def test_refuses_a_limit_that_is_none(write_app: WriteApp, limit: str) -> None:
    with serving(write_app(TICKS)) as client:
        response = client.post(f"/call/ticks?limit={limit}")

    assert response.status_code == 422
    assert error_of(response)["parameter"] == "limit"


def test_gives_offline_tests_the_first_rows(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_app(TICKS))
    assert [row["number"] for row in call("ticks", count=2)] == [1, 2]
    assert len(call("endless")) == 100
    assert len(first_rows("endless", limit=3)) == 3
    rest = first_rows("resumed", {}, resumed_after=3)
    assert [row["number"] for row in rest] == [4]
    with pytest.raises(NotAStream, match="returns a value"):
        first_rows("plain")
