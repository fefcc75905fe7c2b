"""Tries code in this process: ``python -m bailiwick.tries.program FOLDER``.

The folder contains the code in ``code/`` and a :class:`TryRequest` in ``request.json``. The result
is written to ``result.json``, with these members:

- ``contract`` as in ``GET /contract``, or ``problems`` as in ``GET /readyz``; both if the only
  problems are functions that declare no columns. After a call, the contract has those of its rows.
- ``pin``: as of :func:`bailiwick.pinning.pin.pin_of`, after a call of such a function
- ``answer``: ``{"rows": […], "count": N}`` with the first rows, or ``{"value": …}``. Integers
  beyond 2^53 are strings, because JavaScript would round them.
- ``tests``: as returned by :func:`bailiwick.author_tests.run_tests`
- ``error``: ``type`` and ``message`` as of calls; for an exception in the code also its
  ``traceback`` with the author's lines, and their last ``file`` and ``line``
- ``seconds``: duration of ``load`` and ``call``
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import textwrap
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from bailiwick.bundle import unpack
from bailiwick.errors import CallFailed, LoadFailed, Problem, TooSlow
from bailiwick.execution import Executor
from bailiwick.fork_server import PARENT
from bailiwick.functions import Function, contract, of_role
from bailiwick.limits import Limits
from bailiwick.loading import load_checked
from bailiwick.pinning.pin import pin_of
from bailiwick.pinning.result import infer_missing, inferring
from bailiwick.serving.call_requests import find_function
from bailiwick.tries.advice import advice_on
from bailiwick.tries.confinement import MIB, Confinement
from bailiwick.tries.folder import CODE, LOADED, MAX_RESULT_BYTES
from bailiwick.tries.stack import STACK_SIGNAL, place_in_stack, write_stack_on_signal

REQUEST: Final = "request.json"
RESULT: Final = "result.json"

_SAFE: Final = 2**53 - 1
"""Largest integer that JavaScript holds exactly."""

_FAILURES: Final = "bailiwick.call"
"""Logger of exceptions in functions."""

_TOO_LARGE: Final = {
    "type": "too-large",
    "message": (
        f"The result is larger than {MAX_RESULT_BYTES // MIB} MiB; return less data, such as by a "
        "parameter that limits it"
    ),
}


@dataclass(frozen=True)
class TryRequest:
    """What to try.

    Attributes:
        memory: As in :class:`Confinement`.
        readable: As in :class:`Confinement`.
        ports: As in :class:`Confinement`.
        function: Function to call; only the contract is returned if absent.
        parameters: Its parameters, by name.
        rows: Number of rows to return.
        tests: Whether to run the tests of the code.
    """

    memory: int
    readable: Sequence[str] = ()
    ports: Sequence[int] = ()
    function: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    rows: int = 1000
    tests: bool = False


def prepare(folder: Path, archive: bytes) -> None:
    """Unpack code to try, and create its folder for temporary files.

    Args:
        folder: An existing, empty folder.
        archive: A ``.tar.gz`` file with ``functions.py``.

    Raises:
        BundleRefused: The archive cannot be unpacked.
    """
    (folder / "tmp").mkdir()
    (folder / CODE).mkdir()
    bundle = folder / "code.tar.gz"
    bundle.write_bytes(archive)
    unpack(bundle, folder / CODE)
    bundle.unlink()


def main(arguments: Sequence[str], parent: int | None = None) -> None:
    """Confine this process, then try the code of a folder.

    Args:
        arguments: The folder.
        parent: ID of the process that started this one; by default the fork server.

    Raises:
        OSError: The process cannot be confined.
    """
    folder = Path(arguments[0])
    request = TryRequest(**json.loads((folder / REQUEST).read_bytes()))
    Confinement(
        folder,
        request.memory,
        parent or int(os.environ[PARENT]),
        readable=tuple(map(Path, request.readable)),
        ports=tuple(request.ports),
    ).apply()
    write_stack_on_signal(folder)
    result = _attempt(folder / CODE, request)
    (folder / RESULT).write_bytes(_encoded(result))


def _encoded(result: dict[str, Any]) -> bytes:
    """Return a result as JSON, with as many rows as are allowed."""
    while len(text := json.dumps(result).encode()) > MAX_RESULT_BYTES:
        rows = result.get("answer", {}).get("rows", [])
        if len(rows) <= 1:
            result = {"error": _TOO_LARGE}
        del rows[len(rows) // 2 :]
    return text


def _attempt(code: Path, request: TryRequest) -> dict[str, Any]:
    started = time.monotonic()
    functions, problems = _loaded(code)
    (code.parent / LOADED).touch()
    described = [asdict(problem) for problem in problems]
    if not functions or (problems and request.tests):
        return {"problems": described}
    loaded = time.monotonic()
    seconds = {"load": loaded - started}
    result: dict[str, Any] = {"contract": contract(functions), "seconds": seconds}
    if problems:
        result["problems"] = described
    if request.function is not None:
        result.update(_call(functions, request.function, request, code))
        seconds["call"] = time.monotonic() - loaded
    if request.tests:
        result.update(_test(code))
    return result


def _loaded(code: Path) -> tuple[dict[str, Function], Sequence[Problem]]:
    """Load code, also if its only problems are functions that declare no columns."""
    try:
        return load_checked(code), ()
    except LoadFailed as error:
        # an import that failed would run again
        if all(problem.function for problem in error.problems):
            with contextlib.suppress(LoadFailed):
                lenient = partial(Function.of, derive=infer_missing)
                return load_checked(code, lenient), error.problems
        advice = advice_on(error)
        return {}, [
            replace(problem, message=f"{problem.message}. {advice}") if advice else problem
            for problem in error.problems
        ]


def _test(code: Path) -> dict[str, Any]:
    try:
        # imported here: only tests need pytest
        from bailiwick.author_tests import run_tests  # noqa: PLC0415

        return {"tests": run_tests(code)}
    except ModuleNotFoundError as error:
        if error.name != "pytest":
            raise
        message = "The runtime of the app has no pytest; ask the platform team for one that has it"
        return {"error": {"type": "tests-unsupported", "message": message}}
    except MemoryError:
        return {"error": {"type": "try-failed", "message": "The tests need more memory than a try"}}


def _call(
    functions: dict[str, Function], name: str, request: TryRequest, code: Path
) -> dict[str, Any]:
    raised = _Raised(code)
    log = logging.getLogger(_FAILURES)
    log.addHandler(raised)
    log.propagate = False
    parameters = json.dumps(request.parameters).encode()
    try:
        declared = find_function(of_role(functions, "data"), name)
        function = inferring(declared, request.rows)
        answer = asyncio.run(_run(function, parameters, request.rows))
        document = json.loads(answer, parse_int=_exact)
        pin = pin_of(function, code)
    except TooSlow as error:
        slow = (
            f"{name} did not end within {error.fields['limit']:g} seconds. Look for an endless "
            "loop, or process less data, such as by a parameter that limits it"
        )
        return {"error": {**error.body(), "message": slow, **place_in_stack(code.parent)}}
    except CallFailed as error:
        return {"error": {**error.body(), **raised.place}}
    except MemoryError:
        return {"error": _TOO_LARGE}
    if "rows" in document:
        del document["rows"][request.rows :]
    if not pin:
        return {"answer": document}
    return {"answer": document, "pin": pin, "contract": contract({**functions, name: function})}


def _exact(digits: str) -> int | str:
    """Return an integer; its digits if JavaScript or Python would not read it exactly."""
    if len(digits) > len(f"-{_SAFE}"):
        return digits
    number = int(digits)
    return number if abs(number) <= _SAFE else digits


async def _run(function: Function, parameters: bytes, rows: int) -> bytes:
    # before the code is stopped, its stack is kept
    executor = Executor(Limits.from_environment(), lambda: signal.raise_signal(STACK_SIGNAL))
    return (await executor.run(function, parameters, rows)).body


class _Raised(logging.Handler):
    """Keeps the place of the exception that a function raised."""

    def __init__(self, code: Path) -> None:
        super().__init__()
        self._code = code.resolve()
        self.place: dict[str, Any] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the exception of a record."""
        if record.exc_info and record.exc_info[1]:
            _, error, place = record.exc_info
            self.place = self._described(error, place)

    def _described(self, error: BaseException, place: TracebackType | None) -> dict[str, Any]:
        own = [
            frame
            for frame in traceback.extract_tb(place)
            if Path(frame.filename).is_relative_to(self._code)
        ]
        for frame in own:
            frame.filename = str(Path(frame.filename).relative_to(self._code))
        reason = traceback.format_exception_only(error)
        said = "".join(reason).strip()
        advice = advice_on(error)
        lines = [textwrap.dedent("".join(traceback.format_list(own))), *reason]
        last = {"file": own[-1].filename, "line": own[-1].lineno} if own else {}
        return {
            "message": f"{said}. {advice}" if advice else said,
            "traceback": "".join(lines).strip(),
            **last,
        }


if __name__ == "__main__":
    main(sys.argv[1:])
