"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Concentration,
    Count,
    Dilution,
    Explanation,
    Figure,
    Measure,
    Ratio,
    Role,
    Sample,
    Signal,
    Unit,
    Verdict,
    Well,
)

UNIT = "ng/mL"


class WellSignal(TypedDict):
    """One well."""

    well: Annotated[Well, Key]
    role: Annotated[Role | None, Column("Empty when the sheet does not name the well")]
    sample: Sample | None
    reading: Annotated[Signal | None, Column("Empty above what the reader can measure")]
    signal: Annotated[Signal | None, Column("Reading less the mean of the blanks")]
    known: Annotated[Concentration | None, Column("Of a standard", unit=UNIT)]
    dilution: Annotated[Dilution | None, Column("Of the sample in the well")]


class Result(TypedDict):
    """The replicates of one sample."""

    role: Annotated[Role, Key]
    sample: Annotated[Sample, Key]
    dilution: Annotated[Dilution, Key]
    wells: Annotated[Count, Column("Wells with a reading", unit="wells")]
    over: Annotated[Count, Column("Wells above what the reader can measure", unit="wells")]
    signal: Annotated[Signal | None, Column("Mean, less the mean of the blanks")]
    cv: Annotated[Ratio | None, Column("Standard deviation by mean of the signals")]
    verdict: Annotated[Verdict, Column("Warns of replicates that are further apart than allowed")]
    concentration: Annotated[
        Concentration | None, Column("By the curve, times the dilution", unit=UNIT)
    ]
    place: Annotated[Explanation, Column("Where the signal lies beside those of the standards")]
    recovery: Annotated[Ratio | None, Column("Of a standard: concentration by the known one")]


class Quality(TypedDict):
    """One figure of the plate."""

    figure: Annotated[Figure, Key]
    value: Annotated[Measure | None, Column("Empty when there are too few wells")]
    unit: Unit
    meaning: Explanation
