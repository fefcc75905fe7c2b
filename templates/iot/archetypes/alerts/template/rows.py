"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import AlertKind, Count, Device, Fault, Minutes, Moment, Score, Temperature


class Alert(TypedDict):
    """One alert of one device."""

    device: Annotated[Device, Key]
    kind: Annotated[AlertKind, Key, Column("high, low, anomaly or gone")]
    start: Annotated[Moment, Key, Column("First reading, or when one was missed for too long")]
    end: Annotated[Moment | None, Column("First reading after it; empty while it lasts")]
    readings: Annotated[Count, Column("Readings that belong to it")]
    worst: Annotated[Temperature | None, Column("Furthest from what is right")]
    score: Annotated[Score | None, Column("The one of the worst reading; of anomalies only")]
    fault: Annotated[
        Fault | None, Column("Known fault at that time; empty for a false alarm or news")
    ]


class ChartPoint(TypedDict):
    """One reading with what was expected."""

    device: Annotated[Device, Key]
    time: Annotated[Moment, Key]
    temperature: Temperature
    expected: Annotated[Temperature, Column("By the readings before")]
    lower: Annotated[Temperature | None, Column("Below it a reading is an anomaly")]
    upper: Annotated[Temperature | None, Column("Above it a reading is an anomaly")]
    score: Annotated[Score | None, Column("How far the reading is from what was expected")]


class Detection(TypedDict):
    """One known fault, and the alert that found it."""

    device: Annotated[Device, Key]
    start: Annotated[Moment, Key, Column("When the fault began")]
    fault: Fault
    kind: Annotated[AlertKind | None, Column("Of the alert; empty when the fault was missed")]
    found: Annotated[Moment | None, Column("Start of the alert")]
    delay: Annotated[Minutes | None, Column("From the start of the fault to the alert")]
