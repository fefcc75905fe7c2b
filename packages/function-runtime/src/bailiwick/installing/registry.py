"""Pushes images to a registry (OCI distribution-spec 1.1)."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bailiwick.installing.artifact import MANIFEST_TYPE, Artifact, Blob

_SECONDS: Final = 120
_UNAUTHORIZED: Final = 401
_NOT_FOUND: Final = 404
_REDIRECTIONS: Final = range(300, 400)
_FULL: Final = (413, 507)
_FAILURES: Final = (OSError, http.client.HTTPException)


class RegistryFailed(Exception):
    """The registry did not accept an image."""


class Registry:
    """A repository in a registry.

    Args:
        repository: Host with port and path, such as ``registry.example:5000/bailiwick/desk``.
        credentials: Content of a ``.dockerconfigjson``; none for an open registry.
        insecure: Whether it has no TLS.
    """

    def __init__(
        self, repository: str, credentials: Mapping[str, Any] | None = None, *, insecure: bool
    ) -> None:
        self._repository = repository
        self._host, _, path = repository.partition("/")
        self._base = f"http{'' if insecure else 's'}://{self._host}/v2/{path}"
        entry = (credentials or {}).get("auths", {}).get(self._host, {})
        self._basic = _basic_of(entry)
        self._authorization = self._basic

    def push(self, artifact: Artifact) -> str:
        """Push an image; returns its reference with digest.

        Raises:
            RegistryFailed: The registry is unreachable, full, or refuses the credentials.
        """
        for blob in artifact.blobs:
            self._push_blob(blob)
        digest = artifact.digest
        # registries delete what has no tag
        tag = digest.replace(":", "-")
        self._request("PUT", f"{self._base}/manifests/{tag}", artifact.manifest, kind=MANIFEST_TYPE)
        return f"{self._repository}@{digest}"

    def _push_blob(self, blob: Blob) -> None:
        if self._exists(blob.digest):
            return
        begun = self._request("POST", f"{self._base}/blobs/uploads/", b"")
        if "location" not in begun:
            raise RegistryFailed(f"{self._host} does not respond as an OCI registry")
        place = urllib.parse.urljoin(f"{self._base}/", begun["location"])
        mark = "&" if urllib.parse.urlsplit(place).query else "?"
        self._request("PUT", f"{place}{mark}digest={blob.digest}", blob.content)

    def _exists(self, digest: str) -> bool:
        try:
            self._request("HEAD", f"{self._base}/blobs/{digest}")
        except _NotFound:
            return False
        except _Redirected:
            # to its content
            return True
        return True

    def _request(
        self,
        method: str,
        url: str,
        content: bytes | Path | None = None,
        kind: str = "application/octet-stream",
    ) -> dict[str, str]:
        try:
            return self._send(method, url, content, kind)
        except urllib.error.HTTPError as error:
            challenge = error.headers.get("WWW-Authenticate", "")
            if error.code != _UNAUTHORIZED or not challenge.lower().startswith("bearer "):
                raise self._failure(error) from error
        self._authorization = f"Bearer {self._token(challenge)}"
        try:
            return self._send(method, url, content, kind)
        except urllib.error.HTTPError as error:
            raise self._failure(error) from error

    def _send(
        self, method: str, url: str, content: bytes | Path | None, kind: str
    ) -> dict[str, str]:
        headers = {"Content-Type": kind} if content is not None else {}
        if self._authorization:
            headers["Authorization"] = self._authorization
        try:
            if isinstance(content, Path):
                headers["Content-Length"] = str(content.stat().st_size)
                with content.open("rb") as file:
                    return _open(method, url, file, headers)
            return _open(method, url, content, headers)
        except urllib.error.HTTPError:
            raise
        except _FAILURES as error:
            raise RegistryFailed(
                f"The registry {self._host} is unreachable: {_why(error)}"
            ) from error

    def _token(self, challenge: str) -> str:
        """Request a token as the challenge says (RFC 6750, and the registry's token protocol)."""
        try:
            return self._requested_token(challenge)
        except urllib.error.HTTPError as error:
            reason = f"responded {error.code}: {_explanation(error)}"
        except _FAILURES as error:
            reason = f"is unreachable: {_why(error)}"
        except (ValueError, LookupError, AttributeError):
            reason = "sent no token"
        raise RegistryFailed(f"The token server of the registry {self._host} {reason}")

    def _requested_token(self, challenge: str) -> str:
        fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        query = urllib.parse.urlencode(
            {name: fields[name] for name in ("service", "scope") if name in fields}
        )
        headers = {"Authorization": self._basic} if self._basic else {}
        request = urllib.request.Request(f"{fields['realm']}?{query}", headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            answer = json.load(response)
        token: str = answer.get("token") or answer["access_token"]
        return token

    def _failure(self, error: urllib.error.HTTPError) -> Exception:
        reason = _explanation(error)
        if error.code in _FULL or "no space left" in reason:
            return RegistryFailed(f"The registry {self._host} is full")
        kind = RegistryFailed
        if error.code == _NOT_FOUND:
            kind = _NotFound
        elif error.code in _REDIRECTIONS:
            kind = _Redirected
        return kind(f"The registry {self._host} responded {error.code}: {reason}")


class _NotFound(RegistryFailed):
    pass


class _Redirected(RegistryFailed):
    pass


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    """Refuses redirections, which would send the credentials to another host."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirection)


def _explanation(error: urllib.error.HTTPError) -> str:
    """Return the messages of an error response, as the distribution-spec says, or its text."""
    text = error.read(2000).decode(errors="replace").strip()
    with contextlib.suppress(ValueError, LookupError, TypeError):
        return "; ".join(str(one["message"]) for one in json.loads(text)["errors"])
    return error.reason if not text or text.startswith("<") else text[:500]


def _why(error: Exception) -> str:
    return str(getattr(error, "reason", error)).strip()


def _open(method: str, url: str, data: Any, headers: Mapping[str, str]) -> dict[str, str]:  # noqa: ANN401
    request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)  # noqa: S310
    with _OPENER.open(request, timeout=_SECONDS) as response:
        return {name.lower(): value for name, value in response.headers.items()}


def _basic_of(entry: Mapping[str, str]) -> str | None:
    if "auth" in entry:
        return f"Basic {entry['auth']}"
    if "username" in entry:
        both = f"{entry['username']}:{entry.get('password', '')}"
        return f"Basic {base64.b64encode(both.encode()).decode()}"
    return None
