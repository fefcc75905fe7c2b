"""Checks topics and payloads against the examples of the Eclipse Sparkplug Specification 3.0.0."""

import datetime as dt
import json

import sparkplug

SENT = dt.datetime.fromtimestamp(1486144502.122, tz=dt.UTC)


def test_creates_the_command_for_an_edge_node_of_the_specification() -> None:
    # Section 6.4.23, NCMD
    group, target = "Sparkplug B Devices", "Raspberry Pi"

    assert sparkplug.topic(group, target) == "spBv1.0/Sparkplug B Devices/NCMD/Raspberry Pi"
    assert json.loads(sparkplug.payload("Node Control/Rebirth", "Boolean", 1, SENT)) == {
        "timestamp": 1486144502122,
        "metrics": [
            {
                "name": "Node Control/Rebirth",
                "timestamp": 1486144502122,
                "dataType": "Boolean",
                "value": True,
            }
        ],
    }


def test_creates_the_command_for_a_device_of_the_specification() -> None:
    # Section 6.4.24, DCMD; its example writes two metrics, of which this is the first
    group, target = "Sparkplug B Devices", "Raspberry Pi/Pibrella"

    assert (
        sparkplug.topic(group, target) == "spBv1.0/Sparkplug B Devices/DCMD/Raspberry Pi/Pibrella"
    )
    [metric] = json.loads(sparkplug.payload("Outputs/LEDs/Green", "Boolean", 1, SENT))["metrics"]
    assert metric == {
        "name": "Outputs/LEDs/Green",
        "timestamp": 1486144502122,
        "dataType": "Boolean",
        "value": True,
    }


def test_has_no_sequence_number() -> None:
    # tck-id-payloads-ncmd-seq and tck-id-payloads-dcmd-seq
    assert "seq" not in json.loads(sparkplug.payload("a", "Double", 1.5, SENT))


def test_writes_values_in_their_type() -> None:
    texts = {
        kind: sparkplug.payload("a", kind, 1.0, SENT) for kind in ("Boolean", "Int32", "Double")
    }

    assert {kind: text.rpartition('"value": ')[2] for kind, text in texts.items()} == {
        "Boolean": "true}]}",
        "Int32": "1}]}",
        "Double": "1.0}]}",
    }
