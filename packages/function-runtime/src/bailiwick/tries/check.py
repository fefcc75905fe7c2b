"""Loads code in a confined copy of this process, which has already imported its libraries."""

from __future__ import annotations

import json
import os
import resource
import signal
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bailiwick.loading import forget
from bailiwick.tries.folder import read_result, remove
from bailiwick.tries.host import MAX_FOLDER_BYTES
from bailiwick.tries.program import REQUEST, RESULT, TryRequest, main, prepare
from bailiwick.tries.usage import has_room, memory_for_try, memory_of, takes_more_than

_SECONDS: Final = 10
_INTERVAL: Final = 0.01


def check(archive: bytes, served: Path) -> dict[str, Any]:
    """Load code as a pod would, and return its contract.

    Args:
        archive: A ``.tar.gz`` file with ``functions.py``.
        served: Folder of the code that this process serves.

    Returns:
        The result of :mod:`bailiwick.tries.program`; empty if the code ended the process,
        took more than 10 seconds, or more memory than a try.

    Raises:
        BundleRefused: The archive cannot be unpacked.
    """
    folder = Path(tempfile.mkdtemp(prefix="check-"))
    try:
        prepare(folder, archive)
        request = TryRequest(memory_for_try())
        (folder / REQUEST).write_text(json.dumps(asdict(request)))
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _load(folder, served, parent)
        growth = _wait(pid, folder)
        return read_result(folder / RESULT) or {} if has_room(growth) else {}
    finally:
        remove(folder)


def _load(folder: Path, served: Path, parent: int) -> None:
    """Load the code in the copy, and end it."""
    try:
        signal.set_wakeup_fd(-1)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        # connections of callers and of the code
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        os.setpgid(0, 0)
        tempfile.tempdir = str(folder / "tmp")
        forget(served)
        main([str(folder)], parent)
    finally:
        os._exit(0)


def _wait(pid: int, folder: Path) -> int:
    """Wait for the end of the copy, or end it; return the bytes of memory that it needed."""
    end = time.monotonic() + _SECONDS
    before = growth = memory_of(pid)
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        growth = max(growth, memory_of(pid))
        if time.monotonic() > end or not has_room() or takes_more_than(MAX_FOLDER_BYTES, folder):
            os.kill(pid, signal.SIGKILL)
        time.sleep(_INTERVAL)
    return growth - before
