"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import AlertKind, Count, Device, Fault, Minutes, Moment, Score, Temperature


class Alert(TypedDict):
    """One alert of one device."""

    device: Annotated[Device, Key]
    kind: Annotated[AlertKind, Key, Column("high, low, anomaly or gone (no readings)")]
    start: Annotated[Moment, Key, Column("First reading, or end of the permitted silence")]
    end: Annotated[Moment | None, Column("First reading after the alert; empty while it lasts")]
    readings: Annotated[Count, Column("Number of readings during the alert")]
    worst: Annotated[Temperature | None, Column("Worst reading during the alert")]
    score: Annotated[Score | None, Column("Score of the worst reading; only for anomalies")]
    fault: Annotated[
        Fault | None, Column("Known fault at that time; empty for a false alarm or a new fault")
    ]


class ChartPoint(TypedDict):
    """One reading with its forecast."""

    device: Annotated[Device, Key]
    time: Annotated[Moment, Key]
    temperature: Temperature
    expected: Annotated[Temperature, Column("Forecast from the previous readings")]
    lower: Annotated[Temperature | None, Column("Limit below which a reading is an anomaly")]
    upper: Annotated[Temperature | None, Column("Limit above which a reading is an anomaly")]
    score: Annotated[Score | None, Column("Difference of the reading from the forecast")]


class Detection(TypedDict):
    """One known fault, and the alert that detected it."""

    device: Annotated[Device, Key]
    start: Annotated[Moment, Key, Column("Start of the fault")]
    fault: Fault
    kind: Annotated[AlertKind | None, Column("Kind of the alert; empty if the fault was missed")]
    found: Annotated[Moment | None, Column("Start of the alert")]
    delay: Annotated[Minutes | None, Column("Time from the start of the fault to the alert")]
