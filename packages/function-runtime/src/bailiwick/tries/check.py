"""Loads code in a confined copy of this process, which has already imported its libraries."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bailiwick.bundle import unpack
from bailiwick.loading import forget
from bailiwick.tries.confinement import MIB
from bailiwick.tries.folder import read_result, remove
from bailiwick.tries.program import CODE, REQUEST, RESULT, TryRequest, main

_SECONDS: Final = 10
_MEMORY: Final = 256 * MIB
_INTERVAL: Final = 0.005


def check(archive: bytes, served: Path) -> dict[str, Any]:
    """Load code as a pod would, and return its contract.

    Args:
        archive: A ``.tar.gz`` file with ``functions.py``.
        served: Folder of the code that this process serves.

    Returns:
        The result of :mod:`bailiwick.tries.program`; empty if the code ended the process,
        took more than 10 seconds or 256 MiB.

    Raises:
        BundleRefused: The archive cannot be unpacked.
    """
    folder = Path(tempfile.mkdtemp(prefix="check-"))
    try:
        (folder / "tmp").mkdir()
        (folder / CODE).mkdir()
        bundle = folder / "code.tar.gz"
        bundle.write_bytes(archive)
        unpack(bundle, folder / CODE)
        (folder / REQUEST).write_text(json.dumps(asdict(TryRequest(_MEMORY))))
        pid = os.fork()
        if pid == 0:
            _load(folder, served)
        _wait(pid)
        return read_result(folder / RESULT) or {}
    finally:
        remove(folder)


def _load(folder: Path, served: Path) -> None:
    """Load the code in the copy, and end it."""
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        os.setpgid(0, 0)
        tempfile.tempdir = str(folder / "tmp")
        forget(served)
        main([str(folder)])
    finally:
        os._exit(0)


def _wait(pid: int) -> None:
    end = time.monotonic() + _SECONDS
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
        time.sleep(_INTERVAL)
