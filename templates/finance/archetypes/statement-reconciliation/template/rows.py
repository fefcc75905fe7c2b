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
    number: Annotated[LineNumber, Key, Column("Among those of its kind")]
    date: Date
    amount: Annotated[Amount, Column("Money that came is above zero, money that went below")]
    currency: Annotated[Currency | None, Column("Empty in the ledger")]
    entry: Annotated[EntryReference | None, Column("Of the bank")]
    counterparty: Annotated[Party | None, Column("Who paid or was paid")]
    reference: Annotated[PaymentReference | None, Column("From end to end, as the payer gave it")]


class Entry(TypedDict):
    """One line of the statement."""

    entry: Annotated[EntryReference, Key]
    date: Annotated[Date, Column("Day of the booking")]
    amount: Annotated[Amount, Column("Money that came is above zero, money that went below")]
    currency: Currency
    counterparty: Annotated[Party | None, Column("Who paid or was paid")]
    reference: Annotated[PaymentReference | None, Column("From end to end, as the payer gave it")]


class Match(TypedDict):
    """One payment in the statement, the ledger or both."""

    reference: Annotated[PaymentReference, Key]
    state: MatchState
    bank_amount: Annotated[Amount | None, Column("In the statement")]
    ledger_amount: Annotated[Amount | None, Column("In the ledger")]
    difference: Annotated[Amount, Column("Statement less ledger")]


class Balance(TypedDict):
    """One account."""

    currency: Annotated[Currency, Key]
    opening: Amount
    booked: Annotated[Amount, Column("Sum of all entries")]
    closing: Amount
    unexplained: Annotated[
        Amount, Column("Closing less opening and entries; zero when all is there")
    ]
