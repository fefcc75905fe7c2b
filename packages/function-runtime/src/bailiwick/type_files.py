"""Types of the installed libraries, for an editor's language server."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Final

STUBS: Final = "-stubs"
MAX_CHARACTERS: Final = 12_000_000

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
    """Return the files with types of all packages that distribute types (PEP 561).

    Stub packages are named like their package, without ``-stubs``. Of a module with a stub, only
    the stub is returned. Unreadable files are left out, and so are the largest packages if all
    together have more than 12 million characters.

    Args:
        folders: Folders with packages; by default those of ``sys.path``.

    Returns:
        Texts by path, such as ``pandas/core/frame.pyi``.
    """
    packages = [
        {f"{name}/{path}": text for path, text in _files(package)}
        for name, package in _packages(sys.path if folders is None else folders).items()
    ]
    found: dict[str, str] = {}
    left = MAX_CHARACTERS
    for size, files in sorted(((_size(files), files) for files in packages), key=itemgetter(0)):
        left -= size
        if left < 0:
            break
        found |= files
    return found


def _size(files: dict[str, str]) -> int:
    return sum(map(len, files.values()))


def _packages(folders: Iterable[str | Path]) -> dict[str, Path]:
    """Return the typed packages by name; stub packages have precedence, then earlier folders."""
    inline: dict[str, Path] = {}
    stubs: dict[str, Path] = {}
    for path in map(Path, folders):
        for package in path.iterdir() if path.is_dir() else ():
            name = package.name.removesuffix(STUBS)
            if not name.isidentifier() or name in RUNTIME_ONLY or not package.is_dir():
                continue
            if package.name.endswith(STUBS):
                stubs.setdefault(name, package)
            elif (package / "py.typed").is_file():
                inline.setdefault(name, package)
    return inline | stubs


def _files(package: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(package.rglob("*.py*")):
        path = file.relative_to(package)
        is_stub = file.suffix == ".pyi"
        if "tests" in path.parts or not (is_stub or file.suffix == ".py"):
            continue
        if not is_stub and file.with_suffix(".pyi").exists():
            continue
        try:
            yield path.as_posix(), file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
