"""Reads the list of devices, and says of each line what is wrong with it."""

from dataclasses import dataclass, field
from pathlib import Path

from bailiwick import InvalidData

import certificate
from sparkplug import name_problem
from tables import read_rows


@dataclass
class Listed:
    """One line of the list: a gateway, or a device behind one.

    Attributes:
        line: Number of the line.
        gateway: Name of the gateway.
        device: Name of the device; empty in the line of the gateway itself.
        subject: Subject of the certificate of the gateway.
        problems: What is wrong.
    """

    line: int
    gateway: str
    device: str
    subject: str
    problems: list[str] = field(default_factory=list)


def read_list(path: Path) -> list[Listed]:
    """Return the lines of a list, not checked yet.

    Raises:
        InvalidData: It is not such a list; the message names the line.
    """
    rows = [
        Listed(row.line, row["gateway"], row["device"], row["subject"])
        for row in read_rows(path, ("gateway", "device", "subject"))
    ]
    if not rows:
        raise InvalidData(f"{path.name} has no devices; write some below its header")
    return rows


def check_list(rows: list[Listed], group: str, organisation: str) -> None:
    """Write into each line what is wrong with it.

    Args:
        rows: Lines of the list.
        group: Sparkplug group of the gateways.
        organisation: What the certificates have to have as O.
    """
    seen: dict[tuple[str, str], int] = {}
    own_lines = {row.gateway for row in rows if not row.device}
    for row in rows:
        name = row.device or row.gateway
        if problem := name_problem(name):
            row.problems.append(problem)
        # Names that differ in capitals only must not be beside each other (tck-id-case-sensitivity-sparkplug-ids).
        place = (row.gateway.casefold(), row.device.casefold())
        if place in seen:
            row.problems.append(f"line {seen[place]} has {name} already, perhaps in other letters")
        seen.setdefault(place, row.line)
        if row.device and row.gateway not in own_lines:
            row.problems.append(
                f"the gateway {row.gateway} has no separate line with a subject and without a device"
            )
        if row.device and row.subject:
            row.problems.append("a device must not have a certificate; its gateway has one")
        if not row.device:
            row.problems += _certificate_problems(row, client_id(group, row.gateway), organisation)


def client_id(group: str, gateway: str) -> str:
    """Return the client id of a gateway, which is its user name and the common name of its certificate, too."""
    return f"{group}:{gateway}"


def _certificate_problems(row: Listed, name: str, organisation: str) -> list[str]:
    """Return the problems of a gateway's certificate."""
    if len(name) > certificate.LONGEST_NAME:
        longest = certificate.LONGEST_NAME
        return [f"the client id {name} has {len(name)} signs, and a certificate can name {longest}"]
    if not row.subject:
        return [f"the gateway has no subject; write CN={name},O={organisation}"]
    return certificate.problems(row.subject, {"CN": name, "O": organisation})
