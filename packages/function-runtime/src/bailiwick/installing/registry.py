"""Pushes and pulls images (OCI distribution-spec 1.1)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bailiwick.functions import digest_of
from bailiwick.installing.artifact import (
    MANIFEST_TYPE,
    Artifact,
    Blob,
    architecture,
    to_json,
)
from bailiwick.installing.registry_host import (
    NotFound,
    Redirected,
    RegistryFailed,
    RegistryHost,
)

INDEX_TYPE: Final = "application/vnd.oci.image.index.v1+json"
_DOCKER: Final = "application/vnd.docker.distribution.manifest"
_ACCEPTED: Final = ", ".join(
    [MANIFEST_TYPE, INDEX_TYPE, f"{_DOCKER}.v2+json", f"{_DOCKER}.list.v2+json"]
)

__all__ = ["INDEX_TYPE", "Login", "Registry", "RegistryFailed", "split_reference"]


@dataclass(frozen=True)
class Login:
    """How to reach registries.

    Attributes:
        credentials: Content of a ``.dockerconfigjson``; none for open registries.
        insecure: Hosts without TLS.
    """

    credentials: Mapping[str, Any] | None = None
    insecure: frozenset[str] = frozenset()


class Registry:
    """A repository in a registry.

    Args:
        repository: Host with port and path, such as ``registry.example:5000/bailiwick/desk``.
        login: How to reach the registry.
    """

    def __init__(self, repository: str, login: Login) -> None:
        self._repository = repository
        name, _, self._path = repository.partition("/")
        self._host = RegistryHost(name, login.credentials, insecure=name in login.insecure)
        self._base = f"{self._host.base}/{self._path}"

    def push(self, artifact: Artifact, tag: str = "") -> str:
        """Push an image; returns its reference with digest.

        Args:
            artifact: The image.
            tag: Its tag; one of the digest if empty, because registries delete what has no tag.

        Raises:
            RegistryFailed: The registry is unreachable, full, or refuses the credentials.
        """
        for blob in artifact.blobs:
            self.push_blob(blob)
        digest = artifact.digest
        self._put(tag or digest.replace(":", "-"), artifact.manifest, MANIFEST_TYPE)
        return f"{self._repository}@{digest}"

    def attach(self, artifact: Artifact, subject: str) -> None:
        """Push an artifact whose manifest has a ``subject``, so that clients find it.

        Registries without the referrers API get an index with the tag that replaces it
        (distribution-spec 1.1, Referrers Tag Schema).

        Args:
            artifact: The artifact.
            subject: Digest of the image that it describes.
        """
        for blob in artifact.blobs:
            self.push_blob(blob)
        headers = self._put(artifact.digest, artifact.manifest, MANIFEST_TYPE)
        if "oci-subject" in headers:
            return
        entry = {
            "mediaType": MANIFEST_TYPE,
            "digest": artifact.digest,
            "size": len(artifact.manifest),
            "artifactType": json.loads(artifact.manifest)["artifactType"],
        }
        tag = subject.replace(":", "-")
        attached = self._attached(tag)
        if artifact.digest in (one["digest"] for one in attached):
            return
        index = {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": [*attached, entry]}
        self._put(tag, to_json(index), INDEX_TYPE)

    def _attached(self, tag: str) -> Sequence[Mapping[str, Any]]:
        """Return what is attached already, such as signatures of other clients."""
        with contextlib.suppress(NotFound):
            return [*self._document(tag).get("manifests", [])]
        return []

    def manifest(self, version: str) -> dict[str, Any]:
        """Return the manifest of an image for this machine.

        Args:
            version: Tag or digest.

        Raises:
            RegistryFailed: There is none, or the registry sent something else.
        """
        mark = "@" if ":" in version else ":"
        name = f"The image {self._repository}{mark}{version}"
        try:
            found = self._document(version)
        except NotFound as error:
            raise NotFound(f"{name} does not exist") from error
        if "manifests" not in found:
            return found
        for one in found["manifests"]:
            platform = one.get("platform", {})
            if (platform.get("os"), platform.get("architecture")) == ("linux", architecture()):
                return self.manifest(one["digest"])
        raise RegistryFailed(f"{name} has no variant for {architecture()}")

    def _document(self, version: str) -> dict[str, Any]:
        """Return a manifest or an index of manifests."""
        place = f"{self._base}/manifests/{version}"
        content = self._host.request("GET", place, headers={"Accept": _ACCEPTED}).content
        if ":" in version and digest_of(content) != version:
            raise RegistryFailed(f"The registry {self._host.name} sent a damaged manifest")
        with contextlib.suppress(ValueError):
            found = json.loads(content)
            if isinstance(found, dict) and ("manifests" in found or "layers" in found):
                return found
        raise RegistryFailed(f"The registry {self._host.name} sent no image manifest")

    def fetch(self, digest: str, target: Path) -> Blob:
        """Write a blob to a file.

        Raises:
            RegistryFailed: The registry does not have it, or sent something else.
        """
        try:
            self._host.request("GET", self._blob(digest), target=target)
        except Redirected as elsewhere:
            place = urllib.parse.urljoin(self._blob(digest), elsewhere.location)
            self._host.download(place, target)
        with target.open("rb") as file:
            if f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" != digest:
                raise RegistryFailed(f"The registry {self._host.name} sent a damaged blob")
        return Blob(digest, target.stat().st_size, target)

    def push_blob(self, blob: Blob) -> None:
        """Upload a blob that the repository does not have."""
        if self._has(blob.digest):
            return
        begun = self._host.request("POST", f"{self._base}/blobs/uploads/", b"").headers
        if "location" not in begun:
            raise RegistryFailed(f"{self._host.name} does not respond as an OCI registry")
        place = urllib.parse.urljoin(f"{self._base}/", begun["location"])
        mark = "&" if urllib.parse.urlsplit(place).query else "?"
        self._host.request("PUT", f"{place}{mark}digest={blob.digest}", blob.content)

    def copy(self, digest: str, source: Registry, scratch: Path) -> None:
        """Copy a blob from another repository, without its content if the registry can do that.

        Args:
            digest: Digest of the blob.
            source: The other repository.
            scratch: File for the content.
        """
        if self._has(digest) or self._mount(digest, source):
            return
        self.push_blob(source.fetch(digest, scratch))
        scratch.unlink()

    def _mount(self, digest: str, source: Registry) -> bool:
        if source._host.name != self._host.name:
            return False
        query = urllib.parse.urlencode({"mount": digest, "from": source._path})
        try:
            self._host.request("POST", f"{self._base}/blobs/uploads/?{query}", b"")
        except RegistryFailed:
            # it may not allow that
            return False
        # without support, the registry began an upload
        return self._has(digest)

    def _has(self, digest: str) -> bool:
        try:
            self._host.request("HEAD", self._blob(digest))
        except NotFound:
            return False
        except Redirected:
            # to its content
            return True
        return True

    def _blob(self, digest: str) -> str:
        return f"{self._base}/blobs/{digest}"

    def _put(self, version: str, manifest: bytes, kind: str) -> Mapping[str, str]:
        place = f"{self._base}/manifests/{version}"
        headers = {"Content-Type": kind}
        return self._host.request("PUT", place, manifest, headers=headers).headers


def split_reference(reference: str) -> tuple[str, str]:
    """Return repository and version of an image reference.

    >>> split_reference("registry.example:5000/bailiwick/python:1")
    ('registry.example:5000/bailiwick/python', '1')
    >>> split_reference("registry.example/desk@sha256:3f9c")
    ('registry.example/desk', 'sha256:3f9c')
    """
    name, _, digest = reference.partition("@")
    head, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    return head + slash + last, digest or tag or "latest"
