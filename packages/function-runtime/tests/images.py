"""Builds of images that serve apps, for tests."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bailiwick.installing.artifact import architecture, pack
from bailiwick.installing.bill import BILL, bill_of_materials
from bailiwick.installing.image import ImageRequest, build_image
from bailiwick.installing.registry import Login, Registry
from tests.registries import ImageRegistry, Repository, digest_of
from tests.tries import HEAD, ROW, archive

OCI = "application/vnd.oci.image"
DOCKER = "application/vnd.docker"
MANIFEST = f"{OCI}.manifest.v1+json"
INDEX = f"{OCI}.index.v1+json"
OCI_LAYERS = (f"{OCI}.layer.v1.tar", f"{OCI}.layer.v1.tar+gzip")
DOCKER_LAYERS = tuple(f"{DOCKER}.image.rootfs.diff.tar{end}" for end in ("", ".gzip"))
DEFAULTS = {
    "Env": ["PATH=/usr/bin", "PYTHONPATH=/opt/lib"],
    "Entrypoint": ["python3"],
    "Cmd": ["--version"],
    "User": "1000",
    "WorkingDir": "/tmp",  # noqa: S108
    "Labels": {"org.opencontainers.image.title": "python", "vendor": "example"},
    "Volumes": None,
}
CODE = archive(f"""{HEAD}import alpha
def prices() -> Table[Price]:
    '''Prices of shares.'''
    return [{ROW}]
""")
ALPHA = {"name": "alpha", "version": "2.0+local", "license": "MIT"}
WHEELS = [{"hashes": {"sha256": "3f" * 32}}, {"hashes": {"md5": "0"}}]
BILL_OF_ALPHA = json.dumps(bill_of_materials([ALPHA], [{"name": "alpha", "wheels": WHEELS}]))
FILES = {
    "alpha/__init__.py": b"x = 1\n",
    "alpha/data.bin": bytes(range(256)) * 10,
    f"alpha/{'long' * 40}/\N{LATIN SMALL LETTER E WITH ACUTE}.txt": b"",
    BILL: BILL_OF_ALPHA.encode(),
}
DPKG = """Package: zlib1g
Status: install ok installed
Architecture: amd64
Version: 1:1.2.13.dfsg-1

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1.0

Package: broken
Status: install reinstreq half-installed
Architecture: amd64
Version: 1.0

Package: libstdc++6
Status: hold ok installed
Maintainer: L\N{LATIN SMALL LETTER E WITH ACUTE}a
Architecture: amd64
Description: library
 Version: not this
 .
Version: 12.2.0-14+deb12u1
"""

Build = Callable[..., dict[str, Any]]


def builds(images: ImageRegistry, scratch: Path) -> Build:
    """Return builds with a runtime in repository ``python`` and packages in ``packages``."""
    add_base(images["python"], "1")
    code = scratch / "code.tar.gz"
    code.write_bytes(CODE)
    folder = scratch / "folder"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    login = Login(insecure=frozenset({images.address}))
    packages = Registry(f"{images.address}/packages", login).push(pack(folder, scratch / "layer"))
    images.uploaded.clear()
    request = ImageRequest(f"{images.address}/python:1", code, packages, "desk", "c0ffee")

    def build(
        target: str = f"{images.address}/desk",
        login: Login = login,
        tag: str = "v1",
        **changes: Any,  # noqa: ANN401
    ) -> dict[str, Any]:
        return build_image(replace(request, **changes), target, login, tag)

    return build


def image_in(repository: Repository, version: str = "v1") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return manifest and configuration."""
    manifest = repository.find(version)
    return manifest, json.loads(repository.read(manifest["config"]))


def add_base(
    repository: Repository,
    tag: str = "",
    *,
    docker: bool = False,
    machine: str = architecture(),
    defaults: dict[str, Any] | None = DEFAULTS,
) -> str:
    """Add an image of a runtime, with an uncompressed layer; returns its digest."""
    archives = [tar_of("usr/bin/python3"), tar_of("opt/lib/bailiwick.py")]
    config = {
        "architecture": machine,
        "os": "linux",
        "config": defaults,
        "rootfs": {"type": "layers", "diff_ids": [digest_of(one) for one in archives]},
        "history": [{"created_by": "test"}] * 2,
    }
    contents = (archives[0], gzip.compress(archives[1], mtime=0))
    kinds = DOCKER_LAYERS if docker else OCI_LAYERS
    document = {
        "schemaVersion": 2,
        "mediaType": f"{DOCKER}.distribution.manifest.v2+json" if docker else MANIFEST,
        "config": {
            "mediaType": f"{DOCKER}.container.image.v1+json" if docker else f"{OCI}.config.v1+json",
            **repository.add(json.dumps(config).encode()),
        },
        "layers": [
            {"mediaType": kind, **repository.add(content)}
            for kind, content in zip(kinds, contents, strict=True)
        ],
    }
    return repository.add_manifest(document, tag)


def add_index(
    repository: Repository, digests: dict[str, str], tag: str, kind: str | None = INDEX
) -> str:
    """Add an index of images by architecture; returns its digest."""
    manifests = [
        {
            "mediaType": repository.find(digest)["mediaType"],
            "digest": digest,
            "size": len(repository.manifests[digest]),
            "platform": {"os": "linux", "architecture": machine},
        }
        for machine, digest in digests.items()
    ]
    head = {"schemaVersion": 2, **({"mediaType": kind} if kind else {})}
    return repository.add_manifest({**head, "manifests": manifests}, tag)


def tar_of(name: str) -> bytes:
    """Return a tar file with one file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(name)
        archive.addfile(member, io.BytesIO(name.encode()))
    return packed.getvalue()
