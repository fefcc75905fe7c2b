"""Reads the registered pipelines and the history of runs.

States, times and the parts of a run request follow the Workflow Execution Service API 1.0.0 of GA4GH
(https://github.com/ga4gh/workflow-execution-service-schemas).
"""

import csv
import datetime as dt
import functools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bailiwick import InvalidData

from schema import Parameter, parameters_of

DATA = Path(__file__).parent / "data"
COLUMNS = ["run", "pipeline", "project", "state", "requested", "started", "ended"]
ENDED = ("COMPLETE", "EXECUTOR_ERROR", "SYSTEM_ERROR", "CANCELED")
STATES = ("UNKNOWN", "QUEUED", "INITIALIZING", "RUNNING", "PAUSED", *ENDED, "CANCELING")
NAME = re.compile("[a-z0-9][a-z0-9-]{0,59}")
TIME = "%Y-%m-%dT%H:%M:%SZ"


class Registered(NamedTuple):
    """One pipeline."""

    name: str
    title: str
    workflow_type: str
    workflow_type_version: str
    workflow_url: str
    parameters: list[Parameter]


class Execution(NamedTuple):
    """One run."""

    run: str
    pipeline: str
    project: str
    state: str
    requested: dt.datetime
    started: dt.datetime | None
    ended: dt.datetime | None


@functools.cache
def registered() -> dict[str, Registered]:
    """Return the pipelines by name."""
    return read_pipelines((DATA / "pipelines.json").read_text(encoding="utf-8"))


@functools.cache
def history() -> list[Execution]:
    """Return the runs, the newest first."""
    lines = (DATA / "runs.csv").read_text(encoding="utf-8").splitlines()
    return sorted(read_runs(lines), key=lambda one: one.requested, reverse=True)


def read_pipelines(text: str) -> dict[str, Registered]:
    """Read pipelines with their schemas.

    Raises:
        InvalidData: A key is missing, or a schema has an unsupported keyword.
    """
    found: dict[str, Registered] = {}
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidData(f"pipelines.json, line {error.lineno}: {error.msg}") from None
    if not isinstance(listed, list):
        raise InvalidData("pipelines.json must contain a list of pipelines")
    for number, entry in enumerate(listed, start=1):
        place = f"pipelines.json, pipeline {number}"
        keys = ("name", "workflow_type", "workflow_type_version", "workflow_url", "schema")
        if not isinstance(entry, dict) or set(entry) != set(keys):
            raise InvalidData(f"{place}: the keys must be {', '.join(keys)}")
        if not all(isinstance(entry[key], str) and entry[key] for key in keys[:4]):
            raise InvalidData(f"{place}: all values except the schema must be text, and not empty")
        if not isinstance(entry["schema"], dict):
            raise InvalidData(f"{place}: the schema must be an object")
        if not NAME.fullmatch(entry["name"]):
            raise InvalidData(f"{place}: use only lower-case letters, digits and - in the name")
        if entry["name"] in found:
            raise InvalidData(f"{place}: {entry['name']} occurs twice; rename one of them")
        title = str(entry["schema"].get("title") or entry["name"])
        parameters = parameters_of(entry["schema"], f"pipeline {entry['name']}")
        language, version, url = (entry[key] for key in keys[1:4])
        found[entry["name"]] = Registered(entry["name"], title, language, version, url, parameters)
    return found


def read_runs(lines: Iterable[str]) -> list[Execution]:
    """Read a history of runs.

    Raises:
        InvalidData: A line is incomplete, or its times contradict its state; the message names the line.
    """
    reader = csv.DictReader(lines)
    if reader.fieldnames != COLUMNS:
        raise InvalidData(f"runs.csv, line 1: the columns must be {', '.join(COLUMNS)}")
    found: dict[str, Execution] = {}
    for row in reader:
        place = f"runs.csv, line {reader.line_num}"
        if None in row or None in row.values():
            raise InvalidData(f"{place}: the row must have {len(COLUMNS)} fields")
        if row["run"] in found or not row["run"]:
            raise InvalidData(f"{place}: the run {row['run']!r} occurs twice or has no name")
        if not (NAME.fullmatch(row["pipeline"]) and NAME.fullmatch(row["project"])):
            raise InvalidData(
                f"{place}: use only lower-case letters, digits and - for pipeline and project"
            )
        found[row["run"]] = _execution(row, place)
    return list(found.values())


def _execution(row: dict[str, str], place: str) -> Execution:
    """Return a run, and reject times that contradict its state."""
    state = row["state"]
    if state not in STATES:
        raise InvalidData(f"{place}: the state must be one of {', '.join(STATES)}, not {state!r}")
    requested, started, ended = (
        _time(row[key], place) for key in ("requested", "started", "ended")
    )
    if requested is None:
        raise InvalidData(f"{place}: the time of the request is missing")
    times = [time for time in (requested, started, ended) if time is not None]
    if times != sorted(times):
        raise InvalidData(f"{place}: the times must be in the order requested, started, ended")
    if (state in ENDED) != (ended is not None):
        states = ", ".join(ENDED)
        raise InvalidData(f"{place}: a run must have an end in the states {states}, and only then")
    if state in ("COMPLETE", "RUNNING") and started is None:
        raise InvalidData(f"{place}: a run in the state {state} must have a start")
    return Execution(row["run"], row["pipeline"], row["project"], state, requested, started, ended)


def _time(text: str, place: str) -> dt.datetime | None:
    """Read a time in the format of WES, in UTC."""
    if not text:
        return None
    try:
        return dt.datetime.strptime(text, TIME).replace(tzinfo=dt.UTC)
    except ValueError:
        raise InvalidData(f"{place}: {text!r} is not a time such as 2025-10-06T16:06:00Z") from None
