"""A real MQTT broker for tests: Mosquitto, in a folder of its own and on a port of its own."""

import os
import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt import publish

from tests.servers import free_port, wait_for

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
MOSQUITTO = shutil.which("mosquitto", path=PLACES)
PASSWORDS = shutil.which("mosquitto_passwd", path=PLACES)
OPENSSL = shutil.which("openssl")

needs_mosquitto = pytest.mark.skipif(
    not MOSQUITTO, reason="there is no mosquitto; install the Debian package"
)


class Mosquitto:
    """A broker that keeps sessions over a restart; it knows one user when it has a password."""

    def __init__(self, folder: Path, *, password: str | None = None, has_tls: bool = False) -> None:
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        self.password, self.authority = password, folder / "ca.crt" if has_tls else None
        # as root it would become a user who may not write here
        lines = [
            f"listener {self.port} 127.0.0.1",
            "user root",
            "persistence true",
            f"persistence_location {folder}/",
            f"allow_anonymous {'false' if password else 'true'}",
        ]
        if password:
            _run(PASSWORDS, "-b", "-c", str(folder / "passwords"), "plant", password)
            lines.append(f"password_file {folder / 'passwords'}")
        if self.authority:
            _make_certificate(self.authority, folder / "key")
            lines += [f"certfile {self.authority}", f"keyfile {folder / 'key'}"]
        (folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")
        self.start()

    def start(self) -> None:
        assert MOSQUITTO
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [MOSQUITTO, "-c", str(self.folder / "mosquitto.conf")], stdout=log, stderr=log
            )
        wait_for(self._answers, "the broker listens")

    def stop(self) -> None:
        """End the broker as a pod's end does; what is queued is on disk."""
        self._process.terminate()
        self._process.wait(timeout=20)

    def publish(self, *messages: tuple[str, str | bytes]) -> None:
        """Publish messages, and wait until the broker has each of them."""
        tls: Any = ssl.create_default_context(cafile=self.authority) if self.authority else None
        publish.multiple(
            [(topic, payload, 1, False) for topic, payload in messages],
            hostname="127.0.0.1",
            port=self.port,
            auth={"username": "plant", "password": self.password} if self.password else None,
            tls=tls,
        )

    def _answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


def _make_certificate(file: Path, key: Path) -> None:
    _run(
        OPENSSL,
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=plant"),
        *("-addext", "subjectAltName=IP:127.0.0.1", "-out", str(file), "-keyout", str(key)),
    )


def _run(program: str | None, *arguments: str) -> None:
    assert program
    subprocess.run([program, *arguments], check=True, capture_output=True)  # noqa: S603
