"""Builds an image that serves an app on any machine: its runtime, its packages and its code.

The layers are those of the runtime, those that a Dockerfile added, one with the packages and one
with the code; nothing is run. The same inputs result in the same digest. A bill of materials is
attached to the image.

The result is the last line on standard output, as that of :mod:`bailiwick.installing.build`.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bailiwick.errors import LoadFailed
from bailiwick.installing.artifact import (
    LAYER_TYPE,
    MANIFEST_TYPE,
    Artifact,
    Blob,
    Layer,
    add_file,
    add_folder,
    architecture,
    assemble,
    descriptor,
    to_json,
    write_layer,
)
from bailiwick.installing.bill import (
    BILL,
    BILL_TYPE,
    bill_of_materials,
    describe,
    document_of,
    system_components,
)
from bailiwick.installing.build import refusal_of
from bailiwick.installing.dockerfile import read_built
from bailiwick.installing.registry import Login, Registry, RegistryFailed, split_reference
from bailiwick.installing.signing import SigningFailed, find_key, signature_of, tag_of

_DOCKER_LAYERS: Final = {
    "application/vnd.docker.image.rootfs.diff.tar": "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.docker.image.rootfs.diff.tar.gzip": LAYER_TYPE,
    "application/vnd.docker.image.rootfs.diff.tar.zstd": (
        "application/vnd.oci.image.layer.v1.tar+zstd"
    ),
}
_EMPTY_TYPE: Final = "application/vnd.oci.empty.v1+json"
_PACKAGES: Final = "packages"
_CODE: Final = "bundle/bundle.tar.gz"


@dataclass(frozen=True)
class ImageRequest:
    """What to build.

    Attributes:
        base: Reference of the image of the runtime, which this process runs in.
        code: The code bundle, a ``.tar.gz`` file.
        packages: Reference of the image with the packages; none if the runtime has all of them.
        app: Name of the app.
        commit: Commit of the code.
        key: File with the private key for a signature; not signed if it does not exist.
        built: Folder as in :mod:`bailiwick.installing.dockerfile`; none without a Dockerfile.
    """

    base: str
    code: Path
    packages: str | None
    app: str
    commit: str
    key: Path | None = None
    built: Path | None = None


def build_image(request: ImageRequest, target: str, login: Login, tag: str = "") -> dict[str, Any]:
    """Build and push an image; returns the result of this module.

    Args:
        request: What to build.
        target: Host and path of the repository.
        login: How to reach the registries.
        tag: Tag of the image; the digits of its digest if empty.
    """
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return _build(request, target, login, Path(scratch), tag)
    except LoadFailed as error:
        return refusal_of(error)
    except (RegistryFailed, SigningFailed, OSError) as error:
        return {"error": str(error)}


def _build(
    request: ImageRequest, path: str, login: Login, scratch: Path, tag: str
) -> dict[str, Any]:
    key = find_key(request.key)
    target = Registry(path, login)
    base = _BaseImage.pull(request.base, login, scratch)
    added: list[Layer] = []
    defaults = base.config.get("config") or {}
    if request.built:
        built, added = read_built(request.built, base.config["rootfs"]["diff_ids"], scratch)
        defaults = _extended(defaults, built)
    base.copy_layers(target, scratch)
    _say(f"Copied {len(base.layers)} layers of {request.base}")
    components = bill_of_materials(describe(sys.path))["components"]
    if request.packages:
        layer, own = _packages_layer(request.packages, login, scratch)
        added.append(layer)
        components += own
    added.append(_code_layer(request.code, scratch))
    descriptors = [*base.layers, *(descriptor(LAYER_TYPE, one.blob) for one in added)]
    image = assemble(
        _config_with(added, base, defaults, request),
        descriptors,
        [one.blob for one in added],
    )
    # Registry.attach may need the tag that Registry.push would choose
    reference = target.push(image, tag or image.digest.partition(":")[2])
    _say(f"Pushed {reference}")
    target.attach(_attached_bill([*system_components(), *components], image), image.digest)
    _say("Attached a bill of materials (CycloneDX)")
    if key:
        signature = signature_of(path, image.digest, key)
        target.push(signature, tag_of(image.digest))
        _say("Signed")
    return {
        "artifact": reference,
        "packages": [_described(one) for one in components],
        "bytes": sum(one["size"] for one in descriptors),
    }


@dataclass(frozen=True)
class _BaseImage:
    """The image to add layers to."""

    repository: Registry
    config: Mapping[str, Any]
    layers: Sequence[Mapping[str, Any]]

    @staticmethod
    def pull(reference: str, login: Login, scratch: Path) -> _BaseImage:
        path, version = split_reference(reference)
        repository = Registry(path, login)
        manifest = repository.manifest(version)
        file = scratch / "config.json"
        repository.fetch(manifest["config"]["digest"], file)
        config = json.loads(file.read_bytes())
        if (config.get("os"), config.get("architecture")) != ("linux", architecture()):
            raise RegistryFailed(f"The image {reference} has no variant for {architecture()}")
        layers = [
            {
                "mediaType": _DOCKER_LAYERS.get(one["mediaType"], one["mediaType"]),
                "digest": one["digest"],
                "size": one["size"],
            }
            for one in manifest["layers"]
        ]
        return _BaseImage(repository, config, layers)

    def copy_layers(self, target: Registry, scratch: Path) -> None:
        for one in self.layers:
            target.copy(one["digest"], self.repository, scratch / "layer")


def _extended(runtime: Mapping[str, Any], built: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults of the runtime with the variables and labels that a Dockerfile added."""
    own = {one.partition("=")[0] for one in runtime.get("Env") or []} - {"PATH"}
    added = [one for one in built.get("Env") or [] if one.partition("=")[0] not in own]
    kept = [one for one in runtime.get("Env") or [] if one.partition("=")[0] in own]
    labels = {**(built.get("Labels") or {}), **(runtime.get("Labels") or {})}
    return {**runtime, "Env": [*kept, *added], "Labels": labels}


