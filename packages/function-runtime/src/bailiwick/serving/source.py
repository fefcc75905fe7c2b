"""Where the served functions come from, and how far loading them has come."""

from __future__ import annotations

import logging
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bailiwick.bundle import unpack
from bailiwick.errors import BundleRefused, LoadFailed, NotReady, Problem
from bailiwick.functions import Function
from bailiwick.loading import load

log = logging.getLogger("bailiwick.load")


@dataclass(frozen=True)
class Source:
    """A bundle file or a folder that holds ``functions.py``."""

    path: Path
    is_bundle: bool = False

    def load(self) -> dict[str, Function]:
        """Return the functions.

        Raises:
            LoadFailed: With the reason for each place in the code.
        """
        if not self.is_bundle:
            return load(self.path)
        folder = Path(tempfile.mkdtemp(prefix="bailiwick-"))
        try:
            unpack(self.path, folder)
        except BundleRefused as error:
            raise LoadFailed([Problem(self.path.name, 0, str(error))]) from error
        return load(folder)


class Loader:
    """Loads the functions beside the server, so that health and reasons can be asked meanwhile."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._thread = threading.Thread(target=self._load, name="load", daemon=True)
        self.phase: Literal["loading", "ready", "failed"] = "loading"
        self.problems: list[Problem] = []
        self._functions: dict[str, Function] = {}

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until loading has ended, at most ``timeout`` seconds."""
        self._thread.join(timeout)

    @property
    def functions(self) -> dict[str, Function]:
        """The loaded functions by name.

        Raises:
            NotReady: They are not loaded; the message says why.
        """
        if self.phase == "loading":
            raise NotReady("the functions are still loading; try again in a second")
        if self.phase == "failed":
            raise NotReady(
                "the functions cannot be served: " + "; ".join(map(str, self.problems)),
                problems=[vars(problem) for problem in self.problems],
            )
        return self._functions

    def document(self) -> dict[str, Any]:
        """Return the state as ``GET /readyz`` shows it."""
        return {
            "status": self.phase,
            "functions": list(self._functions),
            "problems": [vars(problem) for problem in self.problems],
        }

    def _load(self) -> None:
        # said beforehand: code that kills the process while it is imported leaves this as a trace
        log.info("loading functions from %s", self._source.path)
        try:
            self._functions = self._source.load()
        except LoadFailed as error:
            self._fail(error.problems, error.__cause__)
        except BaseException as error:  # noqa: BLE001
            reason = f"loading stopped: {type(error).__name__}: {error}"
            self._fail([Problem(self._source.path.name, 0, reason)], error)
        else:
            self.phase = "ready"
            log.info("serving %s", ", ".join(self._functions))

    def _fail(self, problems: list[Problem], cause: BaseException | None) -> None:
        self.problems = problems
        self.phase = "failed"
        for problem in problems:
            log.error("%s", problem, exc_info=cause)
