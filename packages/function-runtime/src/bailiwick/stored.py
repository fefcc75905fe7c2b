"""Answers from the store, for functions that run elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from bailiwick.errors import InvalidParameter, NotRunYet
from bailiwick.functions import Function
from bailiwick.outputs import CalledOutputs
from bailiwick.results import Answer
from bailiwick.store import Store

TRIES: Final = 3
"""How often the latest run is read: it may be removed between two reads."""

NAMED: Final = 5
"""How many runs the answer to an unknown one names."""


@dataclass(frozen=True)
class StoredResults:
    """The results of some functions, in a store that another process writes.

    Attributes:
        functions: Names of the functions.
        store: Where their results are.
    """

    functions: frozenset[str]
    store: Store

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """Read ``BAILIWICK_STORED`` and ``BAILIWICK_STORE``; ``None`` when nothing is stored.

        Raises:
            ValueError: Functions are named, but no store.
        """
        names = environment.get("BAILIWICK_STORED", "").split(",")
        functions = frozenset(name.strip() for name in names if name.strip())
        return cls(functions, Store.from_environment(environment)) if functions else None

    def answer(self, function: Function, body: bytes) -> Answer:
        """Answer a call of a stored function.

        Args:
            function: The function, as :meth:`Function.stored` gives it.
            body: JSON object of parameters, in UTF-8; empty means no parameters.

        Raises:
            NotRunYet: Nothing is stored under its contract.
            InvalidParameter: The run is not kept.
        """
        run = function.parameters.parse(body)["run"]
        if answer := self._latest(function) if run is None else self._read(function, run):
            return answer
        kept = self.store.runs_of(function.name, function.result_digest)[:NAMED]
        if run is None or not kept:
            raise NotRunYet(function.name)
        expected = f"one of the runs that are kept; the newest are {', '.join(kept)}"
        raise InvalidParameter(
            f"run: expected {expected}, got {run!r}", parameter="run", expected=expected
        )

    def read(self, function: Function) -> bytes:
        """Return the latest output of a function for another one; see :class:`Outputs`."""
        if function.name not in self.functions:
            return CalledOutputs().read(function)
        answer = self._latest(function)
        if answer is None:
            raise NotRunYet(function.name)
        return answer.json

    def _latest(self, function: Function) -> Answer | None:
        for _ in range(TRIES):
            run = self.store.latest
            if run is not None and (answer := self._read(function, run)):
                return answer
        return None

    def _read(self, function: Function, run: str) -> Answer | None:
        meta = self.store.meta(run, function.name)
        if meta is None or meta.contract != function.result_digest:
            return None
        output = self.store.output(run, function.name)
        return None if output is None else Answer(output, meta.rows)
