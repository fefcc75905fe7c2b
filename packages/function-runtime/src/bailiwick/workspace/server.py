"""The command ``workspace``: JupyterLab for one person and one app."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import sys
from pathlib import Path
from typing import Final

from bailiwick.installing.path import TOOLS, use_tools

APP: Final = "BAILIWICK_APP"
"""Variable with the name of the app."""

_NAME: Final = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*")


def add_workspace_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--folder", type=Path, required=True, help="folder that is kept")
    parser.add_argument("--port", type=int, default=8888, help="port of 127.0.0.1 to listen on")
    parser.add_argument(
        "--idle-minutes", type=float, default=60, help="minutes without activity until the end"
    )
    parser.add_argument(
        "--termination-log", type=Path, help="file that receives the reason of the end"
    )
    parser.add_argument("--without-lab", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(command=_workspace)


def _workspace(options: argparse.Namespace) -> int:
    app = os.environ.get(APP, "")
    if not _NAME.fullmatch(app):
        print(f"{APP} is {app!r}; it must be the name of an app.", file=sys.stderr)
        return 1
    use_tools()
    needed = ["jupyter_server", "ipykernel", *([] if options.without_lab else ["jupyterlab"])]
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"{', '.join(missing)} is not installed; install JupyterLab into a folder and set "
            f"{TOOLS} to its path.",
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
            termination_log=options.termination_log,
            has_lab=not options.without_lab,
        )
    )
