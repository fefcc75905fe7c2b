"""Files of runs in a folder.

::

    runs/<run>/<function>.parquet    a table
    runs/<run>/<function>.json       a value, byte for byte the answer of a call
    runs/<run>/<function>.meta.json  its metadata; written last, when the output is complete
    latest                           ID of the latest run

Writers and readers are different processes. A file exists with all its content or not at all, also
when its writer is killed or the machine stops.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from bailiwick.storage import METADATA, RunFiles

MISSING: Final = (FileNotFoundError, NotADirectoryError)


class FolderStorage:
    """A folder, such as the volume of an app; see :class:`bailiwick.storage.Storage`."""

    is_versioned = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self) -> str | None:
        """Return the ID of the latest run; ``None`` before the first."""
        try:
            return (self.folder / "latest").read_text(encoding="utf-8").strip() or None
        except MISSING:
            return None

    def set_latest(self, run: str) -> None:
        """Make a run the latest."""
        write_atomically(self.folder / "latest", run.encode(), self._run(run))

    def read(self, run: str, name: str) -> bytes | None:
        """Return the content of a file; ``None`` if it does not exist."""
        try:
            return (self._run(run) / name).read_bytes()
        except MISSING:
            return None

    def write(self, run: str, name: str, content: bytes) -> None:
        """Create or replace a file."""
        folder = self._run(run)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / name, content, folder)

    def delete(self, run: str, name: str) -> None:
        """Delete a file, if it exists."""
        (self._run(run) / name).unlink(missing_ok=True)

    def scan(self) -> Mapping[str, RunFiles]:
        """Return all runs."""
        return dict(self._runs())

    def forget(self, run: str) -> None:
        """Delete a run."""
        shutil.rmtree(self._run(run), ignore_errors=True)

    def sweep(self, run: str, named: Collection[str]) -> None:  # noqa: ARG002
        """Delete what killed writers left in a run that nobody writes."""
        for file in self._run(run).glob(".*.tmp"):
            file.unlink(missing_ok=True)

    def _run(self, run: str) -> Path:
        return self.folder / "runs" / run

    def _runs(self) -> Iterator[tuple[str, RunFiles]]:
        with contextlib.suppress(*MISSING):
            for folder in (self.folder / "runs").iterdir():
                # another process can remove the run meanwhile
                with contextlib.suppress(*MISSING):
                    changed = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
                    yield folder.name, RunFiles(_metas_in(folder), changed)


def _metas_in(folder: Path) -> dict[str, bytes]:
    return {
        file.name.removesuffix(METADATA): file.read_bytes() for file in folder.glob(f"*{METADATA}")
    }


def write_atomically(file: Path, content: bytes, folder: Path, mode: int = 0o644) -> None:
    """Replace a file atomically: readers see either the old or the new content.

    Args:
        file: The file.
        content: Its new content.
        folder: Folder for the temporary file, on the same file system; removed with the run.
        mode: Permissions of the file.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        # other than mkstemp's own mode: the pods that read may run as another user
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    place = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
