"""A real S3 server for tests: Versity S3 Gateway, over a folder and on a port of its own."""

import hashlib
import json
import os
import secrets
import socket
import subprocess
from pathlib import Path

import pytest

from tests.servers import free_port, wait_for

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def program() -> Path:
    """Return the server that the test run provides, or the newest in its cache."""
    if given := os.environ.get("BAILIWICK_S3_SERVER"):
        return Path(given)
    cached = sorted((CACHE / "bailiwick/bin").glob("s3-*/versitygw"), key=os.path.getmtime)
    if not cached:
        pytest.fail("there is no S3 server; `npm test -- unit test_store` builds it")
    return cached[-1]


class S3Server:
    """A server with the bucket ``results``, whose objects are files in ``folder``."""

    def __init__(self, folder: Path, *options: str, host: str = "127.0.0.1") -> None:
        self.folder, self.host, self.port = folder / "buckets", host, free_port()
        self.secret = folder / "secret"
        self.objects = self.folder / "results"
        self.objects.mkdir(parents=True)
        self.secret.mkdir()
        self.key = {"accessKeyId": "tests", "secretAccessKey": secrets.token_hex(16)}
        for name, value in self.key.items():
            (self.secret / name).write_text(f"{value}\n")
        self._options = options
        self._log = folder / "server.log"
        self.start()

    def start(self) -> None:
        environment = {
            "ROOT_ACCESS_KEY": self.key["accessKeyId"],
            "ROOT_SECRET_KEY": self.key["secretAccessKey"],
        }
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = ("--port", f"{host}:{self.port}")
        with self._log.open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [program(), *port, "--quiet", *self._options, "posix", self.folder],
                env=environment,
                stdout=log,
                stderr=log,
            )
        wait_for(self._answers, "the S3 server listens")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def add_user(self, name: str, policy: dict[str, object]) -> Path:
        """Create a user with a policy of the bucket; return a folder with their secret.

        The server must have been started with a folder of users.
        """
        folder = self.secret.with_name(name)
        folder.mkdir()
        key = {"accessKeyId": name, "secretAccessKey": secrets.token_hex(16)}
        for file, value in key.items():
            (folder / file).write_text(value)
        root = (self.key["accessKeyId"], self.key["secretAccessKey"])
        address = f"http://127.0.0.1:{self.port}"
        _run(
            *(str(program()), "admin", "--allow-insecure", "-a", root[0], "-s", root[1]),
            *("-er", address, "create-user", "-a", name, "-s", key["secretAccessKey"]),
            *("-r", "user"),
        )
        self.put("?policy=", json.dumps(policy))
        return folder

    def put(self, path: str, text: str) -> None:
        """Put a text to a path of the bucket, which can end with a slash."""
        _run(
            *("curl", "--fail", "--silent", "--aws-sigv4", "aws:amz:us-east-1:s3"),
            *("--user", ":".join(self.key.values()), "--request", "PUT", "--data-binary", text),
            *("--header", f"x-amz-content-sha256: {hashlib.sha256(text.encode()).hexdigest()}"),
            f"http://{self.host}:{self.port}/results{path}",
        )

    def environment(
        self, prefix: str, *, bucket: str = "results", **server: object
    ) -> dict[str, str]:
        """Return the environment of a process whose results are below a prefix."""
        address = {"host": self.host, "port": self.port, "tls": False, **server}
        return {
            "BAILIWICK_STORE": f"s3://{bucket}/{prefix}",
            "BAILIWICK_STORE_S3": json.dumps(address),
            "BAILIWICK_STORE_SECRET": str(self.secret),
        }

    def _answers(self) -> bool:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as client:
            return client.connect_ex((self.host, self.port)) == 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def make_certificates(folder: Path) -> tuple[Path, Path, Path]:
    """Create an authority and a certificate of a server on loopback; return them and its key."""
    authority, certificate, key = (folder / name for name in ("ca.crt", "tls.crt", "tls.key"))
    names = folder / "names"
    names.write_text("subjectAltName=IP:127.0.0.1\n")
    new = ("-newkey", "rsa:2048", "-nodes", "-days", "2")
    signed = ("-CA", authority, "-CAkey", folder / "ca.key", "-days", "2", "-extfile", names)
    for command in (
        ("req", "-x509", *new, "-subj", "/CN=authority", "-out", authority, "-keyout", "ca.key"),
        ("req", *new[:3], "-subj", "/CN=server", "-out", "request", "-keyout", key),
        ("x509", "-req", "-in", "request", *signed, "-out", certificate),
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607
    return authority, certificate, key
