"""Builds of images that fail, or that must not give away credentials."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bailiwick.installing.registry import Login
from tests.images import CODE, MANIFEST, Build, image_in
from tests.indexes import Handler, listening
from tests.registries import LOGIN, ImageRegistry, encoded
from tests.servers import SOURCES, free_port

pytestmark = pytest.mark.usefixtures("direct")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"base": "{}/python:2"}, "The image {}/python:2 does not exist"),
        ({"base": "{}/python"}, "The image {}/python:latest does not exist"),
        ({"base": "{}/none@sha256:0"}, "The image {}/none@sha256:0 does not exist"),
        ({"packages": "{}/none:1"}, "The image {}/none:1 does not exist"),
        ({"packages": "{}/python:1"}, "The image {}/python:1 has other layers than packages"),
        ({"base": "{}/python:text"}, "The registry {} sent no image manifest"),
    ],
)
def test_explains_wrong_references(
    build: Build, images: ImageRegistry, changes: dict[str, str], message: str
) -> None:
    images["python"].add_manifest({"mediaType": MANIFEST, "fsLayers": []}, "text")
    filled = {name: text.format(images.address) for name, text in changes.items()}
    assert build(**filled) == {"error": message.format(images.address)}
    assert images["desk"].manifests == {}


@pytest.mark.parametrize(
    ("failures", "message"),
    [
        ({"POST": (507, b"")}, "The registry {} is full"),
        ({"PUT": (413, b"")}, "The registry {} is full"),
        ({"GET": (503, b"")}, "The registry {} responded 503: Service Unavailable"),
        ({"GET": (200, b"<html></html>")}, "The registry {} sent no image manifest"),
        ({"GET": (200, b"[]")}, "The registry {} sent no image manifest"),
        ({"HEAD": (403, b"")}, "The registry {} responded 403: Forbidden"),
    ],
)
def test_explains_what_a_registry_refuses(
    build: Build, images: ImageRegistry, failures: dict[str, tuple[int, bytes]], message: str
) -> None:
    images.failures = failures
    assert build() == {"error": message.format(images.address)}
    assert images["desk"].manifests == {}


def test_explains_unreachable_registries(build: Build) -> None:
    address = f"127.0.0.1:{free_port()}"
    login = Login(insecure=frozenset({address}))
    message = f"The registry {address} is unreachable: [Errno 111] Connection refused"
    assert build(base=f"{address}/python:1", login=login) == {"error": message}


def test_explains_missing_code(build: Build, tmp_path: Path) -> None:
    code = tmp_path / "none"
    assert build(code=code) == {"error": f"[Errno 2] No such file or directory: '{code}'"}


@pytest.mark.parametrize("part", ["config", "layer", "packages"])
def test_refuses_damaged_blobs(
    build: Build, images: ImageRegistry, other: ImageRegistry, part: str
) -> None:
    manifest, _ = image_in(images["python"], "1")
    [packages] = images["packages"].tags.values()
    digests = {
        "config": manifest["config"]["digest"],
        "layer": manifest["layers"][1]["digest"],
        "packages": image_in(images["packages"], packages)[0]["layers"][0]["digest"],
    }
    for repository in ("python", "packages"):
        if digests[part] in images[repository].blobs:
            images[repository].blobs[digests[part]] = b"damaged"
    login = Login(insecure=frozenset({images.address, other.address}))
    result = build(target=f"{other.address}/desk", login=login)
    assert result == {"error": f"The registry {images.address} sent a damaged blob"}
    assert other["desk"].manifests == {}


def test_refuses_damaged_manifests(build: Build, images: ImageRegistry) -> None:
    digest = images["python"].tags["1"]
    images["python"].manifests[digest] += b" "
    result = build(base=f"{images.address}/python@{digest}")
    assert result == {"error": f"The registry {images.address} sent a damaged manifest"}


@contextmanager
def storing(images: ImageRegistry, headers: list[dict[str, str]]) -> Iterator[str]:
    """Serve the blobs of all repositories from another host; records the headers of requests."""

    class Storage(Handler):
        def answer(self) -> None:
            headers.append(dict(self.headers.items()))
            digest = self.path.rpartition("/")[2]
            found = [
                one.blobs[digest] for one in images.repositories.values() if digest in one.blobs
            ]
            self.respond(200, found[0])

    with listening(Storage) as address:
        yield f"http://{address}/blobs"


@pytest.mark.parametrize("access", ["Basic", "Bearer"])
def test_sends_credentials_to_the_registry_only(
    build: Build, images: ImageRegistry, other: ImageRegistry, access: str
) -> None:
    images.access = access
    credentials = {"auths": {images.address: {"auth": encoded(LOGIN)}}}
    login = Login(credentials, frozenset({images.address, other.address}))
    headers: list[dict[str, str]] = []
    with storing(images, headers) as images.storage:
        result = build(target=f"{other.address}/desk", login=login)
    assert len(other.layers_of(result["artifact"], start=2)) == 2
    # configuration and layers of the runtime, and the packages
    assert len(headers) == 4
    assert "Authorization" not in {name.title() for one in headers for name in one}


@pytest.mark.parametrize(
    ("storage", "reason"),
    [
        ("file:///etc", "unsupported address file:///etc/"),
        ("ftp://127.0.0.1", "unsupported address ftp://127.0.0.1/"),
        ("http://127.0.0.1:{port}", "[Errno 111] Connection refused"),
        ("http://{registry}/v2/none/blobs", "Not Found"),
    ],
)
def test_explains_storage_that_does_not_respond(
    build: Build, images: ImageRegistry, other: ImageRegistry, storage: str, reason: str
) -> None:
    images.storage = storage.format(port=free_port(), registry=other.address)
    error = build()["error"]
    assert error.startswith(
        f"The storage of the registry {images.address} did not respond: {reason}"
    )


@pytest.mark.parametrize("access", ["Basic", "Bearer"])
def test_explains_missing_credentials(build: Build, images: ImageRegistry, access: str) -> None:
    images.access = access
    who = "token server of the registry" if access == "Bearer" else "registry"
    [error] = build().values()
    assert error.startswith(f"The {who} {images.address} responded 401: ")


def test_the_command_line_prints_the_result_last(
    build: Build, images: ImageRegistry, tmp_path: Path
) -> None:
    packages = f"{images.address}/packages@{next(iter(images['packages'].tags.values()))}"
    images.access = "Bearer"
    credentials = tmp_path / ".dockerconfigjson"
    command = [
        *(sys.executable, "-m", "bailiwick", "image", "--base", f"{images.address}/python:1"),
        *("--code", str(tmp_path / "code.tar.gz"), "--packages", packages, "--app", "desk"),
        *("--commit", "c0ffee", "--tag", "v1", "--repository", f"{images.address}/desk"),
        *("--insecure", "--credentials", str(credentials)),
    ]

    def run() -> tuple[int, list[str], dict[str, str]]:
        done = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        *log, last = done.stdout.splitlines()
        return done.returncode, log, json.loads(last)

    reason = "responded 401: incorrect username or password"
    message = f"The token server of the registry {images.address} {reason}"
    assert run() == (1, [], {"error": message})
    login = {"auths": {images.address: {"auth": encoded(LOGIN)}}}
    credentials.write_text(json.dumps(login))
    code, log, result = run()
    assert code == 0
    assert log == [
        f"Copied 2 layers of {images.address}/python:1",
        f"Pushed {result['artifact']}",
        "Attached a bill of materials (CycloneDX)",
    ]
    assert images.layers_of(result["artifact"], start=3) == [{"bundle/bundle.tar.gz": CODE}]
    images.access = "open"
    assert build()["artifact"] == result["artifact"]
