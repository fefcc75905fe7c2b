"""Reads the list of devices, and reports the problems of each line."""

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
        problems: Problems of the line.
    """

    line: int
    gateway: str
    device: str
    subject: str
    problems: list[str] = field(default_factory=list)


def read_list(path: Path) -> list[Listed]:
    """Return the lines of a list, without checking them.

    Raises:
        InvalidData: The file is not such a list; the message names the line.
    """
    rows = [
        Listed(row.line, row["gateway"], row["device"], row["subject"])
        for row in read_rows(path, ("gateway", "device", "subject"))
    ]
    if not rows:
        raise InvalidData(f"{path.name} has no devices; add at least one row below the header")
    return rows


def check_list(rows: list[Listed], group: str, organisation: str) -> None:
    """Check all lines, and add its problems to each line.

    Args:
        rows: Lines of the list.
        group: Sparkplug group of the gateways.
        organisation: Required organisation (O) in the certificates.
    """
    seen: dict[tuple[str, str], int] = {}
    own_lines = {row.gateway for row in rows if not row.device}
    for row in rows:
        name = row.device or row.gateway
        if problem := name_problem(name):
            row.problems.append(problem)
        # Names must not differ only in upper and lower case (tck-id-case-sensitivity-sparkplug-ids).
        place = (row.gateway.casefold(), row.device.casefold())
        if place in seen:
            row.problems.append(
                f"line {seen[place]} already has {name}, ignoring upper and lower case; rename one"
            )
        seen.setdefault(place, row.line)
        if row.device and row.gateway not in own_lines:
            row.problems.append(
                f"the gateway {row.gateway} has no separate line; add one with a subject and no device"
            )
        if row.device and row.subject:
            row.problems.append("a device must not have a certificate; delete its subject")
        if not row.device:
            row.problems += _certificate_problems(row, client_id(group, row.gateway), organisation)


def client_id(group: str, gateway: str) -> str:
    """Return the client ID of a gateway, which is also its user name and the common name of its certificate."""
    return f"{group}:{gateway}"


def _certificate_problems(row: Listed, name: str, organisation: str) -> list[str]:
    """Return the problems of a gateway's certificate."""
    if len(name) > certificate.LONGEST_NAME:
        longest = certificate.LONGEST_NAME
        return [f"the client ID {name} has {len(name)} characters; shorten it to {longest}"]
    if not row.subject:
        return [f"the gateway has no subject; write CN={name},O={organisation}"]
    return certificate.problems(row.subject, {"CN": name, "O": organisation})
