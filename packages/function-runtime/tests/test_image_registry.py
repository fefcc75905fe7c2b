"""Images in a registry on loopback."""

import json
from pathlib import Path

import pytest

from bailiwick.installing.artifact import Artifact, Blob, pack
from bailiwick.installing.registry import Login, Registry, RegistryFailed
from tests.indexes import Handler, listening
from tests.registries import LOGIN, ImageRegistry, digest_of, encoded
from tests.servers import free_port

WITH_AUTH = {"auth": encoded(LOGIN)}
WITH_PASSWORD = dict(zip(("username", "password"), LOGIN.split(":"), strict=True))
DENIED = b'{"errors": [{"code": "DENIED", "message": "access to the resource is denied"}]}'


pytestmark = pytest.mark.usefixtures("direct")


@pytest.fixture
def artifact(tmp_path: Path) -> Artifact:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "module.py").write_text("x = 1\n")
    return pack(folder, tmp_path / "layer.tar.gz")


def client(images: ImageRegistry, login: dict[str, str] | None = None) -> Registry:
    auths = {"other.example": {"auth": "b3RoZXI6"}, **({images.address: login} if login else {})}
    return Registry(f"{images.address}/desk", Login({"auths": auths}, frozenset({images.address})))


def failure_of(registry: Registry, artifact: Artifact) -> str:
    with pytest.raises(RegistryFailed) as failed:
        registry.push(artifact)
    return str(failed.value)


@pytest.mark.parametrize("login", [WITH_AUTH, WITH_PASSWORD])
@pytest.mark.parametrize("access", ["open", "Basic", "Bearer"])
def test_pushes(
    images: ImageRegistry, artifact: Artifact, access: str, login: dict[str, str]
) -> None:
    images.access = access
    reference = client(images, login).push(artifact)
    assert reference == f"{images.address}/desk@{artifact.digest}"
    assert images.files_of(reference) == {"module.py": b"x = 1\n"}
    assert images.sent == ["HEAD", "POST", "PUT"] * 2 + ["PUT"]
    assert images["desk"].tags == {artifact.digest.replace(":", "-"): artifact.digest}


def test_pushes_blobs_once(images: ImageRegistry, artifact: Artifact) -> None:
    images["desk"].blobs = {one.digest: b"" for one in artifact.blobs}
    client(images).push(artifact)
    assert images.sent == ["HEAD", "HEAD", "PUT"]


def test_finds_blobs_that_are_elsewhere(images: ImageRegistry, artifact: Artifact) -> None:
    images["desk"].blobs = {one.digest: b"" for one in artifact.blobs}
    images.failures = {"HEAD": (307, b"")}
    client(images).push(artifact)
    assert images.sent == ["HEAD", "HEAD", "PUT"]


@pytest.mark.parametrize(
    ("method", "response", "message"),
    [
        ("POST", (507, b""), "The registry {} is full"),
        ("PUT", (413, b"<html>too large</html>"), "The registry {} is full"),
        ("PUT", (500, b"write /blobs: no space left on device"), "The registry {} is full"),
        ("HEAD", (403, b""), "The registry {} responded 403: Forbidden"),
        ("POST", (403, DENIED), "The registry {} responded 403: access to the resource is denied"),
        ("POST", (404, b"no such project"), "The registry {} responded 404: no such project"),
        ("PUT", (502, b"<html></html>"), "The registry {} responded 502: Bad Gateway"),
        ("PUT", (307, b""), "The registry {} responded 307: Temporary Redirect"),
        ("POST", (200, b""), "{} does not respond as an OCI registry"),
    ],
)
def test_explains_refusals(
    images: ImageRegistry,
    artifact: Artifact,
    method: str,
    response: tuple[int, bytes],
    message: str,
) -> None:
    images.failures = {method: response}
    assert failure_of(client(images), artifact) == message.format(images.address)
    assert images["desk"].manifests == {}


