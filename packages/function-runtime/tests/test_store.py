"""The store: which runs stay, and what is read from it."""

import datetime as dt

import httpx2 as httpx

from bailiwick.functions import Function, digest_of
from bailiwick.limits import Limits
from bailiwick.store import Meta, Store
from bailiwick.stored_results import StoredResults
from tests.conftest import WriteApp
from tests.places import Place
from tests.servers import error_of, process, serving

NIGHT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def reads() -> int:
    """Readings."""
    return 1


def quality() -> int:
    """Quality."""
    return 2


READS, QUALITY = Function.of(reads), Function.of(quality)


def write(store: Store, function: Function, run: str, hour: int = 0) -> None:
    answer = b'{"value":%d}' % hour
    meta = Meta(
        function=function.name,
        run=run,
        steps=["reads", "quality"],
        started_at=NIGHT + dt.timedelta(hours=hour),
        finished_at=NIGHT + dt.timedelta(hours=hour),
        rows=1,
        digest=digest_of(answer),
        contract=function.result_digest,
    )
    store.write(meta, answer)


def write_all(store: Store, run: str, hour: int) -> None:
    write(store, READS, run, hour)
    write(store, QUALITY, run, hour)


def runs_in(store: Store) -> list[str]:
    return sorted(store.storage.scan())


def test_keeps_the_newest_complete_runs(place: Place) -> None:
    store = place.store()
    for hour, run in enumerate(["d", "c", "b", "a"]):
        write_all(store, run, hour)
    store.prune(keep=2)

    assert runs_in(store) == ["a", "b"]
    assert store.runs_of("reads", READS.result_digest) == ["a", "b"]


def test_keeps_the_latest_run_whatever_its_time(place: Place) -> None:
    store = place.store()
    for run, hour in (("new", 2), ("newer", 3), ("late", 1)):
        write_all(store, run, hour)
    store.prune(keep=1)

    assert (store.latest, runs_in(store)) == ("late", ["late", "newer"])


def test_keeps_incomplete_runs_for_a_day(place: Place) -> None:
    store = place.store()
    write(store, READS, "abandoned")
    write(store, READS, "running")
    write_all(store, "whole", 1)
    place.age("abandoned", 2 * 86_400)
    store.prune(keep=1)

    assert runs_in(store) == ["running", "whole"]


def test_takes_no_path_for_a_run(place: Place) -> None:
    store = place.store()
    write(store, READS, "r1")
    output = store.output("r1", "reads")
    assert output
    assert output.content == b'{"value":0}'
    assert store.output("../runs/r1", "reads") is None


SOURCE = """
def reads(day: str = "today") -> int:
    '''Readings.'''
    raise RuntimeError("runs elsewhere")

def quality() -> int:
    '''Quality.'''
    raise RuntimeError("runs elsewhere")

def twice() -> int:
    '''Twice the quality.'''
    from bailiwick import output_of
    return 2 * output_of(quality)
"""


def stored_in(place: Place) -> StoredResults:
    return StoredResults(frozenset({"reads", "quality"}), place.store())


def test_answers_stored_functions_with_the_latest_run(place: Place, write_app: WriteApp) -> None:
    folder, stored = write_app(SOURCE), stored_in(place)
    write_all(stored.store, "r1", 4)
    write_all(stored.store, "r2", 5)
    with serving(folder, stored=stored) as client:
        assert client.post("/call/reads").json() == {"value": 5}
        assert client.post("/call/reads", json={"asOf": "r1"}).json() == {"value": 4}
        assert client.post("/call/twice").json() == {"value": 10}
        metrics = client.get("/metrics").text
        write_all(stored.store, "r3", 6)
        assert client.post("/call/reads").json() == {"value": 6}

    assert 'bailiwick_rows_total{function="reads"} 2.0' in metrics


