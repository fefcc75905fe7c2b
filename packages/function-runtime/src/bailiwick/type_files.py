"""Types of the installed libraries, for an editor's language server."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

STUBS: Final = "-stubs"
MAX_BYTES: Final = 12_000_000

RUNTIME_ONLY: Final = frozenset(
    {
        "anyio",
        "click",
        "docstring_parser",
        "h11",
        "idna",
        "obstore",
        "pip",
        "prometheus_client",
        "setuptools",
        "starlette",
        "uvicorn",
    }
)
"""Libraries that the runtime uses itself; leaving them out keeps the response small."""


def type_files(folders: Iterable[str | Path] | None = None) -> dict[str, str]:
    """Return the files with types of the packages that distribute types (PEP 561).

    Stub packages are named like their package, without ``-stubs``. Of a module with a stub, only
    the stub is returned. Left out are libraries that only the runtime uses, unreadable files, and
    the largest packages if all together have more than 12 MB.

    Args:
        folders: Folders with packages; by default those of ``sys.path``.

    Returns:
        Texts by path, such as ``pandas/core/frame.pyi``.
    """
    found: dict[str, str] = {}
    left = MAX_BYTES
    packages = _packages(sys.path if folders is None else folders).items()
    sized = [(name, package, _files(package)) for name, package in packages]
    for name, package, files in sorted(sized, key=lambda one: sum(one[2].values())):
        left -= sum(files.values())
        if left < 0:
            break
        for file in files:
            with suppress(OSError, UnicodeDecodeError):
                path = file.relative_to(package).as_posix()
                found[f"{name}/{path}"] = file.read_text("utf-8")
    return found


def _packages(folders: Iterable[str | Path]) -> dict[str, Path]:
    """Return the typed packages by name; stub packages have precedence, then earlier folders."""
    inline: dict[str, Path] = {}
    stubs: dict[str, Path] = {}
    for path in map(Path, folders):
        for package in _children(path):
            name = package.name.removesuffix(STUBS)
            if not name.isidentifier() or name in RUNTIME_ONLY or not package.is_dir():
                continue
            if package.name.endswith(STUBS):
                stubs.setdefault(name, package)
            elif (package / "py.typed").is_file():
                inline.setdefault(name, package)
    return inline | stubs


def _children(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _files(package: Path) -> dict[Path, int]:
    """Return the files with types, and their sizes in bytes."""
    files: dict[Path, int] = {}
    for file in sorted(package.rglob("*.py*")):
        is_stub = file.suffix == ".pyi"
        if "tests" in file.relative_to(package).parts or not (is_stub or file.suffix == ".py"):
            continue
        if not is_stub and file.with_suffix(".pyi").exists():
            continue
        with suppress(OSError):
            files[file] = file.stat().st_size
    return files
