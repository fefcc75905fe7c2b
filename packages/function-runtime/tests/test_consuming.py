"""A consumer with a real broker: what it keeps, and that it loses nothing."""

import functools
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from tests.brokers import Mosquitto, needs_mosquitto
from tests.conftest import WriteApp
from tests.servers import error_of, free_port, process, started, wait_for

pytestmark = needs_mosquitto

PRELUDE = """\
import os
import signal
import time
from pathlib import Path
from typing import Annotated, TypedDict
from bailiwick import InvalidData, Key, Message

HERE = Path(__file__).parent

class Machine(TypedDict):
    topic: Annotated[str, Key]
    payload: str
"""

TELEMETRY = """
def telemetry(messages: list[Message]) -> list[Machine]:
    '''The newest of each machine.'''
    with (HERE / "seen").open("a") as file:
        file.writelines(message["payload"] + "\\n" for message in messages)
    if any(message["payload"] == "poison" for message in messages):
        raise InvalidData("poison")
    return [{"topic": message["topic"], "payload": message["payload"]} for message in messages]
"""


class Consumer:
    """An app whose consumer runs as a process of its own, and is started again at will."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "store"
        self.window = ("--window-seconds", "0.2", "--window-messages", "100")
        self.environment = {"BAILIWICK_STORE": str(self.store)}
        self._process: subprocess.Popen[str] | None = None

    def connect(self, broker: Mosquitto, **secret: str) -> None:
        """Let the environment have a connection to a broker."""
        folder = self.folder / "secret"
        folder.mkdir(exist_ok=True)
        for name, text in secret.items():
            (folder / name.replace("_", ".")).write_text(text)
        address = {"host": "127.0.0.1", "port": broker.port, "tls": bool(broker.authority)}
        self.environment["BAILIWICK_CONNECTION_BROKER"] = json.dumps(address)
        self.environment["BAILIWICK_CONNECTION_BROKER_SECRET"] = str(folder)

    def start(self, *, until: str | None = "connected") -> None:
        """Start it, and wait until it has come that far."""
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._process = started(
            *("consume", "--path", str(self.folder), "--function", "telemetry"),
            *("--connection", "broker", "--topics", '["plant/#"]', *self.window),
            *("--host", "127.0.0.1", "--port", str(port)),
            **self.environment,
        )
        if until:
            self.wait_for_phase(until)

    def wait_for_phase(self, phase: str) -> None:
        wait_for(
            lambda: self.has_ended or self.ready()[1].get("phase") == phase,
            f"the consumer is {phase}",
            seconds=90,
        )
        if self.has_ended:
            assert self._process
            pytest.fail(f"the consumer has ended: {self._process.communicate()[1]}")

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def ready(self) -> tuple[int, dict[str, Any]]:
        try:
            response = httpx.get(f"{self.address}/readyz")
        except httpx.TransportError:
            return 0, {}
        return response.status_code, response.json()

    def metric(self, name: str) -> float:
        text = httpx.get(f"{self.address}/metrics").text
        [line] = [line for line in text.splitlines() if line.startswith(f"{name} ")]
        return float(line.split()[1])

    def stop(self) -> None:
        """Tell it to end, as Kubernetes does, and wait until it has."""
        assert self._process
        self._process.terminate()
        self.wait()

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self.wait()

    def wait(self) -> int:
        """Wait until the process has ended; its exit code."""
        assert self._process
        self._process.communicate(timeout=30)
        return self._process.returncode

    @property
    def seen(self) -> list[str]:
        """Payloads that the function was given, in their order, over all processes."""
        file = self.folder / "seen"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def table(self) -> dict[str, str]:
        """The table in the store: the newest payload of each topic."""
        file = self.store / "runs" / "current" / "telemetry.json"
        rows = json.loads(file.read_text())["rows"] if file.exists() else []
        return {row["topic"]: row["payload"] for row in rows}

    def has(self, payload: str) -> bool:
        """Whether a payload is in the table."""
        return payload in self.table.values()


MakeConsumer = Callable[..., Consumer]


@pytest.fixture
def make(write_app: WriteApp) -> Iterator[MakeConsumer]:
    with ExitStack() as ends:

        def make_consumer(source: str = TELEMETRY) -> Consumer:
            consumer = Consumer(write_app(source, prelude=PRELUDE))
            ends.callback(consumer.kill)
            return consumer

        yield make_consumer


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    mosquitto = Mosquitto(tmp_path / "broker")
    yield mosquitto
    mosquitto.stop()


def test_keeps_the_newest_row_of_each_key_for_readers(
    make: MakeConsumer, broker: Mosquitto
) -> None:
    consumer = make()
    consumer.connect(broker)
    stored = {"BAILIWICK_STORE": str(consumer.store), "BAILIWICK_STORED": "telemetry"}
    with process("--path", str(consumer.folder), **stored) as (_, address):
        before = httpx.post(f"{address}/call/telemetry")
        consumer.start()
        broker.publish(("plant/1", "1"), ("plant/2", "2"), ("office/1", "x"))
        wait_for(lambda: consumer.table == {"plant/1": "1", "plant/2": "2"}, "both are kept")
        broker.publish(("plant/1", "3"), ("plant/3", b"\xff"))
        wait_for(lambda: len(consumer.table) == 3, "three are kept")
        rows = httpx.post(f"{address}/call/telemetry").json()["rows"]

    assert error_of(before)["type"] == "not-run-yet"
    assert [tuple(row.values()) for row in rows] == [
        ("plant/2", "2"),
        ("plant/1", "3"),
        ("plant/3", "/w=="),
    ]
    assert consumer.ready() == (200, {"phase": "connected", "reason": None, "lastFailure": None})
    assert consumer.metric("bailiwick_consumer_messages_total") == 4
    assert consumer.metric("bailiwick_consumer_last_message_age_seconds") >= 0


def test_gets_what_was_published_while_it_was_away(make: MakeConsumer, broker: Mosquitto) -> None:
    consumer = make()
    consumer.connect(broker)
    consumer.start()
    consumer.stop()
    broker.publish(*((f"plant/{number}", "kept") for number in range(300)))
    # more than the consumer takes at once, so that the broker must wait
    consumer.window = ("--window-seconds", "5", "--window-messages", "110")
    consumer.start()

    wait_for(lambda: len(consumer.table) == 300, "all are kept", seconds=60)
    assert len(consumer.seen) == 300


def test_loses_nothing_when_it_is_killed_before_it_acknowledges(
    make: MakeConsumer, broker: Mosquitto
) -> None:
    source = """
