"""Makes the installed packages of an app importable."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

FOLDER: Final = "BAILIWICK_PACKAGES_FOLDER"
"""Variable with the folder of the installed packages."""


def use_packages(environment: MutableMapping[str, str] = os.environ) -> None:
    """Append the folder of the installed packages to the paths of this process and its children.

    The standard library and the packages of the runtime come first, so an app cannot replace them.
    Python runs ``.pth`` files only in site directories, which this folder is not.
    """
    folder = environment.get(FOLDER)
    if not folder or folder in sys.path:
        return
    sys.path.append(folder)
    before = environment.get("PYTHONPATH")
    library = Path(os.__file__).parent
    # children search PYTHONPATH before the standard library, so it names the library, too
    paths = (*([before] if before else []), str(library), str(library / "lib-dynload"), folder)
    environment["PYTHONPATH"] = os.pathsep.join(paths)
