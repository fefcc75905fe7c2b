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
    """One metric that may be set."""

    target: Annotated[Target, Key]
    metric: Annotated[Metric, Key]
    unit: Unit
    value: Annotated[SetPoint | None, Column("What it was set to; empty when nothing is known")]
    since: Moment | None
    lowest: Annotated[SetPoint, Column("May be set now, by limit and rate of change")]
    highest: Annotated[SetPoint, Column("May be set now, by limit and rate of change")]
    topic: Topic


class Request(TypedDict):
    """A command that is pending approval."""

    command: Annotated[Command, Key]
    state: CommandState
    target: Target
    metric: Metric
    value: SetPoint
    unit: Unit
    previous: Annotated[SetPoint | None, Column("What it is set to")]
    requested_by: Person
    requested_at: Moment
    reason: Reason
    approve_before: Moment
    record: Annotated[Json, Column("Give this to the one who approves")]


class Approval(TypedDict):
    """A command that may be sent."""

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
