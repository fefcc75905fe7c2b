"""The folder with the packages of an app on the path of modules."""

import os
import sys

import pytest

from bailiwick.installing.path import FOLDER, use_packages


def test_uses_packages_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/runtime"])
    environment: dict[str, str] = {}
    use_packages(environment)
    assert environment == {}
    environment = {FOLDER: "/packages"}
    use_packages(environment)
    once = dict(environment)
    assert once["PYTHONPATH"].endswith(f"{os.pathsep}/packages")
    use_packages(environment)
    assert environment == once
    assert sys.path == ["/runtime", "/packages"]
