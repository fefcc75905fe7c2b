"""The package as pip installs it."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging.metadata import Metadata

from tests.conftest import WriteApp
from tests.servers import SOURCES

ROOT = SOURCES.parent


def run(*arguments: str, **options: str | dict[str, str] | Path) -> str:
    ended = subprocess.run(  # noqa: S603
        [sys.executable, *arguments], check=False, capture_output=True, text=True, **options
    )  # type: ignore[call-overload]
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return str(ended.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    return folder


def test_is_complete_and_can_be_published(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    [source] = built.glob("*.tar.gz")
    expected = {
        str(file.relative_to(SOURCES))
        for file in SOURCES.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
        [metadata] = [name for name in names if name.endswith("/METADATA")]
        described = Metadata.from_email(content.read(metadata)).description or ""
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    # such links would lead nowhere
    assert described.startswith("# ")
    assert not re.search(r"\]\((?!#|https://)", described)
    with tarfile.open(source) as content:
        packed = {name.split("/", 1)[1] for name in content.getnames()}
        assert content.extractfile(f"{source.name[:-7]}/LICENSE")
    assert {f"src/{name}" for name in expected} <= packed


def test_has_the_command(built: Path, tmp_path: Path, write_app: WriteApp) -> None:
    [wheel] = built.glob("*.whl")
    run("-m", "pip", "install", "--no-deps", "--quiet", "--prefix", str(tmp_path), str(wheel))
    folder = write_app('def answer() -> int:\n    """The answer."""\n    return 42\n')
    [packages] = tmp_path.glob("lib/*/site-packages")
    command = str(tmp_path / "bin" / "bailiwick")
    assert '"answer"' in run(command, "check", str(folder), env={"PYTHONPATH": str(packages)})
