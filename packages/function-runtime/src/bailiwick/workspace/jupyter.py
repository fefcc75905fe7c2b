"""Runs the server of Jupyter in a workspace; only this module and its kind import Jupyter."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jupyter_server.serverapp import ServerApp
from tornado.ioloop import PeriodicCallback
from traitlets.config import Config

from bailiwick.workspace.activity import Activity
from bailiwick.workspace.checkout import Checkout
from bailiwick.workspace.client import ADDRESS, CODE
from bailiwick.workspace.connections import ObservedConnection, ObservedTerminals
from bailiwick.workspace.handlers import routes
from bailiwick.workspace.idle import IdleCheck
from bailiwick.workspace.operations import Operations
from bailiwick.workspace.portal_requests import PortalRequests
from bailiwick.workspace.processes import adopt_orphans

HOST: Final = "127.0.0.1"
"""Only the cluster's port forwarding reaches the server, so it has no password."""

_OVERRIDES: Final = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}
_PAGE: Final = {
    "buildAvailable": False,
    "buildCheck": False,
    "disabledExtensions": {
        "@jupyterlab/apputils-extension:announcements": True,
        "@jupyterlab/extensionmanager-extension": True,
    },
}
"""Parts of JupyterLab that would need the network."""


@dataclass(frozen=True)
class WorkspaceOptions:
    """Options of a workspace.

    Attributes:
        folder: Folder that outlives the workspace.
        app: Name of the app, and of the folder with its code.
        port: Port of the server.
        idle_minutes: Minutes without activity after which the workspace ends.
        has_lab: Whether JupyterLab is served, and not only the API of Jupyter.
    """

    folder: Path
    app: str
    port: int
    idle_minutes: float
    has_lab: bool = True


def run_server(options: WorkspaceOptions) -> int:
    """Run the server until it is idle or terminated.

    Returns:
        The exit code: 0 if it was idle, so that a Job is complete only then.
    """
    checkout = Checkout(options.folder, options.app)
    checkout.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bailiwick-workspace-") as name:
        temporary = Path(name)
        _prepare_environment(options, checkout, temporary)
        adopt_orphans()
        shell = shutil.which("bash") or shutil.which("sh") or "/bin/sh"
        server = ServerApp(config=_config(options, checkout, temporary, shell))
        server.initialize([], new_httpserver=True)
        check = _add_workspace(server, options, checkout, shell)
        callback = PeriodicCallback(check.run, check.seconds * 1000)
        # the loop of the server is not yet the current one
        server.io_loop.add_callback(callback.start)
        server.start()
    return 0 if check.has_ended else 1


def _add_workspace(
    server: ServerApp, options: WorkspaceOptions, checkout: Checkout, shell: str
) -> IdleCheck:
    """Add the requests of workspaces; return the check that ends it."""
    terminals = server.web_app.settings.get("terminal_manager")
    activity = Activity(server.kernel_manager, terminals, shell)
    server.web_app.settings["bailiwick_activity"] = activity
    contents: Any = server.contents_manager
    contents.register_post_save_hook(lambda **_: activity.note())

    async def name_notebook(kernel: str) -> str | None:
        for session in await server.session_manager.list_sessions():
            if session["kernel"] and session["kernel"]["id"] == kernel:
                return str(session["path"])
        return None

    operations = Operations(
        checkout, PortalRequests(), activity, name_notebook, options.idle_minutes
    )
    application: Any = server.web_app
    application.add_handlers(".*$", routes(operations))
    return IdleCheck(activity, dt.timedelta(minutes=options.idle_minutes), server.stop)


def _prepare_environment(options: WorkspaceOptions, checkout: Checkout, temporary: Path) -> None:
    """Set the variables of the server, its kernels and its terminals."""
    programs = temporary / "bin"
    programs.mkdir()
    command = programs / "bailiwick"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m bailiwick "$@"\n')
    command.chmod(0o755)
    os.environ.setdefault("HOME", str(options.folder))
    os.environ["PATH"] = os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath)))
    os.environ["JUPYTER_RUNTIME_DIR"] = str(temporary / "runtime")
    os.environ[ADDRESS] = f"{HOST}:{options.port}"
    os.environ[CODE] = str(checkout.root.resolve())


def use_tools_folder(folder: str) -> None:
    """Let Jupyter find the files of packages that are installed in a folder."""
    os.environ["JUPYTER_PATH"] = str(Path(folder, "share/jupyter"))
    os.environ["JUPYTER_CONFIG_PATH"] = str(Path(folder, "etc/jupyter"))
    os.environ["JUPYTERLAB_DIR"] = str(Path(folder, "share/jupyter/lab"))


def _config(options: WorkspaceOptions, checkout: Checkout, temporary: Path, shell: str) -> Config:
    settings = temporary / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(json.dumps(_OVERRIDES))
    (settings / "page_config.json").write_text(json.dumps(_PAGE))
    sections: dict[str, dict[str, Any]] = {
        "ServerApp": {
            "ip": HOST,
            "port": options.port,
            "port_retries": 0,
            "base_url": "/",
            "default_url": "/lab" if options.has_lab else "/",
            "allow_remote_access": True,
            "allow_root": True,
            "open_browser": False,
            "use_redirect_file": False,
            "quit_button": False,
            "answer_yes": True,
            "root_dir": str(options.folder.resolve()),
            "terminado_settings": {"shell_command": [shell]},
            "kernel_websocket_connection_class": ObservedConnection,
            "jpserver_extensions": {
                "jupyter_server_terminals": True,
                "jupyterlab": options.has_lab,
            },
        },
        "IdentityProvider": {"token": ""},
        "PasswordIdentityProvider": {"hashed_password": "", "password_required": False},
        "TerminalsExtensionApp": {"terminal_manager_class": ObservedTerminals},
        "FileContentsManager": {
            "preferred_dir": str(checkout.root.resolve()),
            "delete_to_trash": False,
        },
        "LanguageServerManager": {"autodetect": False},
        "LabApp": {
            "app_settings_dir": str(settings),
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
        },
    }
    return Config(sections)
