"""A pipeline that runs here over reads, registered pipelines that run elsewhere, and what became of their runs.

A run goes from `reads` by `trimmed` and `placed` to `coverage`; `provenance` tells what each step was made from. The
formulas stand in `trimming.py` and `placing.py`. Requests to other services and the states of their runs are those of the
Workflow Execution Service API 1.0.0 of GA4GH; nothing is sent: whoever calls `run_request` posts its answer.
"""

import datetime as dt
import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from bailiwick import InvalidData, InvalidParameter, Table, output_of

import placing
import trimming
from fastq import FastqError, read_fastq
from genome import read_fasta
from launch import RunRequest, filled, registered_as
from quality import ADAPTERS
from registry import STATES, history, registered
from rows import Covered, FormField, Placed, RawRead, Run, Source, Summary, Trimmed
from schema import Value
from vocabulary import Adapter, Phred, Pipeline, Project, RunState, Sample

DATA = Path(__file__).parent / "data"
GENOME = DATA / "genome.fa"
PIPELINE = "read-qc"
PROJECT = "teaching"
SKIP_TRIMMING = False
ADAPTER = "Illumina universal"
MINIMUM_QUALITY = 20
SOFTWARE = f"Python {platform.python_version()}, bioinformatics pack 3.0.0"


def reads() -> list[RawRead]:
    """All reads of all samples, as they came: the files in the folder data, named as the samples."""
    rows: list[RawRead] = []
    for sample, path in _samples().items():
        try:
            for number, read in enumerate(read_fastq(path), start=1):
                rows.append(
                    {
                        "sample": sample,
                        "number": number,
                        "name": (read.title.split() or [""])[0],
                        "bases": read.bases,
                        "qualities": "".join(chr(score + 33) for score in read.qualities),
                    }
                )
        except FastqError as error:
            raise InvalidData(f"{path.name}, {error}") from None
    return rows


def trimmed(
    skip_trimming: bool = SKIP_TRIMMING,
    adapter: Adapter = ADAPTER,
    minimum_quality: Phred = MINIMUM_QUALITY,
) -> list[Trimmed]:
    """What is left of each read without poor ends and adapters, and whether it is good enough.

    Args:
        skip_trimming: Leaves reads as they are; those with many errors to expect are left out all the same.
        adapter: Adapter to take off.
        minimum_quality: Ends are taken off where quality stays below.
    """
    if adapter not in ADAPTERS:
        message = f"no adapter {adapter}; there are {', '.join(ADAPTERS)}"
        raise InvalidParameter(message, parameter="adapter", expected="one of them")
    sequence = "" if skip_trimming else ADAPTERS[adapter]
    least = 0 if skip_trimming else minimum_quality
    return [trimming.trim(read, sequence, least) for read in output_of(reads)]


def placed() -> list[Placed]:
    """Where each read that is kept lies on the genome, on either strand."""
    places = placing.Places(read_fasta(GENOME))
    return [places.place(read) for read in output_of(trimmed) if read["kept"]]


def coverage() -> list[Covered]:
    """How often each part of the genome was read, in windows of 100 bases."""
    return placing.coverage(read_fasta(GENOME), output_of(placed))


def provenance(
    skip_trimming: bool = SKIP_TRIMMING,
    adapter: Adapter = ADAPTER,
    minimum_quality: Phred = MINIMUM_QUALITY,
) -> list[Source]:
    """What each step of a run was made from: files, steps and answers, with their digests, and with which software.

    A run gives answers that differ from those of the form to this step as well.

    Args:
        skip_trimming: As the step trimmed had it.
        adapter: As the step trimmed had it.
        minimum_quality: As the step trimmed had it.
    """
    answers: dict[str, Value] = {"skip_trimming": skip_trimming}
    if not skip_trimming:
        answers |= {"adapter": adapter, "minimum_quality": minimum_quality}
    return [
        *(_file("reads", path) for path in _samples().values()),
        _step("trimmed", "reads", output_of(reads)),
        *(
            _source("trimmed", name, "answer", json.dumps(answer))
            for name, answer in answers.items()
        ),
        _step("placed", "trimmed", output_of(trimmed)),
        _file("placed", GENOME),
        _step("coverage", "placed", output_of(placed)),
        _file("coverage", GENOME),
    ]


