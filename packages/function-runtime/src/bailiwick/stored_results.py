"""Results from the store, for functions that run in another process."""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Self

from bailiwick.errors import InvalidParameter, NotRunYet, ResultsUnavailable
from bailiwick.functions import Function
from bailiwick.outputs import CalledOutputs
from bailiwick.results import EncodedResult
from bailiwick.store import Output, Store
from bailiwick.stored_outputs import answer_of, values_of

log = logging.getLogger("bailiwick.store")

TRIES: Final = 3
"""Number of attempts to read the latest run, which can be removed between two reads."""

NAMED: Final = 5
"""Number of runs that the error for an unknown run lists."""


@dataclass(frozen=True)
class StoredResults:
    """Stored results of functions; another process writes the store.

    Attributes:
        functions: Names of the functions.
        store: The store of their results.
    """

    functions: frozenset[str]
    store: Store

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """Read ``BAILIWICK_STORED`` and ``BAILIWICK_STORE``; ``None`` if no results are stored.

        Raises:
            ValueError: Functions are set without a store.
        """
        names = environment.get("BAILIWICK_STORED", "").split(",")
        functions = frozenset(name.strip() for name in names if name.strip())
        return cls(functions, Store.from_environment(environment)) if functions else None

    def answer(self, function: Function, body: bytes, *, as_arrow: bool = False) -> EncodedResult:
        """Return the result of a call of a stored function.

        Args:
            function: The function, as returned by :meth:`Function.stored`.
            body: JSON object of parameters, in UTF-8; empty means no parameters.
            as_arrow: Whether a table is encoded as an Arrow IPC stream.

        Raises:
            NotRunYet: No result is stored for its contract.
            InvalidParameter: The run is not in the store, or none had ended by the time.
            OutputDamaged: The stored file is damaged.
            ResultsUnavailable: The store cannot be read.
        """
        as_of = function.parameters.parse(body)["asOf"]
        with _reading(function):
            output = self._latest(function) if as_of is None else self._find(function, as_of)
        if output:
            return answer_of(function.name, function.result, output, as_arrow=as_arrow)
        with _reading(function):
            kept = self.store.runs_of(function.name, function.result_digest)[:NAMED]
        if as_of is None or not kept:
            raise NotRunYet(function.name)
        expected = (
            "a run in the store, or a time such as 2026-01-31T18:00:00Z by which one had ended; "
            f"the newest are {', '.join(kept)}"
        )
        raise InvalidParameter(
            f"asOf: expected {expected}, got {as_of!r}", parameter="asOf", expected=expected
        )

    def read(self, function: Function) -> Any:  # noqa: ANN401
        """Return the latest output of a function for another one; see :class:`Outputs`."""
        if function.name not in self.functions:
            return CalledOutputs().read(function)
        with _reading(function):
            output = self._latest(function)
        if output is None:
            raise NotRunYet(function.name)
        return values_of(function.result, output)

    def _latest(self, function: Function) -> Output | None:
        for _ in range(TRIES):
            run = self.store.latest
            if run is not None and (output := self._read(function, run)):
                return output
        return None

    def _find(self, function: Function, as_of: str) -> Output | None:
        """Return the output of a run, or of the newest one that had ended by a time."""
        if output := self._read(function, as_of):
            return output
        time = _time_of(as_of)
        run = time and self.store.run_at(time)
        return self._read(function, run) if run else None

    def _read(self, function: Function, run: str) -> Output | None:
        return self.store.output(run, function.name, function.result_digest)


@contextmanager
def _reading(function: Function) -> Iterator[None]:
    """Log why the store cannot be read; callers learn nothing about the server."""
    try:
        yield
    except OSError as error:
        log.error("%s cannot be read from the store: %s", function.name, error)  # noqa: TRY400
        raise ResultsUnavailable(function.name) from None


def _time_of(text: str) -> dt.datetime | None:
    """Return a time with an offset from UTC, or the end of a day in UTC; ``None`` for others."""
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-01-31"):
        return (time + dt.timedelta(days=1)).replace(tzinfo=dt.UTC)
    return time if time.tzinfo else None
