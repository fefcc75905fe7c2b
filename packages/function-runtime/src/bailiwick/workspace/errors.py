"""Failures of workspaces that people see; each message contains the remedy."""

from __future__ import annotations


class WorkspaceFailed(Exception):
    """A command or request of a workspace failed.

    Attributes:
        message: What failed and why.
        remedy: What to do, if the message does not contain it.
        status: HTTP status code of the response.
    """

    def __init__(self, message: str, remedy: str = "", status: int = 422) -> None:
        super().__init__(f"{message}\n{remedy}" if remedy else message)
        self.message = message
        self.remedy = remedy
        self.status = status

    def body(self) -> dict[str, str]:
        """Return the members of the JSON response: ``error``, and ``next`` for a remedy."""
        return {"error": self.message, **({"next": self.remedy} if self.remedy else {})}

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows instead of a traceback."""
        return str(self).splitlines()
