"""Calls over HTTP: answers, mistakes of callers and of authors, limits."""

import gc
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bailiwick.limits import Limits
from bailiwick.serving.app import create_app
from bailiwick.serving.source import Loader, Source
from tests.conftest import PRICES, WriteApp
from tests.servers import error_of, serving, wait_for


def test_answers_rows_with_iso_dates_and_null_for_nan(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/prices", json={"symbols": ["MSFT"], "start": "2009-01-31"})

    assert response.status_code == 200
    row = {"symbol": "MSFT", "date": "2009-01-31", "price": 1.5, "change": None}
    assert response.json() == {"rows": [row], "count": 1}


def test_answers_defaults_for_an_empty_body(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        assert client.post("/call/prices").json()["rows"][0]["symbol"] == "AAPL"


def test_awaits_coroutines_and_answers_values(write_app: WriteApp) -> None:
    source = "async def double(of: int) -> int:\n    '''Twice.'''\n    return 2 * of"
    with serving(write_app(source)) as client:
        assert client.post("/call/double", json={"of": 4}).json() == {"value": 8}


def test_takes_key_columns_from_the_index(write_app: WriteApp) -> None:
    source = PRICES.replace("return pd.DataFrame(", "return by(") + (
        "\ndef by(columns: dict[str, list[float]]) -> Table[Price]:\n    '''By key.'''\n"
        "    return pd.DataFrame(columns).set_index(['symbol', 'date'])\n"
    )
    with serving(write_app(source)) as client:
        assert client.post("/call/prices").json()["rows"][0]["date"] == "2009-12-01"


@pytest.mark.parametrize(
    ("body", "parameter", "said"),
    [
        ('{"symbols": "AAPL"}', "symbols", r'expected a list of Symbol: text .*, got "AAPL"'),
        (
            '{"symbols": ["x"]}',
            "symbols",
            r'symbols\[0\]: expected Symbol: text \(for example "AAPL"\), got "x"',
        ),
        ('{"start": "May"}', "start", r'expected a date such as 2009-12-31, got "May"'),
        ('{"symbol": ["A"]}', "symbol", r"takes symbols, start; did you mean 'symbols'\?"),
        ("[1]", None, r"the body is not a JSON object"),
        ("{", None, r"the body is not a JSON object"),
    ],
)
def test_names_the_parameter_and_what_was_expected(
    write_app: WriteApp, body: str, parameter: str | None, said: str
) -> None:
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/prices", content=body)

    assert response.status_code == 422
    error = error_of(response)
    assert (error["type"], error["parameter"]) == ("invalid-parameter", parameter)
    assert re.search(said, str(error["message"]))


def test_lets_a_function_refuse_a_parameter(write_app: WriteApp) -> None:
    source = """
        from bailiwick import InvalidParameter
        def half(of: int) -> int:
            '''Half of an even number.'''
            raise InvalidParameter("of is odd", parameter="of")
    """
    with serving(write_app(source)) as client:
        response = client.post("/call/half", json={"of": 3})

    assert response.status_code == 422
    assert (error_of(response)["message"], error_of(response)["parameter"]) == ("of is odd", "of")


def test_lists_every_mismatch(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/prices", json={"symbols": ["x"], "start": 1, "end": 2})

    details = error_of(response)["details"]
    assert isinstance(details, list)
    assert [detail["parameter"] for detail in details] == ["symbols", "start", "end"]


def test_names_the_known_functions(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/price")

    assert response.status_code == 404
    assert error_of(response)["message"] == "unknown function 'price'; available: prices"


def test_names_the_known_paths(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        for response in (client.get("/call/prices"), client.get("/nowhere")):
            assert response.status_code in (404, 405)
            assert "POST /call/<function>" in str(error_of(response)["message"])


def test_keeps_the_traceback_out_of_the_answer(
    write_app: WriteApp, caplog: pytest.LogCaptureFixture
) -> None:
    source = "def fail() -> int:\n    '''Fails.'''\n    raise ValueError('no\\ndata')"
    with serving(write_app(source)) as client:
        response = client.post("/call/fail", headers={"X-Request-Id": "r-1"})

    assert response.status_code == 500
    message = "fail failed because of an error in its code; the app's log has the details"
    assert error_of(response) == {"type": "function-failed", "message": message, "id": "r-1"}
    assert "raise ValueError" in caplog.text
    assert response.headers["X-Request-Id"] == "r-1"


def test_repeats_the_identifier_when_the_runtime_itself_fails(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bailiwick.serving.app.row_limit", fail)
    with serving(write_app(PRICES)) as client:
        response = client.post("/call/prices", headers={"X-Request-Id": "r-1"})

    assert response.status_code == 500
    assert error_of(response)["type"] == "internal"
    assert response.headers["X-Request-Id"] == "r-1"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("raised", ["SystemExit(3)", "StopIteration()", "KeyboardInterrupt()"])
def test_survives_anything_that_is_raised(write_app: WriteApp, raised: str) -> None:
    source = f"def fail() -> int:\n    '''Fails.'''\n    raise {raised}"
    with serving(write_app(source)) as client:
        assert client.post("/call/fail").status_code == 500
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (
            "pd.DataFrame({'symbol': ['A'], 'date': ['2009-01-01'], 'price': [1]})",
            "left out .*change",
        ),
        ("[{'symbol': 'A'}]", "left out declared column 'date', 'price', 'change'"),
        ("[dict(symbol='A', date='2009-01-01', price=1, change=1, x=1)]", "undeclared column 'x'"),
        (
            "[dict(symbol='A', date='2009-01-01', price=None, change=1)]",
            "no value for column 'price' in row 0",
        ),
        (
            "[dict(symbol='A', date='2009-01-01', price='?', change=1)]",
            "returned '\\?' in",
        ),
        ("[dict(symbol='A', date='2009-01-01', price=float('inf'), change=1)]", "returned inf in"),
        ("3", "returned int instead of a table"),
    ],
)
def test_says_how_a_result_differs_from_the_contract(
    write_app: WriteApp, returned: str, said: str
) -> None:
    source = f"def prices() -> Table[Price]:\n    '''Prices.'''\n    return {returned}"
    with serving(write_app(source)) as client:
        response = client.post("/call/prices")

    assert response.status_code == 500
    assert error_of(response)["type"] == "contract-broken"
    assert re.search(said, str(error_of(response)["message"]))


def test_stops_a_call_that_runs_too_long_and_frees_its_place(write_app: WriteApp) -> None:
    source = "def spin() -> int:\n    '''Spins.'''\n    while True: pass"
    with serving(write_app(source), Limits(seconds=0.2, concurrency=1)) as client:
        response = client.post("/call/spin")
        assert response.status_code == 504
        assert "exceeded its time limit of 0.2 seconds" in str(error_of(response)["message"])

        wait_for(lambda: client.get("/healthz").status_code == 200, "the place is free")
        assert client.post("/call/spin").status_code == 504


def test_reports_unhealthy_when_no_call_ends(write_app: WriteApp) -> None:
    source = "import time\ndef nap() -> int:\n    '''Sleeps.'''\n    time.sleep(2)\n    return 1"
    with serving(write_app(source), Limits(seconds=0.1, concurrency=1)) as client:
        client.post("/call/nap")
        assert client.get("/healthz").json()["status"] == "stuck"


def test_refuses_more_rows_than_the_limit(write_app: WriteApp) -> None:
    with serving(write_app(PRICES), Limits(rows=1)) as client:
        response = client.post("/call/prices", json={"symbols": ["A", "B"]})

    assert response.status_code == 413
    said = "prices returned 2 rows; the limit is 1: request less data with the parameters"
    assert error_of(response)["message"] == said


def test_refuses_more_calls_than_the_limit(write_app: WriteApp) -> None:
    source = (
        "import time\nfrom pathlib import Path\n"
        "def wait() -> int:\n    '''Waits for a sign.'''\n"
        "    while not (Path(__file__).parent / 'go').exists():\n        time.sleep(0.01)\n"
        "    return 1"
    )
    folder = write_app(source)
    with (
        serving(folder, Limits(concurrency=1)) as client,
        ThreadPoolExecutor(3) as pool,
    ):
        calls = [pool.submit(client.post, "/call/wait") for _ in range(3)]
        wait_for(lambda: sum(call.done() for call in calls) == 2, "two calls are refused")
        (folder / "go").touch()
        answers = [call.result() for call in calls]

    assert sorted(answer.status_code for answer in answers) == [200, 429, 429]
    busy = next(answer for answer in answers if answer.status_code == 429)
    assert busy.headers["Retry-After"] == "1"


def test_refuses_a_large_body(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        assert client.post("/call/prices", content=b" " * 1_100_000).status_code == 413


def test_counts_calls_rows_and_errors(write_app: WriteApp) -> None:
    with serving(write_app(PRICES)) as client:
        client.post("/call/prices", json={"symbols": ["A", "B"]})
        client.post("/call/prices", json={"symbols": 1})
        metrics = client.get("/metrics").text

    assert 'bailiwick_calls_total{function="prices"} 2.0' in metrics
    assert 'bailiwick_call_errors_total{function="prices",type="too-slow"} 0.0' in metrics
    assert 'bailiwick_rows_total{function="prices"} 2.0' in metrics
    assert 'bailiwick_call_errors_total{function="prices",type="invalid-parameter"} 1.0' in metrics
    assert 'bailiwick_calls_in_flight{function="prices"} 0.0' in metrics


@pytest.mark.parametrize("own", ["", "gc.set_threshold(5000)"])
def test_garbage_is_collected_as_usual_after_loading(write_app: WriteApp, own: str) -> None:
    code = f"import gc\nassert gc.get_threshold()[0] > 5000\nassert gc.isenabled()\n{own}\n"
    function = "def one() -> float:\n    '''One.'''\n    return 1.0\n"
    folder = write_app(code + function)
    usual = gc.get_threshold()
    gc.disable()
    try:
        loader = Loader(Source(folder))
        loader.start()
        loader.wait()
        assert not loader.problems
        assert gc.isenabled()
        assert gc.get_threshold()[0] == (5000 if own else usual[0])
    finally:
        gc.enable()
        gc.set_threshold(*usual)
        gc.unfreeze()


@pytest.mark.parametrize("wait", ["2", "nonsense", "-1", "nan"])
def test_readiness_waits_for_code_that_is_loading(tmp_path: Path, wait: str) -> None:
    (tmp_path / "functions.py").write_text("import time\ntime.sleep(0.4)\nthing = missing\n")
    loader = Loader(Source(tmp_path))
    with TestClient(create_app(loader, Limits())) as client:
        status = client.get("/readyz", params={"wait": wait}).json()["status"]
        loader.wait(20)
    assert status == ("failed" if wait == "2" else "loading")


def test_stays_up_and_says_why_it_is_not_ready(write_app: WriteApp) -> None:
    with serving(write_app("def f(a) -> int:\n    '''F.'''\n")) as client:
        ready = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
        assert error_of(client.get("/contract"))["type"] == "not-ready"
        assert client.post("/call/f").status_code == 503

    assert ready.status_code == 503
    assert ready.json()["status"] == "failed"
    assert ready.json()["problems"][0]["line"] == 14
