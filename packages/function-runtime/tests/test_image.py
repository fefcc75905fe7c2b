"""Images that serve apps, in registries on loopback."""

import base64
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bailiwick.bundle import unpack
from bailiwick.installing.artifact import architecture
from bailiwick.installing.bill import system_components
from bailiwick.installing.path import FOLDER
from bailiwick.installing.registry import Login
from tests.images import (
    CODE,
    DEFAULTS,
    DOCKER,
    FILES,
    INDEX,
    MANIFEST,
    OCI,
    OCI_LAYERS,
    Build,
    add_base,
    add_index,
    image_in,
)
from tests.registries import LOGIN, ImageRegistry, Repository, encoded
from tests.servers import SOURCES

pytestmark = pytest.mark.usefixtures("direct")

DEBIAN = [
    {
        "type": "library",
        "name": "libstdc++6",
        "version": "12.2.0-14+deb12u1",
        "purl": "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64",
    },
    {
        "type": "library",
        "name": "zlib1g",
        "version": "1:1.2.13.dfsg-1",
        "purl": "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64",
    },
]


def bill_in(repository: Repository, manifest: dict[str, Any]) -> Any:  # noqa: ANN401
    [layer] = manifest["layers"]
    return json.loads(repository.read(layer))


def attached_to(repository: Repository, digest: str) -> list[dict[str, Any]]:
    """Return the manifests that have an image as their subject."""
    manifests = map(json.loads, repository.manifests.values())
    return [one for one in manifests if one.get("subject", {}).get("digest") == digest]


def test_adds_packages_and_code_to_the_runtime(build: Build, images: ImageRegistry) -> None:
    result = build()
    digest = images["desk"].tags["v1"]
    assert result["artifact"] == f"{images.address}/desk@{digest}"
    manifest, config = image_in(images["desk"])
    base, base_config = image_in(images["python"], "1")
    assert manifest["mediaType"] == MANIFEST
    assert manifest["config"]["mediaType"] == f"{OCI}.config.v1+json"
    assert manifest["layers"][:2] == base["layers"]
    assert {one["mediaType"] for one in manifest["layers"][2:]} == {OCI_LAYERS[1]}
    assert result["bytes"] == sum(one["size"] for one in manifest["layers"])
    assert {"name": "alpha", "version": "2.0+local", "license": "MIT"} in result["packages"]
    assert {"pydantic", "starlette"} < {one["name"] for one in result["packages"]}
    packages, code = images.layers_of(result["artifact"], start=2)
    assert packages == {f"packages/{name}": content for name, content in FILES.items()}
    assert code == {"bundle/bundle.tar.gz": CODE}
    assert config.keys() == {"architecture", "os", "config", "rootfs"}
    assert config["architecture"] == base_config["architecture"]
    assert config["config"] == {
        "Env": [*DEFAULTS["Env"], f"{FOLDER}=/packages"],  # type: ignore[misc]
        "Entrypoint": ["python3", "-m", "bailiwick", "serve"],
        "Cmd": ["--bundle", "/bundle/bundle.tar.gz"],
        "ExposedPorts": {"8080/tcp": {}},
        "User": "1000",
        "WorkingDir": "/tmp",  # noqa: S108
        "Labels": {
            "vendor": "example",
            "org.opencontainers.image.title": "desk",
            "org.opencontainers.image.revision": "c0ffee",
        },
    }


@pytest.mark.parametrize("defaults", [None, {}, {"Env": None, "Labels": None}])
def test_needs_neither_packages_nor_defaults_of_the_runtime(
    build: Build, images: ImageRegistry, defaults: dict[str, Any] | None
) -> None:
    add_base(images["python"], "bare", defaults=defaults)
    result = build(base=f"{images.address}/python:bare", packages=None)
    assert images.layers_of(result["artifact"], start=2) == [{"bundle/bundle.tar.gz": CODE}]
    _, config = image_in(images["desk"])
    assert config["config"]["Env"] == []
    assert len(config["config"]["Labels"]) == 2
    assert "alpha" not in {one["name"] for one in result["packages"]}


