"""Commands of Sparkplug B 3.0.0: NCMD for an edge node, DCMD for a device behind one.

Sections 6.4.23 (NCMD) and 6.4.24 (DCMD) of the Eclipse Sparkplug Specification define the content: a timestamp and the
metrics to write, without a sequence number. Publish a command with QoS 0 and without retain. The payload here is JSON,
as in the examples of the specification. The publisher converts the payload to Protocol Buffers, the format on the wire.
"""

import datetime as dt
import json
from typing import Any


def topic(group: str, target: str) -> str:
    """Return the topic of a command: `spBv1.0/<group>/NCMD/<edge>` or `spBv1.0/<group>/DCMD/<edge>/<device>`."""
    return f"spBv1.0/{group}/{'DCMD' if '/' in target else 'NCMD'}/{target}"


def payload(metric: str, data_type: str, value: float, time: dt.datetime) -> str:
    """Return the payload of a command that writes one metric, as JSON."""
    milliseconds = round(time.timestamp() * 1000)
    written: Any = value
    if data_type == "Boolean":
        written = value == 1
    elif data_type == "Int32":
        written = int(value)
    metrics = [{"name": metric, "timestamp": milliseconds, "dataType": data_type, "value": written}]
    return json.dumps({"timestamp": milliseconds, "metrics": metrics}, ensure_ascii=False)
