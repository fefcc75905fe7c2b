"""Client of the server of the workspace, for commands and cells in it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final, Self

from bailiwick.workspace.errors import WorkspaceFailed

ADDRESS: Final = "BAILIWICK_WORKSPACE"
"""Variable with host and port of the workspace's server."""
CODE: Final = "BAILIWICK_WORKSPACE_CODE"
"""Variable with the folder of the app's code."""
SECONDS: Final = 120.0
"""Time limit of a request; the server waits at most 80 s for the portal."""

_OK: Final = 200


@dataclass(frozen=True)
class WorkspaceClient:
    """The workspace of this process.

    Attributes:
        address: Host and port of its server.
        code: Folder of the app's code.
    """

    address: str
    code: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the workspace.

        Raises:
            WorkspaceFailed: This process is not in a workspace.
        """
        address, code = environment.get(ADDRESS), environment.get(CODE)
        if not address or not code:
            raise WorkspaceFailed(
                "This is not a workspace",
                "Open the workspace of the app in the portal, and run the command in a terminal.",
            )
        return cls(address, Path(code))

    def post(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the response to a request.

        Raises:
            WorkspaceFailed: The server is unreachable or refused the request.
        """
        connection = HTTPConnection(self.address, timeout=SECONDS)
        try:
            content = json.dumps(body)
            connection.request("POST", f"/bailiwick/{operation}", content)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, HTTPException, ValueError) as error:
            raise WorkspaceFailed(
                f"The server of the workspace is unreachable: {error}", "Restart the workspace."
            ) from error
        finally:
            connection.close()
        if response.status != _OK:
            raise WorkspaceFailed(str(answer.get("error")), str(answer.get("next") or ""))
        return dict(answer)
