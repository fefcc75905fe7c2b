"""Checks registration and access list, and that invalid gateways get no access."""

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
    """The same group, host and organisation, independent of the answers to the form."""
    monkeypatch.setattr(functions, "GROUP", "dairy")
    monkeypatch.setattr(functions, "HOST", "scada")
    monkeypatch.setattr(functions, "ORGANISATION", "Example Dairy")


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A separate device list that the test can write."""
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


def test_finds_the_errors_of_the_third_gateway() -> None:
    found = problems("gw-3")

    assert found == {
        14: "the subject must have the CN dairy:gw-3, not gw-3",
        16: "the name capper#3 contains #, which MQTT reserves; use - or _",
        17: "the name labeller+3 contains +, which MQTT reserves; use - or _",
        18: "line 15 already has Filler-3, ignoring upper and lower case; rename one",
        19: "the name line 3/packer contains /, which MQTT reserves; use - or _",
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
def test_grants_no_access_while_a_line_has_problems(function: str, gateway: str | None) -> None:
    with pytest.raises(InvalidParameter, match="line 16: the name capper#3 contains #"):
        call(function, gateway=gateway)


def test_grants_no_access_with_a_name_that_breaks_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "HOST", "scada\nuser x\ntopic readwrite #")

    with pytest.raises(InvalidParameter, match="which MQTT reserves"):
        call("acl_file", gateway="gw-1")


def test_lists_the_available_gateways() -> None:
    with pytest.raises(InvalidParameter, match="no gateway x; available: gw-1, gw-2, gw-3"):
        call("registration", gateway="x")


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("gw-2,filler-2,\n", 4, "the gateway gw-2 has no separate line"),
        ("gw-2,,\n", 4, "the gateway has no subject; write CN=dairy:gw-2,O=Example Dairy"),
        ('gw-2,,"CN=dairy:gw-2"\n', 4, "the subject must have the O Example Dairy"),
        ("gw-2,,nonsense\n", 4, "the subject cannot be read at 'nonsense'"),
        ('gw-1,,"CN=dairy:gw-1,O=Example Dairy"\n', 4, "line 2 already has gw-1"),
        (
            'GW-1,,"CN=dairy:GW-1,O=Example Dairy"\n',
            4,
            "line 2 already has GW-1, ignoring upper and lower case",
        ),
        ("gw-1,filler-1,\n", 4, "line 3 already has filler-1"),
        ("gw-1,capper-1,CN=capper-1\n", 4, "a device must not have a certificate"),
        ('gw-1,"a\ntopic readwrite x",\n', 5, "contains an invisible character"),
        (",filler-2,\n", 4, "has no separate line"),
        (",,\n", 4, "the name is empty"),
        (f"{'g' * 60},,CN=x\n", 4, "has 66 characters; shorten it to 64"),
    ],
)
def test_reports_the_problem_of_a_line(rows: str, line: int, words: str, listed: Path) -> None:
    listed.write_text(HEADER + GOOD + rows)

    assert words in problems()[line]


def test_accepts_equal_device_names_behind_two_gateways(listed: Path) -> None:
    # tck-id-topic-structure-namespace-duplicate-device-id-across-edge-node
    listed.write_text(HEADER + GOOD + GOOD.replace("gw-1", "gw-2"))

    assert problems() == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1 of device_list.csv must name .* once: gateway, device, subject"),
        (HEADER, "has no devices"),
        (HEADER + "gw-1\n", "line 2 of device_list.csv: the number of fields differs"),
        (HEADER + "gw-1,a,b,c\n", "line 2 of device_list.csv: the number of fields differs"),
    ],
)
def test_rejects_an_invalid_list(text: str, words: str, listed: Path) -> None:
    listed.write_text(text)

    with pytest.raises(InvalidData, match=words):
        devices.read_list(listed)
