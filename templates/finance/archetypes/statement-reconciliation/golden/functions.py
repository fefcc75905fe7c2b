"""A bank statement in ISO 20022 against a ledger.

`bookings` runs by the schedule of the environment: it reads the statement (`camt.py`) and the ledger. The other functions
read what it left. Sums and differences are those of exact decimals.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from bailiwick import InvalidData, Table, output_of

from camt import CLOSING, ENTRY, OPENING, read_statement
from rows import Balance, Booking, Entry, Match
from tables import read_table
from vocabulary import Days

DATA = Path(__file__).parent / "data"
DAYS = 3
LEDGER = "ledger"


class Payment(NamedTuple):
    """What was booked of a payment: the sum, and the day of the last booking."""

    date: dt.date
    amount: Decimal


def bookings() -> list[Booking]:
    """Everything that statement and ledger say: balances, booked entries, and the bookings of the ledger."""
    return read_statement(DATA / "statement.xml") + _ledger(DATA / "ledger.csv")


def entries() -> Table[Entry]:
    """Booked entries of the statement, in its order."""
    return [
        {
            "entry": row["entry"] or "",
            "date": row["date"],
            "amount": row["amount"],
            "currency": row["currency"] or "",
            "counterparty": row["counterparty"],
            "reference": row["reference"],
        }
        for row in _of_kind(ENTRY)
    ]


def reconciliation(days: Days = DAYS, only_open: bool = False) -> Table[Match]:
    """Payments of statement and ledger by their reference; what does not agree comes first.

    Args:
        days: So many days may lie between both bookings.
        only_open: Leaves out what agrees.
    """
    bank, ledger = _payments(_of_kind(ENTRY)), _payments(_of_kind(LEDGER))
    rows: list[Match] = []
    for reference in sorted(bank.keys() | ledger.keys()):
        there, here = bank.get(reference), ledger.get(reference)
        difference = (there.amount if there else 0) - (here.amount if here else 0)
        rows.append(
            {
                "reference": reference,
                "state": _state(there, here, days),
                "bank_amount": float(there.amount) if there else None,
                "ledger_amount": float(here.amount) if here else None,
                "difference": float(difference),
            }
        )
    opened = [row for row in rows if row["state"] != "matched"]
    return opened if only_open else opened + [row for row in rows if row["state"] == "matched"]


def balances() -> Table[Balance]:
    """Opening and closing balance, and whether the entries explain the difference."""
    [before], [after] = _of_kind(OPENING), _of_kind(CLOSING)
    opening, closing = _exact(before), _exact(after)
    booked = sum((_exact(row) for row in _of_kind(ENTRY)), Decimal())
    return [
        {
            "currency": before["currency"] or "",
            "opening": float(opening),
            "booked": float(booked),
            "closing": float(closing),
            "unexplained": float(closing - opening - booked),
        }
    ]


def _of_kind(kind: str) -> list[Booking]:
    """Return bookings or balances of one kind, in their order."""
    return [row for row in output_of(bookings) if row["kind"] == kind]


def _payments(rows: list[Booking]) -> dict[str, Payment]:
    """Return bookings by the reference of their payment; parts of a payment are added up."""
    payments: dict[str, Payment] = {}
    for row in rows:
        if reference := row["reference"]:
            before = payments.get(reference, Payment(row["date"], Decimal()))
            date = max(before.date, row["date"])
            payments[reference] = Payment(date, before.amount + _exact(row))
    return payments


def _exact(row: Booking) -> Decimal:
    """Return an amount as it is written."""
    return Decimal(str(row["amount"]))


def _state(there: Payment | None, here: Payment | None, days: int) -> str:
    """Say in words how two bookings of one payment agree."""
    if there is None:
        return "missing in the statement"
    if here is None:
        return "missing in the ledger"
    if there.amount != here.amount:
        return "another amount"
    return "matched" if abs((there.date - here.date).days) <= days else "another day"


def _ledger(path: Path) -> list[Booking]:
    """Return the bookings of the ledger, in its order."""
    table = read_table(path, texts=["reference", "counterparty"], numbers=["amount"], days=["date"])
    if table.empty:
        raise InvalidData(f"{path.name} has no bookings; write some below its header")
    return [
        {
            "kind": LEDGER,
            "number": number,
            "date": row["date"].date(),
            "amount": float(row["amount"]),
            "currency": None,
            "entry": None,
            "counterparty": str(row["counterparty"]),
            "reference": str(row["reference"]),
        }
        for number, row in enumerate(table.to_dict("records"), start=1)
    ]
