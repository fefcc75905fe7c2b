"""Publishes a function of a running notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def publish(function: Callable[..., Any] | str, message: str = "") -> None:
    """Publish a function of this notebook, with everything that it needs of the executed cells.

    In a cell, ``publish(prices, "Add prices of shares")`` prints for example::

        Published prices(symbol: string) -> table with 5 columns

    Args:
        function: The function, or its name.
        message: Message of the commit.

    Raises:
        WorkspaceFailed: As for :func:`bailiwick.workspace.publishing.publish_function`, or this
            is not a notebook of a workspace.
    """
    # imported here: commands import this package, and only cells publish with this function
    from bailiwick.workspace.client import WorkspaceClient  # noqa: PLC0415
    from bailiwick.workspace.errors import WorkspaceFailed  # noqa: PLC0415
    from bailiwick.workspace.publishing import publish_function  # noqa: PLC0415

    workspace = WorkspaceClient.from_environment()
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    if shell is None:
        raise WorkspaceFailed("This is not a notebook", "Run: bailiwick publish FUNCTION")
    name = function if isinstance(function, str) else function.__name__
    cells = list(shell.history_manager.input_hist_parsed)
    print(publish_function(workspace, name, cells, message))
