"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Age,
    Count,
    Device,
    Integral,
    Measurement,
    Moment,
    Quality,
    Reading,
    Seconds,
    Slot,
    Text,
    Unit,
)


class Kept(TypedDict):
    """One stored reading, or the problem of the last message of a device."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    slot: Annotated[Slot, Key, Column("0 for texts, of which only the newest is stored")]
    time: Annotated[Moment, Column("Time of the measurement")]
    received: Annotated[Moment, Column("Arrival of the message")]
    value: Annotated[Reading | None, Column("Value, if it is a number")]
    text: Annotated[Text | None, Column("Value, if it is text, base64 data, true or false")]
    unit: Unit | None
    total: Integral | None
    update: Annotated[Seconds | None, Column("Announced time until the next reading")]
    problem: Annotated[Text | None, Column("Reason why the message is invalid")]


class State(TypedDict):
    """Newest value of one measurement."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    time: Annotated[Moment, Column("Time of the measurement")]
    age: Age
    quality: Annotated[Quality, Column("good, stale, ahead of its arrival, or refused")]
    value: Annotated[Reading | None, Column("Value, if it is a number")]
    text: Annotated[
        Text | None, Column("Text, base64 data, true or false, or why a message is refused")
    ]
    unit: Unit | None
    total: Integral | None


class Period(TypedDict):
    """One measurement in one interval."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    time: Annotated[Moment, Key, Column("Start of the interval, which ends before the next row")]
    readings: Annotated[Count, Column("Number of stored readings; 0 marks a gap")]
    mean: Reading | None
    lowest: Reading | None
    highest: Reading | None
    unit: Unit | None
