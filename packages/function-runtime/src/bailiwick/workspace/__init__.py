"""Workspaces: JupyterLab with the runtime, for one person and one app."""

from bailiwick.workspace.session import publish

__all__ = ["publish"]
