"""Checks the reader of statements and its errors."""

import re
from pathlib import Path

import pytest
from bailiwick import InvalidData

from camt import bookings_of, parse, read_statement

FILE = Path(__file__).parent.parent / "data" / "statement.xml"
STATEMENT = FILE.read_text()
NAMESPACE = 'xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"'


def test_reads_balances_around_the_entries() -> None:
    rows = read_statement(FILE)

    assert [row["kind"] for row in rows] == ["opening balance", *["entry"] * 20, "closing balance"]
    assert [row["number"] for row in rows[1:-1]] == list(range(1, 21))
    assert (rows[0]["amount"], rows[-1]["amount"]) == (25000, 17597.04)


def test_omits_entries_that_are_not_booked() -> None:
    pending = STATEMENT.replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", 1)

    assert len(bookings_of(parse(pending))) == 21


def test_reads_the_status_of_older_versions() -> None:
    # camt.053.001.02 has the status as text, and names of parties one level higher.
    old = STATEMENT.replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>")
    old = re.sub("</?Pty>", "", old)

    assert bookings_of(parse(old)) == read_statement(FILE)


def test_accepts_the_previous_closing_balance_as_the_opening_balance() -> None:
    assert bookings_of(parse(STATEMENT.replace("OPBD", "PRCD"))) == read_statement(FILE)


def test_has_no_reference_if_the_payer_provided_none() -> None:
    text = STATEMENT.replace("<EndToEndId>INV-1001<", "<EndToEndId>NOTPROVIDED<")

    assert bookings_of(parse(text))[1]["reference"] is None


def test_numbers_entries_without_a_bank_reference() -> None:
    text = STATEMENT.replace("<NtryRef>E002</NtryRef>", "")

    assert bookings_of(parse(text))[2]["entry"] == "#2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><Document/>', "declares a document type"),
        ("<Document/>", "not a camt.053 message"),
        (f"<Document {NAMESPACE}/>", "has no statement"),
        ("", "is not valid XML: no element found"),
        (STATEMENT[:-20], "is not valid XML"),
        (STATEMENT.replace("OPBD", "ITBD"), "no opening balance .OPBD or PRCD."),
        (STATEMENT.replace("CLBD", "ITBD"), "no closing balance .CLBD."),
        (
            STATEMENT.replace(">449.61<", ">4,49<"),
            "entry 1 .* has the amount '4,49', which is not a number of at least 0; ask the bank",
        ),
        (STATEMENT.replace(">449.61<", ">-449.61<"), "entry 1 .* has the amount '-449.61'"),
        (STATEMENT.replace(">449.61<", ">NaN<"), "entry 1 .* has the amount 'NaN'"),
        (STATEMENT.replace("DBIT", "DEBT", 1), "entry 1 .* has the credit/debit indicator DEBT"),
        (STATEMENT.replace("<BookgDt><Dt>2025-11-03", "<BookgDt><Dt>soon"), "has the date 'soon'"),
        (STATEMENT.replace("E002", "E001"), "two entries of the statement have the reference E001"),
        (
            STATEMENT.replace('Ccy="EUR">449.61', 'Ccy="Euro">449.61'),
            "entry 1 .* has the currency 'Euro', which is not an ISO 4217 code",
        ),
        (
            STATEMENT.replace('Ccy="EUR">449.61', 'Ccy="USD">449.61'),
            "one currency, not EUR and USD",
        ),
    ],
)
def test_rejects_invalid_statements(text: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        bookings_of(parse(text))


def test_rejects_a_file_in_a_different_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidData, match="a.xml is not text in UTF-8"):
        read_statement(tmp_path / "a.xml")
