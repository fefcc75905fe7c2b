"""Where a store keeps its files: in a folder, or in an S3 bucket."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

VARIABLE: Final = "BAILIWICK_STORE"
METADATA: Final = ".meta.json"
"""End of the names of files with metadata, after the name of the function."""


class StorageError(OSError):
    """A file cannot be read or written; the message contains the remedy."""


@dataclass(frozen=True)
class RunFiles:
    """The state of a run.

    Attributes:
        metas: Metadata of its outputs by function, not parsed.
        changed_at: Time of its last change, in UTC.
    """

    metas: Mapping[str, bytes]
    changed_at: dt.datetime


class Storage(Protocol):
    """Files of runs, and the ID of the latest run.

    A reader gets a file as a writer has written it: whole, either the old or the new one. All
    methods raise :class:`OSError`.

    Attributes:
        is_versioned: Whether each write of an output has its own file, so that its content
            and its metadata are never of different writes.
    """

    is_versioned: bool

    def latest(self) -> str | None:
        """Return the ID of the latest run; ``None`` before the first."""

    def set_latest(self, run: str) -> None:
        """Make a run the latest."""

    def read(self, run: str, name: str) -> bytes | None:
        """Return the content of a file; ``None`` if it does not exist."""

    def write(self, run: str, name: str, content: bytes) -> None:
        """Create or replace a file."""

    def delete(self, run: str, name: str) -> None:
        """Delete a file, if it exists."""

    def scan(self) -> Mapping[str, RunFiles]:
        """Return all runs."""

    def forget(self, run: str) -> None:
        """Delete a run."""

    def sweep(self, run: str, named: Collection[str]) -> None:
        """Delete what killed writers left in a run that nobody writes.

        Args:
            run: ID of the run.
            named: Names of the files that its metadata names.
        """


def storage_of(environment: Mapping[str, str] = os.environ) -> Storage:
    """Return the storage in ``BAILIWICK_STORE``: a folder, or ``s3://<bucket>/<prefix>``.

    Raises:
        ValueError: The variable is not set, or the settings of the bucket are invalid.
    """
    place = environment.get(VARIABLE)
    if not place:
        raise ValueError(f"{VARIABLE} is not set; set it to a folder or to s3://<bucket>/<prefix>")
    # imported here: apps with a bucket need no folder, and the others no client of S3
    if place.startswith("s3://"):
        from bailiwick.s3_storage import S3Storage  # noqa: PLC0415

        return S3Storage.from_environment(environment)
    from bailiwick.folder_storage import FolderStorage  # noqa: PLC0415

    return FolderStorage(Path(place))


def is_run(text: str) -> bool:
    """Whether a text is a valid ID of a run: a Kubernetes name, which cannot be a path."""
    return re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,252}", text) is not None
