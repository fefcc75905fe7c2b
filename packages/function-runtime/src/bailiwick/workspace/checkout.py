"""The checkout of an app's code, and the commit that it is based on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from bailiwick.folder_storage import write_atomically
from bailiwick.workspace.errors import WorkspaceFailed

MAX_FILE_BYTES: Final = 1024 * 1024
MAX_CHANGES: Final = 200
"""Most files of a publication."""
MAX_BYTES: Final = 16 * MAX_FILE_BYTES
"""Most bytes of all files of a publication."""
MAX_LISTED: Final = 1_000
"""Most changed files in the state of a workspace."""

_BASE: Final = PurePosixPath(".bailiwick/base.json")
_NO_CODE: Final = "The workspace has no code yet"


@dataclass(frozen=True)
class Base:
    """The commit of a checkout.

    Attributes:
        commit: Its SHA-1 or SHA-256.
        files: SHA-256 of each text file, by path.
    """

    commit: str
    files: Mapping[str, str]


class Checkout:
    """The folder with the code of an app, below the folder of the workspace.

    Hidden files and ``__pycache__`` are not part of the code.

    Args:
        folder: Folder of the workspace.
        app: Name of the app.

    Attributes:
        root: Folder of the code.
    """

    def __init__(self, folder: Path, app: str) -> None:
        self.root = folder / app
        self._file = folder / _BASE
        self._lock = threading.Lock()
        self._hashes: dict[str, tuple[tuple[int, int], str]] = {}

    @property
    def base(self) -> Base | None:
        """The commit that the code is based on; ``None`` before the first checkout."""
        try:
            stored = json.loads(self._file.read_bytes())
            return Base(stored["commit"], dict(stored["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def create(self, commit: str, files: Mapping[str, str]) -> None:
        """Write the first code. Files that exist are kept; they are changes of the person.

        Raises:
            WorkspaceFailed: There is a checkout, or a path cannot be a file of the folder.
        """
        with self._lock:
            if self.base:
                raise WorkspaceFailed("The workspace has a checkout; use a pull", status=409)
            for path in files:
                self._place(path)
            for path, text in files.items():
                if self._hash(path) is None:
                    self._write(path, text)
            self._keep(Base(commit, {path: _hash(text) for path, text in files.items()}))

    def changed(self) -> list[str]:
        """Return the paths of files that were added, changed or deleted."""
        base = self.base
        files = base.files if base else {}
        present = dict.fromkeys(self._paths())
        missing = (path for path in files if is_code(path) and path not in present)
        changed = [path for path in present if path not in files or self._hash(path) != files[path]]
        return sorted([*changed, *missing])

    def changes(self) -> dict[str, str | None]:
        """Return the text of each changed file, and ``None`` for a deleted one.

        Raises:
            WorkspaceFailed: There is no code yet, or a file cannot be published.
        """
        if self.base is None:
            raise WorkspaceFailed(_NO_CODE, "Open the workspace in the portal.", 409)
        changed = self.changed()
        if len(changed) > MAX_CHANGES:
            raise WorkspaceFailed(
                f"{len(changed)} files changed; at most {MAX_CHANGES} can be published at a time",
                f"Move files that are not code out of {self.root.name}/.",
            )
        texts = {path: self._text(path) for path in changed}
        size = sum(len(text.encode()) for text in texts.values() if text is not None)
        if size > MAX_BYTES:
            raise WorkspaceFailed(
                f"The changed files have {size} bytes; at most {MAX_BYTES} are allowed",
                f"Move files that are not code out of {self.root.name}/.",
            )
        return texts

    def published(self, commit: str, changes: Mapping[str, str | None]) -> None:
        """Note that changes are in a commit, which is the new base."""
        with self._lock:
            files = dict(self.base.files) if self.base else {}
            for path, text in changes.items():
                if text is None:
                    files.pop(path, None)
                else:
                    files[path] = _hash(text)
            self._keep(Base(commit, files))

    def pull(self, commit: str, files: Mapping[str, str]) -> list[str]:
        """Take the files of a commit; files that only the person changed are kept.

        Returns:
            The paths that were written or deleted.

        Raises:
            WorkspaceFailed: A file was changed both here and in the commit; nothing was written.
        """
        with self._lock:
            base = self.base
            before = base.files if base else {}
            there = {path: _hash(text) for path, text in files.items()}
            conflicts: list[str] = []
            taken: list[str] = []
            for path in sorted({*before, *there}):
                self._place(path)
                here, known, new = self._hash(path), before.get(path), there.get(path)
                if new in (here, known):
                    continue
                # a file that was deleted here can be written without loss
                (taken if here in (known, None) else conflicts).append(path)
            if conflicts:
                raise WorkspaceFailed(
                    f"Changed both here and in the app's repository: {', '.join(conflicts)}. "
                    "Nothing was written",
                    "Rename your version of each file, pull again, and merge your changes.",
                    409,
                )
            for path in taken:
                if path in files:
                    self._write(path, files[path])
                else:
                    self._delete(path)
            self._keep(Base(commit, there))
            return taken

    def _paths(self) -> Iterator[str]:
        """Yield the paths of the code, also of links."""
        for folder, folders, names in os.walk(self.root):
            here = Path(folder)
            links = [name for name in folders if (here / name).is_symlink()]
            folders[:] = sorted(name for name in folders if is_code(name))
            for name in (*names, *links):
                path = (here / name).relative_to(self.root).as_posix()
                if is_code(path):
                    yield path

    def _hash(self, path: str) -> str | None:
        """Return the SHA-256 of a file; ``None`` if it does not exist."""
        file = self.root / path
        try:
            status = file.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(status.st_mode):
            # differs from the hash of every file
            return "not a file"
        version = (status.st_mtime_ns, status.st_size)
        known = self._hashes.get(path)
        if known and known[0] == version:
            return known[1]
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self._hashes[path] = (version, digest)
        return digest

    def _text(self, path: str) -> str | None:
        file = self.root / path
        try:
            path.encode()
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                raise WorkspaceFailed(f"{path} is a link or device", "Replace it by a file.")
            if status.st_size > MAX_FILE_BYTES:
                raise WorkspaceFailed(
                    f"{path} has {status.st_size} bytes; at most {MAX_FILE_BYTES} are allowed",
                    f"Move it out of {self.root.name}/, or clear the outputs of a notebook.",
                )
            text = file.read_bytes().decode()
        except FileNotFoundError:
            return None
        except UnicodeError:
            text = "\0"
        if "\0" in text:
            name = path.encode(errors="backslashreplace").decode()
            raise WorkspaceFailed(
                f"{name} is not a text file", f"Move it out of {self.root.name}/."
            )
        return text

    def _place(self, path: str) -> Path:
        """Return the file of a path.

        Raises:
            WorkspaceFailed: It would not be a file in the folder.
        """
        parts = path.split("/")
        if not path or "\0" in path or any(part in ("", ".", "..") for part in parts):
            raise WorkspaceFailed(f"{path!r} is not a path in the app's folder", status=400)
        file = self.root
        for part in parts[:-1]:
            file /= part
            if file.is_symlink():
                raise WorkspaceFailed(f"{path!r} is behind a link", f"Delete the link {file}.")
        return file / parts[-1]

    def _write(self, path: str, text: str) -> None:
        try:
            write_text(self._place(path), text)
        except OSError as error:
            raise WorkspaceFailed(f"{path} cannot be written: {error}") from error

    def _delete(self, path: str) -> None:
        file = self._place(path)
        file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            # as git does, delete folders without files
            for folder in file.parents:
                if folder == self.root:
                    break
                folder.rmdir()

    def _keep(self, base: Base) -> None:
        document = {"commit": base.commit, "files": dict(base.files)}
        write_text(self._file, json.dumps(document, indent=1, sort_keys=True))


def write_text(file: Path, text: str) -> None:
    """Write a file, and create its folder; readers find the old or the new text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    write_atomically(file, text.encode(), file.parent, mode)


def is_code(path: str) -> bool:
    """Return whether a file is part of the code: it is neither hidden nor compiled."""
    return not any(part.startswith(".") or part == "__pycache__" for part in path.split("/"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
