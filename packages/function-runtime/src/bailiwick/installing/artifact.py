"""Packs files as OCI images that depend only on their content."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import platform
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from bailiwick.functions import digest_of

CONFIG_TYPE: Final = "application/vnd.oci.image.config.v1+json"
LAYER_TYPE: Final = "application/vnd.oci.image.layer.v1.tar+gzip"
MANIFEST_TYPE: Final = "application/vnd.oci.image.manifest.v1+json"
_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Blob:
    """Content in a registry.

    Attributes:
        digest: ``sha256:…`` of the content.
        size: In bytes.
        content: The content, or the file with it.
    """

    digest: str
    size: int
    content: bytes | Path

    @staticmethod
    def of(content: bytes) -> Blob:
        """Return the blob of a content in memory."""
        return Blob(digest_of(content), len(content), content)


@dataclass(frozen=True)
class Artifact:
    """An OCI image (image-spec 1.1): the blobs, and the manifest that refers to them."""

    blobs: Sequence[Blob]
    manifest: bytes

    @property
    def digest(self) -> str:
        """Digest of the manifest."""
        return digest_of(self.manifest)


@dataclass(frozen=True)
class Layer:
    """A layer of an image.

    Attributes:
        blob: The compressed tar file.
        diff_id: Digest of the tar file.
    """

    blob: Blob
    diff_id: str


def compile_modules(folder: Path) -> None:
    """Compile all modules, with their hashes instead of times (PEP 552).

    A new process does that, because compiled files depend on what else a process has in memory.
    """
    subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-I", "-m", "compileall", "-qq", str(folder)),
            *("--invalidation-mode", "unchecked-hash"),
            *("-s", str(folder), "-p", "/packages"),
        ],
        # a module that cannot be compiled fails when it is imported
        check=False,
    )


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def pack(folder: Path, target: Path) -> Artifact:
    """Pack a folder as an image with one layer.

    Args:
        folder: The installed packages.
        target: File for the compressed layer.
    """

    def add_all(archive: tarfile.TarFile) -> None:
        for path in sorted(folder.rglob("*")):
            add_path(archive, path, str(path.relative_to(folder)))

    layer = write_layer(target, add_all)
    config = {
        "architecture": architecture(),
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id]},
    }
    return assemble(config, [descriptor(LAYER_TYPE, layer.blob)], [layer.blob])


def architecture() -> str:
    """Return the name of this machine's architecture in images."""
    machine = platform.machine()
    return _MACHINES.get(machine, machine)


def write_layer(target: Path, fill: Callable[[tarfile.TarFile], None]) -> Layer:
    """Write a compressed layer.

    Args:
        target: The file.
        fill: Adds the members.
    """

    def write(content: IO[bytes]) -> None:
        with tarfile.open(fileobj=content, mode="w|") as archive:
            fill(archive)

    return compress_layer(target, write)


def compress_layer(target: Path, write: Callable[[IO[bytes]], None]) -> Layer:
    """Write a compressed layer.

    Args:
        target: The file.
        write: Writes the tar file.
    """
    content = _Hashing()
    with target.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        content.file = packed
        write(cast(IO[bytes], content))
    blob = Blob(_digest_of(target), target.stat().st_size, target)
    return Layer(blob, f"sha256:{content.sum.hexdigest()}")


def assemble(
    config: Mapping[str, Any], layers: Sequence[Mapping[str, Any]], blobs: Sequence[Blob]
) -> Artifact:
    """Return an image.

    Args:
        config: The image configuration.
        layers: Descriptors of the layers, the lowest first.
        blobs: Layers that the registry may not have.
    """
    content = Blob.of(to_json(config))
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "config": descriptor(CONFIG_TYPE, content),
        "layers": list(layers),
    }
    return Artifact([*blobs, content], to_json(manifest))


class _Hashing(io.RawIOBase):
    """Hashes what is written to another file."""

    file: gzip.GzipFile

    def __init__(self) -> None:
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401
        self.sum.update(data)
        return self.file.write(data)


def add_path(archive: tarfile.TarFile, path: Path, name: str) -> None:
    """Add a file or folder without times and owners; links and others are left out."""
    if path.is_symlink():
        return
    if path.is_dir():
        add_folder(archive, name)
    elif path.is_file():
        with path.open("rb") as content:
            add_file(archive, name, content, path.stat().st_size)


def add_folder(archive: tarfile.TarFile, name: str) -> None:
    """Add a folder without times and owners."""
    member = tarfile.TarInfo(name)
    member.type, member.mode = tarfile.DIRTYPE, 0o755
    archive.addfile(member)


def add_file(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    """Add a file without times and owners."""
    member = tarfile.TarInfo(name)
    member.mode, member.size = 0o644, size
    archive.addfile(member, content)


def descriptor(kind: str, blob: Blob) -> dict[str, Any]:
    """Return an OCI content descriptor."""
    return {"mediaType": kind, "digest": blob.digest, "size": blob.size}


def to_json(document: Mapping[str, Any]) -> bytes:
    """Return a document as JSON that depends only on its content."""
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}"
