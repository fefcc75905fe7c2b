"""Makes the installed packages of an app importable."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

FOLDER: Final = "BAILIWICK_PACKAGES_FOLDER"
"""Variable with the folder of the installed packages."""
TOOLS: Final = "BAILIWICK_TOOLS_FOLDER"
"""Variable with the folder of JupyterLab and the packages that it needs."""


def use_packages(environment: MutableMapping[str, str] = os.environ) -> None:
    """Append the folder of the installed packages to the paths of this process and its children.

    The standard library and the packages of the runtime come first, so an app cannot replace them.
    Python runs ``.pth`` files only in site directories, which this folder is not.
    """
    folder = environment.get(FOLDER)
    if not folder or folder in sys.path:
        return
    sys.path.append(folder)
    _append(folder, environment)


def use_tools(environment: MutableMapping[str, str] = os.environ) -> None:
    """Append the folder of JupyterLab to the paths of this process and its children.

    Children search the packages of the app before those of JupyterLab. This process runs no code of
    the app and searches JupyterLab first, so an app with other versions cannot break the server.
    """
    folder = environment.get(TOOLS)
    if not folder or folder in sys.path:
        return
    _append(folder, environment)
    packages = environment.get(FOLDER)
    place = sys.path.index(packages) if packages in sys.path else len(sys.path)
    sys.path.insert(place, folder)


def _append(folder: str, environment: MutableMapping[str, str]) -> None:
    """Append a folder to the variable ``PYTHONPATH``."""
    before = environment.get("PYTHONPATH", "")
    paths = before.split(os.pathsep) if before else []
    library = Path(os.__file__).parent
    # children search PYTHONPATH before the standard library, so it names the library, too
    for path in (str(library), str(library / "lib-dynload"), folder):
        if path not in paths:
            paths.append(path)
    environment["PYTHONPATH"] = os.pathsep.join(paths)
