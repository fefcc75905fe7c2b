from pathlib import Path

import pytest

from bailiwick import type_files as module
from bailiwick.type_files import type_files


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def test_types_of_packages_that_distribute_types(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "typed/py.typed": "",
            "typed/__init__.py": "x: int = 1",
            "typed/fast.py": "y = 2",
            "typed/fast.pyi": "y: int",
            "typed/tests/test_x.py": "",
            "untyped/__init__.py": "z = 3",
            "frames/__init__.py": "class Frame: ...",
            "frames-stubs/__init__.pyi": "class Frame: rows: int",
            "uvicorn/py.typed": "",
            "uvicorn/__init__.py": "",
            "1strange/py.typed": "",
            "single.py": "",
        },
    )
    assert type_files([tmp_path, tmp_path / "missing"]) == {
        "frames/__init__.pyi": "class Frame: rows: int",
        "typed/__init__.py": "x: int = 1",
        "typed/fast.pyi": "y: int",
    }


def test_the_first_folder_wins(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write(one, {"lib/py.typed": "", "lib/__init__.py": "first"})
    write(other, {"lib/py.typed": "", "lib/__init__.py": "second"})
    assert type_files([one, other]) == {"lib/__init__.py": "first"}


def test_files_that_are_not_text_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"lib/py.typed": "", "lib/__init__.py": "x: int"})
    (tmp_path / "lib/broken.py").write_bytes(b"\xff\xfe\x00")
    assert list(type_files([tmp_path])) == ["lib/__init__.py"]


def test_packages_that_do_not_fit_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    for name, text in {"a": "x" * 9, "b": "x" * 8, "c": "x" * 2}.items():
        write(tmp_path, {f"{name}/py.typed": "", f"{name}/__init__.py": text})
    assert sorted(type_files([tmp_path])) == ["b/__init__.py", "c/__init__.py"]


def test_installed_libraries_have_types(monkeypatch: pytest.MonkeyPatch) -> None:
    # more libraries are installed than in a runtime
    monkeypatch.setattr(module, "MAX_BYTES", 1_000_000_000)
    files = type_files()
    for path in (
        "pandas/__init__.pyi",
        "numpy/__init__.pyi",
        "pydantic/main.py",
        "bailiwick/__init__.py",
    ):
        assert path in files