def test_loads_the_code_of_an_image_with_its_packages(
    build: Build, images: ImageRegistry, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    for layer in images.layers_of(build()["artifact"], start=2):
        for name, content in layer.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    unpack(root / "bundle/bundle.tar.gz", root)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bailiwick", "check", str(root)],
        env={**os.environ, "PYTHONPATH": str(SOURCES), FOLDER: str(root / "packages")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert [one["name"] for one in json.loads(done.stdout)["functions"]] == ["prices"]


def test_builds_the_same_inputs_to_the_same_digest(
    build: Build, images: ImageRegistry, tmp_path: Path
) -> None:
    first = build()
    uploaded = list(images.uploaded)
    copy = tmp_path / "copy.tgz"
    copy.write_bytes(CODE)
    os.utime(copy, (0, 0))
    assert build(code=copy) == first
    assert images.uploaded == uploaded
    elsewhere = build(target=f"{images.address}/elsewhere")["artifact"]
    assert elsewhere.partition("@")[2] == first["artifact"].partition("@")[2]
    assert build(commit="decade")["artifact"] != first["artifact"]


@pytest.mark.parametrize("kind", [INDEX, f"{DOCKER}.distribution.manifest.list.v2+json", None])
@pytest.mark.parametrize("docker", [True, False])
def test_adds_to_the_variant_for_this_machine(
    build: Build, images: ImageRegistry, kind: str | None, *, docker: bool
) -> None:
    python = images["python"]
    _, config = image_in(python, "1")
    digests = {
        "s390x": add_base(python, machine="s390x"),
        config["architecture"]: add_base(python, docker=docker),
    }
    digest = add_index(python, digests, "all", kind)
    result = build(base=f"{images.address}/python:all@{digest}")
    manifest, own = image_in(images["desk"])
    assert own["architecture"] == config["architecture"]
    assert manifest["mediaType"] == MANIFEST
    assert [one["mediaType"] for one in manifest["layers"]] == [*OCI_LAYERS, *OCI_LAYERS[1:] * 2]
    assert result["artifact"] == build()["artifact"]


def test_refuses_a_runtime_for_other_machines(build: Build, images: ImageRegistry) -> None:
    digest = add_base(images["python"], "other", machine="s390x")
    add_index(images["python"], {"s390x": digest}, "all")
    machine = architecture()
    for version in (":all", ":other", f"@{digest}"):
        reference = f"{images.address}/python{version}"
        message = f"The image {reference} has no variant for {machine}"
        assert build(base=reference) == {"error": message}
    assert "desk" not in images.repositories


@pytest.mark.parametrize(("mounting", "copied"), [(201, 0), (202, 2), (403, 2)])
def test_mounts_or_copies_blobs_of_the_same_registry(
    build: Build, images: ImageRegistry, mounting: int, copied: int
) -> None:
    images.mounting = mounting
    artifact = build()["artifact"]
    base = {one["digest"] for one in image_in(images["python"], "1")[0]["layers"]}
    assert len(base & set(images.uploaded)) == copied
    # two layers, the configuration, the bill and its configuration
    assert len(images.uploaded) == copied + 5
    assert max(Counter(images.uploaded).values()) == 1
    assert len(images.layers_of(artifact, start=2)) == 2


def test_copies_blobs_of_another_registry(
    build: Build, images: ImageRegistry, other: ImageRegistry
) -> None:
    other.access = "Bearer"
    credentials = {"auths": {other.address: {"auth": encoded(LOGIN)}}}
    login = Login(credentials, frozenset({images.address, other.address}))
    result = build(target=f"{other.address}/desk", login=login)
    assert len(other.layers_of(result["artifact"], start=2)) == 2
    assert len(other.uploaded) == len(set(other.uploaded)) == 7
    assert images.uploaded == []


def test_attaches_a_bill_of_materials(build: Build, images: ImageRegistry) -> None:
    result = build(tag="")
    desk, digest = images["desk"], result["artifact"].partition("@")[2]
    index = desk.find(digest.replace(":", "-"))
    assert index["mediaType"] == INDEX
    [entry] = index["manifests"]
    manifest = desk.find(entry["digest"])
    kind = "application/vnd.cyclonedx+json"
    assert entry == {
        "mediaType": MANIFEST,
        "artifactType": kind,
        "digest": entry["digest"],
        "size": len(desk.manifests[entry["digest"]]),
    }
    assert (manifest["artifactType"], manifest["layers"][0]["mediaType"]) == (kind, kind)
    assert manifest["config"]["mediaType"] == f"{OCI[:-6]}.empty.v1+json"
    size = len(desk.manifests[digest])
    assert manifest["subject"] == {"mediaType": MANIFEST, "digest": digest, "size": size}
    # registries delete images without a tag
    assert desk.tags[digest.removeprefix("sha256:")] == digest
    bill = bill_in(desk, manifest)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["components"][:2] == DEBIAN
    assert bill["components"][-1] == {
        "type": "library",
        "name": "alpha",
        "version": "2.0+local",
        "purl": "pkg:pypi/alpha@2.0%2Blocal",
        "licenses": [{"license": {"name": "MIT"}}],
        "hashes": [{"alg": "SHA-256", "content": "3f" * 32}],
    }
    assert "pkg:pypi/pydantic@" in {
        one["purl"].partition("@")[0] + "@" for one in bill["components"]
    }


def test_keeps_what_others_attached(build: Build, images: ImageRegistry) -> None:
    desk, digest = images["desk"], build()["artifact"].partition("@")[2]
    tag = digest.replace(":", "-")
    [bill] = desk.find(tag)["manifests"]
    signature = {**bill, "digest": add_base(desk), "annotations": {"signer": "example"}}
    desk.add_manifest({"schemaVersion": 2, "mediaType": INDEX, "manifests": [signature]}, tag)
    for _ in range(2):
        build()
        assert desk.find(tag)["manifests"] == [signature, bill]


def test_attaches_without_an_index_if_the_registry_finds_the_bill(
    build: Build, images: ImageRegistry
) -> None:
    images.has_referrers = True
    digest = build()["artifact"].partition("@")[2]
    assert images["desk"].tags == {"v1": digest}
    [attached] = attached_to(images["desk"], digest)
    assert bill_in(images["desk"], attached)["components"][:2] == DEBIAN


def test_signs_with_a_key(build: Build, images: ImageRegistry, tmp_path: Path) -> None:
    key, public = tmp_path / "key.pem", tmp_path / "public.pem"
    curve = ("-name", "prime256v1", "-genkey", "-noout")
    openssl("ecparam", *curve, "-out", str(key))
    openssl("ec", "-in", str(key), "-pubout", "-out", str(public))
    digest = build(key=key)["artifact"].partition("@")[2]
    desk = images["desk"]
    [layer] = desk.find(f"{digest.replace(':', '-')}.sig")["layers"]
    content, signature = tmp_path / "content", tmp_path / "signature"
    content.write_bytes(desk.read(layer))
    statement = json.loads(content.read_bytes())
    assert statement["critical"]["image"] == {"docker-manifest-digest": digest}
    assert statement["critical"]["identity"] == {"docker-reference": f"{images.address}/desk"}
    encoded = layer["annotations"]["dev.cosignproject.cosign/signature"]
    signature.write_bytes(base64.b64decode(encoded))
    check = ("-sha256", "-verify", str(public), "-signature", str(signature))
    openssl("dgst", *check, str(content))


def test_does_not_sign_without_a_key(build: Build, images: ImageRegistry, tmp_path: Path) -> None:
    (tmp_path / "none" / "..data").mkdir(parents=True)
    for folder in ("none", "absent"):
        build(key=tmp_path / folder / "cosign.key")
    assert not [tag for tag in images["desk"].tags if tag.endswith(".sig")]


def test_explains_a_wrong_key(build: Build, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("secret")
    assert build(key=key)["error"].startswith("The image cannot be signed: ")
    other = build(key=tmp_path / "cosign.key")
    assert other["error"] == "The image cannot be signed: the key is not named cosign.key"


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)  # noqa: S603, S607


def test_lists_no_system_packages_without_dpkg(tmp_path: Path) -> None:
    assert system_components(tmp_path / "status") == []
    (tmp_path / "status").touch()
    assert system_components(tmp_path / "status") == []
