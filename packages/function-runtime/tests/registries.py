"""A registry for images in memory (OCI distribution-spec 1.1), for tests."""

import base64
import gzip
import hashlib
import io
import json
import re
import tarfile
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.indexes import Handler, listening

LOGIN = "builder:secret"
INDEX = "application/vnd.oci.image.index.v1+json"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@dataclass
class Repository:
    """Blobs and manifests by digest, and digests by tag."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[str, bytes] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def add(self, content: bytes) -> dict[str, Any]:
        """Add a blob; returns its descriptor without media type."""
        self.blobs[digest_of(content)] = content
        return {"digest": digest_of(content), "size": len(content)}

    def add_manifest(self, document: dict[str, Any], tag: str = "") -> str:
        """Add a manifest; returns its digest."""
        content = json.dumps(document).encode()
        self.manifests[digest_of(content)] = content
        if tag:
            self.tags[tag] = digest_of(content)
        return digest_of(content)

    def find(self, version: str) -> dict[str, Any]:
        """Return the manifest with a tag or digest."""
        found: dict[str, Any] = json.loads(self.manifests[self.tags.get(version, version)])
        return found

    def read(self, descriptor: Mapping[str, Any]) -> bytes:
        """Return a blob with its size."""
        content = self.blobs[descriptor["digest"]]
        assert len(content) == descriptor["size"]
        return content


@dataclass
class ImageRegistry:
    """Accepts blobs that have their digest, and manifests whose blobs exist.

    Attributes:
        access: ``open``, ``Basic``, or ``Bearer`` for tokens, each for one scope.
        failures: Status codes and bodies of the responses to all allowed requests, by method.
        tokens: URL of the token server; by default the registry itself.
        storage: URL that has the content of all blobs; by default the registry itself.
        mounting: Status code of the responses to requests for mounts; 202 begins an upload.
        has_referrers: Whether it has the referrers API.
        address: Host and port.
        sent: Methods of the allowed requests.
        uploaded: Digests of the uploaded blobs.
    """

    access: str = "open"
    failures: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    tokens: str = ""
    storage: str = ""
    mounting: int = 201
    has_referrers: bool = False
    address: str = ""
    repositories: defaultdict[str, Repository] = field(
        default_factory=lambda: defaultdict(Repository)
    )
    uploads: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    uploaded: list[str] = field(default_factory=list)

    def __getitem__(self, repository: str) -> Repository:
        return self.repositories[repository]

    @contextmanager
    def serving(self) -> Iterator[None]:
        registry = self

        class Api(_Api):
            state = registry

        with listening(Api) as self.address:
            yield

    def files_of(self, reference: str) -> dict[str, bytes]:
        """Return the files of an image with one layer, after a check of its structure."""
        [files] = self.layers_of(reference)
        return files

    def layers_of(self, reference: str, start: int = 0) -> list[dict[str, bytes]]:
        """Return the files of the layers of an image, after a check of its structure.

        Args:
            reference: Reference with digest.
            start: Number of layers that are only checked for their digests.
        """
        path, _, digest = reference.partition("@")
        repository = self[path.partition("/")[2]]
        manifest = repository.find(digest)
        packed = [repository.read(one) for one in manifest["layers"]]
        archives = [
            gzip.decompress(content) if one["mediaType"].endswith("gzip") else content
            for one, content in zip(manifest["layers"], packed, strict=True)
        ]
        # the time in the header
        assert {one[4:8] for one in packed[start:]} == {bytes(4)}
        config = json.loads(repository.read(manifest["config"]))
        assert config["rootfs"]["diff_ids"] == [digest_of(one) for one in archives]
        return [_files_in(one) for one in archives[start:]]


def _files_in(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = tar.getmembers()
        assert {(one.uid, one.gid, one.mtime) for one in members} == {(0, 0, 0)}
        files = [one for one in members if one.isfile()]
        assert {one.mode for one in files} == {0o644}
        return {one.name: tar.extractfile(one).read() for one in files}  # type: ignore[union-attr]


class _Api(Handler):
    state: ImageRegistry

    @property
    def repository(self) -> Repository:
        return self.state[self.path.split("/")[2]]

    @property
    def version(self) -> str:
        """Last part of the path."""
        return urlsplit(self.path).path.rpartition("/")[2]

    def answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/token?"):
            self._give_token()
        elif self._is_allowed() and not self._fails():
            is_blob = "/blobs/" in self.path
            if self.command == "HEAD":
                self.respond(200 if self.version in self.repository.blobs else 404)
            elif self.command == "GET":
                (self._get_blob if is_blob else self._get_manifest)()
            elif self.command == "POST":
                self._begin()
            else:
                (self._put_blob if is_blob else self._put_manifest)(content)

    def _give_token(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if self.headers["Authorization"] != f"Basic {encoded(LOGIN)}":
            self._refuse(401, "incorrect username or password")
        elif query["service"] != ["images"]:
            self._refuse(400, "unknown service")
        else:
            self.respond(200, json.dumps({"token": encoded(query["scope"][0])}).encode())

    def _get_blob(self) -> None:
        if self.state.storage:
            self.respond(307, Location=f"{self.state.storage}/{self.version}")
        elif self.version in self.repository.blobs:
            self.respond(200, self.repository.blobs[self.version])
        else:
            self._refuse(404, "blob unknown to registry")

    def _get_manifest(self) -> None:
        digest = self.repository.tags.get(self.version, self.version)
        content = self.repository.manifests.get(digest, b"{}")
        kind = json.loads(content).get("mediaType", INDEX)
        if content == b"{}" or kind not in self.headers["Accept"].split(", "):
            self._refuse(404, "manifest unknown")
        else:
            self.respond(200, content, Content_Type=kind)

    def _begin(self) -> None:
        place = urlsplit(self.path)
        query = parse_qs(place.query)
        if "mount" in query and self.state.mounting != 202:
            [digest], [source] = query["mount"], query["from"]
            if self.state.mounting == 201:
                self.repository.blobs[digest] = self.state[source].blobs[digest]
            self.respond(self.state.mounting)
            return
        upload = uuid.uuid4().hex
        self.state.uploads.add(upload)
        self.respond(202, Location=f"{place.path}{upload}?state=new")

    def _put_blob(self, content: bytes) -> None:
        digest = digest_of(content)
        self.state.uploads.remove(self.version)
        if parse_qs(urlsplit(self.path).query) != {"state": ["new"], "digest": [digest]}:
            self._refuse(400, "provided digest did not match uploaded content")
            return
        self.repository.blobs[digest] = content
        self.state.uploaded.append(digest)
        self.respond(201)

    def _put_manifest(self, content: bytes) -> None:
        manifest = json.loads(content)
        repository, digest = self.repository, digest_of(content)
        parts = [manifest["config"], *manifest["layers"]] if "config" in manifest else []
        needed = {one["digest"] for one in (*parts, *manifest.get("manifests", []))}
        is_named = re.fullmatch(r"\w[\w.-]{0,127}", self.version) or self.version == digest
        if not is_named or self.headers["Content-Type"] != manifest["mediaType"]:
            self._refuse(400, "manifest invalid")
        elif not needed <= repository.blobs.keys() | repository.manifests.keys():
            self._refuse(400, "blob unknown to registry")
        else:
            repository.manifests[digest] = content
            if self.version != digest:
                repository.tags[self.version] = digest
            subject = manifest.get("subject") if self.state.has_referrers else None
            self.respond(201, **({"OCI_Subject": subject["digest"]} if subject else {}))

    def _is_allowed(self) -> bool:
        """Check the credentials; otherwise respond."""
        action = "pull" if self.command in ("GET", "HEAD") else "pull,push"
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
