"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import Date, Energy, EnergyPerItem, Line, Minutes, Moment, Pieces, Ratio, Shift


class Figures(TypedDict):
    """Key figures of ISO 22400-2 for some time of a line."""

    energy: Annotated[Energy | None, Column("Empty when the meter was not read all the time")]
    energy_per_item: EnergyPerItem | None
    planned_busy_time: Annotated[Minutes, Column("PBT: the line was to produce")]
    actual_production_time: Annotated[Minutes, Column("APT: it did produce")]
    produced_quantity: Annotated[Pieces, Column("PQ")]
    good_quantity: Annotated[Pieces, Column("GQ")]
    availability: Annotated[Ratio | None, Column("APT / PBT")]
    effectiveness: Annotated[Ratio | None, Column("PRI x PQ / APT, also called performance")]
    quality_ratio: Annotated[Ratio | None, Column("GQ / PQ")]
    oee_index: Annotated[Ratio | None, Column("Availability x effectiveness x quality ratio")]


class WorkRow(TypedDict):
    """What a line was to do and did in one hour."""

    line: Annotated[Line, Key]
    start: Annotated[Moment, Key, Column("First moment of the hour")]
    date: Annotated[Date, Column("Day on which the shift began")]
    shift: Shift
    planned_busy_time: Annotated[Minutes, Column("PBT: the line was to produce")]
    actual_production_time: Annotated[Minutes, Column("APT: it did produce")]
    planned_run_time: Annotated[Minutes, Column("PRI x PQ: planned for what was produced")]
    produced_quantity: Annotated[Pieces, Column("PQ")]
    good_quantity: Annotated[Pieces, Column("GQ")]
    energy: Annotated[Energy | None, Column("Empty when the meter was not read at both ends")]


class HourOfLine(TypedDict):
    """Which line and hour a row is about."""

    line: Annotated[Line, Key]
    start: Annotated[Moment, Key, Column("First moment of the hour")]
    date: Annotated[Date, Column("Day on which the shift began")]
    shift: Shift


class ShiftOfLine(TypedDict):
    """Which line and shift a row is about."""

    line: Annotated[Line, Key]
    date: Annotated[Date, Key, Column("Day on which the shift began")]
    shift: Annotated[Shift, Key]


class DaysOfLine(TypedDict):
    """Which line and days a row is about."""

    line: Annotated[Line, Key]
    first_date: Annotated[Date, Column("First day of the plant")]
    last_date: Annotated[Date, Column("Last day of the plant")]


class HourRow(HourOfLine, Figures):
    """One line in one hour."""


class ShiftRow(ShiftOfLine, Figures):
    """One line in one shift."""


class LineRow(DaysOfLine, Figures):
    """One line over all days asked for."""
