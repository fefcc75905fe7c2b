"""Measures what a try uses."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

_COUNTED: Final = ("RssAnon:", "RssShmem:")
"""Memory that no file on a disk backs (proc(5))."""
_PAGE_BYTES: Final = 4096


def memory_of(pid: int) -> int:
    """Return the bytes of memory of a process; 0 if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    fields = (line.split() for line in status.splitlines() if line.startswith(_COUNTED))
    return sum(int(kibibytes) for _, kibibytes, _ in fields) * 1024


def takes_more_than(most: int, folder: Path) -> bool:
    """Return whether the files and folders in a folder take more bytes, each at least a page.

    Folders that cannot be listed become readable.
    """
    taken = 0
    left = [str(folder)]
    while left:
        parent = left.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    size = entry.stat(follow_symlinks=False).st_blocks * 512
                    taken += max(size, _PAGE_BYTES)
                    if taken > most:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
        except PermissionError:
            with contextlib.suppress(OSError):
                os.chmod(parent, 0o700)  # noqa: PTH101
        except FileNotFoundError:
            continue
    return False