import paho.mqtt.client

if not (HERE / "killed").exists():
    def _kill(*_: object) -> None:
        (HERE / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)

    paho.mqtt.client.Client.ack = _kill
"""
    consumer = make(source + TELEMETRY)
    consumer.connect(broker)
    consumer.start()
    broker.publish(("plant/1", "first"))
    assert consumer.wait() == -9
    assert (consumer.seen, consumer.table) == (["first"], {"plant/1": "first"})
    broker.publish(("plant/2", "second"))
    consumer.start()

    wait_for(lambda: "plant/2" in consumer.table, "the second is kept")
    assert consumer.seen == ["first", "first", "second"]
    assert consumer.table == {"plant/1": "first", "plant/2": "second"}


def test_refuses_a_window_that_fails_once(make: MakeConsumer, broker: Mosquitto) -> None:
    consumer = make()
    consumer.connect(broker)
    consumer.start()
    broker.publish(("plant/1", "poison"))
    wait_for(lambda: consumer.metric("bailiwick_consumer_refused_messages_total") == 1, "refused")
    broker.publish(("plant/1", "good"))
    wait_for(lambda: consumer.table == {"plant/1": "good"}, "the next is kept")

    assert consumer.ready() == (
        200,
        {"phase": "connected", "reason": None, "lastFailure": "poison"},
    )
    consumer.kill()
    consumer.start()
    broker.publish(("plant/1", "better"))
    wait_for(lambda: consumer.table == {"plant/1": "better"}, "the last is kept")
    assert consumer.seen.count("poison") == 1


def test_goes_on_after_a_window_that_ran_too_long(make: MakeConsumer, broker: Mosquitto) -> None:
    slow = "    while messages[0]['payload'] == 'slow':\n        time.sleep(0.01)\n    if any"
    consumer = make(TELEMETRY.replace("    if any", slow))
    consumer.connect(broker)
    consumer.environment["BAILIWICK_LIMIT_SECONDS"] = "0.5"
    consumer.start()
    broker.publish(("plant/1", "slow"))
    wait_for(lambda: consumer.metric("bailiwick_consumer_refused_messages_total") == 1, "refused")
    broker.publish(("plant/1", "quick"))
    wait_for(lambda: consumer.has("quick"), "the next is kept")

    assert "exceeded its time limit of 0.5 seconds" in consumer.ready()[1]["lastFailure"]
    assert consumer.seen == ["slow", "quick"]


def test_connects_again_when_the_broker_does_and_then_acknowledges_anew(
    make: MakeConsumer, broker: Mosquitto
) -> None:
    source = TELEMETRY.replace(
        "    if any",
        """    while not (HERE / "go").exists():
        time.sleep(0.01)
    if any""",
    )
    consumer = make(source)
    consumer.connect(broker)
    consumer.start()
    broker.publish(("plant/1", "first"))
    wait_for(lambda: consumer.seen == ["first"], "the function has the first")
    broker.stop()
    consumer.wait_for_phase("connecting")
    assert consumer.ready()[0] == 503
    broker.start()
    consumer.wait_for_phase("connected")
    (consumer.folder / "go").touch()
    broker.publish(("plant/2", "second"))
    wait_for(lambda: "plant/2" in consumer.table, "the second is kept")

    # it came again with the new connection, and was acknowledged by that
    assert consumer.seen == ["first", "first", "second"]
    # what is kept is acknowledged a moment later, and before the next messages are looked at
    broker.publish(("plant/3", "third"))
    wait_for(lambda: "plant/3" in consumer.table, "the third is kept")
    consumer.kill()
    consumer.start()
    broker.publish(("plant/4", "fourth"))
    wait_for(lambda: "plant/4" in consumer.table, "the fourth is kept")
    assert "first" not in consumer.seen[4:]


def test_keeps_no_more_rows_than_the_limit(make: MakeConsumer, broker: Mosquitto) -> None:
    consumer = make()
    consumer.connect(broker)
    consumer.environment["BAILIWICK_LIMIT_ROWS"] = "2"
    consumer.start()
    for number, payload in ((1, "a"), (2, "b"), (1, "c"), (3, "d")):
        broker.publish((f"plant/{number}", payload))
        wait_for(functools.partial(consumer.has, payload), f"{payload} is kept")
    assert consumer.table == {"plant/1": "c", "plant/3": "d"}


def test_keeps_messages_until_they_can_be_stored(make: MakeConsumer, broker: Mosquitto) -> None:
    consumer = make()
    consumer.connect(broker)
    consumer.store.write_text("no folder")
    consumer.start()
    broker.publish(("plant/1", "kept"))
    consumer.wait_for_phase("blocked")
    status, document = consumer.ready()
    consumer.store.unlink()
    wait_for(lambda: consumer.table == {"plant/1": "kept"}, "it is kept")

    assert status == 503
    assert "the store cannot be written" in document["reason"]
    consumer.wait_for_phase("connected")
    assert consumer.seen == ["kept"]


def test_enters_with_a_password_over_tls(make: MakeConsumer, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path / "broker", password="s3cret", has_tls=True)  # noqa: S106
    assert broker.authority
    try:
        consumer = make()
        secret = {"username": "plant", "password": "s3cret\n"}
        consumer.connect(broker, ca_crt=broker.authority.read_text(), **secret)
        consumer.start()
        broker.publish(("plant/1", "safe"))
        wait_for(lambda: consumer.table == {"plant/1": "safe"}, "it is kept")
        consumer.kill()

        consumer.connect(broker, password="wrong")  # noqa: S106
        consumer.start(until="connecting")
        said = f"the broker 127.0.0.1:{broker.port} rejects the connection: "
        wait_for(lambda: said in str(consumer.ready()[1]["reason"]), "it says why")
        consumer.kill()

        (consumer.folder / "secret" / "ca.crt").unlink()
        consumer.start(until="connecting")
        said = "is unreachable: [SSL: CERTIFICATE_VERIFY_FAILED]"
        wait_for(lambda: said in str(consumer.ready()[1]["reason"]), "it says why")
    finally:
        broker.stop()


def test_plays_the_samples_where_there_is_no_broker(make: MakeConsumer, broker: Mosquitto) -> None:
    consumer = make()
    (consumer.folder / "data").mkdir()
    lines = [json.dumps({"topic": f"plant/{number}", "payload": number}) for number in range(250)]
    (consumer.folder / "data" / "messages.jsonl").write_text("\n".join(lines))
    consumer.start(until="sample")
    assert consumer.ready()[0] == 200
    assert (len(consumer.table), consumer.table["plant/7"]) == (250, "7")
    assert consumer.metric("bailiwick_consumer_windows_total") == 3
    consumer.kill()

    consumer.connect(broker)
    consumer.start()
    assert consumer.table == {}
    broker.publish(("plant/1", "real"))
    wait_for(lambda: consumer.table == {"plant/1": "real"}, "samples and messages do not mix")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (TELEMETRY, "the connection 'broker' is not set up in this environment, and there are no"),
        (TELEMETRY.replace("telemetry", "other"), "unknown function 'telemetry'"),
        (TELEMETRY.replace("list[Machine]", "list[str]"), "telemetry must return a table"),
        (TELEMETRY.replace("messages:", "other:"), "telemetry must take the messages"),
        (
            "class Machine(TypedDict):\n    topic: str\n" + TELEMETRY,
            "telemetry must have a key; mark the columns",
        ),
        ("import nothing", "No module named 'nothing'"),
    ],
)
def test_says_why_it_cannot_begin(make: MakeConsumer, source: str, said: str) -> None:
    consumer = make(source)
    consumer.start(until="failed")
    status, document = consumer.ready()

    assert status == 503
    assert said in document["reason"]


def test_keeps_browsers_from_guessing_types(make: MakeConsumer) -> None:
    consumer = make("import nothing")
    consumer.start(until="failed")

    for path in ("/healthz", "/readyz", "/metrics", "/elsewhere"):
        answer = httpx.get(f"{consumer.address}{path}")
        assert answer.headers["x-content-type-options"] == "nosniff"