@pytest.mark.parametrize("login", [None, {"auth": encoded("builder:wrong")}])
@pytest.mark.parametrize(
    ("access", "message"),
    [
        ("Basic", "The registry {} responded 401: Unauthorized"),
        (
            "Bearer",
            "The token server of the registry {} responded 401: incorrect username or password",
        ),
    ],
)
def test_explains_wrong_credentials(
    images: ImageRegistry,
    artifact: Artifact,
    access: str,
    message: str,
    login: dict[str, str] | None,
) -> None:
    images.access = access
    assert failure_of(client(images, login), artifact) == message.format(images.address)
    assert images.sent == []


class Tokenless(Handler):
    def answer(self) -> None:
        content = {"/text": b"text", "/list": b"[]", "/none": json.dumps({"token": ""}).encode()}
        self.respond(200, content[self.path.partition("?")[0]])


@pytest.mark.parametrize("path", ["text", "list", "none"])
def test_explains_a_token_server_without_tokens(
    images: ImageRegistry, artifact: Artifact, path: str
) -> None:
    images.access = "Bearer"
    with listening(Tokenless) as address:
        images.tokens = f"http://{address}/{path}"
        message = failure_of(client(images, WITH_AUTH), artifact)
    assert message == f"The token server of the registry {images.address} sent no token"


def test_explains_unreachable_servers(images: ImageRegistry, artifact: Artifact) -> None:
    address = f"127.0.0.1:{free_port()}"
    refused = "is unreachable: [Errno 111] Connection refused"
    message = failure_of(
        Registry(f"{address}/desk", Login(insecure=frozenset({address}))), artifact
    )
    assert message == f"The registry {address} {refused}"
    images.access, images.tokens = "Bearer", f"http://{address}/token"
    message = failure_of(client(images, WITH_AUTH), artifact)
    assert message == f"The token server of the registry {images.address} {refused}"


class Garbled(Handler):
    def answer(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.close_connection = True


def test_explains_a_server_with_another_protocol(artifact: Artifact) -> None:
    with listening(Garbled) as address:
        message = failure_of(
            Registry(f"{address}/desk", Login(insecure=frozenset({address}))), artifact
        )
    assert message == f"The registry {address} is unreachable: SSH-2.0-OpenSSH_9.2"


class Thief(Handler):
    """Demands credentials, and records the requests with them."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers["Authorization"]:
            STOLEN.append(self.path)
        realm = f"http://{self.headers['Host']}/token"
        self.respond(401, WWW_Authenticate=f'Bearer realm="{realm}"')


STOLEN: list[str] = []


class Forwarding(Handler):
    """Sends uploads, and what requests tokens, to another host."""

    to: str

    def answer(self) -> None:
        if self.command == "HEAD":
            self.respond(404)
        else:
            status = 202 if self.command == "POST" else 307
            self.respond(status, Location=f"http://{self.to}/elsewhere")


def test_sends_no_credentials_to_other_hosts(images: ImageRegistry, artifact: Artifact) -> None:
    with listening(Thief) as Forwarding.to, listening(Forwarding) as address:
        registry = Registry(
            f"{address}/desk", Login({"auths": {address: WITH_AUTH}}, frozenset({address}))
        )
        message = failure_of(registry, artifact)
        assert message == f"The registry {address} responded 401: Unauthorized"
        images.access, images.tokens = "Bearer", f"http://{address}/token"
        message = failure_of(client(images, WITH_AUTH), artifact)
    reason = "responded 307: Temporary Redirect"
    assert message == f"The token server of the registry {images.address} {reason}"
    assert STOLEN == []


def test_requests_tokens_from_servers_only(
    images: ImageRegistry, artifact: Artifact, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text('{"token": "secret"}')
    images.access, images.tokens = "Bearer", f"{file.as_uri()}#"
    message = failure_of(client(images, WITH_AUTH), artifact)
    reason = f"is unreachable: unsupported address {images.tokens}"
    assert message.startswith(f"The token server of the registry {images.address} {reason}")


def test_the_test_registry_refuses_incomplete_images(
    images: ImageRegistry, artifact: Artifact
) -> None:
    part = Artifact(artifact.blobs[1:], artifact.manifest)
    assert failure_of(client(images), part).endswith("responded 400: blob unknown to registry")
    wrong = Blob(digest_of(b"other"), 4, b"text")
    message = failure_of(client(images), Artifact([wrong], artifact.manifest))
    assert message.endswith("responded 400: provided digest did not match uploaded content")
