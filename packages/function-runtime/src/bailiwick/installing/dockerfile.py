"""Reads what the Dockerfile of a repository added to the image of the runtime.

The containers before this process write a folder:

- ``log``: output of the builder
- ``problem``: what the author must correct, in one sentence; absent if the Dockerfile was built
- ``error``: anything else that prevented it; a later attempt can succeed
- ``image``: the built image in the directory format of containers/image (``dir:``): a manifest,
  and each blob in a file that is named with the digits of its digest
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from bailiwick.errors import LoadFailed, Problem
from bailiwick.installing.artifact import Layer, compress_layer
from bailiwick.installing.registry import RegistryFailed


def read_built(
    folder: Path, below: Sequence[str], scratch: Path
) -> tuple[Mapping[str, Any], list[Layer]]:
    """Return the configuration of a built image, and its layers above those of the runtime.

    Args:
        folder: As described above.
        below: Digests of the uncompressed layers of the runtime (``diff_ids``).
        scratch: Folder for the compressed layers.

    Raises:
        LoadFailed: The Dockerfile cannot be built, or its last stage is not the runtime.
        RegistryFailed: Anything else prevented the build.
    """
    log, problem, error = (folder / name for name in ("log", "problem", "error"))
    if log.exists():
        print(log.read_text(errors="replace").rstrip(), flush=True)  # noqa: T201
    if problem.exists():
        raise _failed(problem.read_text(errors="replace").strip())
    if error.exists():
        raise RegistryFailed(error.read_text(errors="replace").strip())
    image = folder / "image"
    manifest = json.loads((image / "manifest.json").read_bytes())
    config = json.loads(_blob(image, manifest["config"]).read_bytes())
    ids: list[str] = config["rootfs"]["diff_ids"]
    if ids[: len(below)] != list(below):
        raise _failed("The last stage of the Dockerfile must begin with FROM runtime")
    added = [
        _layer(_blob(image, one), scratch / f"dockerfile-{number}.tar.gz")
        for number, one in enumerate(manifest["layers"][len(below) :])
    ]
    return config, added


def _layer(archive: Path, target: Path) -> Layer:
    def copy(packed: IO[bytes]) -> None:
        with archive.open("rb") as content:
            shutil.copyfileobj(content, packed)

    return compress_layer(target, copy)


def _blob(image: Path, descriptor: Mapping[str, Any]) -> Path:
    return image / str(descriptor["digest"]).rpartition(":")[2]


def _failed(message: str) -> LoadFailed:
    return LoadFailed([Problem("Dockerfile", 0, message)])
