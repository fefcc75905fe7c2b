"""Runs one step of a run and stores its result."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any, Final

from bailiwick.errors import (
    CallFailed,
    InvalidData,
    InvalidParameter,
    LoadFailed,
    ResultsUnavailable,
    TooSlow,
    UnknownFunction,
)
from bailiwick.execution import Executor
from bailiwick.failures import words_of
from bailiwick.functions import Function, digest_of
from bailiwick.limits import Limits
from bailiwick.outputs import CalledOutputs, outputs_from
from bailiwick.results import EncodedResult
from bailiwick.serving.logs import log_as_json
from bailiwick.serving.source import Source
from bailiwick.storage import is_run
from bailiwick.store import Input, Meta, Store
from bailiwick.stored_outputs import format_of, values_of

log = logging.getLogger("bailiwick.run")

STOPPED: Final = 143
"""Exit code of a terminated step: 128 plus the number of SIGTERM."""

LONGEST_SENTENCE: Final = 600
"""Maximum characters of an error; at most 3600 bytes as JSON (Kubernetes accepts 4096)."""


@dataclass(frozen=True)
class Step:
    """One step of a run.

    Attributes:
        function: Its name.
        run: ID of the run.
        steps: Names of all functions of the run.
        keep: Number of complete runs to keep in the store.
        seconds: Time limit of the function.
        parameters: Parameters of the run by name; each function gets those that it accepts.
    """

    function: str
    run: str
    steps: tuple[str, ...]
    keep: int = 10
    seconds: float = 600
    parameters: Mapping[str, Any] = field(default_factory=dict)


class StepOutputs:
    """Outputs of other steps; each read is recorded in ``inputs``, by the name of the step."""

    def __init__(self, step: Step, store: Store) -> None:
        self._step, self._store = step, store
        self.inputs: dict[str, Input] = {}

    def read(self, function: Function) -> Any:  # noqa: ANN401
        """Return the output of a step of the same run; other functions are called."""
        name, run = function.name, self._step.run
        if name not in self._step.steps:
            return CalledOutputs().read(function)
        try:
            output = self._store.output(run, name)
        except OSError as error:
            raise ResultsUnavailable(name, str(error)) from None
        if output is None:
            raise InvalidData(
                f"{self._step.function} reads the output of {name}, which has not ended in this "
                f"run; add it to the needs of the step (needs: [{name}])"
            )
        if output.meta.contract != function.result_digest:
            raise InvalidData(f"{name} ran with different code in this run; start a new run")
        self.inputs[name] = Input(step=name, digest=digest_of(output.content))
        return values_of(function.result, output)


def run_step(step: Step, source: Source, store: Store) -> Meta:
    """Run a step and store its output.

    Args:
        step: The step.
        source: The app's code.
        store: The store of outputs.

    Raises:
        LoadFailed: The code cannot be loaded.
        CallFailed: The function failed.
        OSError: The store cannot be read or written.
    """
    functions = source.load()
    function = _function_of(step, functions)
    parameters = _parameters_of(step, functions)
    outputs = StepOutputs(step, store)
    started = dt.datetime.now(dt.UTC)
    with outputs_from(outputs):
        answer = _answer(step, function, json.dumps(parameters).encode())
    meta = Meta(
        function=step.function,
        run=step.run,
        steps=list(step.steps),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        rows=answer.rows,
        digest=digest_of(answer.body),
        format=format_of(answer),
        inputs=list(outputs.inputs.values()),
        parameters=parameters,
        contract=function.result_digest,
        bundle=source.digest,
    )
    # a run with custom parameters does not become the default for consumers
    store.write(meta, answer.body, becomes_latest=not step.parameters)
    try:
        store.prune(step.keep)
    except OSError as error:
        # the result is stored; the next step tries again
        log.warning("old runs cannot be removed: %s", error)
    return meta


def run(step: Step, source: Source, told: Path) -> int:
    """Run a step as a process: write its outcome into a file, and return the exit code.

    Args:
        step: What to run.
        source: The app's code.
        told: File that receives ``{"rows", "digest", "inputs"}`` or ``{"error"}``, if it is there.
    """

    def stop(_: int, __: FrameType | None) -> None:
        _tell(told, {"error": f"{step.function} was terminated before it completed"})
        # at once: the function's thread cannot be ended, and files are whole at any time
        os._exit(STOPPED)

    log_as_json()
    signal.signal(signal.SIGTERM, stop)
    try:
        meta = run_step(step, source, Store.from_environment())
    except CallFailed as error:
        return _failed(told, words_of(error, step.function))
    except (LoadFailed, ValueError) as error:
        return _failed(told, str(error))
    except OSError as error:
        return _failed(told, f"the store is unusable: {error}")
    _tell(told, meta.model_dump(mode="json", include={"rows", "digest", "inputs"}))
    return 0


def _function_of(step: Step, functions: Mapping[str, Function]) -> Function:
    function = functions.get(step.function)
    if function is None:
        there = ", ".join(functions)
        raise UnknownFunction(f"unknown function {step.function!r}; available: {there}")
    if function.is_stream:
        raise UnknownFunction(f"{step.function} is a stream; a step returns a table or a value")
    if step.function not in step.steps or not is_run(step.run):
        raise ValueError(
            f"the steps must name {step.function}, and the run be lower-case letters, digits, "
            f"'-' and '.'; they are {', '.join(step.steps)} and {step.run!r}"
        )
    return function


def _parameters_of(step: Step, functions: Mapping[str, Function]) -> dict[str, Any]:
    """Return the parameters of the run that this step accepts."""
    taken = {
        name: functions[name].parameters.names if name in functions else [] for name in step.steps
    }
    known = sorted({name for names in taken.values() for name in names})
    if unknown := sorted(step.parameters.keys() - set(known)):
        raise InvalidParameter(
            f"no step accepts {', '.join(unknown)}; "
            f"the steps accept {', '.join(known) or 'nothing'}"
        )
    return {name: step.parameters[name] for name in taken[step.function] if name in step.parameters}


def _answer(step: Step, function: Function, body: bytes) -> EncodedResult:
    executor = Executor(replace(Limits.from_environment(), seconds=step.seconds))
    try:
        return asyncio.run(executor.run(function, body, table_as="parquet"))
    except TooSlow:
        raise TooSlow(
            f"{step.function} exceeded the time limit of a step, {step.seconds:g} seconds"
        ) from None


def _failed(told: Path, reason: str) -> int:
    sentence = "; ".join(reason.splitlines())
    if len(sentence) > LONGEST_SENTENCE:
        sentence = sentence[: LONGEST_SENTENCE - 1] + "…"
    _tell(told, {"error": sentence})
    sys.stderr.write(f"{sentence}\n")
    return 1


def _tell(told: Path, document: Mapping[str, Any]) -> None:
    """Write into the file that Kubernetes provides; outside Kubernetes it does not exist."""
    if told.is_file() and os.access(told, os.W_OK):
        told.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
