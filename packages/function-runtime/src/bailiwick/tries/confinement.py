"""Confines a process that runs code nobody has reviewed."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bailiwick.tries import landlock, seccomp
from bailiwick.tries.usage import status_bytes

MIB: Final = 1024 * 1024
MAX_FILE_BYTES: Final = 48 * MIB
MAX_OPEN_FILES: Final = 256
MAX_THREADS: Final = 256
"""Most threads of the user, in all processes of the pod."""

_SYSTEM: Final = ("/bin", "/etc", "/lib", "/lib64", "/opt", "/usr", "/sys/devices/system/cpu")
_PROCESS: Final = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Confinement:
    """Limits of a process.

    Attributes:
        folder: Only folder that it can write to.
        memory: Most bytes of memory in addition to those it already has.
        parent: ID of the process that started it, and with which it ends.
        readable: Folders and files to read besides the system's and Python's.
        ports: TCP ports to connect to.
    """

    folder: Path
    memory: int
    parent: int
    readable: tuple[Path, ...] = ()
    ports: tuple[int, ...] = ()

    def apply(self) -> None:
        """Confine this process, which must have one thread; nothing undoes it.

        It cannot start processes any more.

        Raises:
            OSError: The kernel lacks Landlock or seccomp.
        """
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, MAX_FILE_BYTES)
        _limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
        # the private writable memory (getrlimit(2))
        data = status_bytes(os.getpid(), ("VmData:",))
        _limit(resource.RLIMIT_DATA, data + self.memory)
        if _is_own_user():
            _limit(resource.RLIMIT_NPROC, MAX_THREADS)
        seccomp.end_with_parent(self.parent)
        seccomp.forbid_new_privileges()
        system = map(Path, (*_SYSTEM, *_PROCESS))
        landlock.restrict(
            readable=(*system, *_python_folders(), *self.readable),
            writable=(self.folder, *map(Path, _DEVICES)),
            ports=self.ports,
        )
        seccomp.refuse_system_calls()


def is_supported() -> bool:
    """Return whether this machine can confine processes."""
    return landlock.landlock_version() > 0 and seccomp.is_supported()


def readable_in(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the paths that the variables of a pod name: secrets of connections, and the store."""
    return tuple(
        Path(value)
        for name, value in environment.items()
        if value.startswith("/")
        and (name == "BAILIWICK_STORE" or (name.startswith("BAILIWICK_") and "SECRET" in name))
    )


def _python_folders() -> Iterable[Path]:
    yield Path(sys.prefix)
    yield Path(sys.base_prefix)
    for folder in sys.path:
        if folder and Path(folder).is_absolute():
            yield Path(folder)


def _limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (most, most))


def _is_own_user() -> bool:
    """Return whether this user is in a user namespace; otherwise other pods may have the same."""
    inside, outside, _ = Path("/proc/self/uid_map").read_text().split()[:3]
    return inside != outside and os.getuid() != 0
