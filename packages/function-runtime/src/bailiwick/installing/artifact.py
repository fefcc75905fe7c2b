"""Packs installed packages as an OCI image with one layer, which depends only on their content."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import io
import json
import platform
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name

from bailiwick.functions import digest_of

BILL: Final = "bill-of-materials.cdx.json"
"""Name of the CycloneDX document in the layer."""

_CONFIG_TYPE: Final = "application/vnd.oci.image.config.v1+json"
_LAYER_TYPE: Final = "application/vnd.oci.image.layer.v1.tar+gzip"
MANIFEST_TYPE: Final = "application/vnd.oci.image.manifest.v1+json"
_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
_LONGEST_LICENSE: Final = 80


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


def describe(folder: Path) -> list[dict[str, str]]:
    """Return ``name``, ``version`` and ``license`` of the packages in a folder, by name."""
    found = importlib.metadata.distributions(path=[str(folder)])
    return sorted(
        (
            {
                "name": canonicalize_name(one.metadata["Name"]),
                "version": one.version,
                "license": _license_of(one.metadata),
            }
            for one in found
        ),
        key=lambda package: package["name"],
    )


def bill_of_materials(
    packages: Sequence[Mapping[str, str]], locked: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a CycloneDX 1.6 document (ECMA-424).

    Args:
        packages: As returned by :func:`describe`.
        locked: Packages of the lock file, whose wheels have hashes.
    """
    hashes: dict[str, list[dict[str, str]]] = {
        canonicalize_name(one["name"]): [wheel["hashes"] for wheel in one.get("wheels", [])]
        for one in locked
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": [
            {
                "type": "library",
                "name": package["name"],
                "version": package["version"],
                "purl": f"pkg:pypi/{package['name']}@{package['version']}",
                "licenses": [{"license": {"name": package["license"]}}]
                if package["license"]
                else [],
                "hashes": [
                    {"alg": "SHA-256", "content": one["sha256"]}
                    for one in hashes.get(package["name"], [])
                    if "sha256" in one
                ],
            }
            for package in packages
        ],
    }


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def pack(folder: Path, target: Path) -> Artifact:
    """Pack a folder as an image with one layer.

    Args:
        folder: The installed packages.
        target: File for the compressed layer.
    """
    content = _Hashing()
    with target.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        content.file = packed
        with tarfile.open(fileobj=content, mode="w|") as archive:
            for path in sorted(folder.rglob("*")):
                _add(archive, path, str(path.relative_to(folder)))
    layer = Blob(_digest_of(target), target.stat().st_size, target)
    machine = platform.machine()
    config = Blob.of(
        _json(
            {
                "architecture": _MACHINES.get(machine, machine),
                "os": "linux",
                "rootfs": {"type": "layers", "diff_ids": [f"sha256:{content.sum.hexdigest()}"]},
            }
        )
    )
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "config": _descriptor(_CONFIG_TYPE, config),
        "layers": [_descriptor(_LAYER_TYPE, layer)],
    }
    return Artifact([layer, config], _json(manifest))


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


def _add(archive: tarfile.TarFile, path: Path, name: str) -> None:
    """Add a file or folder without times and owners; links and others are left out."""
    member = tarfile.TarInfo(name)
    if path.is_symlink():
        return
    if path.is_dir():
        member.type, member.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(member)
    elif path.is_file():
        member.mode, member.size = 0o644, path.stat().st_size
        with path.open("rb") as content:
            archive.addfile(member, content)


def _license_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """Return the license: the expression (PEP 639), the classifier, or the older short text."""
    fields = metadata.json
    named = [
        entry.rpartition(" :: ")[2]
        for entry in fields.get("classifier", [])
        if entry.startswith("License :: ") and not entry.endswith("OSI Approved")
    ]
    older = str(fields.get("license", "")).strip()
    is_short = len(older) <= _LONGEST_LICENSE and "\n" not in older
    short = older if is_short and older != "UNKNOWN" else ""
    return str(fields.get("license_expression", "")) or ", ".join(named) or short


def _descriptor(kind: str, blob: Blob) -> dict[str, Any]:
    return {"mediaType": kind, "digest": blob.digest, "size": blob.size}


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}"
