"""A registry for images in memory (OCI distribution-spec 1.1), for tests."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.indexes import Handler, listening

LOGIN = "builder:secret"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@dataclass
class ImageRegistry:
    """Accepts blobs that have their digest, and manifests whose blobs exist.

    Attributes:
        access: ``open``, ``Basic``, or ``Bearer`` for tokens, each for one scope.
        failures: Status codes and bodies of the responses to all allowed requests, by method.
        tokens: URL of the token server; by default the registry itself.
        address: Host and port.
        sent: Methods of the allowed requests.
    """

    access: str = "open"
    failures: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    tokens: str = ""
    address: str = ""
    blobs: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[str, bytes] = field(default_factory=dict)
    uploads: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)

    @contextmanager
    def serving(self) -> Iterator[None]:
        registry = self

        class Api(_Api):
            state = registry

        with listening(Api) as self.address:
            yield

    def files_of(self, reference: str) -> dict[str, bytes]:
        """Return the files of an image, after a check of its structure."""
        manifest = json.loads(self.manifests[reference.partition("@")[2]])
        config, [layer] = manifest["config"], manifest["layers"]
        for part in (config, layer):
            assert len(self.blobs[part["digest"]]) == part["size"]
        packed = self.blobs[layer["digest"]]
        archive = gzip.decompress(packed)
        # the time in the header
        assert packed[4:8] == bytes(4)
        described = json.loads(self.blobs[config["digest"]])
        assert described["rootfs"]["diff_ids"] == [digest_of(archive)]
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            members = tar.getmembers()
            assert {(one.uid, one.gid, one.mtime) for one in members} == {(0, 0, 0)}
            files = [one for one in members if one.isfile()]
            assert {one.mode for one in files} == {0o644}
            return {one.name: tar.extractfile(one).read() for one in files}  # type: ignore[union-attr]


class _Api(Handler):
    state: ImageRegistry

    def answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.command == "GET":
            self._give_token()
        elif self._is_allowed() and not self._fails():
            if self.command == "HEAD":
                digest = self.path.rpartition("/")[2]
                self.respond(200 if digest in self.state.blobs else 404)
            elif self.command == "POST":
                upload = uuid.uuid4().hex
                self.state.uploads.add(upload)
                self.respond(202, Location=f"{self.path}{upload}?state=new")
            elif "/blobs/" in self.path:
                self._put_blob(content)
            else:
                self._put_manifest(content)

    def _give_token(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if self.headers["Authorization"] != f"Basic {encoded(LOGIN)}":
            self._refuse(401, "incorrect username or password")
        elif query["service"] != ["images"]:
            self._refuse(400, "unknown service")
        else:
            self.respond(200, json.dumps({"token": encoded(query["scope"][0])}).encode())

    def _put_blob(self, content: bytes) -> None:
        digest = digest_of(content)
        place = urlsplit(self.path)
        self.state.uploads.remove(place.path.rpartition("/")[2])
        if parse_qs(place.query) != {"state": ["new"], "digest": [digest]}:
            self._refuse(400, "provided digest did not match uploaded content")
            return
        self.state.blobs[digest] = content
        self.respond(201)

    def _put_manifest(self, content: bytes) -> None:
        manifest = json.loads(content)
        needed = {one["digest"] for one in (manifest["config"], *manifest["layers"])}
        digest = digest_of(content)
        is_named = self.path.endswith(f"/manifests/{digest.replace(':', '-')}")
        if not is_named or self.headers["Content-Type"] != manifest["mediaType"]:
            self._refuse(400, "manifest invalid")
        elif not needed <= self.state.blobs.keys():
            self._refuse(400, "blob unknown to registry")
        else:
            self.state.manifests[digest] = content
            self.respond(201)

    def _is_allowed(self) -> bool:
        """Check the credentials; otherwise respond."""
        action = "pull" if self.command == "HEAD" else "pull,push"
        scope = f"repository:{self.path.split('/')[2]}:{action}"
        realm = self.state.tokens or f"http://{self.state.address}/token"
        challenge, expected = {
            "open": ("", None),
            "Basic": ('Basic realm="images"', f"Basic {encoded(LOGIN)}"),
            "Bearer": (
                f'Bearer realm="{realm}",service="images",scope="{scope}"',
                f"Bearer {encoded(scope)}",
            ),
        }[self.state.access]
        if expected in (None, self.headers["Authorization"]):
            return True
        self._refuse(401, "authentication required", WWW_Authenticate=challenge)
        return False

    def _fails(self) -> bool:
        self.state.sent.append(self.command)
        if self.command not in self.state.failures:
            return False
        self.respond(*self.state.failures[self.command])
        return True

    def _refuse(self, status: int, message: str, **headers: str) -> None:
        errors = [{"code": "REFUSED", "message": message}]
        self.respond(status, json.dumps({"errors": errors}).encode(), **headers)
