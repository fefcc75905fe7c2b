"""Set-points that one person asks for and another one approves.

`request` checks a set-point and gives a record; `approve` checks the record again and gives the command. Nothing is
kept or sent here: whoever calls `approve` publishes the payload under the topic, and adds the value to
`data/set_point_log.csv`. The names of people are what the caller says, so let only a program call this that knows them.
"""

import datetime as dt
from pathlib import Path

from bailiwick import InvalidParameter, Table

import record as records
import sparkplug
from checks import check
from rows import Approval, Request, TargetRow
from targets import Rule, Setting, read_rules, read_settings, window
from vocabulary import Json, Metric, Person, Reason, SetPoint, Target

DATA = Path(__file__).parent / "data"
GROUP = "dairy"
APPROVERS: list[str] = ["ada.lovelace", "grace.hopper"]
VALID = dt.timedelta(minutes=30)


def targets(target: Target | None = None) -> Table[TargetRow]:
    """What may be set, what it is set to, and how far it may be set now.

    Args:
        target: Only this one, such as gw-1/chiller-1.
    """
    now = _now()
    rows: list[TargetRow] = []
    for name, metric in sorted(read_rules(DATA / "set_points.csv")):
        rule, settings = _place(name, metric, now)
        lowest, highest = window(rule, settings, now)
        rows.append(
            {
                "target": name,
                "metric": metric,
                "unit": rule.unit,
                "value": settings[-1].value if settings else None,
                "since": settings[-1].time if settings else None,
                "lowest": lowest,
                "highest": highest,
                "topic": sparkplug.topic(GROUP, name),
            }
        )
    return [row for row in rows if target in (None, row["target"])]


def request(
    target: Target, metric: Metric, value: SetPoint, requested_by: Person, reason: Reason
) -> Table[Request]:
    """The record of a set-point that somebody asks for; refused when nobody could approve it.

    Args:
        target: Edge node, or edge node and device, such as gw-1/chiller-1.
        metric: What is to be set, such as Set-point/Temperature.
        value: What it is to be set to; 0 or 1 for a Boolean.
        requested_by: Who asks.
        reason: Why.
    """
    now = _now()
    rule, settings = _place(target, metric, now)
    check(rule, settings, value, now)
    asked = records.Asked(target, metric, value, requested_by, now, reason)
    return [
        {
            "command": records.number(asked),
            "state": "waiting for approval",
            "target": target,
            "metric": metric,
            "value": value,
            "unit": rule.unit,
            "previous": settings[-1].value if settings else None,
            "requested_by": requested_by,
            "requested_at": now,
            "reason": reason,
            "approve_before": now + VALID,
            "record": records.write(asked),
        }
    ]


def approve(record: Json, approved_by: Person) -> Table[Approval]:
    """The command of a request that somebody else approves, with topic and payload for Sparkplug B.

    Refused are approvals of one's own requests, by people who may not approve, of records that were changed or are too
    old, and of values that the limits do not allow any more.

    Args:
        record: What `request` gave in the column record.
        approved_by: Who approves.
    """
    asked, now = records.read(record), _now()
    if approved_by == asked.requested_by:
        message = f"{approved_by} asked for this; somebody else has to approve it"
        raise InvalidParameter(message, parameter="approved_by")
    if approved_by not in APPROVERS:
        message = f"{approved_by} may not approve; {', '.join(APPROVERS)} may"
        raise InvalidParameter(message, parameter="approved_by")
    if not asked.requested_at <= now <= asked.requested_at + VALID:
        until = asked.requested_at + VALID
        message = f"it can be approved from {asked.requested_at:%F %T} to {until:%F %T} UTC only; ask again"
        raise InvalidParameter(message, parameter="record")
    rule, settings = _place(asked.target, asked.metric, now)
    check(rule, settings, asked.value, now)
    return [
        {
            "command": records.number(asked),
            "state": "approved",
            "target": asked.target,
            "metric": asked.metric,
            "value": asked.value,
            "unit": rule.unit,
            "requested_by": asked.requested_by,
            "requested_at": asked.requested_at,
            "reason": asked.reason,
            "approved_by": approved_by,
            "approved_at": now,
            "topic": sparkplug.topic(GROUP, asked.target),
            "payload": sparkplug.payload(asked.metric, rule.data_type, asked.value, now),
        }
    ]


def _place(target: str, metric: str, now: dt.datetime) -> tuple[Rule, list[Setting]]:
    """Return the limits of a metric, and what it was set to until now."""
    rules = read_rules(DATA / "set_points.csv")
    known = sorted({name for name, _ in rules})
    if target not in known:
        message = f"no target {target}; there are {', '.join(known)}"
        raise InvalidParameter(message, parameter="target", expected=f"one of {', '.join(known)}")
    metrics = sorted(other for name, other in rules if name == target)
    if metric not in metrics:
        message = f"{target} has no metric {metric} that may be set; there are {', '.join(metrics)}"
        raise InvalidParameter(message, parameter="metric", expected=f"one of {', '.join(metrics)}")
    log = read_settings(DATA / "set_point_log.csv").get((target, metric), [])
    return rules[target, metric], [setting for setting in log if setting.time <= now]


def _now() -> dt.datetime:
    """Return the moment of the call; callers cannot choose it, as limits depend on it."""
    return dt.datetime.now(dt.UTC)
