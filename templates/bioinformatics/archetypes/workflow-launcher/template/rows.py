"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    BaseCount,
    Bases,
    Chromosome,
    Count,
    Depth,
    ExpectedErrors,
    Explanation,
    InputKind,
    InputName,
    Kept,
    ParameterName,
    ParameterType,
    Pipeline,
    Position,
    Project,
    Qualities,
    ReadName,
    Required,
    RunIdentifier,
    RunState,
    Sample,
    Seconds,
    Share,
    StepName,
    Strand,
    Time,
    WorkflowType,
    WorkflowUrl,
)


class RawRead(TypedDict):
    """One read as it came."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key, Column("In the order of the file, from 1")]
    name: ReadName
    bases: Bases
    qualities: Annotated[Qualities, Column("One sign for each base, as FASTQ writes it")]


class Trimmed(TypedDict):
    """What is left of one read."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key]
    bases: Bases
    length: BaseCount
    poor: Annotated[BaseCount, Column("Taken off the end for their quality")]
    adapter: Annotated[BaseCount, Column("Taken off the end for the adapter, with what follows")]
    expected_errors: ExpectedErrors
    kept: Annotated[Kept, Column("Long enough, and with few errors to expect")]


class Placed(TypedDict):
    """Where one read comes from."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key]
    length: BaseCount
    chromosome: Annotated[Chromosome | None, Column("Empty when it fits nowhere")]
    position: Annotated[Position | None, Column("Its first base on the chromosome")]
    strand: Strand | None
    mismatches: Annotated[BaseCount | None, Column("Bases unlike those of the genome")]


class Covered(TypedDict):
    """How often a part of the genome was read."""

    sample: Annotated[Sample, Key]
    chromosome: Annotated[Chromosome, Key]
    start: Annotated[Position, Key, Column("First base")]
    end: Annotated[Position, Column("Last base")]
    depth: Annotated[Depth, Column("Mean of its bases")]
    covered: Annotated[Share, Column("Bases that were read at least once")]


class Source(TypedDict):
    """One thing that a step was made from."""

    step: Annotated[StepName, Key]
    input: Annotated[InputName, Key, Column("A file, another step, or an answer of the form")]
    kind: InputKind
    value: Annotated[Explanation, Column("Digest of a file or of rows, or the answer as JSON")]
    rows: Annotated[Count | None, Column("Of a step")]
    software: Annotated[Explanation, Column("What the step ran with")]


class Summary(TypedDict):
    """What became of a sample."""

    sample: Annotated[Sample, Key]
    reads: Count
    kept: Annotated[Count, Column("After trimming")]
    placed: Annotated[Count, Column("On the genome")]
    depth: Annotated[Depth, Column("Mean of all bases of the genome")]
    covered: Annotated[Share, Column("Bases that were read at least once")]
    expected: Annotated[Share, Column("The same if reads began anywhere by chance")]


class FormField(TypedDict):
    """One parameter of a pipeline."""

    pipeline: Annotated[Pipeline, Key]
    parameter: Annotated[ParameterName, Key]
    title: Annotated[Explanation, Column("What people call the pipeline")]
    workflow_type: WorkflowType
    workflow_url: WorkflowUrl
    group: Annotated[Explanation, Column("Heading that the parameter stands under")]
    type: ParameterType
    required: Annotated[Required, Column("Whether a request must have it")]
    default: Annotated[Explanation | None, Column("As JSON; empty when there is none")]
    choices: Annotated[Explanation | None, Column("As JSON; empty when it is free")]
    description: Explanation


class Run(TypedDict):
    """One run."""

    run: Annotated[RunIdentifier, Key]
    pipeline: Pipeline
    project: Project
    state: RunState
    requested: Time
    started: Time | None
    ended: Time | None
    waited: Annotated[Seconds | None, Column("From the request to the start")]
    duration: Annotated[Seconds | None, Column("From the start to the end")]
