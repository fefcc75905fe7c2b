"""What an environment gives an app: settings and connections; and faulty data."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bailiwick import connection, setting
from bailiwick.errors import NotSetUp
from tests.conftest import WriteApp
from tests.servers import error_of, serving


def test_gives_the_values_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"threshold": 1, "sites": ["a", "b"], "since": "2026-01-01", "strict": True}
    monkeypatch.setenv("BAILIWICK_SETTINGS", json.dumps(values))

    assert setting("threshold", 0.5) == 1.0
    assert setting("sites", ["x"]) == ["a", "b"]
    assert setting("since", dt.date(2025, 1, 1)) == dt.date(2026, 1, 1)
    assert setting("strict", default=False) is True
    assert setting("unknown", "default") == "default"
    monkeypatch.delenv("BAILIWICK_SETTINGS")
    assert setting("threshold", 0.5) == 0.5


def test_names_the_setting_and_the_type_that_it_should_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BAILIWICK_SETTINGS", '{"count": true, "name": 3}')
    with pytest.raises(NotSetUp, match="the setting 'count' must be a whole number, and is true"):
        setting("count", 3)
    with pytest.raises(NotSetUp, match="the setting 'name' must be text, and is 3"):
        setting("name", "x")


def test_gives_connections_with_their_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # as Kubernetes mounts a Secret: keys are links into a folder whose name begins with dots
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "password").write_text("s3cret\n")
    (tmp_path / "password").symlink_to("..data/password")
    address = {"host": "db.plant", "port": 5432, "tls": True, "options": {"database": "meters"}}
    monkeypatch.setenv("BAILIWICK_CONNECTION_METER_DB", json.dumps(address))
    monkeypatch.setenv("BAILIWICK_CONNECTION_METER_DB_SECRET", str(tmp_path))

    found = connection("meter-db")
    assert (found.name, found.host, found.port, found.tls) == ("meter-db", "db.plant", 5432, True)
    assert (found.options, found.secret) == ({"database": "meters"}, {"password": "s3cret"})
    assert "s3cret" not in repr(found)


def test_says_who_sets_a_connection_up(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "the connection 'broker' is not set up in this environment; ask the platform team"
    with pytest.raises(NotSetUp, match=said):
        connection("broker")
    monkeypatch.setenv("BAILIWICK_CONNECTION_BROKER", '{"port": "many"}')
    with pytest.raises(NotSetUp, match="the connection 'broker' cannot be read"):
        connection("broker")


def test_tells_callers_what_is_wrong_with_the_data(write_app: WriteApp) -> None:
    source = """
        from bailiwick import InvalidData, connection
        def reads() -> int:
            '''Readings.'''
            raise InvalidData("row 7 of meters.csv has no serial number")
        def rows() -> int:
            '''Rows.'''
            return connection("meters").port
    """
    with serving(write_app(source)) as client:
        faulty, missing = client.post("/call/reads"), client.post("/call/rows")

    for response, said in (
        (faulty, "row 7 of meters.csv has no serial number"),
        (
            missing,
            "the connection 'meters' is not set up in this environment; ask the platform team",
        ),
    ):
        assert response.status_code == 422
        assert (error_of(response)["type"], error_of(response)["message"]) == ("invalid-data", said)
