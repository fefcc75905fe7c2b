"""Reads what the Dockerfile of a repository added to the image of the runtime.

The containers before this process write a folder:

- ``log``: end of the output of the builder
- ``problem``: what the author must correct, in one sentence; absent if the Dockerfile was built
- ``error``: anything else that prevented it; a later attempt can succeed
- ``image``: the built image in the directory format of containers/image (``dir:``): a manifest,
  and each blob in a file that is named with the digits of its digest

The author controls all of it: steps of a Dockerfile may have left their root. This process has the
credentials of the registry. It therefore follows no links, and checks what it reads.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from bailiwick.errors import LoadFailed, Problem
from bailiwick.installing.artifact import Layer, compress_layer
from bailiwick.installing.registry import RegistryFailed

_MAX_LOG: Final = 16 * 1024
_MAX_MESSAGE: Final = 2000
_MAX_DOCUMENT: Final = 1024 * 1024
_MAX_LAYERS: Final = 200
_DIGEST: Final = re.compile(r"sha256:([0-9a-f]{64})")


def read_built(
    folder: Path, below: Sequence[str], scratch: Path
) -> tuple[Mapping[str, Any], list[Layer]]:
    """Return the defaults of a built image, and its layers above those of the runtime.

    Args:
        folder: As described above.
        below: Digests of the uncompressed layers of the runtime (``diff_ids``).
        scratch: Folder for the compressed layers.

    Raises:
        LoadFailed: The Dockerfile cannot be built, or its last stage is not the runtime.
        RegistryFailed: Anything else prevented the build.
    """
    log = _text(folder, "log", _MAX_LOG)
    if log:
        print(log, flush=True)  # noqa: T201
    problem = _text(folder, "problem", _MAX_MESSAGE)
    if problem:
        raise _failed(problem)
    error = _text(folder, "error", _MAX_MESSAGE)
    if error:
        raise RegistryFailed(error)
    try:
        return _read_image(folder, list(below), scratch)
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as broken:
        raise RegistryFailed(f"The builder left a broken image: {broken}") from broken


def _read_image(
    folder: Path, below: list[str], scratch: Path
) -> tuple[Mapping[str, Any], list[Layer]]:
    manifest = json.loads(_file(folder, "image/manifest.json", _MAX_DOCUMENT).read_bytes())
    config = json.loads(_blob(folder, manifest["config"], _MAX_DOCUMENT).read_bytes())
    ids = config["rootfs"]["diff_ids"]
    if ids[: len(below)] != below:
        raise _failed("The last stage of the Dockerfile must begin with FROM runtime")
    if len(ids) != len(manifest["layers"]) or len(ids) > _MAX_LAYERS:
        raise ValueError(f"{len(manifest['layers'])} layers for {len(ids)} digests")
    added = [
        _layer(_blob(folder, one), scratch / f"dockerfile-{number}.tar.gz")
        for number, one in enumerate(manifest["layers"][len(below) :])
    ]
    if [one.diff_id for one in added] != ids[len(below) :]:
        raise ValueError("the layers do not match their digests")
    return dict(config.get("config") or {}), added


def _layer(archive: Path, target: Path) -> Layer:
    def copy(packed: IO[bytes]) -> None:
        with archive.open("rb") as content:
            shutil.copyfileobj(content, packed)

    return compress_layer(target, copy)


def _blob(folder: Path, descriptor: Mapping[str, Any], most: int | None = None) -> Path:
    digest = _DIGEST.fullmatch(descriptor["digest"])
    if not digest:
        raise ValueError(f"{descriptor['digest']!r} is not a digest")
    return _file(folder, f"image/{digest[1]}", most)


def _file(folder: Path, name: str, most: int | None = None) -> Path:
    """Return the path of a regular file that no link leads to."""
    path = folder / name
    if path.resolve() != folder.resolve() / name or not path.is_file():
        raise ValueError(f"{name} is not a regular file")
    if most is not None and path.stat().st_size > most:
        raise ValueError(f"{name} is too large")
    return path


def _text(folder: Path, name: str, most: int) -> str:
    """Return the end of a file, in characters; empty if there is none."""
    try:
        path = _file(folder, name)
    except ValueError:
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - most))
        return file.read(most).decode(errors="replace").strip()


def _failed(message: str) -> LoadFailed:
    return LoadFailed([Problem("Dockerfile", 0, message)])
