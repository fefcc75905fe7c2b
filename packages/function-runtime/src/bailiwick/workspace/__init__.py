"""Workspaces: JupyterLab with the runtime, for one person and one app."""
