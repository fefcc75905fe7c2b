"""Files of runs as objects of an S3 bucket, below the prefix of an app.

::

    runs/<run>/<function>.<time>-<digest>.parquet   a table; .json is a value
    runs/<run>/<function>.meta.json                 what is known of it; written last
    latest                                          ID of the latest run

An object is replaced as a whole, and content has another key after each write, so a reader gets an
output as it was written. A killed writer leaves content that no metadata names.

Only processes that use a bucket import this module, and with it the client, obstore.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import logging
import os
import re
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError
from obstore.store import S3Store
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from bailiwick.storage import METADATA, VARIABLE, RunFiles, StorageError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

log = logging.getLogger("bailiwick.store")

CONCURRENT_READS: Final = 8
"""Number of metadata objects that a scan reads at the same time."""

RETRIES: Final[RetryConfig] = {
    "max_retries": 6,
    "retry_timeout": dt.timedelta(seconds=15),
    "backoff": {
        "init_backoff": dt.timedelta(milliseconds=100),
        "max_backoff": dt.timedelta(seconds=2),
        "base": 2,
    },
}
"""Retries after throttling, other errors of the server, and failed connections."""

TIMEOUTS: Final[ClientConfig] = {
    "connect_timeout": dt.timedelta(seconds=3),
    "read_timeout": dt.timedelta(seconds=10),
    "timeout": dt.timedelta(minutes=2),
}


class Bucket(BaseModel):
    """Server of a bucket, from ``BAILIWICK_STORE_S3``; its JSON has names such as ``pathStyle``.

    Attributes:
        host: Host name or address.
        port: TCP port.
        tls: Whether to use TLS.
        region: Region that signatures name.
        path_style: Whether the bucket is in the path of addresses; otherwise in the host name.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    host: str
    port: int
    tls: bool = True
    region: str = "us-east-1"
    path_style: bool = True


class Credentials(BaseModel):
    """Credentials of a bucket, from the files in ``BAILIWICK_STORE_SECRET``.

    Attributes:
        access_key_id: Public part of the access key.
        secret_access_key: Secret part of the access key.
        authority: Certificates of a private authority, PEM.
    """

    access_key_id: str
    secret_access_key: str
    authority: str | None = None


