"""Errors that callers and authors see; each message says what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing in the author's code that keeps it from being served.

    Attributes:
        file: Path of the file relative to the app's folder.
        line: Line number, from 1; 0 when no line can be named.
        message: What is wrong and what to add.
        function: Name of the function, if the problem belongs to one.
    """

    file: str
    line: int
    message: str
    function: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class LoadFailed(Exception):
    """The author's code cannot be served; ``problems`` says why, place by place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class BundleRefused(Exception):
    """A bundle is not a readable, bounded archive of plain files."""


class CallFailed(Exception):
    """A call ended without a result.

    Attributes:
        status: HTTP status code of the answer.
        kind: Stable machine-readable name of the cause, for example ``invalid-parameter``.
        retry_after: Seconds after which it is worth asking again; ``None`` when it is not.
        fields: Further members of the error object, JSON values.
    """

    status = 500
    kind = "function-failed"
    retry_after: int | None = None

    def __init__(self, message: str, **fields: Any) -> None:  # noqa: ANN401
        super().__init__(message)
        self.message = message
        self.fields = fields

    def body(self) -> dict[str, Any]:
        """Return the members of the JSON error object: ``type``, ``message`` and the fields."""
        return {"type": self.kind, "message": self.message, **self.fields}


class NotReady(CallFailed):
    """The functions are not loaded (yet)."""

    status, kind = 503, "not-ready"
    retry_after = 1


class NotRunYet(CallFailed):
    """No result is stored for this function, or only one of code with another contract."""

    status, kind = 503, "not-run-yet"
    retry_after = 5

    def __init__(self, function: str) -> None:
        super().__init__(
            f"{function} has not run yet with this code; its rows come when the first run has ended"
        )


class UnknownFunction(CallFailed):
    """No function of that name is served."""

    status, kind = 404, "unknown-function"


class NotAStream(CallFailed):
    """The function exists and gives no stream."""

    status, kind = 404, "not-a-stream"


class InvalidParameter(CallFailed):
    """Parameters do not match the contract; ``details`` lists every mismatch."""

    status, kind = 422, "invalid-parameter"


class InvalidData(CallFailed):
    """What the app reads is faulty; raised by authors, and callers are told their sentence."""

    status, kind = 422, "invalid-data"


class NotSetUp(InvalidData):
    """This environment lacks a connection or setting, or has one that cannot be used."""


class BodyTooLarge(CallFailed):
    """The request body is larger than a parameter object may be."""

    status, kind = 413, "body-too-large"


class FunctionFailed(CallFailed):
    """The author's function raised."""


class ContractBroken(CallFailed):
    """The result differs from the declared result type."""

    kind = "contract-broken"


class TooSlow(CallFailed):
    """The call passed the limit of seconds."""

    status, kind = 504, "too-slow"


class TooManyRows(CallFailed):
    """The result has more rows than the limit."""

    status, kind = 413, "too-many-rows"


class TooBusy(CallFailed):
    """All places for concurrent calls are taken."""

    status, kind = 429, "too-busy"
    retry_after = 1
