"""Connections: external systems that the platform team allows an app to read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from bailiwick.errors import NotSetUp

PREFIX: Final = "BAILIWICK_CONNECTION_"


@dataclass(frozen=True)
class Connection:
    """Address and credentials of an external system.

    Attributes:
        name: Name of the connection in the pack.
        host: Host name or address.
        port: TCP port.
        tls: Whether to use TLS.
        options: Additional options, for example the name of a database.
        secret: Values of its secret by key, for example ``username`` and ``password``.
    """

    name: str
    host: str
    port: int
    tls: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


class _Address(BaseModel):
    host: str
    port: int
    tls: bool = False
    options: dict[str, str] = {}


def connection(name: str) -> Connection:
    """Return a connection of this environment.

    Args:
        name: Its name in the pack, for example ``broker``.

    Raises:
        NotSetUp: The environment has no such connection, or its definition is invalid.
    """
    variable = variable_of(name)
    text = os.environ.get(variable)
    if not text:
        raise NotSetUp(
            f"the connection {name!r} is not set up in this environment; ask the platform team"
        )
    try:
        address = _Address.model_validate_json(text)
        secret = _secret(os.environ.get(f"{variable}_SECRET"))
    except (ValidationError, OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__ if isinstance(error, ValidationError) else str(error)
        raise NotSetUp(
            f"the connection {name!r} cannot be read ({reason}); ask the platform team"
        ) from None
    return Connection(name=name, secret=secret, **dict(address))


def variable_of(name: str) -> str:
    """Return the environment variable that contains a connection."""
    return PREFIX + re.sub(r"\W", "_", name).upper()


def _secret(folder: str | None) -> dict[str, str]:
    """Read a mounted Secret, one file per key; Kubernetes' own names start with a dot."""
    if not folder:
        return {}
    files = [path for path in Path(folder).iterdir() if path.is_file() and path.name[0] != "."]
    return {file.name: file.read_text(encoding="utf-8").removesuffix("\n") for file in files}
