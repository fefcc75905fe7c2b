"""Streams of the process as it runs in a pod: readers that leave, and SIGTERM."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.conftest import WriteApp
from tests.servers import events_in, process, wait_for

CLOSING = """
import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

CLOSED = Path(__file__).parent / "closed"

class Tick(TypedDict):
    number: int

@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    finally:
        CLOSED.touch()

def steady() -> Iterator[Tick]:
    '''A row now and then.'''
    with _told():
        while True:
            yield {"number": 1}
            time.sleep(0.05)

def fast() -> Iterator[Tick]:
    '''Rows as fast as they are taken.'''
    with _told():
        while True:
            yield {"number": 1}

def busy() -> Iterator[Tick]:
    '''Computes for ever after its first row.'''
    with _told():
        yield {"number": 1}
        while True:
            pass

async def waiting() -> AsyncIterator[Tick]:
    '''Waits for ever after its first row.'''
    with _told():
        yield {"number": 1}
        await asyncio.sleep(3600)

async def silent() -> AsyncIterator[Tick]:
    '''Waits for ever.'''
    with _told():
        await asyncio.sleep(3600)
        yield {"number": 1}

def half() -> int:
    '''A call.'''
    return 1
"""

ONE_PLACE = {"BAILIWICK_LIMIT_CONCURRENCY": "1"}


@contextmanager
def reading(address: str, function: str) -> Iterator[Iterator[str]]:
    """Open a stream, and give its lines once it has begun."""
    with (
        httpx.Client(timeout=10) as client,
        client.stream("POST", f"{address}/stream/{function}") as response,
    ):
        lines = response.iter_lines()
        assert next(lines) == "retry: 2000"
        yield lines


def wait_until_closed(folder: Path) -> None:
    wait_for((folder / "closed").exists, "the generator is closed")


@pytest.mark.parametrize("function", ["steady", "fast", "busy", "waiting", "silent"])
def test_closes_the_generator_of_a_reader_who_leaves(write_app: WriteApp, function: str) -> None:
    folder = write_app(CLOSING)
    with process("--path", str(folder), **ONE_PLACE) as (_, address):
        with reading(address, function) as lines:
            if function != "silent":
                assert next(line for line in lines if line.startswith("data:"))
            assert httpx.post(f"{address}/call/half").status_code == 429
        wait_until_closed(folder)
        wait_for(lambda: httpx.post(f"{address}/call/half").status_code == 200, "the place is free")


def test_waits_for_a_reader_who_takes_nothing(write_app: WriteApp) -> None:
    rows = "[{'number': n} for n in range(50_000)]"
    source = CLOSING + (
        "\ndef wide() -> Iterator[list[Tick]]:\n    '''Many rows at once.'''\n"
        f"    with _told():\n        for n in range(200):\n            yield {rows}\n"
    )
    folder = write_app(source)
    limits = {"BAILIWICK_LIMIT_ROWS_PER_SECOND": "100000000"}
    with process("--path", str(folder), **limits) as (_, address):
        with reading(address, "wide"):
            time.sleep(1.5)
            metrics = httpx.get(f"{address}/metrics").text
            [sent] = [
                float(line.split()[-1])
                for line in metrics.splitlines()
                if line.startswith('bailiwick_rows_total{function="wide"}')
            ]
            assert sent < 5_000_000
        wait_until_closed(folder)


@pytest.mark.parametrize("function", ["steady", "waiting"])
def test_ends_streams_on_sigterm(write_app: WriteApp, function: str) -> None:
    folder = write_app(CLOSING)
    with process("--path", str(folder)) as (server, address), reading(address, function) as lines:
        assert next(line for line in lines if line.startswith("data:"))
        server.send_signal(signal.SIGTERM)
        [*_, end] = events_in("\n".join(lines))
        assert (end.name, end.data["reason"]) == ("end", "stopping")
        server.wait(30)
        assert (folder / "closed").exists()


def test_keeps_answering_while_plain_generators_sleep(write_app: WriteApp) -> None:
    source = (
        "import time\nfrom collections.abc import Iterator\nfrom pathlib import Path\n"
        "class Tick(TypedDict):\n    number: int\n"
        "def nap() -> Iterator[Tick]:\n    '''Sleeps until there is a sign.'''\n"
        "    while not (Path(__file__).parent / 'go').exists():\n        time.sleep(0.05)\n"
        "    yield {'number': 1}\n"
    )
    folder = write_app(source)
    with process("--path", str(folder)) as (_, address), reading(address, "nap") as lines:
        assert httpx.get(f"{address}/readyz", timeout=30).status_code == 200
        (folder / "go").touch()
        assert next(line for line in lines if line.startswith("data:"))
