"""Names and topics of Sparkplug B (Eclipse Sparkplug Specification 3.0.0).

Topics have the form `spBv1.0/<group>/<type>/<edge node>[/<device>]` (section 4.1, Topic Namespace Elements).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

NAMESPACE = "spBv1.0"


class TopicAccess(NamedTuple):
    """Rights of an edge node for a topic; `device` is None for the node's own topics."""

    message_type: str
    device: str | None
    access: str
    topic: str


def name_problem(name: str) -> str | None:
    """Return the problem of the name of a group, an edge node, a device or a host; None if it is valid.

    Reserved are +, / and # (tck-id-topic-structure-namespace-valid-device-id and similar rules). Invisible characters
    and spaces at the start or end are also rejected, because they could split or disguise lines of the access list.
    """
    if not name:
        return "the name is empty; enter one"
    if reserved := [sign for sign in "+#/" if sign in name]:
        return f"the name {name} contains {' and '.join(reserved)}, which MQTT reserves; use - or _"
    if not name.isprintable():
        return f"the name {name!a} contains an invisible character; remove it"
    if name != name.strip():
        return f"the name {name!r} starts or ends with a space; remove it"
    return None


def topics(group: str, edge: str, devices: Sequence[str], host: str) -> Iterator[TopicAccess]:
    """Yield the topics that an edge node may publish or subscribe to, and no others.

    The list follows section 7.4.3, Access Control Lists. An edge node may write births, data and deaths of itself and
    its devices. It may read the commands to them and the state of the primary host application.
    """
    for kind in ("NBIRTH", "NDATA", "NDEATH"):
        yield TopicAccess(kind, None, "write", f"{NAMESPACE}/{group}/{kind}/{edge}")
    for device in devices:
        for kind in ("DBIRTH", "DDATA", "DDEATH"):
            yield TopicAccess(kind, device, "write", f"{NAMESPACE}/{group}/{kind}/{edge}/{device}")
    yield TopicAccess("STATE", None, "read", f"{NAMESPACE}/STATE/{host}")
    yield TopicAccess("NCMD", None, "read", f"{NAMESPACE}/{group}/NCMD/{edge}")
    for device in devices:
        yield TopicAccess("DCMD", device, "read", f"{NAMESPACE}/{group}/DCMD/{edge}/{device}")