def test_finds_the_newest_run_that_had_ended_by_a_time(place: Place, write_app: WriteApp) -> None:
    folder, stored = write_app(SOURCE), stored_in(place)
    for hour in (1, 2, 3):
        write_all(stored.store, f"r{hour}", hour)
    first, second = (
        meta.finished_at for run in ("r1", "r2") if (meta := stored.store.meta(run, "quality"))
    )
    day = first.date().isoformat()
    with serving(folder, stored=stored) as client:
        for as_of, value in (
            (second.isoformat(), 2),
            ((second - dt.timedelta(seconds=1)).isoformat(), 1),
            (first.astimezone(dt.timezone(dt.timedelta(hours=5))).isoformat(), 1),
            (day, 3),
        ):
            response = client.post("/call/reads", json={"asOf": as_of})
            assert response.json() == {"value": value}
            assert response.headers["X-Run"] == f"r{value}"
        newest = client.post("/call/reads", headers={"Accept": "application/json"})
        early, naive = (
            client.post("/call/reads", json={"asOf": as_of})
            for as_of in ((first - dt.timedelta(days=2)).isoformat(), "2999-01-01T00:00:00")
        )
        called = client.post("/call/twice")

    assert newest.headers["Last-Modified"] == "Thu, 01 Jan 2026 03:00:00 GMT"
    assert "X-Run" not in called.headers
    for refused in (early, naive):
        assert refused.status_code == 422
        assert "or a time such as 2026-01-31T18:00:00Z" in str(error_of(refused)["message"])


def test_names_the_newest_runs_when_one_is_not_kept(place: Place, write_app: WriteApp) -> None:
    folder, stored = write_app(SOURCE), stored_in(place)
    for hour in range(7):
        write_all(stored.store, f"r{hour}", hour)
    with serving(folder, stored=stored) as client:
        for run in ("r9", "../r1"):
            response = client.post("/call/reads", json={"asOf": run})
            error = error_of(response)
            assert (response.status_code, error["type"]) == (422, "invalid-parameter")
            assert "the newest are r6, r5, r4, r3, r2, got" in str(error["message"])
        unknown = error_of(client.post("/call/reads", json={"day": "x"}))

    assert "'day' is not a parameter of reads, which takes asOf" in str(unknown["message"])


def test_says_in_the_contract_what_is_stored(place: Place, write_app: WriteApp) -> None:
    folder, stored = write_app(SOURCE), stored_in(place)
    with serving(folder, stored=stored) as client:
        reads, _, twice = client.get("/contract").json()["functions"]

    assert reads["stored"] is True
    assert list(reads["parameters"]["properties"]) == ["asOf"]
    assert reads["parameters"]["x-bailiwick"] == {"order": ["asOf"]}
    assert "required" not in reads["parameters"]
    assert "stored" not in twice


def test_has_not_run_yet_when_the_contract_is_another(place: Place, write_app: WriteApp) -> None:
    source = SOURCE.replace("def quality() -> int", "def quality() -> float")
    folder, stored = write_app(source), stored_in(place)
    with serving(folder, stored=stored) as client:
        before = client.post("/call/reads")
        write_all(stored.store, "r1", 1)
        assert client.post("/call/reads").status_code == 200
        others = [client.post(f"/call/{name}") for name in ("quality", "twice")]
        named = client.post("/call/quality", json={"asOf": "r1"})

    for response, name in zip((before, named, *others), ("reads", *["quality"] * 3), strict=True):
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert error_of(response)["type"] == "not-run-yet"
        assert error_of(response)["message"] == (
            f"{name} has not run yet with this code; its rows are available after the first run"
        )


def test_needs_the_functions_that_run(place: Place, write_app: WriteApp) -> None:
    folder = write_app("def reads() -> int:\n    '''Readings.'''\n    return 1")
    with serving(folder, Limits(), stored_in(place)) as client:
        ready = client.get("/readyz")

    [problem] = ready.json()["problems"]
    assert problem["message"].startswith("the app requires the function quality")


def test_reads_the_store_that_the_environment_names(place: Place, write_app: WriteApp) -> None:
    folder, stored = write_app(SOURCE), stored_in(place)
    write_all(stored.store, "r1", 4)
    environment = {**place.environment, "BAILIWICK_STORED": "reads,quality"}
    with process("--path", str(folder), **environment) as (_, address):
        assert httpx.post(f"{address}/call/twice").json() == {"value": 8}
