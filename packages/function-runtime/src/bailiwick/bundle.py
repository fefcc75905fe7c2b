"""Unpacks and changes a code bundle: a gzipped tar of plain files.

It does not use the extraction filters of ``tarfile``, which Python 3.11.2 (Debian 12) lacks. It
writes only folders and regular files with a relative path, creates no links, and limits the number
of files and bytes.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from bailiwick.errors import BundleRefused

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_FILES: Final = 5_000


def unpack(bundle: Path, target: Path, *, max_bytes: int = MAX_BYTES) -> None:
    """Write the files of a bundle into a folder.

    Args:
        bundle: A ``.tar.gz`` file.
        target: An existing, empty folder.
        max_bytes: Maximum unpacked size, in bytes.

    Raises:
        BundleRefused: The bundle is unreadable or too large, or contains other than plain files.
    """
    left = max_bytes
    try:
        with tarfile.open(bundle, "r:gz") as archive:
            for count, member in enumerate(archive, start=1):
                if count > MAX_FILES:
                    raise BundleRefused(f"{bundle.name} holds more than {MAX_FILES} files")
                left -= member.size
                if left < 0:
                    raise BundleRefused(
                        f"{bundle.name} unpacks to more than {max_bytes // 1024 // 1024} MiB; "
                        "keep large data outside the app's repository"
                    )
                _write(archive, member, target / _safe_path(member))
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise BundleRefused(f"{bundle} cannot be unpacked: {error}") from error


def apply_changes(changes: Mapping[str, str | None], target: Path) -> None:
    """Change files of an unpacked bundle.

    Args:
        changes: New content by path relative to the folder; ``None`` deletes a file.
        target: The folder.

    Raises:
        BundleRefused: A path cannot be a file of the folder.
    """
    for name, content in changes.items():
        file = target / _inside(name)
        try:
            if content is None:
                file.unlink(missing_ok=True)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8", newline="")
        except (OSError, ValueError) as error:
            raise BundleRefused(f"{name!r} cannot be written: {error}") from error


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BundleRefused(f"{name!r} points outside the bundle")
    return path


def _safe_path(member: tarfile.TarInfo) -> PurePosixPath:
    path = _inside(member.name)
    if not (member.isreg() or member.isdir()):
        raise BundleRefused(
            f"{member.name!r} is a link or device; only files and folders are allowed"
        )
    return path


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    if source is None:  # only links and folders have no content, and both are handled above
        return
    with source, target.open("xb") as file:
        while chunk := source.read(1024 * 1024):
            file.write(chunk)