def summary(sample: Sample | None = None) -> Table[Summary]:
    """What became of the reads of each sample, and how much of the genome they cover.

    Beside the covered part stands that to expect by chance, 1 - e^-c with c bases read for each one of the genome
    (E. S. Lander and M. S. Waterman, Genomics 2 (1988) 231-239).

    Args:
        sample: One sample; all when left out.
    """
    found = [
        placing.summary(name, output_of(trimmed), output_of(placed), output_of(coverage))
        for name in dict.fromkeys(read["sample"] for read in output_of(trimmed))
    ]
    chosen = [row for row in found if sample in (None, row["sample"])]
    if not chosen:
        message = f"no reads of {sample}; there are {', '.join(row['sample'] for row in found)}"
        raise InvalidParameter(message, parameter="sample", expected="a sample of the run")
    return chosen


def pipelines(pipeline: Pipeline | None = None) -> Table[FormField]:
    """The forms of registered pipelines, a row for each parameter.

    Args:
        pipeline: One of them; all when left out.
    """
    chosen = list(registered().values()) if pipeline is None else [registered_as(pipeline)]
    return [
        {
            "pipeline": one.name,
            "parameter": parameter.name,
            "title": one.title,
            "workflow_type": one.workflow_type,
            "workflow_url": one.workflow_url,
            "group": parameter.group,
            "type": parameter.type,
            "required": parameter.required,
            "default": _json(parameter.rules.get("default")),
            "choices": _json(parameter.rules.get("enum")),
            "description": str(parameter.rules.get("description", "")),
        }
        for one in chosen
        for parameter in one.parameters
    ]


def run_request(
    parameters: dict[str, Value],
    pipeline: Pipeline = PIPELINE,
    project: Project = PROJECT,
    tags: dict[str, str] | None = None,
) -> RunRequest:
    """A request to run a pipeline, checked against its form, as WES 1.0 wants it.

    Defaults of the form are filled in, so that the request tells all that the run depends on.

    Args:
        parameters: Answers to the form of the pipeline, by the names of its parameters.
        pipeline: Pipeline to run.
        project: Project that the run is for; it becomes a tag.
        tags: Further words on the run.
    """
    one = registered_as(pipeline)
    answers = filled(one, parameters)
    all_tags = {**(tags or {}), "pipeline": pipeline, "project": project}
    return RunRequest(
        answers, one.workflow_type, one.workflow_type_version, all_tags, one.workflow_url
    )


def runs(
    pipeline: Pipeline | None = None, state: RunState | None = None, project: Project | None = None
) -> Table[Run]:
    """Runs, the newest request first, with how long they waited and took.

    Args:
        pipeline: Of one pipeline; of all when left out.
        state: In one state of WES, such as COMPLETE; in any when left out.
        project: Of one project; of all when left out.
    """
    if state is not None and state not in STATES:
        message = f"no state {state}; there are {', '.join(STATES)}"
        raise InvalidParameter(message, parameter="state", expected="a state of WES 1.0")
    return [
        {
            "run": one.run,
            "pipeline": one.pipeline,
            "project": one.project,
            "state": one.state,
            "requested": one.requested,
            "started": one.started,
            "ended": one.ended,
            "waited": _seconds(one.requested, one.started),
            "duration": _seconds(one.started, one.ended),
        }
        for one in history()
        if pipeline in (None, one.pipeline)
        and state in (None, one.state)
        and project in (None, one.project)
    ]


def _samples() -> dict[str, Path]:
    """Return the files with reads by sample."""
    files = sorted(DATA.glob("*.fastq")) + sorted(DATA.glob("*.fastq.gz"))
    if not files:
        raise InvalidData("there are no reads; put some into data, such as sample-a.fastq")
    return {path.name.partition(".fastq")[0]: path for path in files}


def _file(step: str, path: Path) -> Source:
    return _source(step, f"data/{path.name}", "file", _digest(path.read_bytes()))


def _step(step: str, name: str, rows: Sequence[Mapping[str, object]]) -> Source:
    """Return the output of a step as what another one was made from."""
    digest = _digest(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode())
    return {**_source(step, name, "step", digest), "rows": len(rows)}


def _source(step: str, name: str, kind: str, value: str) -> Source:
    return {
        "step": step,
        "input": name,
        "kind": kind,
        "value": value,
        "rows": None,
        "software": SOFTWARE,
    }


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(value: object) -> str | None:
    """Return a value as JSON; nothing when there is none."""
    return None if value is None else json.dumps(value)


def _seconds(start: dt.datetime | None, end: dt.datetime | None) -> float | None:
    """Return the time between two moments; nothing when one is not there yet."""
    return None if start is None or end is None else (end - start).total_seconds()
