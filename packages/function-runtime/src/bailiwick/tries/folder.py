"""The folder of a try, in which its code can do what it likes."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any, Final

MAX_RESULT_BYTES: Final = 16 * 1024 * 1024


def read_result(file: Path) -> dict[str, Any] | None:
    """Return the JSON object in a file; ``None`` if there is none, or it is too large.

    Links and pipes, which could lead elsewhere or block, are none.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_RESULT_BYTES:
            return None
        result = json.loads(os.read(descriptor, MAX_RESULT_BYTES))
    except (ValueError, RecursionError):
        return None
    finally:
        os.close(descriptor)
    return result if isinstance(result, dict) else None


def remove(folder: Path) -> None:
    """Delete a folder, also if the permissions in it do not allow that."""
    folder.chmod(0o700)
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            inside = Path(parent, name)
            if not inside.is_symlink():
                inside.chmod(0o700)
    shutil.rmtree(folder)
