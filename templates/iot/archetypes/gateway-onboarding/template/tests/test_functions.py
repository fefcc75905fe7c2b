"""Checks registration and access list, and that nothing wrong gets access."""

from pathlib import Path

import pytest
from bailiwick import InvalidData, InvalidParameter
from bailiwick.testing import call

import devices
import functions

HEADER = "gateway,device,subject\n"
GOOD = 'gw-1,,"CN=dairy:gw-1,O=Example Dairy"\ngw-1,filler-1,\n'


@pytest.fixture(autouse=True)
def dairy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same group, host and organisation whatever the form said."""
    monkeypatch.setattr(functions, "GROUP", "dairy")
    monkeypatch.setattr(functions, "HOST", "scada")
    monkeypatch.setattr(functions, "ORGANISATION", "Example Dairy")


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of its own, to write into."""
    path = tmp_path / "device_list.csv"
    monkeypatch.setattr(functions, "DEVICES", path)
    return path


def problems(gateway: str | None = None) -> dict[int, str]:
    return {
        row["line"]: row["problem"]
        for row in call("registration", gateway=gateway)
        if row["problem"]
    }


@pytest.mark.parametrize("gateway", ["gw-1", "gw-2"])
def test_registers_gateways_and_devices(gateway: str) -> None:
    first, *behind = call("registration", gateway=gateway)

    assert first["client_id"] == f"dairy:{gateway}"
    assert first["device"] is None
    assert [row["client_id"] for row in behind] == [None] * 5
    assert problems(gateway) == {}


def test_finds_the_mistakes_of_the_third_gateway() -> None:
    found = problems("gw-3")

    assert found == {
        14: "the subject has the CN gw-3, and it has to be dairy:gw-3",
        16: "the name capper#3 has #, which MQTT needs for itself; use - or _",
        17: "the name labeller+3 has +, which MQTT needs for itself; use - or _",
        18: "line 15 has Filler-3 already, perhaps in other letters",
        19: "the name line 3/packer has /, which MQTT needs for itself; use - or _",
    }


def test_allows_nothing_beyond_the_topics_of_a_gateway() -> None:
    rows = call("access", gateway="gw-1")

    assert len(rows) == 5 + 5 * 4
    assert all("+" not in row["topic"] and "#" not in row["topic"] for row in rows)
    assert {row["topic"].split("/")[3] for row in rows if row["message_type"] != "STATE"} == {
        "gw-1"
    }
    assert {row["access"] for row in rows if row["message_type"].endswith("CMD")} == {"read"}


def test_writes_the_access_list_of_mosquitto(listed: Path) -> None:
    listed.write_text(HEADER + GOOD)

    # mosquitto.conf(5), acl_file: "user <username>", then "topic [read|write|readwrite|deny] <topic>"
    assert call("acl_file", gateway="gw-1").splitlines() == [
        "# Edge gateways of the group dairy",
        "",
        "user dairy:gw-1",
        "topic write spBv1.0/dairy/NBIRTH/gw-1",
        "topic write spBv1.0/dairy/NDATA/gw-1",
        "topic write spBv1.0/dairy/NDEATH/gw-1",
        "topic write spBv1.0/dairy/DBIRTH/gw-1/filler-1",
        "topic write spBv1.0/dairy/DDATA/gw-1/filler-1",
        "topic write spBv1.0/dairy/DDEATH/gw-1/filler-1",
        "topic read spBv1.0/STATE/scada",
        "topic read spBv1.0/dairy/NCMD/gw-1",
        "topic read spBv1.0/dairy/DCMD/gw-1/filler-1",
    ]


def test_writes_all_gateways_into_one_list(listed: Path) -> None:
    listed.write_text(HEADER + GOOD + GOOD.replace("gw-1", "gw-2"))
    lines = call("acl_file", gateway=None).splitlines()

    assert [line for line in lines if line.startswith("user ")] == [
        "user dairy:gw-1",
        "user dairy:gw-2",
    ]


@pytest.mark.parametrize("function", ["access", "acl_file"])
@pytest.mark.parametrize("gateway", ["gw-3", None])
def test_gives_no_access_while_something_is_wrong(function: str, gateway: str | None) -> None:
    with pytest.raises(InvalidParameter, match="line 16: the name capper#3 has #"):
        call(function, gateway=gateway)


def test_gives_no_access_to_a_group_that_breaks_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "HOST", "scada\nuser x\ntopic readwrite #")

    with pytest.raises(InvalidParameter, match="MQTT needs for itself"):
        call("acl_file", gateway="gw-1")


def test_names_the_gateways_there_are() -> None:
    with pytest.raises(InvalidParameter, match="no gateway x; available: gw-1, gw-2, gw-3"):
        call("registration", gateway="x")


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("gw-2,filler-2,\n", 4, "the gateway gw-2 has no separate line"),
        ("gw-2,,\n", 4, "the gateway has no subject; write CN=dairy:gw-2,O=Example Dairy"),
        ('gw-2,,"CN=dairy:gw-2"\n', 4, "the subject has no O, and it has to be Example Dairy"),
        ("gw-2,,nonsense\n", 4, "the subject cannot be read at 'nonsense'"),
        ('gw-1,,"CN=dairy:gw-1,O=Example Dairy"\n', 4, "line 2 has gw-1 already"),
        (
            'GW-1,,"CN=dairy:GW-1,O=Example Dairy"\n',
            4,
            "line 2 has GW-1 already, perhaps in other letters",
        ),
        ("gw-1,filler-1,\n", 4, "line 3 has filler-1 already"),
        ("gw-1,capper-1,CN=capper-1\n", 4, "a device must not have a certificate"),
        ('gw-1,"a\ntopic readwrite x",\n', 5, "has a sign that cannot be seen"),
        (",filler-2,\n", 4, "has no separate line"),
        (",,\n", 4, "the name is empty"),
        (f"{'g' * 60},,CN=x\n", 4, "has 66 signs, and a certificate can name 64"),
    ],
)
def test_tells_what_is_wrong_with_a_line(rows: str, line: int, words: str, listed: Path) -> None:
    listed.write_text(HEADER + GOOD + rows)

    assert words in problems()[line]


def test_lets_two_gateways_have_devices_of_the_same_name(listed: Path) -> None:
    # tck-id-topic-structure-namespace-duplicate-device-id-across-edge-node
    listed.write_text(HEADER + GOOD + GOOD.replace("gw-1", "gw-2"))

    assert problems() == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1 of device_list.csv has to name once: gateway, device, subject"),
        (HEADER, "has no devices"),
        (HEADER + "gw-1\n", "line 2 of device_list.csv: it has not the columns of line 1"),
        (HEADER + "gw-1,a,b,c\n", "line 2 of device_list.csv: it has not the columns of line 1"),
    ],
)
def test_refuses_what_is_no_list(text: str, words: str, listed: Path) -> None:
    listed.write_text(text)

    with pytest.raises(InvalidData, match=words):
        devices.read_list(listed)
