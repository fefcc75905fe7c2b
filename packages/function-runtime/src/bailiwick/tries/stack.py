"""Where the code of a stopped try was: the process writes its stack when it gets a signal."""

from __future__ import annotations

import faulthandler
import re
import signal
from pathlib import Path
from typing import Any, Final

from bailiwick.tries.folder import CODE, read_bytes

STACK_SIGNAL: Final = signal.SIGUSR1

_STACK: Final = "stack.txt"
_MAX_STACK_BYTES: Final = 64 * 1024
_FRAME: Final = re.compile(r'File "([^"]+)", line (\d+)')


def write_stack_on_signal(folder: Path) -> None:
    """Let :data:`STACK_SIGNAL` write the stacks of this process, also while C code runs.

    Args:
        folder: Folder of the try.
    """
    # open until the process ends
    file = (folder / _STACK).open("w")
    faulthandler.register(STACK_SIGNAL, file)


def place_in_stack(folder: Path) -> dict[str, Any]:
    """Return ``file`` and ``line`` of the author's innermost frame; nothing without one.

    Args:
        folder: Folder of the try; its code can have forged the stack.
    """
    text = read_bytes(folder / _STACK, _MAX_STACK_BYTES) or b""
    code = folder.resolve() / CODE
    for file, line in _FRAME.findall(text.decode("ascii", "replace")):
        if Path(file).is_relative_to(code):
            return {"file": str(Path(file).relative_to(code)), "line": int(line)}
    return {}
