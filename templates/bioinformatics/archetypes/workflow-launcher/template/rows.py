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
    """One unmodified read."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key, Column("Position in the file, from 1")]
    name: ReadName
    bases: Bases
    qualities: Annotated[Qualities, Column("One FASTQ character for each base")]


class Trimmed(TypedDict):
    """One trimmed read."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key]
    bases: Bases
    length: BaseCount
    poor: Annotated[BaseCount, Column("Low-quality bases removed from the end")]
    adapter: Annotated[BaseCount, Column("Bases removed with the adapter and after it")]
    expected_errors: ExpectedErrors
    kept: Annotated[Kept, Column("Whether the read is long enough and has few expected errors")]


class Placed(TypedDict):
    """Position of one read on the genome."""

    sample: Annotated[Sample, Key]
    number: Annotated[Count, Key]
    length: BaseCount
    chromosome: Annotated[Chromosome | None, Column("Empty if the read matches no position")]
    position: Annotated[Position | None, Column("First base on the chromosome")]
    strand: Strand | None
    mismatches: Annotated[BaseCount | None, Column("Bases that differ from the genome")]


class Covered(TypedDict):
    """Read depth of one window of the genome."""

    sample: Annotated[Sample, Key]
    chromosome: Annotated[Chromosome, Key]
    start: Annotated[Position, Key, Column("First base")]
    end: Annotated[Position, Column("Last base")]
    depth: Annotated[Depth, Column("Mean read depth in the window")]
    covered: Annotated[Share, Column("Fraction of bases with at least one read")]


class Source(TypedDict):
    """One input of a step."""

    step: Annotated[StepName, Key]
    input: Annotated[InputName, Key, Column("File, earlier step, or answer to the form")]
    kind: InputKind
    value: Annotated[Explanation, Column("Digest of a file or of rows, or the answer as JSON")]
    rows: Annotated[Count | None, Column("Rows of an earlier step")]
    software: Annotated[Explanation, Column("Software of the step")]


class Summary(TypedDict):
    """Results of one sample."""

    sample: Annotated[Sample, Key]
    reads: Count
    kept: Annotated[Count, Column("Reads kept after trimming")]
    placed: Annotated[Count, Column("Reads placed on the genome")]
    depth: Annotated[Depth, Column("Mean read depth of the genome")]
    covered: Annotated[Share, Column("Fraction of bases with at least one read")]
    expected: Annotated[Share, Column("Expected covered fraction for random reads")]


class FormField(TypedDict):
    """One parameter of a pipeline."""

    pipeline: Annotated[Pipeline, Key]
    parameter: Annotated[ParameterName, Key]
    title: Annotated[Explanation, Column("Title of the pipeline")]
    workflow_type: WorkflowType
    workflow_url: WorkflowUrl
    group: Annotated[Explanation, Column("Heading above the parameter")]
    type: ParameterType
    required: Annotated[Required, Column("Whether a request must have a value")]
    default: Annotated[Explanation | None, Column("Default value as JSON; empty without default")]
    choices: Annotated[Explanation | None, Column("Allowed values as JSON; empty if not limited")]
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
    waited: Annotated[Seconds | None, Column("Time from the request to the start")]
    duration: Annotated[Seconds | None, Column("Time from the start to the end")]
