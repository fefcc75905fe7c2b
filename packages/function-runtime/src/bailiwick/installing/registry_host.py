"""Requests to a registry (OCI distribution-spec 1.1)."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_SECONDS: Final = 120
_UNAUTHORIZED: Final = 401
_NOT_FOUND: Final = 404
_REDIRECTIONS: Final = range(300, 400)
_FULL: Final = (413, 507)
_LARGEST: Final = 4 * 1024 * 1024
_PORTS: Final = {"https": 443, "http": 80}
_FAILURES: Final = (OSError, http.client.HTTPException)


class RegistryFailed(Exception):
    """The registry did not do what was requested."""


class NotFound(RegistryFailed):
    """The registry has no such thing."""


class Redirected(RegistryFailed):
    """The content is elsewhere.

    Attributes:
        location: Its address.
    """

    def __init__(self, message: str, location: str) -> None:
        super().__init__(message)
        self.location = location


@dataclass(frozen=True)
class Response:
    """A successful response.

    Attributes:
        headers: By name in lower case.
        content: At most 4 MiB; empty if it was written to a file.
    """

    headers: Mapping[str, str]
    content: bytes = b""


class RegistryHost:
    """Sends requests to a registry, and signs in as it demands.

    Args:
        host: With port.
        credentials: Content of a ``.dockerconfigjson``; none for an open registry.
        insecure: Whether it has no TLS.
    """

    def __init__(self, host: str, credentials: Mapping[str, Any] | None, *, insecure: bool) -> None:
        self.name = host
        self.base = f"http{'' if insecure else 's'}://{host}/v2"
        entry = (credentials or {}).get("auths", {}).get(host, {})
        self._basic = _basic_of(entry)
        self._authorization = self._basic

    def request(
        self,
        method: str,
        url: str,
        content: bytes | Path | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        target: Path | None = None,
    ) -> Response:
        """Send a request.

        Args:
            method: HTTP method.
            url: Absolute address.
            content: Content, or a file with it.
            headers: Further headers.
            target: File for the content of the response.

        Raises:
            NotFound: The registry has no such thing.
            Redirected: The content is elsewhere.
            RegistryFailed: The registry is unreachable, full, or refuses the credentials.
        """
        given = {} if content is None else {"Content-Type": "application/octet-stream"}
        given |= headers or {}
        try:
            return self._send(method, url, content, given, target)
        except urllib.error.HTTPError as error:
            challenge = error.headers.get("WWW-Authenticate", "")
            is_challenge = challenge.lower().startswith("bearer ") and self._is_own(url)
            if error.code != _UNAUTHORIZED or not is_challenge:
                raise self._failure(error) from error
        self._authorization = f"Bearer {self._token(challenge)}"
        try:
            return self._send(method, url, content, given, target)
        except urllib.error.HTTPError as error:
            raise self._failure(error) from error

    def download(self, url: str, target: Path) -> None:
        """Write content of another host, which the registry named, to a file."""
        try:
            _open("GET", url, None, {}, target)
        except _FAILURES as error:
            raise RegistryFailed(
                f"The storage of the registry {self.name} did not respond: {_why(error)}"
            ) from error

    def _send(
        self,
        method: str,
        url: str,
        content: bytes | Path | None,
        headers: Mapping[str, str],
        target: Path | None,
    ) -> Response:
        own = dict(headers)
        if self._authorization and self._is_own(url):
            own["Authorization"] = self._authorization
        try:
            if isinstance(content, Path):
                own["Content-Length"] = str(content.stat().st_size)
                with content.open("rb") as file:
                    return _open(method, url, file, own, target)
            return _open(method, url, content, own, target)
        except urllib.error.HTTPError:
            raise
        except _FAILURES as error:
            raise RegistryFailed(
                f"The registry {self.name} is unreachable: {_why(error)}"
            ) from error

    def _is_own(self, url: str) -> bool:
        """Return whether an address is one of the registry, which receives the credentials."""
        return _origin_of(url) == _origin_of(self.base)

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
        raise RegistryFailed(f"The token server of the registry {self.name} {reason}")

    def _requested_token(self, challenge: str) -> str:
        fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        query = urllib.parse.urlencode(
            {name: fields[name] for name in ("service", "scope") if name in fields}
        )
        headers = {"Authorization": self._basic} if self._basic else {}
        answer = json.loads(_open("GET", f"{fields['realm']}?{query}", None, headers, None).content)
        token: str = answer.get("token") or answer["access_token"]
        return token

    def _failure(self, error: urllib.error.HTTPError) -> Exception:
        reason = _explanation(error)
        if error.code in _FULL or "no space left" in reason:
            return RegistryFailed(f"The registry {self.name} is full")
        message = f"The registry {self.name} responded {error.code}: {reason}"
        if error.code == _NOT_FOUND:
            return NotFound(message)
        if error.code in _REDIRECTIONS:
            return Redirected(message, error.headers.get("Location", ""))
        return RegistryFailed(message)


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


def _open(
    method: str,
    url: str,
    data: Any,  # noqa: ANN401
    headers: Mapping[str, str],
    target: Path | None,
) -> Response:
    if not url.startswith(("https://", "http://")):
        raise urllib.error.URLError(f"unsupported address {url}")
    request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)  # noqa: S310
    with _OPENER.open(request, timeout=_SECONDS) as response:
        found = {name.lower(): value for name, value in response.headers.items()}
        if target is None:
            return Response(found, response.read(_LARGEST))
        with target.open("wb") as file:
            shutil.copyfileobj(response, file, 1024 * 1024)
        return Response(found)


def _origin_of(url: str) -> tuple[str, str | None, int | None]:
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _basic_of(entry: Mapping[str, str]) -> str | None:
    if "auth" in entry:
        return f"Basic {entry['auth']}"
    if "username" in entry:
        both = f"{entry['username']}:{entry.get('password', '')}"
        return f"Basic {base64.b64encode(both.encode()).decode()}"
    return None
