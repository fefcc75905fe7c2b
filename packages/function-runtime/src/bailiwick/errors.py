"""Errors that callers and authors see; each message contains the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """A problem in the author's code that prevents it from being served.

    Attributes:
        file: Path of the file relative to the app's folder.
        line: Line number, from 1; 0 if unknown.
        message: The problem and its remedy.
        function: Name of the function, if the problem belongs to one.
    """

    file: str
    line: int
    message: str
    function: str | None = None

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}: {self.message}"


class LoadFailed(Exception):
    """The author's code cannot be served; ``problems`` lists the reasons."""

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
        retry_after: Seconds after which a retry can succeed; ``None`` if it cannot.
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
    """No result is stored for this function and its contract."""

    status, kind = 503, "not-run-yet"
    retry_after = 5

    def __init__(self, function: str) -> None:
        super().__init__(
            f"{function} has not run yet with this code; its rows are available after the first run"
        )


class ResultsUnavailable(CallFailed):
    """The store of results cannot be read."""

    status, kind = 503, "results-unavailable"
    retry_after = 5

    def __init__(self, function: str, reason: str = "try again, or see the app's log") -> None:
        super().__init__(f"the stored result of {function} cannot be read now: {reason}")


class OutputDamaged(CallFailed):
    """The file of a stored result differs from what was written."""

    kind = "result-damaged"

    def __init__(self, function: str, run: str) -> None:
        super().__init__(
            f"the stored result of {function} in the run {run} is damaged; "
            "start a new run, or read another one with asOf",
            run=run,
        )


class UnknownFunction(CallFailed):
    """No function of that name is served."""

    status, kind = 404, "unknown-function"


class NotAStream(CallFailed):
    """The function exists but is not a stream."""

    status, kind = 404, "not-a-stream"


class InvalidParameter(CallFailed):
    """Parameters do not match the contract; ``details`` lists every mismatch."""

    status, kind = 422, "invalid-parameter"


class InvalidData(CallFailed):
    """The input data of the app is faulty; raised by authors, with a message for callers."""

    status, kind = 422, "invalid-data"


class NotSetUp(InvalidData):
    """A connection or setting of this environment is missing or invalid."""


class BodyTooLarge(CallFailed):
    """The request body exceeds the maximum size of a parameter object."""

    status, kind = 413, "body-too-large"


class FunctionFailed(CallFailed):
    """The author's function raised."""


class ContractBroken(CallFailed):
    """The result differs from the declared result type."""

    kind = "contract-broken"


class NotATable(Exception):
    """A result does not have the declared columns; the message lacks the name of the function."""


class TooSlow(CallFailed):
    """The call exceeded its time limit."""

    status, kind = 504, "too-slow"


class TooManyRows(CallFailed):
    """The result has more rows than the limit."""

    status, kind = 413, "too-many-rows"


class TooBusy(CallFailed):
    """All slots for concurrent calls are in use."""

    status, kind = 429, "too-busy"
    retry_after = 1
