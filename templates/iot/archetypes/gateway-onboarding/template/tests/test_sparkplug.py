"""Checks topics and names against the Eclipse Sparkplug Specification 3.0.0, and subjects against RFC 4514."""

import pytest

import certificate
import sparkplug

# Section 7.4.3, Access Control Lists: group G1, edge node E1 with the device D1
PUBLISH = [
    "spBv1.0/G1/NBIRTH/E1",
    "spBv1.0/G1/NDATA/E1",
    "spBv1.0/G1/NDEATH/E1",
    "spBv1.0/G1/DBIRTH/E1/D1",
    "spBv1.0/G1/DDATA/E1/D1",
    "spBv1.0/G1/DDEATH/E1/D1",
]
SUBSCRIBE = [
    "spBv1.0/STATE/my_primary_host",
    "spBv1.0/G1/NCMD/E1",
    "spBv1.0/G1/DCMD/E1/D1",
]


def test_grants_the_access_of_the_specification() -> None:
    topics = list(sparkplug.topics("G1", "E1", ["D1"], "my_primary_host"))

    assert [one.topic for one in topics if one.access == "write"] == PUBLISH
    assert [one.topic for one in topics if one.access == "read"] == SUBSCRIBE


def test_has_five_topics_for_a_gateway_and_four_for_each_device() -> None:
    topics = [one.topic for one in sparkplug.topics("G1", "E1", ["D1", "D2", "D3"], "host")]

    assert len(set(topics)) == len(topics) == 5 + 3 * 4


@pytest.mark.parametrize(
    "name", ["gw-1", "Sparkplug B Devices", "Raspberry Pi", "Füller", "1.2:3", "$SYS"]
)
def test_accepts_names_that_the_specification_allows(name: str) -> None:
    assert sparkplug.name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "is empty"),
        ("a+b", "contains +, which"),
        ("a/b", "contains /, which"),
        ("#", "contains #, which"),
        ("a/+/#", "contains + and # and /, which"),
        ("a\ntopic readwrite x", "invisible character"),
        ("a\0b", "invisible character"),
        ("a\u200bb", "invisible character"),
        ("a\u2028b", "invisible character"),
        (" a", "starts or ends with a space"),
        ("a ", "starts or ends with a space"),
    ],
)
def test_rejects_names_that_break_topics_or_access_lists(name: str, words: str) -> None:
    assert words in (sparkplug.name_problem(name) or "")


@pytest.mark.parametrize(
    ("subject", "attributes"),
    [
        # RFC 4514, section 4
        ("UID=jsmith,DC=example,DC=net", [("UID", "jsmith"), ("DC", "example"), ("DC", "net")]),
        (
            'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
            [("CN", 'James "Jim" Smith, III'), ("DC", "example"), ("DC", "net")],
        ),
        (
            "CN=Before\\0dAfter,DC=example,DC=net",
            [("CN", "Before\rAfter"), ("DC", "example"), ("DC", "net")],
        ),
        ("CN=Lu\\C4\\8Di\\C4\\87", [("CN", "Lučić")]),
        ("cn=dairy:gw-1, o=Example Dairy", [("CN", "dairy:gw-1"), ("O", "Example Dairy")]),
    ],
)
def test_reads_the_subjects_of_the_standard(
    subject: str, attributes: list[tuple[str, str]]
) -> None:
    assert certificate.parse(subject) == attributes


@pytest.mark.parametrize(
    "subject",
    [
        "",
        ",",
        "CN=a,",
        "CN",
        "CN=",
        "=a",
        "CN=a;O=b",
        "CN=a\\",
        "OU=Sales+CN=J. Smith",
        "/CN=a/O=b",
    ],
)
def test_rejects_an_invalid_subject(subject: str) -> None:
    with pytest.raises(ValueError, match="the subject cannot be read at"):
        certificate.parse(subject)


def test_requires_each_attribute_once() -> None:
    expected = {"CN": "a", "O": "b"}

    assert certificate.problems("CN=a,OU=c,O=b", expected) == []
    assert certificate.problems("CN=a,CN=x,O=b", expected) == [
        "the subject must have the CN a, not a and x"
    ]
    assert certificate.problems("O=b", expected) == ["the subject must have the CN a"]
