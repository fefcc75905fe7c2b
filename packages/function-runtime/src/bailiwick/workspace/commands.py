"""The commands of workspaces: ``workspace``, ``publish`` and ``pull``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_workspace_commands(commands: Commands) -> None:
    """Add the commands."""
    workspace = commands.add_parser("workspace", help="serve JupyterLab for an app")
    workspace.add_argument("--folder", type=Path, required=True, help="folder that is kept")
    workspace.add_argument("--port", type=int, default=8888, help="port of 127.0.0.1 to listen on")
    workspace.add_argument(
        "--idle-minutes", type=float, default=60, help="minutes without activity until the end"
    )
    # tests use the API without the pages
    workspace.add_argument("--without-lab", action="store_true", help=argparse.SUPPRESS)
    workspace.set_defaults(command=_workspace)

    publish = commands.add_parser("publish", help="publish code of a workspace")
    publish.add_argument("function", nargs="?", help="function of a notebook to add to the code")
    publish.add_argument("--notebook", type=Path, help="notebook; by default the only one with it")
    publish.add_argument("-m", "--message", default="", help="message of the commit")
    publish.set_defaults(command=_publish)

    pull = commands.add_parser("pull", help="take the newest code into a workspace")
    pull.set_defaults(command=_pull)


# the functions import what they need: other commands do not need it


def _workspace(options: argparse.Namespace) -> int:
    from bailiwick.workspace.server import serve_workspace  # noqa: PLC0415

    return serve_workspace(options)


def _publish(options: argparse.Namespace) -> int:
    from bailiwick.workspace.cells import cells_of, find_notebook  # noqa: PLC0415
    from bailiwick.workspace.client import WorkspaceClient  # noqa: PLC0415
    from bailiwick.workspace.publishing import (  # noqa: PLC0415
        publish_files,
        publish_function,
        shown,
    )

    def publish() -> str:
        workspace = WorkspaceClient.from_environment()
        function: str | None = options.function
        if function is None:
            return publish_files(workspace, options.message)
        notebook: Path = options.notebook or find_notebook(workspace.code, function)
        return publish_function(workspace, function, cells_of(notebook), options.message)

    return shown(publish)


def _pull(_: argparse.Namespace) -> int:
    from bailiwick.workspace.client import WorkspaceClient  # noqa: PLC0415
    from bailiwick.workspace.publishing import pull, shown  # noqa: PLC0415

    return shown(lambda: pull(WorkspaceClient.from_environment()))