class S3Storage:
    """Objects below a prefix of a bucket; see :class:`bailiwick.storage.Storage`."""

    is_versioned = True

    def __init__(self, name: str, prefix: str, bucket: Bucket, credentials: Credentials) -> None:
        """Prepare access; nothing is requested.

        Args:
            name: Name of the bucket.
            prefix: Prefix of all keys.
            bucket: Server of the bucket.
            credentials: Its access key.

        Raises:
            ValueError: The settings are invalid.
        """
        host = _host_of(bucket)
        self._place = f"bucket {name} at {host}:{bucket.port}"
        self._prefix = prefix
        domain = host if bucket.path_style else f"{name}.{host}"
        client: ClientConfig = {**TIMEOUTS, "allow_http": not bucket.tls}
        if credentials.authority:
            client["root_certificate"] = credentials.authority
        try:
            self._store = S3Store(
                name,
                prefix=prefix,
                config={
                    "endpoint": f"{'https' if bucket.tls else 'http'}://{domain}:{bucket.port}",
                    "region": bucket.region,
                    "virtual_hosted_style_request": not bucket.path_style,
                    "access_key_id": credentials.access_key_id,
                    "secret_access_key": credentials.secret_access_key,
                    # not all servers can delete several objects in one request
                    "disable_bulk_delete": True,
                },
                client_options=client,
                retry_config=RETRIES,
            )
        except (BaseError, ValueError):
            raise ValueError(
                f"the settings of the {self._place} are invalid; correct the host of the "
                "connection, or the PEM certificates in ca.crt of its Secret"
            ) from None
        self._known: Mapping[tuple[str, str], bytes] = {}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the bucket in ``BAILIWICK_STORE`` and the variables with this prefix.

        Raises:
            ValueError: A variable or a key of the Secret is missing or invalid.
        """
        found = re.fullmatch(r"s3://([^/]+)/(.+)", environment.get(VARIABLE, ""))
        if not found:
            raise ValueError(f"{VARIABLE} must be s3://<bucket>/<prefix>")
        try:
            bucket = Bucket.model_validate_json(environment.get(f"{VARIABLE}_S3", ""))
            credentials = _credentials(Path(environment.get(f"{VARIABLE}_SECRET", "")))
        except (ValidationError, OSError, UnicodeDecodeError) as error:
            reason = type(error).__name__ if isinstance(error, ValidationError) else str(error)
            raise ValueError(
                f"the connection of the results cannot be read ({reason}); its Secret must have "
                "the keys accessKeyId and secretAccessKey; ask the platform team"
            ) from None
        return cls(found[1], found[2], bucket, credentials)

    def latest(self) -> str | None:
        """Return the ID of the latest run; ``None`` before the first."""
        content = self._get("latest")
        return content.decode().strip() or None if content else None

    def set_latest(self, run: str) -> None:
        """Make a run the latest."""
        self._put("latest", run.encode())

    def read(self, run: str, name: str) -> bytes | None:
        """Return the content of an object; ``None`` if it does not exist."""
        return self._get(f"runs/{run}/{name}")

    def write(self, run: str, name: str, content: bytes) -> None:
        """Create or replace an object."""
        self._put(f"runs/{run}/{name}", content)

    def delete(self, run: str, name: str) -> None:
        """Delete an object, if it exists."""
        self._delete(f"runs/{run}/{name}")

    def scan(self) -> Mapping[str, RunFiles]:
        """Return all runs: one list, and requests for the metadata that has changed."""
        listed = list(self._list("runs"))
        metas = {path: version for path, version, _ in listed if path.endswith(METADATA)}
        known = {key: text for key in metas.items() if (text := self._known.get(key))}
        unknown = [path for path, version in metas.items() if (path, version) not in known]
        with ThreadPoolExecutor(CONCURRENT_READS) as pool:
            read = zip(unknown, pool.map(self._get, unknown), strict=True)
            # another process can remove a run meanwhile
            known |= {(path, metas[path]): text for path, text in read if text is not None}
        self._known = known
        texts = {path: text for (path, _), text in known.items()}
        runs: dict[str, RunFiles] = {}
        for path, _, changed_at in listed:
            _, run, name = path.split("/", 2)
            before = runs.get(run, RunFiles({}, changed_at))
            added = {name.removesuffix(METADATA): texts[path]} if path in texts else {}
            newest = max(before.changed_at, changed_at)
            runs[run] = RunFiles({**before.metas, **added}, newest)
        return runs

    def forget(self, run: str) -> None:
        """Delete a run: the metadata first, so that no reader finds a part of it."""
        paths = [path for path, _, _ in self._list(f"runs/{run}")]
        for path in sorted(paths, key=lambda path: not path.endswith(METADATA)):
            self._delete(path)

    def sweep(self, run: str, named: Collection[str]) -> None:
        """Delete content that no metadata names from a run that nobody writes."""
        for path, _, _ in self._list(f"runs/{run}"):
            name = path.rsplit("/", 1)[-1]
            if not name.endswith(METADATA) and name not in named:
                self._delete(path)

    def _get(self, path: str) -> bytes | None:
        with self._explained():
            try:
                return bytes(obstore.get(self._store, path).bytes())
            except (FileNotFoundError, PermissionDeniedError) as error:
                if _is_missing(error) or (_code_of(error) == "AccessDenied" and self._lacks(path)):
                    return None
                raise

    def _lacks(self, path: str) -> bool:
        """Whether an object is not listed.

        Amazon S3 denies access to a missing object if the key may list only a prefix.
        Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
        """
        folder = path.rpartition("/")[0]
        listed = obstore.list_with_delimiter(self._store, folder or None)
        return path not in {found["path"] for found in listed["objects"]}

    def _put(self, path: str, content: bytes) -> None:
        with self._explained():
            # in one request: parts of a killed upload would stay without being listed
            obstore.put(self._store, path, content, use_multipart=False)

    def _delete(self, path: str) -> None:
        with self._explained():
            try:
                obstore.delete(self._store, path)
            except FileNotFoundError as error:
                if not _is_missing(error):
                    raise

    def _list(self, folder: str) -> Iterator[tuple[str, str, dt.datetime]]:
        """Yield path, version and time of change of the objects of runs in a folder.

        Consoles and copy tools create markers of folders, which are objects such as ``runs/r1/``.
        """
        with self._explained():
            for page in obstore.list(self._store, folder):
                for found in page:
                    if re.fullmatch("runs/[^/]+/.+", found["path"]):
                        yield found["path"], found["e_tag"] or "", found["last_modified"]

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn errors of the client into :class:`StorageError`.

        The client's messages contain requests and signatures, so only the code is kept.
        """
        try:
            yield
        except BaseException as error:
            # the client panics at some invalid hosts, with a class that cannot be imported
            is_panic = type(error).__name__ == "PanicException"
            if not (is_panic or isinstance(error, (BaseError, FileNotFoundError))):
                raise
            reason = self._reason(error)
            log.warning("%s", reason)
            raise StorageError(reason) from None

    def _reason(self, error: BaseException) -> str:
        code, status = _code_of(error), _status_of(error)
        if code == "NoSuchBucket":
            return f"the {self._place} does not exist; create it, or correct the connection"
        if status in (401, 403) or code in ("InvalidAccessKeyId", "XAdminUserNotFound"):
            return (
                f"the {self._place} refused the access key ({code or status}); correct the Secret "
                "of the connection, or allow the key to list, read, write and delete objects "
                f"below {self._prefix}/"
            )
        if status:
            return (
                f"the {self._place} responded with an error ({status} {code}); "
                "retry later, or see the log of the server"
            )
        if "InvalidCertificate" in str(error):
            return (
                f"the certificate of the {self._place} is not trusted; add the certificate of "
                "its authority to the Secret of the connection as ca.crt"
            )
        return (
            f"the {self._place} is unreachable; check that the server runs, and the host, port, "
            "TLS and egress of the connection"
        )


