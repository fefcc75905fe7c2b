"""Writers and readers of a store in different processes, in a folder and in a bucket."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bailiwick.functions import Function, digest_of
from bailiwick.store import Meta, Store
from tests.places import Place
from tests.servers import SOURCES

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def points() -> int:
    """Points."""
    return 1


POINTS = Function.of(points)


def output(number: int, run: str = "r1", size: int = 20_000) -> tuple[Meta, bytes]:
    content = bytes([number % 256]) * size
    meta = Meta(
        function="points",
        run=run,
        steps=["points"],
        started_at=NOW,
        finished_at=NOW + dt.timedelta(seconds=number),
        rows=number,
        digest=digest_of(content),
        format="parquet",
        contract=POINTS.result_digest,
    )
    return meta, content


def read_whole(store: Store, run: str = "r1") -> int:
    """Return the number of a stored output, whose content belongs to its metadata."""
    found = store.output(run, "points")
    assert found
    assert (found.meta, found.content) == output(found.meta.rows, run, len(found.content))
    return found.meta.rows


def read_latest(store: Store) -> int:
    """Return the number of the latest run, which another process can prune meanwhile."""
    for _ in range(5):
        run = store.latest
        if run and store.meta(run, "points"):
            return read_whole(store, run)
    pytest.fail("there is no latest run")


def write_until_killed(place: Place, number: int, pause: float, *, replaces: bool) -> int:
    """Kill a process that writes outputs; return the last number that it reports."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITER, str(number), "r1" if replaces else ""],
        env={**os.environ, **place.environment, "PYTHONPATH": f"{SOURCES}:{SOURCES.parent}"},
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout
        written = int(writer.stdout.readline())
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        return [written, *map(int, writer.stdout.read().split())][-1]


WRITER = """
import sys
from tests.test_storage import output
from bailiwick.store import Store

store, number = Store.from_environment(), int(sys.argv[1])
while True:
    number += 1
    store.write(*output(number, sys.argv[2] or f"r{number}", size=1_000_000))
    print(number, flush=True)
    store.prune(2)
"""


def test_readers_get_the_latest_run_while_others_are_written(place: Place) -> None:
    store = place.store()
    store.write(*output(0, "r0"))

    def write_runs() -> None:
        for number in range(1, 40):
            store.write(*output(number, f"r{number}"))
            store.prune(3)

    writer = threading.Thread(target=write_runs)
    reader, seen = place.store(), [0]
    writer.start()
    while writer.is_alive():
        seen.append(read_latest(reader))
    writer.join()

    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert read_latest(reader) == 39


def test_killed_writers_leave_whole_runs(place: Place) -> None:
    chance, number = random.Random(7), 0  # noqa: S311
    for _ in range(6):
        last = write_until_killed(place, number, chance.uniform(0, 0.15), replaces=False)
        number = read_latest(place.store())
        assert number in (last, last + 1)

    # what the killed writers left is removed once it is too old to be completed
    store = place.store()
    for run in store.storage.scan():
        place.age(run, 2 * 86_400)
    store.write(*output(number + 2, "last"))
    store.prune(keep=1)
    assert list(store.storage.scan()) == ["last"]
    assert len(place.files("last")) == 2


def test_an_output_is_replaced_as_a_whole_in_a_bucket(bucket: Place) -> None:
    store = bucket.store()
    store.write(*output(0))

    def replace_it() -> None:
        for number in range(1, 60):
            store.write(*output(number))

    writer = threading.Thread(target=replace_it)
    reader, seen = bucket.store(), [0]
    writer.start()
    while writer.is_alive():
        seen.append(read_whole(reader))
    writer.join()

    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert read_whole(reader) == 59
    assert len(bucket.files("r1")) == 2


def test_a_killed_writer_leaves_the_old_or_the_new_output_in_a_bucket(bucket: Place) -> None:
    chance, number = random.Random(8), 0  # noqa: S311
    for _ in range(6):
        last = write_until_killed(bucket, number, chance.uniform(0, 0.15), replaces=True)
        number = read_whole(bucket.store())
        assert number in (last, last + 1)

    store = bucket.store()
    store.storage.write("r1", "points.1-unnamed.parquet", b"left by a killed writer")
    store.sweep("r1")
    assert len(bucket.files("r1")) == 2
    assert read_whole(store) == number


def test_a_run_becomes_the_latest_when_its_last_output_is_stored(place: Place) -> None:
    store = place.store()
    for step in ("first", "second"):
        meta, content = output(1)
        both = meta.model_copy(update={"function": step, "steps": ["first", "second"]})
        assert store.latest is None
        store.write(both, content)
    assert store.latest == "r1"
    store.write(*output(2, "custom"), becomes_latest=False)
    assert store.latest == "r1"


def test_finds_and_prunes_more_runs_than_a_page_lists(place: Place) -> None:
    store = place.store()
    for number in range(505):
        meta, content = output(number, f"r{number}", size=10)
        text = meta.model_dump_json(by_alias=True).encode()
        store.storage.write(meta.run, f"points.{number}.parquet", content)
        store.storage.write(meta.run, "points.meta.json", text)

    runs = store.runs_of("points", POINTS.result_digest)
    assert runs == [f"r{number}" for number in reversed(range(505))]
    assert store.run_at(NOW + dt.timedelta(seconds=400, microseconds=1)) == "r400"
    store.prune(keep=2)
    assert sorted(store.storage.scan()) == ["r503", "r504"]


def test_deletes_nothing_of_other_apps(place: Place) -> None:
    address = place.environment["BAILIWICK_STORE"]
    others = [
        Place(
            {**place.environment, "BAILIWICK_STORE": f"{address}{suffix}"},
            Path(f"{place.folder}{suffix}"),
        )
        for suffix in ("2", "-other")
    ]
    for one in (place, *others):
        one.store().write(*output(1))
        one.store().write(*output(2, "r10"))
    place.store().sweep("r1")
    place.store().forget("r1")
    assert (place.files("r1"), len(place.files("r10"))) == ([], 2)
    for one in others:
        assert len(one.files("r1")) == 2
        assert read_whole(one.store()) == 1


@pytest.mark.parametrize("size", [0, 12_000_000])
def test_keeps_outputs_of_any_size(place: Place, size: int) -> None:
    store = place.store()
    store.write(*output(1, size=size))
    assert read_whole(store) == 1
