"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import Date, Energy, EnergyPerItem, Line, Minutes, Moment, Pieces, Ratio, Shift


class Figures(TypedDict):
    """Key figures of ISO 22400-2 for one line in one period."""

    energy: Annotated[Energy | None, Column("Empty if a meter reading is missing")]
    energy_per_item: EnergyPerItem | None
    planned_busy_time: Annotated[Minutes, Column("PBT, planned busy time")]
    actual_production_time: Annotated[Minutes, Column("APT, actual production time")]
    produced_quantity: Annotated[Pieces, Column("PQ, produced quantity")]
    good_quantity: Annotated[Pieces, Column("GQ, good quantity")]
    availability: Annotated[Ratio | None, Column("APT / PBT")]
    effectiveness: Annotated[Ratio | None, Column("PRI x PQ / APT, also called performance")]
    quality_ratio: Annotated[Ratio | None, Column("GQ / PQ")]
    oee_index: Annotated[Ratio | None, Column("Availability x effectiveness x quality ratio")]


class WorkRow(TypedDict):
    """Planned and actual production of one line in one hour."""

    line: Annotated[Line, Key]
    start: Annotated[Moment, Key, Column("Start of the hour")]
    date: Annotated[Date, Column("Day on which the shift started")]
    shift: Shift
    planned_busy_time: Annotated[Minutes, Column("PBT, planned busy time")]
    actual_production_time: Annotated[Minutes, Column("APT, actual production time")]
    planned_run_time: Annotated[
        Minutes, Column("PRI x PQ, planned run time of the produced quantity")
    ]
    produced_quantity: Annotated[Pieces, Column("PQ, produced quantity")]
    good_quantity: Annotated[Pieces, Column("GQ, good quantity")]
    energy: Annotated[
        Energy | None, Column("Empty if the meter reading at the start or the end is missing")
    ]


class HourOfLine(TypedDict):
    """Line and hour of a row."""

    line: Annotated[Line, Key]
    start: Annotated[Moment, Key, Column("Start of the hour")]
    date: Annotated[Date, Column("Day on which the shift started")]
    shift: Shift


class ShiftOfLine(TypedDict):
    """Line and shift of a row."""

    line: Annotated[Line, Key]
    date: Annotated[Date, Key, Column("Day on which the shift started")]
    shift: Annotated[Shift, Key]


class DaysOfLine(TypedDict):
    """Line and days of a row."""

    line: Annotated[Line, Key]
    first_date: Annotated[Date, Column("First selected day with data")]
    last_date: Annotated[Date, Column("Last selected day with data")]


class HourRow(HourOfLine, Figures):
    """One line in one hour."""


class ShiftRow(ShiftOfLine, Figures):
    """One line in one shift."""


class LineRow(DaysOfLine, Figures):
    """One line over the selected days."""
