"""Names and topics of Sparkplug B, by the Eclipse Sparkplug Specification 3.0.0.

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

    Reserved are +, / and # (tck-id-topic-structure-namespace-valid-device-id and its like). Signs that nobody sees, and
    spaces at the ends, are refused as well: they would end lines of the access list or hide in it.
    """
    if not name:
        return "the name is empty"
    if reserved := [sign for sign in "+#/" if sign in name]:
        return (
            f"the name {name} has {' and '.join(reserved)}, which MQTT needs for itself; use - or _"
        )
    if not name.isprintable():
        return f"the name {name!a} has a sign that cannot be seen; take it out"
    if name != name.strip():
        return f"the name {name!r} has a space at an end; take it out"
    return None


def topics(group: str, edge: str, devices: Sequence[str], host: str) -> Iterator[TopicAccess]:
    """Yield what an edge node may publish and subscribe to, and nothing else.

    The list is that of section 7.4.3, Access Control Lists: births, data and deaths of the node and its devices to
    write, commands to them and the state of the primary host application to read.
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
