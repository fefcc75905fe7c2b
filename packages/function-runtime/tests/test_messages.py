"""Functions that take messages, without a broker."""

import datetime as dt
from pathlib import Path

import pytest

from bailiwick.errors import InvalidData
from bailiwick.loading import load
from bailiwick.messages import folder_of, message_of, sample_messages
from bailiwick.testing import call
from tests.conftest import WriteApp
from tests.servers import error_of, serving

TELEMETRY = """
from bailiwick import Message, output_of

class Seen(TypedDict):
    topic: Annotated[str, Key]
    payload: str
    at: dt.datetime
    binary: bool

def telemetry(messages: list[Message]) -> list[Seen]:
    '''What was seen.'''
    return [dict(message) for message in messages]

def number() -> int:
    '''How much was seen.'''
    return len(output_of(telemetry))
"""

SAMPLES = """\
{"topic": "plant/1", "payload": {"temperature": 181.5}, "at": "2026-01-01T00:00:00Z"}

{"topic": "plant/2", "payload": "on"}
"""


def with_samples(folder: Path, text: str = SAMPLES) -> Path:
    (folder / "data").mkdir()
    (folder / "data" / "messages.jsonl").write_text(text)
    return folder


def test_gives_offline_tests_the_sample_messages(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(with_samples(write_app(TELEMETRY)))
    first, second = call("telemetry")

    assert first == {
        "topic": "plant/1",
        "payload": '{"temperature": 181.5}',
        "at": "2026-01-01T00:00:00Z",
        "binary": False,
    }
    assert second["payload"] == "on"
    assert call("number") == 2
    own = {"topic": "x", "payload": "y", "at": "2026-01-01T00:00:00Z"}
    assert call("telemetry", messages=[own]) == [{**own, "binary": False}]


def test_answers_a_draft_with_the_sample_messages(write_app: WriteApp) -> None:
    with serving(with_samples(write_app(TELEMETRY))) as client:
        parameters = client.get("/contract").json()["functions"][0]["parameters"]
        assert client.post("/call/telemetry").json()["count"] == 2
        assert client.post("/call/number").json() == {"value": 2}

    assert "required" not in parameters


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there are no sample messages; write some into data/messages.jsonl"),
        ('{"topic": "a"}', "line 1 of data/messages.jsonl is not a message"),
        ('\n{"topic": "a", "payload": 1, "at": "2026-01-01"}', "line 2 of .* with a zone"),
        ("[]", "line 1 of"),
    ],
)
def test_says_what_is_wrong_with_the_sample_messages(
    write_app: WriteApp, text: str | None, said: str
) -> None:
    folder = write_app(TELEMETRY)
    if text:
        with_samples(folder, text)
    with pytest.raises(InvalidData, match=said):
        sample_messages(folder)
    with serving(folder) as client:
        assert error_of(client.post("/call/telemetry"))["type"] == "invalid-data"


def test_finds_the_folder_of_a_function(tmp_path: Path, write_app: WriteApp) -> None:
    folder = write_app("")
    (folder / "functions.py").unlink()
    (folder / "functions" / "deep").mkdir(parents=True)
    source = "def {}() -> int:\n    '''One.'''\n    return 1\n"
    for place, name in (("__init__", "a"), ("b", "b"), ("deep/__init__", "c"), ("deep/d", "d")):
        (folder / "functions" / f"{place}.py").write_text(source.format(name))

    functions = load(folder)
    assert {folder_of(functions[name].call) for name in "abcd"} == {tmp_path}


def test_carries_bytes_that_are_no_text() -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert message_of("t", "°C".encode(), at)["payload"] == "°C"
    binary = message_of("t", b"\xff\x00", at)
    assert (binary["payload"], binary["binary"]) == ("/wA=", True)
