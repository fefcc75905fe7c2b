"""Results in an S3 bucket: processes of an app, and servers that fail."""

import contextlib
import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import pytest

from bailiwick.s3_storage import RETRIES
from bailiwick.store import Store
from tests.buckets import S3Server, make_certificates
from tests.conftest import StartServer, WriteApp
from tests.places import Place
from tests.servers import error_of, free_port, process, started, wait_for
from tests.test_storage import output, read_whole

PREFIX = "company/rates/dev/prices/uid"

APP = """
def numbers(count: int = 3) -> list[Number]:
    '''Numbers.'''
    return [{"number": number, "square": number * number} for number in range(count)]

def total() -> int:
    '''Their sum.'''
    return sum(row["square"] for row in output_of(numbers))
"""

PRELUDE = """\
from typing import Annotated, TypedDict
from bailiwick import Key, Message, output_of

class Number(TypedDict):
    number: Annotated[int, Key]
    square: int
"""


def run(folder: Path, environment: dict[str, str], function: str, run: str, *more: str) -> str:
    """Run a step as a pod does; return what it reports."""
    log = folder / "termination-log"
    log.write_text("")
    step = started(
        *("run", "--path", str(folder), "--function", function, "--run", run),
        *("--steps", "numbers,total", "--termination-log", str(log), *more),
        **environment,
    )
    step.communicate(timeout=60)
    return log.read_text()


def test_steps_and_servers_share_a_bucket(bucket: Place, write_app: WriteApp) -> None:
    folder = write_app(APP, prelude=PRELUDE)
    environment = {**bucket.environment, "BAILIWICK_STORED": "numbers,total"}
    with process("--path", str(folder), **environment) as (_, address):
        assert error_of(httpx.post(f"{address}/call/total"))["type"] == "not-run-yet"
        for name, count in (("r1", 3), ("r2", 4), ("tried", 9)):
            given = json.dumps({"count": count})
            options = ("--parameters", given) if name == "tried" else ()
            (folder / "functions.py").write_text(PRELUDE + APP.replace("= 3", f"= {count}"))
            assert '"rows": ' in run(folder, environment, "numbers", name, *options)
            assert '"inputs": [{"step": "numbers"' in run(
                folder, environment, "total", name, *options
            )

        newest, earlier, tried = (
            httpx.post(f"{address}/call/total", json=body)
            for body in ({}, {"asOf": "r1"}, {"asOf": "tried"})
        )
        assert [one.json()["value"] for one in (newest, earlier, tried)] == [14, 5, 204]
        assert (newest.headers["X-Run"], earlier.headers["X-Run"]) == ("r2", "r1")
        ended = bucket.store().meta("r1", "total")
        assert ended
        as_of = {"asOf": ended.finished_at.isoformat()}
        assert httpx.post(f"{address}/call/total", json=as_of).headers["X-Run"] == "r1"
        rows = httpx.post(f"{address}/call/numbers").json()["rows"]
        assert rows[-1] == {"number": 3, "square": 9}


CONSUMER = """
def numbers(messages: list[Message]) -> list[Number]:
    '''Numbers from messages.'''
    return [
        {"number": int(message["payload"]), "square": int(message["payload"]) ** 2}
        for message in messages
    ]
"""


def test_a_consumer_waits_for_its_bucket_and_replaces_its_table(
    start_server: StartServer, write_app: WriteApp
) -> None:
    folder, server = write_app(CONSUMER, prelude=PRELUDE), start_server()
    server.stop()
    lines = [json.dumps({"topic": "t", "payload": str(number)}) for number in range(6)]
    (folder / "data").mkdir()
    (folder / "data/messages.jsonl").write_text("\n".join(lines) + "\n")
    place, port = Place(server.environment(PREFIX), server.objects / PREFIX), free_port()
    consumer = started(
        *("consume", "--path", str(folder), "--function", "numbers", "--connection", "broker"),
        *("--topics", '["t"]', "--window-messages", "2", "--host", "127.0.0.1"),
        *("--port", str(port)),
        **place.environment,
    )

    def state() -> dict[str, str]:
        try:
            document: dict[str, str] = httpx.get(f"http://127.0.0.1:{port}/readyz").json()
        except httpx.TransportError:
            return {"phase": "starting"}
        return document

    try:
        wait_for(lambda: state()["phase"] == "blocked", "the consumer is blocked", 60)
        assert "the store cannot be read: the bucket results at" in state()["reason"]
        server.start()
        wait_for(lambda: state()["phase"] == "sample", "the messages are processed", 60)
    finally:
        consumer.kill()
        consumer.communicate()
    found = place.store().output("current", "numbers")
    assert found
    assert [row["number"] for row in json.loads(found.content)["rows"]] == list(range(6))
    assert len(place.files("current")) == 2


