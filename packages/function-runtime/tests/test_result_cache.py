"""Results that are reused."""

import asyncio
import threading
import time

import httpx2 as httpx
import pytest

from bailiwick import cached
from bailiwick.errors import CallFailed, InvalidParameter, LoadFailed
from bailiwick.execution import Executor
from bailiwick.functions import Function
from bailiwick.limits import Limits
from bailiwick.loading import load
from bailiwick.result_cache import ENTRY_BYTES, ResultCache
from bailiwick.serving.logs import call_id
from tests.conftest import WriteApp
from tests.servers import process


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Counted:
    """A function that counts its calls."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls = 0
        self.error = error
        self.may_end = threading.Event()
        self.may_end.set()

    def function(self) -> Function:
        @cached(seconds=10)
        def square(x: int = 2) -> int:
            """Square of a number."""
            self.calls += 1
            self.may_end.wait(5)
            if self.error:
                raise self.error
            return x * x

        return Function.of(square)


def cache_of(max_bytes: int = 100_000) -> tuple[ResultCache, Clock]:
    clock = Clock()
    return ResultCache(Executor(Limits(concurrency=2)), clock, max_bytes), clock


async def body_of(cache: ResultCache, function: Function, body: bytes = b"") -> bytes:
    return (await cache.run(function, body)).body


def test_a_result_is_reused_until_it_is_too_old() -> None:
    counted, (cache, clock) = Counted(), cache_of()
    function = counted.function()

    async def play() -> None:
        first = await cache.run(function, b"")
        clock.now = 9.9
        assert await cache.run(function, b" { } ") is first
        assert counted.calls == 1
        clock.now = 10
        again = await cache.run(function, b"")
        assert counted.calls == 2
        assert again.calculated_at is not None
        assert first.calculated_at is not None
        assert again.calculated_at >= first.calculated_at

    asyncio.run(play())


def test_other_parameters_and_formats_have_their_own_results() -> None:
    counted, (cache, _) = Counted(), cache_of()
    function = counted.function()

    async def play() -> None:
        assert await body_of(cache, function, b'{"x": 3}') == b'{"value":9}'
        assert await body_of(cache, function, b'{"x": 4}') == b'{"value":16}'
        await cache.run(function, b'{"x": 3}', table_as="arrow")
        assert counted.calls == 3

    asyncio.run(play())


def test_calls_at_the_same_time_run_the_function_once() -> None:
    counted, (cache, _) = Counted(), cache_of()
    function = counted.function()
    counted.may_end.clear()

    async def play() -> None:
        # more calls than slots
        calls = [asyncio.create_task(body_of(cache, function)) for _ in range(50)]
        await asyncio.sleep(0.05)
        calls[0].cancel()
        counted.may_end.set()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert isinstance(results[0], asyncio.CancelledError)
        assert results[1:] == [b'{"value":4}'] * 49
        assert counted.calls == 1

    asyncio.run(play())


def test_failures_are_shared_but_not_kept() -> None:
    counted, (cache, _) = Counted(ValueError("no")), cache_of()
    function = counted.function()

    async def play() -> None:
        calls = [cache.run(function, b"") for _ in range(3)]
        for outcome in await asyncio.gather(*calls, return_exceptions=True):
            assert isinstance(outcome, CallFailed)
        assert counted.calls == 1
        counted.error = None
        assert await body_of(cache, function) == b'{"value":4}'
        with pytest.raises(InvalidParameter):
            await cache.run(function, b'{"x": "a"}')
        assert counted.calls == 2

    asyncio.run(play())


def test_the_oldest_results_are_dropped_when_there_is_no_room() -> None:
    size = len(b'{"value":4}') + ENTRY_BYTES
    counted, (cache, _) = Counted(), cache_of(2 * size)
    function = counted.function()

    async def play() -> None:
        for x in (1, 2, 1, 3, 1):
            await cache.run(function, b'{"x": %d}' % x)
        assert counted.calls == 3
        await cache.run(function, b'{"x": 2}')
        assert counted.calls == 4

    asyncio.run(play())


def test_a_result_that_does_not_fit_is_not_kept() -> None:
    counted, (cache, _) = Counted(), cache_of(5)
    function = counted.function()

    async def play() -> None:
        for _ in range(2):
            await cache.run(function, b"")
        assert counted.calls == 2

    asyncio.run(play())


def test_the_number_of_tiny_results_is_bounded() -> None:
    counted, (cache, _) = Counted(), cache_of(10 * ENTRY_BYTES)
    function = counted.function()

    async def play() -> None:
        for x in range(30):
            await cache.run(function, b'{"x": %d}' % x)
        assert len(cache._kept) < 10

    asyncio.run(play())


def test_no_result_is_older_than_declared() -> None:
    counted, (cache, clock) = Counted(), cache_of()
    function = counted.function()
    counted.may_end.clear()

    async def play() -> None:
        slow = asyncio.create_task(body_of(cache, function))
        await asyncio.sleep(0.05)
        clock.now = 10
        # the first call began too long ago
        later = asyncio.create_task(body_of(cache, function))
        await asyncio.sleep(0.05)
        counted.may_end.set()
        await asyncio.gather(slow, later)
        assert counted.calls == 2
        await cache.run(function, b"")
        assert counted.calls == 2
        clock.now = 20
        await cache.run(function, b"")
        assert counted.calls == 3

    asyncio.run(play())


def test_shared_failures_are_logged_for_each_call(caplog: pytest.LogCaptureFixture) -> None:
    counted, (cache, _) = Counted(ValueError("no")), cache_of()
    function = counted.function()

    async def identified(identifier: str) -> None:
        call_id.set(identifier)
        await cache.run(function, b"")

    async def play() -> None:
        calls = [asyncio.create_task(identified(one)) for one in ("first", "second")]
        await asyncio.gather(*calls, return_exceptions=True)

    asyncio.run(play())
    assert "this call shares the failure of call first" in caplog.messages


def test_the_contract_names_the_age() -> None:
    assert Counted().function().document()["maxAgeSeconds"] == 10
    assert "maxAgeSeconds" not in Counted().function().stored().document()


@pytest.mark.parametrize(
    "age", [{}, {"seconds": 0.5}, {"minutes": -1}, {"hours": 24, "seconds": 1}]
)
def test_refuses_ages_that_are_too_short_or_too_long(age: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="from one second to 24 hours"):
        cached(**age)


@pytest.mark.parametrize(
    "source",
    [
        """
        @cached(seconds=5)
        def ticks() -> Iterator[Tick]:
            "Ticks."
            yield {"price": 1.0}
        """,
        """
        @cached(seconds=5)
        def latest(messages: list[Message]) -> int:
            "Number of messages."
            return len(messages)
        """,
        """
        @cached(seconds=5)
        @check
        def recent() -> str | None:
            "It is recent."
            return None
        """,
    ],
)
def test_refuses_streams_and_operations(write_app: WriteApp, source: str) -> None:
    prelude = """from collections.abc import Iterator
from typing import TypedDict
from bailiwick import Message, cached, check
class Tick(TypedDict):
    price: float
"""
    with pytest.raises(LoadFailed, match="@cached"):
        load(write_app(source, prelude=prelude))


def test_serves_the_time_of_the_calculation(write_app: WriteApp) -> None:
    folder = write_app("""
    from time import time_ns
    from bailiwick import cached
    @cached(minutes=1)
    def now() -> str:
        "Time."
        return str(time_ns())
    def always() -> str:
        "Time."
        return str(time_ns())
    """)
    with process("--path", str(folder)) as (_, address):
        first = httpx.post(f"{address}/call/now")
        time.sleep(1.1)
        again = httpx.post(f"{address}/call/now")
        assert first.json() == again.json()
        assert first.headers["Last-Modified"] == again.headers["Last-Modified"]
        other = httpx.post(f"{address}/call/always")
        assert "Last-Modified" not in other.headers
        assert other.json() != httpx.post(f"{address}/call/always").json()
