"""The command ``workspace``: JupyterLab for one person and one app."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import sys
from typing import Final

from bailiwick.installing.path import TOOLS, use_tools

APP: Final = "BAILIWICK_APP"
"""Variable with the name of the app."""

_NAME: Final = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*")


def serve_workspace(options: argparse.Namespace) -> int:
    """Serve JupyterLab until nobody uses it.

    Returns:
        The exit code: 0, or 1 with the reason on standard error.
    """
    app = os.environ.get(APP, "")
    if not _NAME.fullmatch(app):
        print(f"{APP} is {app!r}; it must be the name of an app.", file=sys.stderr)
        return 1
    use_tools()
    needed = ["jupyter_server", "ipykernel", *([] if options.without_lab else ["jupyterlab"])]
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"JupyterLab is not installed ({', '.join(missing)} not found); install it into a "
            f"folder and set {TOOLS} to the path of the folder.",
            file=sys.stderr,
        )
        return 1
    # imported here: only this command needs Jupyter
    from bailiwick.workspace.jupyter import (  # noqa: PLC0415
        WorkspaceOptions,
        run_server,
        use_tools_folder,
    )

    folder = os.environ.get(TOOLS)
    if folder:
        use_tools_folder(folder)
    return run_server(
        WorkspaceOptions(
            folder=options.folder,
            app=app,
            port=options.port,
            idle_minutes=options.idle_minutes,
            has_lab=not options.without_lab,
        )
    )
