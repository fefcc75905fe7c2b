"""Builds the image with the packages of an app.

The result is the last line on standard output, a JSON object with these members:

- ``artifact``: reference of the image with its digest; absent if the app needs no more packages
- ``packages``: ``name``, ``version`` and ``license`` of each package in it
- ``bytes``: their size
- ``advisories``: as returned by :func:`bailiwick.installing.advisories.find_advisories`; absent
  without a database
- ``problems``: the author's lines that prevent the build, as in ``GET /readyz``; at most 20
- ``count``: number of all problems
- ``error``: anything else that prevented it; a later attempt can succeed
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name

from bailiwick.errors import LoadFailed, Problem
from bailiwick.installing.advisories import DatabaseBroken, find_advisories
from bailiwick.installing.artifact import compile_modules, pack, size_of
from bailiwick.installing.bill import BILL, bill_of_materials, describe
from bailiwick.installing.registry import Registry, RegistryFailed
from bailiwick.installing.requirements import (
    check_declarations,
    read_declarations,
    runtime_packages,
)
from bailiwick.installing.resolving import IndexUnavailable, Uv, base_environment, packages_of

MAX_BYTES: Final = 1024 * 1024 * 1024
MAX_PROBLEMS: Final = 20
MAX_MESSAGE: Final = 2000
_AUTOMATIC: Final = ("sitecustomize", "usercustomize")


@dataclass(frozen=True)
class BuildRequest:
    """What to build.

    Attributes:
        file: Name of the file that declares the packages.
        content: Its text.
        allowed: As in :func:`bailiwick.installing.requirements.check_declarations`.
        advisories: Database as in :mod:`bailiwick.installing.advisories`; nothing is compared
            without one.
    """

    file: str
    content: str
    allowed: Sequence[str] | None
    advisories: Path | None = None


def build(request: BuildRequest, registry: Registry) -> dict[str, Any]:
    """Resolve, install, pack and push packages; returns the result of this module."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return _build(request, registry, Path(scratch))
    except LoadFailed as error:
        return refusal_of(error)
    except IndexUnavailable as error:
        return {"error": f"The package index does not respond: {error}"}
    except DatabaseBroken as error:
        return {"error": f"The advisory database of the platform is broken: {error}"}
    except RegistryFailed as error:
        return {"error": str(error)}
    except subprocess.TimeoutExpired:
        return {"error": "Resolving or installing the packages took too long"}


def refusal_of(error: LoadFailed) -> dict[str, Any]:
    """Return the result of a build that the author's files prevent."""
    first = error.problems[:MAX_PROBLEMS]
    problems = [{**asdict(one), "message": one.message[:MAX_MESSAGE]} for one in first]
    return {"problems": problems, "count": len(error.problems)}


def _build(request: BuildRequest, registry: Registry, scratch: Path) -> dict[str, Any]:
    declarations = read_declarations(request.file, request.content)
    installed = runtime_packages()
    problems = check_declarations(declarations, request.allowed, installed)
    if problems:
        raise LoadFailed(problems)
    uv = Uv(scratch, base_environment())
    lock = uv.lock(declarations, installed)
    locked = packages_of(lock)
    advisories = _compare(request.advisories, locked)
    if not locked:
        return {"packages": [], "bytes": 0, **advisories}
    _say(f"Locked {len(locked)} package{'s' if len(locked) > 1 else ''}")
    folder = scratch / "packages"
    uv.install(declarations, lock, folder)
    size = size_of(folder)
    if size > MAX_BYTES:
        message = f"the packages have {size // 1024**2} MiB; the maximum is 1024 MiB"
        raise LoadFailed([Problem(declarations.file, 0, message)])
    packages = describe([str(folder)])
    for package in packages:
        _say(f"{package['name']} {package['version']} ({package['license'] or 'unknown license'})")
    _clean(folder)
    compile_modules(folder)
    (folder / lock.name).write_bytes(lock.read_bytes())
    (folder / BILL).write_text(json.dumps(bill_of_materials(packages, locked), indent=1))
    reference = registry.push(pack(folder, scratch / "layer.tar.gz"))
    _say(f"Pushed {reference}")
    size = size_of(folder)
    return {"artifact": reference, "packages": packages, "bytes": size, **advisories}


def _compare(database: Path | None, locked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the part of the result with the advisories; empty without a database."""
    if database is None:
        return {}
    versions: dict[str, str] = {canonicalize_name(one["name"]): one["version"] for one in locked}
    result = find_advisories(database, versions)
    for entry in result["found"]:
        _say(f"{entry['id']} affects {entry['package']} {entry['version']}: {entry['summary']}")
    return {"advisories": result}


def _clean(folder: Path) -> None:
    """Remove what uv leaves behind, and modules that Python would import at each start."""
    automatic = [path for path in folder.iterdir() if path.name.partition(".")[0] in _AUTOMATIC]
    for path in [folder / ".lock", *folder.glob("*.dist-info/uv_cache.json"), *automatic]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _say(text: str) -> None:
    # the last line is the result, and metadata of packages can contain anything
    print(" ".join(text.split()), flush=True)  # noqa: T201
