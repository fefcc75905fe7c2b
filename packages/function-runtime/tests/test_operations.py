"""Checks of an app's health and verbs for its operators."""

import pytest

from bailiwick.errors import LoadFailed
from bailiwick.functions import contract
from bailiwick.limits import Limits
from bailiwick.loading import load
from bailiwick.testing import call
from tests.conftest import WriteApp
from tests.servers import error_of, serving

APP = """
    from bailiwick import InvalidData, check, verb

    CURVE = {"points": 3}

    def points() -> int:
        '''How many points the curve has.'''
        return CURVE["points"]

    @check(remedy="Reload the curve.")
    def curve_is_whole() -> str | None:
        '''The curve has at least three points.

        Fewer cannot be bent.
        '''
        return None if CURVE["points"] >= 3 else f"It has {CURVE['points']}."

    @check
    def file_can_be_read() -> str | None:
        '''The file is as agreed.'''
        if CURVE["points"] == 0:
            raise InvalidData("row 7 has no yield")
        if CURVE["points"] == 1:
            raise KeyError("/secret/path")
        return None

    @verb(confirm="Readers get another curve at once.")
    def reload_curve(points: int = 12) -> str:
        '''Read the yields again.

        Args:
            points: How many to take.
        '''
        CURVE["points"] = points
        return f"It has {points} points."
"""


def test_stand_in_the_contract_beside_the_functions(write_app: WriteApp) -> None:
    document = contract(load(write_app(APP)))

    assert [function["name"] for function in document["functions"]] == ["points"]
    assert document["checks"] == [
        {
            "name": "curve_is_whole",
            "title": "Curve is whole",
            "description": "The curve has at least three points.\n\nFewer cannot be bent.",
            "remedy": "Reload the curve.",
        },
        {
            "name": "file_can_be_read",
            "title": "File can be read",
            "description": "The file is as agreed.",
        },
    ]
    [verb] = document["verbs"]
    assert verb["confirm"] == "Readers get another curve at once."
    assert verb["parameters"]["properties"]["points"]["default"] == 12


def test_are_left_out_of_a_contract_that_has_none(write_app: WriteApp) -> None:
    folder = write_app("def one() -> int:\n    '''One.'''\n    return 1\n")
    assert set(contract(load(folder))) == {"apiVersion", "functions"}


def test_checks_tell_what_is_wrong_and_verbs_mend_it(write_app: WriteApp) -> None:
    with serving(write_app(APP)) as client:
        passed = {"state": "passed", "message": ""}
        assert client.get("/checks").json()["checks"] == [
            {"name": "curve_is_whole", **passed},
            {"name": "file_can_be_read", **passed},
        ]
        done = client.post("/verb/reload_curve", json={"points": 2})
        assert done.json() == {"message": "It has 2 points."}
        whole, file = client.get("/checks").json()["checks"]
        assert whole == {"name": "curve_is_whole", "state": "failed", "message": "It has 2."}
        assert file["state"] == "passed"
        assert client.post("/verb/reload_curve").json() == {"message": "It has 12 points."}
        assert {one["state"] for one in client.get("/checks").json()["checks"]} == {"passed"}


def test_a_check_that_finds_faulty_data_fails_and_one_that_breaks_knows_nothing(
    write_app: WriteApp,
) -> None:
    with serving(write_app(APP)) as client:
        client.post("/verb/reload_curve", json={"points": 0})
        _, file = client.get("/checks").json()["checks"]
        assert (file["state"], file["message"]) == ("failed", "row 7 has no yield")
        client.post("/verb/reload_curve", json={"points": 1})
        _, file = client.get("/checks").json()["checks"]
        assert file["state"] == "unknown"
        assert "secret" not in file["message"]


def test_a_slow_check_is_unknown_and_holds_nobody_up(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bailiwick.serving.operations.CHECK_SECONDS", 0.2)
    source = (
        APP
        + """
    import time

    @check
    def one_is_slow() -> str | None:
        '''It is quick.'''
        time.sleep(1)
        return "too late"
    """
    )
    with serving(write_app(source), Limits(concurrency=1)) as client:
        *others, slow = client.get("/checks").json()["checks"]
        assert {one["state"] for one in others} == {"passed"}
        assert slow["state"] == "unknown"
        assert slow["message"] == "Timed out after 0.2 seconds."
        assert client.post("/call/points").json() == {"value": 3}


def test_readers_cannot_call_them(write_app: WriteApp) -> None:
    with serving(write_app(APP)) as client:
        for name in ("reload_curve", "curve_is_whole"):
            for path in ("call", "stream"):
                response = client.post(f"/{path}/{name}")
                assert response.status_code == 404
                assert error_of(response)["functions"] == ["points"]
        assert client.get("/verb/reload_curve").status_code == 405


def test_a_verb_says_what_it_does_not_take_and_which_there_are(write_app: WriteApp) -> None:
    with serving(write_app(APP)) as client:
        response = client.post("/verb/reload_curve", json={"points": "many"})
        assert response.status_code == 422
        assert "points: expected a whole number" in str(error_of(response)["message"])
        unknown = error_of(client.post("/verb/points"))
        assert unknown["message"] == "unknown function 'points'; available: reload_curve"


def test_can_be_tried_without_a_server(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_app(APP))
    assert call("reload_curve", points=5) == "It has 5 points."
    assert call("curve_is_whole") is None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("@check\ndef f() -> str:\n    '''F.'''", "write '-> str | None'"),
        ("@check\ndef f(a: int) -> str | None:\n    '''F.'''", "remove a"),
        ("@verb\ndef f() -> int:\n    '''F.'''", "write '-> str'"),
        ("@verb\ndef f() -> str:\n    return ''", "add one sentence"),
        ("@verb\ndef f() -> str:\n    '''F.'''", "no public function to serve"),
    ],
)
def test_what_they_must_be_is_said_when_the_code_is_loaded(
    write_app: WriteApp, source: str, said: str
) -> None:
    with pytest.raises(LoadFailed, match=r"functions\.py") as failed:
        load(write_app(f"from bailiwick import check, verb\n{source}\n"))
    assert said in str(failed.value)
