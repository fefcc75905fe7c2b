"""Images on top of what a Dockerfile added to the runtime."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.images import DEFAULTS, Build, image_in, tar_of
from tests.registries import ImageRegistry, digest_of

pytestmark = pytest.mark.usefixtures("direct")

ADDED = tar_of("opt/geo/libgeo.so")
DEFAULTS_OF_FILE = {**DEFAULTS, "Env": ["PATH=/usr/bin", "LD_LIBRARY_PATH=/opt/geo"]}


def built(folder: Path, below: list[str], added: bytes = ADDED) -> Path:
    """Write an image as Buildah does with ``push dir:``; the lower layers are left out."""
    image = folder / "image"
    image.mkdir(parents=True)
    config = json.dumps(
        {
            "created": "1970-01-01T00:00:00Z",
            "architecture": "amd64",
            "os": "linux",
            "config": DEFAULTS_OF_FILE,
            "rootfs": {"type": "layers", "diff_ids": [*below, digest_of(added)]},
        }
    ).encode()
    for content in (config, added):
        (image / digest_of(content).partition(":")[2]).write_bytes(content)
    layers = [{"digest": one} for one in [*below, digest_of(added)]]
    manifest = {"config": {"digest": digest_of(config)}, "layers": layers}
    (image / "manifest.json").write_text(json.dumps(manifest))
    (folder / "log").write_text("STEP 1/2: FROM runtime\n")
    return folder


def layers_below(images: ImageRegistry) -> Any:  # noqa: ANN401
    _, config = image_in(images["python"], "1")
    return config["rootfs"]["diff_ids"]


def test_keeps_layers_and_defaults_of_the_dockerfile(
    build: Build, images: ImageRegistry, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    result = build(built=built(tmp_path, layers_below(images)))
    assert capfd.readouterr().out.startswith("STEP 1/2: FROM runtime\nCopied 2 layers")
    _, config = image_in(images["desk"])
    assert config["config"]["Env"][:2] == DEFAULTS_OF_FILE["Env"]
    assert config["config"]["Entrypoint"] == ["python3", "-m", "bailiwick", "serve"]
    assert config["rootfs"]["diff_ids"][2] == digest_of(ADDED)
    added, packages, code = images.layers_of(result["artifact"], start=2)
    assert list(added) == ["opt/geo/libgeo.so"]
    assert "alpha/__init__.py" in {name.partition("/")[2] for name in packages}
    assert list(code) == ["bundle/bundle.tar.gz"]


def test_has_the_same_digest_for_the_same_result(
    build: Build, images: ImageRegistry, tmp_path: Path
) -> None:
    below = layers_below(images)
    first, second = (build(built=built(tmp_path / name, below)) for name in ("a", "b"))
    other = build(built=built(tmp_path / "c", below, tar_of("opt/geo/other.so")))
    assert first["artifact"] == second["artifact"] != other["artifact"]


def test_needs_the_runtime_as_its_base(build: Build, images: ImageRegistry, tmp_path: Path) -> None:
    message = "The last stage of the Dockerfile must begin with FROM runtime"
    [problem] = build(built=built(tmp_path, layers_below(images)[:1]))["problems"]
    assert (problem["file"], problem["message"]) == ("Dockerfile", message)
    assert images["desk"].manifests == {}


def test_passes_on_what_the_author_must_correct(
    build: Build, images: ImageRegistry, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_bytes(b"STEP 2/2: RUN make\n\xff\n")
    (tmp_path / "problem").write_text("RUN make: exit status 2\n")
    [problem] = build(built=tmp_path)["problems"]
    assert problem["message"] == "RUN make: exit status 2"
    assert "RUN make" in capfd.readouterr().out
    assert images["desk"].manifests == {}


def test_passes_on_other_errors(build: Build, images: ImageRegistry, tmp_path: Path) -> None:
    (tmp_path / "error").write_text("The image python:1 cannot be pulled\n")
    assert build(built=tmp_path) == {"error": "The image python:1 cannot be pulled"}
    assert images["desk"].manifests == {}
