"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Amount,
    BookingKind,
    Currency,
    Date,
    EntryReference,
    LineNumber,
    MatchState,
    Party,
    PaymentReference,
)


class Booking(TypedDict):
    """One booking or balance, in the statement or the ledger."""

    kind: Annotated[BookingKind, Key]
    number: Annotated[LineNumber, Key, Column("Position among the rows of this kind")]
    date: Date
    amount: Annotated[Amount, Column("Positive for credits, negative for debits")]
    currency: Annotated[Currency | None, Column("Empty in the ledger")]
    entry: Annotated[EntryReference | None, Column("Reference assigned by the bank")]
    counterparty: Annotated[Party | None, Column("Payer or payee")]
    reference: Annotated[PaymentReference | None, Column("End-to-end reference from the payer")]


class Entry(TypedDict):
    """One entry of the statement."""

    entry: Annotated[EntryReference, Key]
    date: Annotated[Date, Column("Booking date")]
    amount: Annotated[Amount, Column("Positive for credits, negative for debits")]
    currency: Currency
    counterparty: Annotated[Party | None, Column("Payer or payee")]
    reference: Annotated[PaymentReference | None, Column("End-to-end reference from the payer")]


class Match(TypedDict):
    """One payment in the statement, the ledger or both."""

    reference: Annotated[PaymentReference, Key]
    state: MatchState
    bank_amount: Annotated[Amount | None, Column("Amount in the statement")]
    ledger_amount: Annotated[Amount | None, Column("Amount in the ledger")]
    difference: Annotated[Amount, Column("Statement minus ledger")]


class Balance(TypedDict):
    """Balances of one account."""

    currency: Annotated[Currency, Key]
    opening: Amount
    booked: Annotated[Amount, Column("Sum of all entries")]
    closing: Amount
    unexplained: Annotated[
        Amount, Column("Closing balance minus opening balance and entries; 0 if complete")
    ]
