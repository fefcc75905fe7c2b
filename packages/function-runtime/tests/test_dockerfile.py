"""Images on top of what a Dockerfile added to the runtime."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.images import DEFAULTS, Build, image_in, tar_of
from tests.registries import ImageRegistry, digest_of

pytestmark = pytest.mark.usefixtures("direct")

ADDED = tar_of("opt/geo/libgeo.so")
DEFAULTS_OF_FILE = {
    "Env": ["PATH=/opt/geo/bin:/usr/bin", "PYTHONPATH=/opt/geo", "LD_LIBRARY_PATH=/opt/geo"],
    "Labels": {"vendor": "other", "geo": "1"},
    "User": "0",
    "Volumes": {"/data": {}},
    "WorkingDir": "/opt",
}


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
    runtime = config["config"]
    assert runtime["Env"][:3] == [
        "PYTHONPATH=/opt/lib",
        "PATH=/opt/geo/bin:/usr/bin",
        "LD_LIBRARY_PATH=/opt/geo",
    ]
    assert (runtime["Labels"]["vendor"], runtime["Labels"]["geo"]) == ("example", "1")
    assert (runtime["User"], runtime["WorkingDir"]) == ("1000", DEFAULTS["WorkingDir"])
    assert "Volumes" not in runtime
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


@pytest.mark.parametrize("name", ["log", "problem", "error", "image/manifest.json", "image"])
def test_follows_no_links(
    build: Build,
    images: ImageRegistry,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    name: str,
) -> None:
    folder = built(tmp_path / "work", layers_below(images))
    secret = tmp_path / "secret"
    if name == "image":
        (folder / "image").rename(secret)
    else:
        (folder / name).unlink(missing_ok=True)
        secret.write_text("password")
    (folder / name).symlink_to(secret)
    result = build(built=folder)
    assert "password" not in json.dumps(result) + capfd.readouterr().out
    is_image = name.startswith("image")
    assert ("error" in result) == is_image


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"digest": "sha256:../../secret"}, "'sha256:../../secret' is not a digest"),
        ({"digest": digest_of(b"other")}, f"image/{digest_of(b'other')[7:]} is not a regular file"),
        (None, "2 layers for 3 digests"),
    ],
)
def test_refuses_layers_that_do_not_exist(
    build: Build,
    images: ImageRegistry,
    tmp_path: Path,
    change: dict[str, str] | None,
    message: str,
) -> None:
    folder = built(tmp_path, layers_below(images))
    file = folder / "image" / "manifest.json"
    manifest = json.loads(file.read_text())
    manifest["layers"][2:] = [change] if change else []
    file.write_text(json.dumps(manifest))
    assert build(built=folder) == {"error": f"The builder left a broken image: {message}"}


def test_refuses_layers_that_do_not_match(
    build: Build, images: ImageRegistry, tmp_path: Path
) -> None:
    folder = built(tmp_path, layers_below(images))
    (folder / "image" / digest_of(ADDED)[7:]).write_bytes(tar_of("other"))
    assert "the layers do not match their digests" in build(built=folder)["error"]


def test_prints_the_end_of_a_long_log(
    build: Build, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_bytes(b"\xff" * 100_000 + b"\nError: exit status 1\n")
    (tmp_path / "problem").write_text("exit status 1")
    build(built=tmp_path)
    printed = capfd.readouterr().out
    assert printed.endswith("Error: exit status 1\n")
    assert len(printed) < 20_000
