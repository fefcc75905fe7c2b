"""Measures what tries use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_COUNTED: Final = ("RssAnon:", "RssShmem:")
"""Memory that no file on a disk backs (proc(5))."""
_PAGE_BYTES: Final = 4096
_CGROUP: Final = Path("/sys/fs/cgroup")
_FULL: Final = 0.9
"""Part of the container's memory at which tries end, so that the served code does not."""
_UNLIMITED: Final = 256 * 1024 * 1024


def memory_of(pid: int) -> int:
    """Return the bytes of memory of a process; 0 if it has ended."""
    return status_bytes(pid, _COUNTED)


def status_bytes(pid: int, fields: tuple[str, ...]) -> int:
    """Return the sum of sizes in the status of a process (proc(5)); 0 if it has ended.

    Args:
        pid: ID of the process.
        fields: Names of the sizes, with their colons.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    sizes = (line.split() for line in status.splitlines() if line.startswith(fields))
    return sum(int(kibibytes) for _, kibibytes, _ in sizes) * 1024


def container_limit(cgroup: Path = _CGROUP) -> int | None:
    """Return the bytes of memory that this container can have (cgroup v2), if it has a limit."""
    try:
        most = (cgroup / "memory.max").read_text().strip()
    except OSError:
        return None
    return int(most) if most.isdigit() else None


def container_memory(cgroup: Path = _CGROUP) -> int:
    """Return the bytes of memory of this container that the kernel cannot reclaim easily."""
    try:
        used = int((cgroup / "memory.current").read_text())
        lines = (cgroup / "memory.stat").read_text().splitlines()
    except (OSError, ValueError):
        return 0
    cached = sum(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))
    return used - cached


def memory_for_try() -> int:
    """Return the most bytes of memory of a try: a third of the container's limit."""
    limit = container_limit()
    return _UNLIMITED if limit is None else limit // 3


def has_room(more: int = 0) -> bool:
    """Return whether the container can have more bytes of memory."""
    limit = container_limit()
    return limit is None or container_memory() + more <= _FULL * limit


def takes_more_than(most: int, folder: Path) -> bool:
    """Return whether the files and folders in a folder take more bytes, each at least a page.

    Folders that cannot be listed become readable; a tree that cannot be read takes too much.
    """
    taken = 0
    left = [str(folder)]
    while left:
        parent = left.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    taken += max(_bytes_of(entry), _PAGE_BYTES)
                    if taken > most:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
        except PermissionError:
            os.chmod(parent, 0o700)  # noqa: PTH101
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


def _bytes_of(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_blocks * 512
    except FileNotFoundError:
        return 0