def _config_with(
    added: Sequence[Layer], base: _BaseImage, defaults: Mapping[str, Any], request: ImageRequest
) -> dict[str, Any]:
    """Return the configuration of the image, which serves the app by default.

    Args:
        added: Layers above those of the base.
        base: The runtime.
        defaults: Defaults of containers, of the runtime or of the Dockerfile.
        request: What to build.
    """
    env = list(defaults.get("Env") or [])
    if request.packages:
        env.append(f"BAILIWICK_PACKAGES_FOLDER=/{_PACKAGES}")
    return {
        "architecture": base.config["architecture"],
        "os": base.config["os"],
        "config": {
            **{name: value for name, value in defaults.items() if value is not None},
            "Env": env,
            "Entrypoint": ["python3", "-m", "bailiwick", "serve"],
            "Cmd": ["--bundle", f"/{_CODE}"],
            "ExposedPorts": {"8080/tcp": {}},
            "Labels": {
                **(defaults.get("Labels") or {}),
                "org.opencontainers.image.title": request.app,
                "org.opencontainers.image.revision": request.commit,
            },
        },
        "rootfs": {
            "type": "layers",
            "diff_ids": [*base.config["rootfs"]["diff_ids"], *(one.diff_id for one in added)],
        },
    }


def _packages_layer(
    reference: str, login: Login, scratch: Path
) -> tuple[Layer, list[dict[str, Any]]]:
    """Return the layer with packages in its folder of the image, and their components."""
    path, version = split_reference(reference)
    repository = Registry(path, login)
    packed, *others = repository.manifest(version)["layers"]
    if others:
        raise RegistryFailed(f"The image {reference} has other layers than packages")
    archive = scratch / "packages.tar.gz"
    repository.fetch(packed["digest"], archive)
    bill = io.BytesIO()

    def fill(layer: tarfile.TarFile) -> None:
        add_folder(layer, _PACKAGES)
        for name, content, size in _members_of(archive):
            if content is None:
                add_folder(layer, f"{_PACKAGES}/{name}")
                continue
            if name == BILL:
                bill.write(content.read())
                bill.seek(0)
                content = bill  # noqa: PLW2901
            add_file(layer, f"{_PACKAGES}/{name}", content, size)

    layer = write_layer(scratch / "packages-layer.tar.gz", fill)
    components: list[dict[str, Any]] = json.loads(bill.getvalue() or b"{}").get("components", [])
    return layer, components


def _members_of(archive: Path) -> Iterator[tuple[str, Any, int]]:
    """Yield name, content and size of each file, and no content for a folder."""
    with tarfile.open(archive, "r|gz") as packed:
        for member in packed:
            if member.isdir():
                yield member.name, None, 0
            elif member.isfile():
                yield member.name, packed.extractfile(member), member.size


def _code_layer(code: Path, scratch: Path) -> Layer:
    def fill(layer: tarfile.TarFile) -> None:
        add_folder(layer, _CODE.partition("/")[0])
        with code.open("rb") as content:
            add_file(layer, _CODE, content, code.stat().st_size)

    return write_layer(scratch / "code-layer.tar.gz", fill)


def _attached_bill(components: Sequence[Mapping[str, Any]], image: Artifact) -> Artifact:
    """Return an artifact with a bill of materials of an image (image-spec 1.1, ``subject``)."""
    bill = Blob.of(to_json(document_of(components)))
    empty = Blob.of(b"{}")
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "artifactType": BILL_TYPE,
        "config": descriptor(_EMPTY_TYPE, empty),
        "layers": [descriptor(BILL_TYPE, bill)],
        "subject": {
            "mediaType": MANIFEST_TYPE,
            "digest": image.digest,
            "size": len(image.manifest),
        },
    }
    return Artifact([bill, empty], to_json(manifest))


def _described(component: Mapping[str, Any]) -> dict[str, str]:
    """Return a Python package as :func:`bailiwick.installing.bill.describe` does."""
    licenses = [one["license"]["name"] for one in component["licenses"]]
    return {
        "name": component["name"],
        "version": component["version"],
        "license": ", ".join(licenses),
    }


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
