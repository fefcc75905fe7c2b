"""Use of the concurrency slots, by which the operator scales an app."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import pytest

from bailiwick.errors import TooBusy
from bailiwick.limits import Limits
from bailiwick.slots import Slots
from tests.conftest import WriteApp
from tests.servers import error_of, process, serving, wait_for

APP = """
    import time
    from collections.abc import Iterator
    from pathlib import Path

    from bailiwick import check

    class Tick(TypedDict):
        number: int

    def held(path: str) -> int:
        '''Runs until a file exists.'''
        while not Path(path).exists():
            time.sleep(0.01)
        return 1

    def ticks() -> Iterator[Tick]:
        '''Rows without end.'''
        while True:
            yield {"number": 1}
            time.sleep(0.05)

    @check
    def is_whole() -> str | None:
        '''The data is whole.'''
        return None
"""


def test_sums_the_time_over_all_slots() -> None:
    async def use() -> None:
        now = 100.0
        slots = Slots(2, clock=lambda: now)
        first: asyncio.Future[None] = asyncio.Future()
        slots.hold(first)
        now += 3
        slots.hold(asyncio.Future())
        now += 2
        with pytest.raises(TooBusy):
            slots.require()
        first.set_result(None)
        await asyncio.sleep(0)
        now += 10

        assert slots.usage.document() == {
            "slots": 2,
            "held": 1,
            "heldSeconds": 3 + 2 * 2 + 10,
            "refused": 1,
            "seconds": 15,
        }

    asyncio.run(use())


def test_counts_calls_and_refusals_but_no_checks(write_app: WriteApp, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    parameters = {"path": str(gate)}
    with serving(write_app(APP), Limits(concurrency=1)) as client, ThreadPoolExecutor() as pool:
        running = pool.submit(client.post, "/call/held", json=parameters)
        wait_for(lambda: client.get("/concurrency").json()["held"] == 1, "the call runs")
        refused = client.post("/call/held", json=parameters)
        checks = client.get("/checks").json()["checks"]
        gate.touch()
        running.result()
        usage = client.get("/concurrency").json()

    assert error_of(refused)["type"] == "too-busy"
    assert [check["state"] for check in checks] == ["passed"]
    assert (usage["slots"], usage["held"], usage["refused"]) == (1, 0, 1)
    assert 0 < usage["heldSeconds"] < usage["seconds"]


def test_an_open_stream_holds_a_slot(write_app: WriteApp) -> None:
    def held() -> object:
        return httpx.get(f"{address}/concurrency").json()["held"]

    with process("--path", str(write_app(APP))) as (_, address):
        with httpx.Client() as client, client.stream("POST", f"{address}/stream/ticks") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "retry: 2000"
            assert held() == 1
        wait_for(lambda: held() == 0, "the slot is free")