def _host_of(bucket: Bucket) -> str:
    """Return the host as in addresses: IPv6 in brackets."""
    try:
        address = ipaddress.ip_address(bucket.host)
    except ValueError:
        if ":" in bucket.host:
            raise ValueError(
                f"the host {bucket.host} of the bucket must be a host name or an IP address "
                "without a port; correct the connection"
            ) from None
        return bucket.host
    if not bucket.path_style:
        raise ValueError(
            f"the host {bucket.host} of the bucket is an address; set pathStyle of the connection "
            "to true"
        )
    return f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004


def _credentials(folder: Path) -> Credentials:
    """Read a mounted Secret, one file per key."""

    def value(key: str) -> str:
        return (folder / key).read_text(encoding="utf-8").strip()

    def checked(key: str) -> str:
        if not re.fullmatch("[!-~]+", text := value(key)):
            raise ValueError(
                f"{key} in the Secret of the connection must be printable ASCII without spaces; "
                "correct the Secret"
            )
        return text

    return Credentials(
        access_key_id=checked("accessKeyId"),
        secret_access_key=checked("secretAccessKey"),
        authority=value("ca.crt") if (folder / "ca.crt").is_file() else None,
    )


def _is_missing(error: Exception) -> bool:
    """Whether an object does not exist; servers respond 404 to an unknown bucket or key, too."""
    return isinstance(error, FileNotFoundError) and _code_of(error) in ("NoSuchKey", "")


def _code_of(error: BaseException) -> str:
    """Return the code of an error response, such as ``NoSuchKey``; empty if there is none.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    """
    found = re.search(r"<Code>(\w+)</Code>", str(error))
    return found[1] if found else ""


def _status_of(error: BaseException) -> int:
    """Return the HTTP status of an error response; 0 without a response."""
    found = re.search(r"status code: (\d{3})", str(error))
    return int(found[1]) if found else 0
