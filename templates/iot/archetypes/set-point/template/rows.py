"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Command,
    CommandState,
    Json,
    Metric,
    Moment,
    Person,
    Reason,
    SetPoint,
    Target,
    Topic,
    Unit,
)


class TargetRow(TypedDict):
    """One settable metric."""

    target: Annotated[Target, Key]
    metric: Annotated[Metric, Key]
    unit: Unit
    value: Annotated[SetPoint | None, Column("Current set-point; empty if unknown")]
    since: Moment | None
    lowest: Annotated[SetPoint, Column("Lowest value that the limits allow now")]
    highest: Annotated[SetPoint, Column("Highest value that the limits allow now")]
    topic: Topic


class Request(TypedDict):
    """A command that is pending approval."""

    command: Annotated[Command, Key]
    state: CommandState
    target: Target
    metric: Metric
    value: SetPoint
    unit: Unit
    previous: Annotated[SetPoint | None, Column("Current set-point")]
    requested_by: Person
    requested_at: Moment
    reason: Reason
    approve_before: Moment
    record: Annotated[Json, Column("Record to pass to the approver")]


class Approval(TypedDict):
    """An approved command."""

    command: Annotated[Command, Key]
    state: CommandState
    target: Target
    metric: Metric
    value: SetPoint
    unit: Unit
    requested_by: Person
    requested_at: Moment
    reason: Reason
    approved_by: Person
    approved_at: Moment
    topic: Topic
    payload: Annotated[Json, Column("Sparkplug B payload")]
