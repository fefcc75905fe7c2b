"""Compares packages with the advisories of a database that needs no network.

The database is a ``.json`` file with an advisory in the OSV format, a ``.zip`` archive of such
files, or a folder with both. OSV publishes such an archive for PyPI.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from packaging.version import Version
from pydantic import ValidationError

from bailiwick.installing.osv import ECOSYSTEM, Advisory, fixed_version, is_affected

MAX_FOUND: Final = 100
"""Number of advisories in a result."""

_LONGEST: Final = 200
_SUFFIXES: Final = (".json", ".zip")


class DatabaseBroken(Exception):
    """The database cannot be used; the message names the file and the reason."""


def find_advisories(database: Path, packages: Mapping[str, str]) -> dict[str, Any]:
    """Return the advisories that affect packages.

    Args:
        database: A file or a folder.
        packages: Versions by normalized name.

    Returns:
        ``asOf``, the time of the newest change in the database, ``count``, and ``found``: at most
        :data:`MAX_FOUND` advisories, each with ``id``, ``package``, ``version``, ``severity``,
        ``summary`` and ``fixed``. The last three can be empty.

    Raises:
        DatabaseBroken: It cannot be read completely, or contains no advisories for Python packages.
    """
    versions = {name: Version(text) for name, text in packages.items()}
    newest = None
    found: list[tuple[Advisory, dict[str, str]]] = []
    for advisory in read_advisories(database):
        newest = max(newest or advisory.modified, advisory.modified)
        if not advisory.withdrawn:
            found += [(advisory, entry) for entry in _entries(advisory, versions)]
    if newest is None:
        raise DatabaseBroken(f"{database} contains no advisories for {ECOSYSTEM}")
    entries = _without_aliases(found)
    return {
        "asOf": newest.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "count": len(entries),
        "found": entries[:MAX_FOUND],
    }


def read_advisories(database: Path) -> Iterator[Advisory]:
    """Read the advisories for Python packages, also withdrawn ones.

    Raises:
        DatabaseBroken: A file cannot be read, or is not in the OSV format.
    """
    for file, content in _contents(database):
        try:
            advisory = Advisory.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            reason = f"{field}: {first['msg']}" if field else first["msg"]
            raise DatabaseBroken(f"{file}: {reason}") from error
        if advisory.of_python():
            yield advisory


def _contents(database: Path) -> Iterator[tuple[str, bytes]]:
    try:
        for path in _files(database):
            if path.suffix == ".zip":
                yield from _unzipped(path)
            else:
                yield str(path), path.read_bytes()
    except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise DatabaseBroken(f"{database}: {error}") from error


def _files(database: Path) -> Iterable[Path]:
    if not database.is_dir():
        return [database]
    return sorted(one for one in database.rglob("*") if one.suffix in _SUFFIXES)


def _unzipped(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield f"{path}: {name}", archive.read(name)


def _entries(advisory: Advisory, versions: Mapping[str, Version]) -> Iterator[dict[str, str]]:
    """Return an entry for each affected package."""
    affected = advisory.of_python()
    for name in sorted({name for name, _ in affected} & versions.keys()):
        version = versions[name]
        matches = [one for other, one in affected if other == name and is_affected(one, version)]
        if not matches:
            continue
        summary = advisory.summary or next(iter(advisory.details.splitlines()), "")
        yield {
            "id": advisory.id,
            "package": name,
            "version": str(version),
            "severity": advisory.severity_of(matches[0]),
            "summary": summary[:_LONGEST],
            "fixed": fixed_version(matches, version),
        }


def _without_aliases(found: Iterable[tuple[Advisory, dict[str, str]]]) -> list[dict[str, str]]:
    """Return the entries by package; of the same vulnerability, the one with most information."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for advisory, entry in sorted(found, key=lambda one: _rank(one[1])):
        names = {(entry["package"], name) for name in (advisory.id, *advisory.aliases)}
        if not names & seen:
            kept.append(entry)
        seen |= names
    return sorted(kept, key=lambda entry: (entry["package"], entry["id"]))


def _rank(entry: Mapping[str, str]) -> tuple[bool, bool, str]:
    return not entry["severity"], not entry["fixed"], entry["id"]
