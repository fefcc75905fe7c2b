"""Registers edge gateways of Sparkplug B: client ids, topics and access lists out of a list of devices.

The list is `data/device_list.csv`: one line for each gateway, with the subject of its certificate and no device, and
one for each device behind it. Names and topics stand in `sparkplug.py`, what is checked in `devices.py`.
"""

from pathlib import Path
from typing import Annotated, TypedDict

from bailiwick import Column, InvalidParameter, Key, Table

import sparkplug
from devices import Listed, check_list, client_id, read_list
from vocabulary import (
    Access,
    AclLine,
    ClientId,
    Gateway,
    LineNumber,
    ListedName,
    MessageType,
    Problem,
    Subject,
    Topic,
)

DEVICES = Path(__file__).parent / "data" / "device_list.csv"
GROUP = "dairy"
HOST = "scada"
ORGANISATION = "Example Dairy"
GATEWAY: str | None = "gw-1"


class Registration(TypedDict):
    """One line of the list."""

    line: Annotated[LineNumber, Key, Column("In the list of devices")]
    gateway: Gateway
    device: Annotated[ListedName | None, Column("Empty for the gateway itself")]
    client_id: Annotated[ClientId | None, Column("Of the gateway, and its user name")]
    subject: Annotated[Subject | None, Column("Of the certificate of the gateway")]
    problem: Annotated[Problem | None, Column("Empty when all is right")]


class AccessRow(TypedDict):
    """One topic of a gateway."""

    client_id: Annotated[ClientId, Key]
    topic: Annotated[Topic, Key]
    gateway: Gateway
    device: Annotated[ListedName | None, Column("Empty for topics of the gateway itself")]
    message_type: MessageType
    access: Annotated[Access, Column("write to publish, read to subscribe")]
    acl: Annotated[AclLine, Column("The line that allows it")]


def registration(gateway: Gateway | None = GATEWAY) -> Table[Registration]:
    """Each line of the list with the client id of the gateway, and what is wrong.

    Args:
        gateway: Only this one; all when null.
    """
    return [
        {
            "line": row.line,
            "gateway": row.gateway,
            "device": row.device or None,
            "client_id": None if row.device else client_id(GROUP, row.gateway),
            "subject": row.subject or None,
            "problem": "; ".join(row.problems) or None,
        }
        for row in _listed(gateway)
    ]


def access(gateway: Gateway | None = GATEWAY) -> Table[AccessRow]:
    """All topics of a gateway with what it may do; refused while something is wrong with it.

    Args:
        gateway: Only this one; all when null.
    """
    return _access(gateway)


def acl_file(gateway: Gateway | None = GATEWAY) -> str:
    """The access list for mosquitto (acl_file in mosquitto.conf); refused while something is wrong.

    Args:
        gateway: Only this one; all when null.
    """
    lines: list[str] = []
    before = None
    for row in _access(gateway):
        if row["client_id"] != before:
            before = row["client_id"]
            lines += ["", f"user {before}"]
        lines.append(row["acl"])
    return "\n".join([f"# Edge gateways of the group {GROUP}", *lines, ""])


def _access(gateway: str | None) -> list[AccessRow]:
    """Return the topics of a gateway, or of all."""
    rows: list[AccessRow] = []
    for name, devices in _sound(gateway).items():
        rows += [
            {
                "client_id": client_id(GROUP, name),
                "topic": topic.topic,
                "gateway": name,
                "device": topic.device,
                "message_type": topic.message_type,
                "access": topic.access,
                "acl": f"topic {topic.access} {topic.topic}",
            }
            for topic in sparkplug.topics(GROUP, name, devices, HOST)
        ]
    return rows


def _listed(gateway: str | None) -> list[Listed]:
    """Return the checked lines of a gateway, or of all."""
    rows = read_list(DEVICES)
    known = list(dict.fromkeys(row.gateway for row in rows))
    if gateway is not None and gateway not in known:
        message = f"no gateway {gateway}; there are {', '.join(known)}"
        raise InvalidParameter(message, parameter="gateway", expected=f"one of {', '.join(known)}")
    # All are checked, as what is wrong with one may be that another one is there.
    check_list(rows, GROUP, ORGANISATION)
    return [row for row in rows if gateway in (None, row.gateway)]


def _sound(gateway: str | None) -> dict[str, list[str]]:
    """Return the devices of each gateway; refused when a line has a problem."""
    rows = _listed(gateway)
    wrong = [f"line {row.line}: {problem}" for row in rows for problem in row.problems]
    wrong += [problem for name in (GROUP, HOST) if (problem := sparkplug.name_problem(name))]
    if wrong:
        message = f"no access for {gateway or 'all gateways'} while something is wrong: {'; '.join(wrong)}"
        raise InvalidParameter(message, parameter="gateway", expected="a gateway without problems")
    devices: dict[str, list[str]] = {row.gateway: [] for row in rows}
    for row in rows:
        if row.device:
            devices[row.gateway].append(row.device)
    return devices
