"""Checks the statement, and that what is wrong in it is told."""

import re
from pathlib import Path

import pytest
from bailiwick import InvalidData
from bailiwick.testing import call

import functions
from rows import Booking

STATEMENT = (Path(__file__).parent.parent / "data" / "statement.xml").read_text()


def test_reads_every_entry_with_its_sign() -> None:
    pattern = r"<Ntry>.*?<Amt Ccy=\"EUR\">(.*?)</Amt>\s*<CdtDbtInd>(....)<"
    amounts = re.findall(pattern, STATEMENT, re.DOTALL)
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


def ledger_of(path: Path, *rows: str) -> list[Booking]:
    path.write_text("\n".join(["reference,date,amount,counterparty", *rows]))
    return functions._ledger(path)


def test_adds_up_the_parts_of_a_payment(tmp_path: Path) -> None:
    parts = "A,2025-11-03,0.1,Birch", "A,2025-11-05,0.2,Birch", "B,2025-11-04,5,Cedar"
    payments = functions._payments(ledger_of(tmp_path / "ledger.csv", *parts))

    assert {name: (str(one.date), str(one.amount)) for name, one in payments.items()} == {
        "A": ("2025-11-05", "0.3"),
        "B": ("2025-11-04", "5.0"),
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,3.11.2025,1,Birch", "line 2 of ledger.csv: date cannot be '3.11.2025'"),
        ("A,2025-11-03,much,Birch", "line 2 of ledger.csv: amount cannot be 'much'"),
        (",2025-11-03,1,Birch", "line 2 of ledger.csv: reference cannot be ''"),
        ("", "ledger.csv has no bookings"),
    ],
)
def test_names_the_line_of_the_ledger_that_is_wrong(row: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match=words):
        ledger_of(tmp_path / "ledger.csv", *([row] if row else []))


def test_fails_for_a_statement_that_is_faulty(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "statement.xml").write_text(STATEMENT[:2000])
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(
        InvalidData, match="statement.xml is not valid XML: .*; get it from the bank again"
    ):
        call("bookings")
