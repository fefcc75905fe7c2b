"""Reads bank statements in ISO 20022: camt.053 (Bank to Customer Statement), version 02 and later.

The message definition explains the names of elements: https://www.iso20022.org/iso-20022-message-definitions.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bailiwick import InvalidData

from rows import Booking

OPENING, ENTRY, CLOSING = "opening balance", "entry", "closing balance"
CODES = {OPENING: ("OPBD", "PRCD"), CLOSING: ("CLBD",)}
"""Codes of balances; some banks send the closing balance of the previous day (PRCD) as the opening balance."""

NOT_PROVIDED = "NOTPROVIDED"
"""Placeholder for an end-to-end reference that the payer did not provide."""


def read_statement(path: Path) -> list[Booking]:
    """Return the balances and booked entries of the first statement in a message.

    Raises:
        InvalidData: The file is not a camt.053 message, or a part of the message is invalid.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        message = f"{path.name} is not text in UTF-8; download it from the bank again"
        raise InvalidData(message) from None
    return bookings_of(parse(text, path.name))


def parse(text: str, name: str = "the statement") -> ET.Element:
    """Return the first statement of a message, without namespaces.

    Document types are rejected, because they can refer to files and expand without limit. No message needs one.

    Raises:
        InvalidData: The text is not a message with a statement.
    """
    if re.search("<!(DOCTYPE|ENTITY)", text):
        raise _invalid(f"{name} declares a document type, which a camt.053 message must not have")
    try:
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        message = f"{name} is not valid XML: {error}; download it from the bank again"
        raise InvalidData(message) from None
    if "camt.053." not in root.tag:
        message = f"{name} is not a camt.053 message: its first element is {root.tag}"
        raise InvalidData(f"{message}; use a statement in the format camt.053")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    statement = root.find("BkToCstmrStmt/Stmt")
    if statement is None:
        raise _invalid(f"{name} has no statement (BkToCstmrStmt/Stmt)")
    return statement


def bookings_of(statement: ET.Element) -> list[Booking]:
    """Return the opening balance, the booked entries and the closing balance of a statement.

    Raises:
        InvalidData: A balance is missing, or an amount, indicator, currency or date is invalid.
    """
    opening, closing = (_balance(statement, kind) for kind in (OPENING, CLOSING))
    entries = [_entry(entry, number) for number, entry in enumerate(_booked(statement), start=1)]
    references = [entry["entry"] for entry in entries]
    if twice := [one for one in references if references.count(one) > 1]:
        raise _invalid(f"two entries of the statement have the reference {twice[0]}")
    others = {row["currency"] for row in (opening, *entries, closing)} - {opening["currency"]}
    if others:
        found = ", ".join(sorted(map(str, others)))
        raise _invalid(
            f"the statement must have one currency, not {opening['currency']} and {found}"
        )
    return [opening, *entries, closing]


def _balance(statement: ET.Element, kind: str) -> Booking:
    codes = CODES[kind]
    for code in codes:
        for balance in statement.findall("Bal"):
            if _text(balance, "Tp/CdOrPrtry/Cd") == code:
                day = _day(balance, f"the {kind} of the statement", "Dt/Dt", "Dt/DtTm")
                return _booking(balance, kind, 1, day)
    raise _invalid(f"the statement has no {kind} ({' or '.join(codes)})")


def _entry(entry: ET.Element, number: int) -> Booking:
    day = _day(entry, f"entry {number} of the statement", "BookgDt/Dt", "BookgDt/DtTm")
    booking = _booking(entry, ENTRY, number, day)
    details = entry.find("NtryDtls/TxDtls")
    reference = _text(details, "Refs/EndToEndId")
    booking["entry"] = _text(entry, "NtryRef") or f"#{number}"
    booking["counterparty"] = _text(details, "RltdPties/*/Pty/Nm", "RltdPties/*/Nm")
    booking["reference"] = None if reference == NOT_PROVIDED else reference
    return booking


def _booking(element: ET.Element, kind: str, number: int, day: dt.date) -> Booking:
    """Return the fields that all bookings and balances have; debits are negative."""
    place = f"{f'entry {number}' if kind == ENTRY else f'the {kind}'} of the statement"
    amount, side = element.find("Amt"), _text(element, "CdtDbtInd")
    text = "" if amount is None else (amount.text or "").strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if amount is None or not value.is_finite() or value < 0:
        raise _invalid(f"{place} has the amount {text!r}, which is not a number of at least 0")
    if side not in ("CRDT", "DBIT"):
        raise _invalid(f"{place} has the credit/debit indicator {side}, not CRDT or DBIT")
    currency = amount.get("Ccy", "")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise _invalid(f"{place} has the currency {currency!r}, which is not an ISO 4217 code")
    return {
        "kind": kind,
        "number": number,
        "date": day,
        "amount": float(-value if side == "DBIT" else value),
        "currency": currency,
        "entry": None,
        "counterparty": None,
        "reference": None,
    }


def _day(element: ET.Element, place: str, *paths: str) -> dt.date:
    text = _text(element, *paths) or ""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise _invalid(f"{place} has the date {text!r}, which is not a date") from None


def _invalid(problem: str) -> InvalidData:
    return InvalidData(f"{problem}; ask the bank for a corrected statement")


def _booked(statement: ET.Element) -> Iterator[ET.Element]:
    """Yield the booked entries, without those that are only announced."""
    for entry in statement.findall("Ntry"):
        if _text(entry, "Sts/Cd", "Sts") == "BOOK":
            yield entry


def _text(element: ET.Element | None, *paths: str) -> str | None:
    """Return the text of the first path with a text."""
    found = (element.findtext(path) for path in paths) if element is not None else ()
    return next((text.strip() for text in found if text and text.strip()), None)
