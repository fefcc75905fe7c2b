"""Measures what a try uses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_COUNTED: Final = ("RssAnon:", "RssShmem:")
"""Memory that no file on a disk backs (proc(5))."""


def memory_of(pid: int) -> int:
    """Return the bytes of memory of a process; 0 if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    fields = (line.split() for line in status.splitlines() if line.startswith(_COUNTED))
    return sum(int(kibibytes) for _, kibibytes, _ in fields) * 1024


def size_of(folder: Path) -> int:
    """Return the bytes that the files in a folder take."""
    size = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            try:
                size += os.lstat(os.path.join(parent, name)).st_blocks * 512  # noqa: PTH118
            except FileNotFoundError:
                continue
    return size
