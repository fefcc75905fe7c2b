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
    """One reading that is kept, or what is wrong with the last message of a device."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    slot: Annotated[Slot, Key, Column("0 for what is not a number; only the newest is kept")]
    time: Annotated[Moment, Column("When it was measured")]
    received: Annotated[Moment, Column("When its message came")]
    value: Annotated[Reading | None, Column("When it is a number")]
    text: Annotated[Text | None, Column("When it is text, data in base64, true or false")]
    unit: Unit | None
    total: Integral | None
    update: Annotated[Seconds | None, Column("The device promised the next one within them")]
    problem: Annotated[Text | None, Column("Why a message could not be read")]


class State(TypedDict):
    """The newest that is known of one measurement."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    time: Annotated[Moment, Column("When it was measured")]
    age: Age
    quality: Annotated[Quality, Column("good, stale, ahead of its time, or refused")]
    value: Annotated[Reading | None, Column("When it is a number")]
    text: Annotated[
        Text | None, Column("Text, data in base64, true or false, or why a message is refused")
    ]
    unit: Unit | None
    total: Integral | None


class Period(TypedDict):
    """One measurement over some minutes."""

    device: Annotated[Device, Key]
    measurement: Annotated[Measurement, Key]
    time: Annotated[Moment, Key, Column("First moment of the period; it ends before the next one")]
    readings: Annotated[Count, Column("So many numbers are kept; zero shows a gap")]
    mean: Reading | None
    lowest: Reading | None
    highest: Reading | None
    unit: Unit | None
