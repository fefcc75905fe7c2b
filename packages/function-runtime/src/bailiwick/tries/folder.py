"""The folder of a try, in which its code can do what it likes."""

from __future__ import annotations

import json
import os
import stat
import uuid
from pathlib import Path
from typing import Any, Final

CODE: Final = "code"
"""Folder of the author's code in that of a try."""
LOADED: Final = "loaded"
"""Empty file, in the folder of a try, of a process that has loaded the code."""
MAX_RESULT_BYTES: Final = 16 * 1024 * 1024

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def read_result(file: Path) -> dict[str, Any] | None:
    """Return the JSON object in a file; ``None`` if there is none, or it is too large."""
    try:
        result = json.loads(read_bytes(file, MAX_RESULT_BYTES) or b"")
    except (ValueError, RecursionError):
        return None
    return result if isinstance(result, dict) else None


def read_bytes(file: Path, most: int) -> bytes | None:
    """Return the content of a file; ``None`` if there is none, or more than ``most`` bytes.

    Links and pipes, which could lead elsewhere or block, are none.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        return os.read(descriptor, most)
    finally:
        os.close(descriptor)


def remove(folder: Path) -> None:
    """Delete a folder, whatever its depth and permissions.

    Each folder in it moves to the top before it is deleted, so that no path is longer than a name.
    """
    folder.chmod(0o700)
    top = os.open(folder, _FOLDER)
    try:
        while names := os.listdir(top):  # noqa: PTH208
            for name in names:
                _empty(name, top)
    finally:
        os.close(top)
    folder.rmdir()


def _empty(name: str, top: int) -> None:
    """Delete a file, or a folder whose folders then are at the top."""
    if not _is_folder(name, top):
        os.unlink(name, dir_fd=top)
        return
    os.chmod(name, 0o700, dir_fd=top)
    inside = os.open(name, _FOLDER, dir_fd=top)
    try:
        for child in os.listdir(inside):  # noqa: PTH208
            if _is_folder(child, inside):
                os.chmod(child, 0o700, dir_fd=inside)
                os.rename(child, uuid.uuid4().hex, src_dir_fd=inside, dst_dir_fd=top)
            else:
                os.unlink(child, dir_fd=inside)
    finally:
        os.close(inside)
    os.rmdir(name, dir_fd=top)


def _is_folder(name: str, parent: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)
