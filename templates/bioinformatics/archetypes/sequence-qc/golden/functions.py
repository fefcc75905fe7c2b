"""Quality control of reads in FASTQ files.

Formulas and their sources stand in quality.py, the limits in judgement.py.
"""

from pathlib import Path
from typing import Annotated, TypedDict

from bailiwick import Column, InvalidData, InvalidParameter, Key, Table

from fastq import FastqError, Read, read_fastq
from judgement import AtPosition, Check, by_position, judge
from quality import ADAPTERS, expected_errors, gc_share, mean_quality
from vocabulary import (
    Adapter,
    BaseCount,
    Count,
    ExpectedErrors,
    Phred,
    Position,
    ReadName,
    Sample,
    Share,
)

DATA = Path(__file__).parent / "data"
SAMPLE = "sample-a"
ADAPTER = "Illumina universal"


class InRead(TypedDict):
    """One read of a sample."""

    number: Annotated[Count, Key, Column("In the order of the file, from 1")]
    name: ReadName
    length: BaseCount
    mean_quality: Annotated[Phred | None, Column("Of the mean probability to be wrong")]
    expected_errors: ExpectedErrors
    gc: Annotated[Share | None, Column("G and C among the bases that are known")]
    unknown: Annotated[BaseCount, Column("Bases that are N")]
    adapter_at: Annotated[Position | None, Column("Where the adapter begins, if it does")]


def summary(sample: Sample = SAMPLE, adapter: Adapter = ADAPTER) -> Table[Check]:
    """Figures of a sample, and what the limits of FastQC say of them.

    The read quality is the most frequent mean quality of a read, rounded down; FastQC takes the mean of the qualities
    there, which is never lower. Scores that all are 31 or more hint at a file of the older Phred+64 kind.

    Args:
        sample: Name of the file in the folder data, without .fastq or .fastq.gz.
        adapter: Adapter to look for.
    """
    return judge(_reads(sample), _sequence(adapter))


def positions(sample: Sample = SAMPLE, adapter: Adapter = ADAPTER) -> Table[AtPosition]:
    """Quality, GC, unknown bases and adapters of a sample at each position of its reads.

    Quartiles are interpolated linearly between the two nearest scores.

    Args:
        sample: Name of the file in the folder data, without .fastq or .fastq.gz.
        adapter: Adapter to look for.
    """
    return by_position(_reads(sample), _sequence(adapter))


def reads(sample: Sample = SAMPLE, adapter: Adapter = ADAPTER) -> Table[InRead]:
    """Length, quality, GC, unknown bases and adapter of each read, in the order of the file.

    Args:
        sample: Name of the file in the folder data, without .fastq or .fastq.gz.
        adapter: Adapter to look for.
    """
    sequence = _sequence(adapter)
    rows: list[InRead] = []
    for number, read in enumerate(_reads(sample), start=1):
        errors = expected_errors(read.qualities)
        rows.append(
            {
                "number": number,
                "name": (read.title.split() or [""])[0],
                "length": len(read.bases),
                "mean_quality": mean_quality(errors, len(read.bases)),
                "expected_errors": errors,
                "gc": gc_share(read.bases),
                "unknown": read.bases.count("N"),
                "adapter_at": read.bases.find(sequence) + 1 or None,
            }
        )
    return rows


def _sequence(adapter: str) -> str:
    """Return the first bases of an adapter."""
    if adapter not in ADAPTERS:
        message = f"no adapter {adapter}; there are {', '.join(ADAPTERS)}"
        expected = f"one of {', '.join(ADAPTERS)}"
        raise InvalidParameter(message, parameter="adapter", expected=expected)
    return ADAPTERS[adapter]


def _reads(sample: str) -> list[Read]:
    """Return the reads of a sample."""
    files = sorted(DATA.glob("*.fastq")) + sorted(DATA.glob("*.fastq.gz"))
    named = {path.name.partition(".fastq")[0]: path for path in files}
    if sample not in named:
        message = f"no reads of {sample}; there are {', '.join(named)}"
        raise InvalidParameter(message, parameter="sample", expected=f"one of {', '.join(named)}")
    try:
        return list(read_fastq(named[sample]))
    except FastqError as error:
        raise InvalidData(f"the reads of {sample} cannot be used: {error}") from None
