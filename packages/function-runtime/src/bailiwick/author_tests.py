"""Runs the tests of an author's folder with pytest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

MAX_FAILURES: Final = 50
"""Number of failures that a report describes."""
MAX_MESSAGE: Final = 2_000
"""Characters of a message."""
MAX_NAME: Final = 300
"""Characters of a name, which contains the parameters of a test."""

_ARGUMENTS: Final = (
    *("-q", "--tb=short", "--color=no", "--continue-on-collection-errors"),
    *("-p", "no:cacheprovider", "-p", "no:faulthandler"),
    # a fork server has imported the plugins
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


def run_tests(folder: Path) -> dict[str, Any]:
    """Run the tests of a folder in this process, which changes to the folder.

    Args:
        folder: The app's folder, which is on ``sys.path``.

    Returns:
        ``passed``, ``failed`` and ``skipped`` (numbers of tests), ``seconds``, and ``failures``
        with ``name``, ``message``, and the ``file`` and ``line`` in the folder. All numbers are 0
        in a folder without tests.
    """
    folder = folder.resolve()
    os.chdir(folder)
    report = _Report(folder)
    code = pytest.main([*_ARGUMENTS, f"--rootdir={folder}"], plugins=[report])
    report.end(code)
    counts = Counter(report.outcomes.values())
    return {
        **{outcome: counts[outcome] for outcome in ("passed", "failed", "skipped")},
        "seconds": round(report.seconds, 3),
        "failures": report.failures,
    }


@dataclass
class _Report:
    """A plugin of pytest that keeps the outcomes.

    Attributes:
        folder: The app's folder.
        outcomes: Outcome of each test and of each file that cannot be collected, by its name.
        failures: As in the result of :func:`run_tests`.
        seconds: Duration of all tests.
    """

    folder: Path
    outcomes: dict[str, str] = field(default_factory=dict)
    failures: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the outcome of a phase of a test: the call, or what failed or skipped it."""
        self.seconds += report.duration
        if report.when == "call" or report.outcome != "passed":
            self._keep(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a file whose tests cannot be collected, or are skipped together."""
        if report.outcome != "passed":
            self._keep(report)

    def end(self, code: int | pytest.ExitCode) -> None:
        """Keep a failure of pytest itself, such as an invalid setting."""
        is_known = "failed" in self.outcomes.values()
        if is_known or code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return
        message = f"pytest ended with exit code {int(code)}; see its output"
        self.outcomes["pytest"] = "failed"
        self.failures.append({"name": "pytest", "message": message})

    def _keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        name = report.nodeid
        if self.outcomes.get(name) != "failed":
            # what fails after the call fails the test
            self.outcomes[name] = report.outcome
        if report.failed and len(self.failures) < MAX_FAILURES:
            self.failures.append({"name": name[:MAX_NAME], **self._described(report.longrepr)})

    def _described(self, error: object) -> dict[str, Any]:
        crash = getattr(error, "reprcrash", None)
        message = crash.message if crash else _reasons(str(error))
        # pytest itself removes it for some assertions only
        message = message.removeprefix("AssertionError: ")
        return {"message": message[:MAX_MESSAGE], **self._place(error)}

    def _place(self, error: object) -> dict[str, Any]:
        """Return the last line of the author in a traceback."""
        for entry in reversed(_entries(error)):
            place = getattr(entry, "reprfileloc", None)
            file = self.folder / place.path if place else None
            if place and file and file.is_relative_to(self.folder) and file.is_file():
                return {"file": str(file.relative_to(self.folder)), "line": place.lineno}
        return {}


def _reasons(text: str) -> str:
    """Return the lines that pytest marks as the error; all lines if it marks none."""
    marked = [line[1:].strip() for line in text.splitlines() if line.startswith("E  ")]
    return "\n".join(marked) or text


def _entries(error: object) -> Sequence[object]:
    return getattr(getattr(error, "reprtraceback", None), "reprentries", ())
