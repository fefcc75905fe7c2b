"""Checks the statement, and that what is wrong in it is told."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from bailiwick.testing import call

import functions

STATEMENT = (Path(__file__).parent.parent / "data" / "statement.xml").read_text()


def test_reads_every_entry_with_its_sign() -> None:
    amounts = re.findall(r"<Ntry>.*?<Amt Ccy=\"EUR\">(.*?)</Amt>\s*<CdtDbtInd>(....)<", STATEMENT, re.S)
    signed = [float(amount) * (1 if side == "CRDT" else -1) for amount, side in amounts]

    assert [row["amount"] for row in call("entries")] == signed


def test_unescapes_names() -> None:
    assert "Alder & Sons" in {row["counterparty"] for row in call("entries")}


def test_explains_the_closing_balance_by_the_entries() -> None:
    [row] = call("balances")

    assert row["opening"] + row["booked"] == pytest.approx(row["closing"])
    assert row["unexplained"] == 0


def test_finds_each_kind_of_disagreement() -> None:
    found = {row["reference"]: row for row in call("reconciliation", days=3, only_open=True)}

    assert {reference: row["state"] for reference, row in found.items()} == {
        "INV-1004": "missing in the ledger",
        "INV-1009": "another amount",
        "INV-1099": "missing in the statement",
    }
    assert found["INV-1009"]["difference"] == -10
    assert found["INV-1099"]["difference"] == 480


def test_looks_at_the_days_when_told_to() -> None:
    states = {row["state"] for row in call("reconciliation", days=0)}

    assert "another day" in states


def test_leaves_out_what_is_not_booked() -> None:
    pending = functions._parse(STATEMENT.replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", 1))

    assert len(list(functions._booked(pending))) == 19


def test_reads_the_older_way_to_say_that_an_entry_is_booked() -> None:
    # camt.053.001.02 has the status as text, and names of parties one level higher.
    old = functions._parse(STATEMENT.replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>"))

    assert sum(functions._amount(entry) for entry in functions._booked(old)) == sum(
        Decimal(str(row["amount"])) for row in call("entries")
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + "<Document/>", "declares a document type"),
        ("<Document/>", "no camt.053 message"),
        ('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "has no statement"),
    ],
)
def test_refuses_what_is_no_statement(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        functions._parse(text)
