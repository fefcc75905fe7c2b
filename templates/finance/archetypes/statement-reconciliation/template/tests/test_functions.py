"""Checks the results for the sample statement and ledger, and the errors in their files."""

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


def test_entries_explain_the_closing_balance() -> None:
    [row] = call("balances")

    assert row["opening"] + row["booked"] == pytest.approx(row["closing"])
    assert row["unexplained"] == 0


def test_finds_each_kind_of_difference() -> None:
    found = {row["reference"]: row for row in call("reconciliation", days=3, only_open=True)}

    assert {reference: row["state"] for reference, row in found.items()} == {
        "INV-1004": "missing in the ledger",
        "INV-1009": "different amount",
        "INV-1099": "missing in the statement",
    }
    assert found["INV-1009"]["difference"] == -10
    assert found["INV-1099"]["difference"] == 480


def test_compares_the_dates_of_bookings() -> None:
    states = {row["state"] for row in call("reconciliation", days=0)}

    assert "different date" in states


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
        ("A,3.11.2025,1,Birch", "line 2 of ledger.csv: date must be a date such as 2025-12-31"),
        ("A,2025-11-03,much,Birch", "line 2 of ledger.csv: amount must be .* not 'much'"),
        (",2025-11-03,1,Birch", "line 2 of ledger.csv: reference must be a non-empty text, not ''"),
        ("", "ledger.csv has no bookings"),
    ],
)
def test_names_the_invalid_line_of_the_ledger(row: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match=words):
        ledger_of(tmp_path / "ledger.csv", *([row] if row else []))


def test_fails_for_an_invalid_statement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "statement.xml").write_text(STATEMENT[:2000])
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(
        InvalidData, match="statement.xml is not valid XML: .*; download it from the bank again"
    ):
        call("bookings")