def has_ipv6() -> bool:
    """Whether this machine has the address ``::1``."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as server:
        server.bind(("::1", 0))
        return True
    return False


Change = Callable[[S3Server], dict[str, str]]


def with_secret(server: S3Server, name: str, value: str) -> dict[str, str]:
    folder = server.secret.with_name(f"other-{name}")
    folder.mkdir(exist_ok=True)
    for key, kept in {**server.key, name: value}.items():
        (folder / key).write_text(kept)
    return {**server.environment(PREFIX), "BAILIWICK_STORE_SECRET": str(folder)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda server: server.environment(PREFIX, bucket="absent"),
            "the bucket absent at 127.0.0.1:{port} does not exist; create it",
        ),
        (
            lambda server: with_secret(server, "accessKeyId", "nobody"),
            "refused the access key (XAdminUserNotFound); correct the Secret",
        ),
        (
            lambda server: with_secret(server, "secretAccessKey", "wrong"),
            f"refused the access key (SignatureDoesNotMatch); correct the Secret of the "
            f"connection, or allow the key to list, read, write and delete objects below {PREFIX}/",
        ),
        (
            lambda server: server.environment(PREFIX, port=1),
            "the bucket results at 127.0.0.1:1 is unreachable; check that the server runs",
        ),
        (
            lambda server: server.environment(PREFIX, tls=True),
            "is unreachable; check that the server runs, and the host, port, TLS",
        ),
        (
            # the client panics at this host
            lambda server: server.environment(PREFIX, host="1.2.3.400"),
            "the bucket results at 1.2.3.400:{port} is unreachable; check that the server runs",
        ),
    ],
    ids=["bucket", "key", "secret", "port", "tls", "host"],
)
def test_errors_name_the_cause_and_the_remedy(
    s3_server: S3Server,
    write_app: WriteApp,
    change: Change,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(RETRIES, "max_retries", 1)
    environment, reason = change(s3_server), reason.format(port=s3_server.port)
    store = Store.from_environment(environment)
    actions: list[Callable[[], object]] = [
        lambda: store.latest,
        lambda: store.output("r1", "points"),
        lambda: store.runs_of("points", ""),
        lambda: store.write(*output(1)),
        lambda: store.sweep("r1"),
        lambda: store.forget("r1"),
    ]
    for action in actions:
        with pytest.raises(OSError, match="bucket") as failed:
            action()
        assert reason in str(failed.value)
        assert s3_server.key["secretAccessKey"] not in str(failed.value)

    folder = write_app(APP, prelude=PRELUDE)
    assert reason in json.loads(run(folder, environment, "numbers", "r1"))["error"]
    environment["BAILIWICK_STORED"] = "numbers,total"
    with process("--path", str(folder), **environment) as (_, address):
        response = httpx.post(f"{address}/call/total", timeout=30)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert error_of(response)["type"] == "results-unavailable"
    assert "127.0.0.1" not in response.text


def test_an_unnamed_key_is_refused(tmp_path: Path, s3_server: S3Server) -> None:
    environment = {**s3_server.environment(PREFIX), "BAILIWICK_STORE_SECRET": str(tmp_path)}
    with pytest.raises(ValueError, match="its Secret must have the keys accessKeyId and"):
        Store.from_environment(environment)
    with pytest.raises(ValueError, match="BAILIWICK_STORE must be s3://<bucket>/<prefix>"):
        Store.from_environment({**s3_server.environment(PREFIX), "BAILIWICK_STORE": "s3://all"})


@pytest.mark.parametrize("name", ["accessKeyId", "secretAccessKey"])
@pytest.mark.parametrize("value", ["", "a\nb", "a b", "ä", "\x7f"])
def test_a_key_that_cannot_be_sent_is_refused(s3_server: S3Server, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"{name} in the Secret of the connection must be print"):
        Store.from_environment(with_secret(s3_server, name, value))


@pytest.mark.parametrize(
    "certificate",
    ["none", "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----"],
)
def test_a_malformed_authority_is_refused(s3_server: S3Server, certificate: str) -> None:
    with pytest.raises(ValueError, match=r"or the PEM certificates in ca\.crt of its Secret"):
        Store.from_environment(with_secret(s3_server, "ca.crt", certificate))


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        ({"host": "s3.test:443"}, "must be a host name or an IP address without a port"),
        ({"host": "10.0.0.1", "pathStyle": False}, "set pathStyle of the connection to true"),
    ],
)
def test_a_host_without_an_address_is_refused(
    s3_server: S3Server, server: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Store.from_environment(s3_server.environment(PREFIX, **server))  # type: ignore[arg-type]


@pytest.mark.skipif(not has_ipv6(), reason="needs IPv6 on loopback")
def test_finds_a_server_by_its_ipv6_address(start_server: StartServer) -> None:
    server = start_server(host="::1")
    store = Store.from_environment(server.environment(PREFIX))
    store.write(*output(1))
    assert read_whole(store) == 1


def test_markers_of_folders_are_no_runs(s3_server: S3Server, bucket: Place) -> None:
    store, prefix = bucket.store(), bucket.folder.relative_to(s3_server.objects)
    store.write(*output(1))
    for folder in ("runs/", "runs/r1/", "runs/r2/"):
        s3_server.put(f"/{prefix}/{folder}", "")
    assert list(store.storage.scan()) == ["r1"]
    store.sweep("r1")
    assert read_whole(store) == 1
    store.forget("r1")
    assert store.storage.scan() == {}


def test_retries_when_the_server_throttles(start_server: StartServer) -> None:
    server = start_server("--max-requests", "1")
    place = Place(server.environment(PREFIX), server.objects / PREFIX)

    def write(number: int) -> None:
        place.store().write(*output(number, f"r{number}", size=1_000_000))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(12)))
    assert len(place.store().storage.scan()) == 12


def test_trusts_a_private_authority_of_the_connection(
    tmp_path: Path, start_server: StartServer
) -> None:
    authority, certificate, key = make_certificates(tmp_path)
    server = start_server("--cert", str(certificate), "--key", str(key))
    environment = server.environment(PREFIX, tls=True)
    with pytest.raises(
        OSError, match=r"not trusted; .* to the Secret of the connection as ca\.crt"
    ):
        Store.from_environment(environment).write(*output(1))
    (server.secret / "ca.crt").write_text(authority.read_text())
    store = Store.from_environment(environment)
    store.write(*output(1))
    assert read_whole(store) == 1


def policy_of(name: str, *actions: str) -> dict[str, object]:
    """Return the policy of the guide for platform engineers: one tenant and environment."""
    who: dict[str, object] = {"Effect": "Allow", "Principal": {"AWS": [name]}}
    listed = {"StringLike": {"s3:prefix": "company/rates/dev/*"}}
    bucket = "arn:aws:s3:::results"
    objects = {"Action": list(actions), "Resource": f"{bucket}/company/rates/dev/*"}
    lists = {"Action": "s3:ListBucket", "Resource": bucket, "Condition": listed}
    return {"Version": "2012-10-17", "Statement": [{**who, **objects}, {**who, **lists}]}


ALL = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


def test_a_key_for_one_prefix_reads_and_writes_there_alone(
    tmp_path: Path, start_server: StartServer
) -> None:
    (tmp_path / "users").mkdir()
    server = start_server("--iam-dir", str(tmp_path / "users"))
    secret = server.add_user("rates", policy_of("rates", *ALL))
    places = [
        Place({**server.environment(prefix), "BAILIWICK_STORE_SECRET": str(secret)}, tmp_path)
        for prefix in (PREFIX, "company/fixed-income/dev/prices/uid")
    ]
    store, other = (place.store() for place in places)
    assert store.latest is None
    for number in range(3):
        store.write(*output(number, f"r{number}"))
    store.prune(2)
    assert read_whole(store, "r2") == 2
    assert sorted(store.storage.scan()) == ["r1", "r2"]
    for action in (lambda: other.latest, lambda: other.write(*output(1)), other.storage.scan):
        with pytest.raises(OSError, match=r"refused the access key \(AccessDenied\)"):
            action()


def test_denied_access_to_a_missing_object_means_that_it_is_missing(
    tmp_path: Path, start_server: StartServer
) -> None:
    (tmp_path / "users").mkdir()
    server = start_server("--iam-dir", str(tmp_path / "users"))
    # this server denies access to all objects here, as Amazon S3 does to missing ones
    secret = server.add_user("rates", policy_of("rates", "s3:PutObject", "s3:DeleteObject"))
    environment = {**server.environment(PREFIX), "BAILIWICK_STORE_SECRET": str(secret)}
    store = Store.from_environment(environment)
    assert (store.latest, store.meta("r1", "points")) == (None, None)
    store.storage.write("r1", "points.meta.json", b"{}")
    with pytest.raises(OSError, match=r"refused the access key \(AccessDenied\)"):
        store.meta("r1", "points")


def test_a_step_succeeds_when_old_results_cannot_be_removed(
    tmp_path: Path, start_server: StartServer, write_app: WriteApp
) -> None:
    (tmp_path / "users").mkdir()
    server = start_server("--iam-dir", str(tmp_path / "users"))
    folder = write_app(APP, prelude=PRELUDE)
    secret = server.add_user("rates", policy_of("rates", "s3:GetObject", "s3:PutObject"))
    environment = {**server.environment(PREFIX), "BAILIWICK_STORE_SECRET": str(secret)}
    for name in ("r1", "r2"):
        for step in ("numbers", "total"):
            assert '"rows": ' in run(folder, environment, step, name, "--keep", "1")
    store = Store.from_environment(environment)
    assert sorted(store.storage.scan()) == ["r1", "r2"]

    before = store.output("r2", "numbers")
    assert '"rows": ' in run(folder, environment, "numbers", "r2", "--keep", "1")
    after = store.output("r2", "numbers")
    assert before
    assert after
    assert after.meta.finished_at > before.meta.finished_at


def test_finds_a_bucket_in_the_host_name(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start_server("--virtual-domain", "s3.test")
    # as a proxy, the server gets requests for a domain that no name service knows
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    environment = server.environment(PREFIX, host="s3.test", port=80, pathStyle=False)
    store = Store.from_environment(environment)
    store.write(*output(1))
    assert read_whole(store) == 1
    assert (server.objects / PREFIX / "latest").is_file()
