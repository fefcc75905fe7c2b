"""Reads bank statements in ISO 20022: camt.053 (Bank to Customer Statement), version 02 and later.

Names of elements are those of the message definition, https://www.iso20022.org/iso-20022-message-definitions.
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
"""Codes of balances; some banks give the closing balance of the day before (PRCD) as the opening one."""

NOT_PROVIDED = "NOTPROVIDED"
"""What stands for a reference from end to end that nobody gave."""


def read_statement(path: Path) -> list[Booking]:
    """Return the balances and booked entries of the first statement in a message.

    Raises:
        InvalidData: It is not such a message, or a part of it is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidData(f"{path.name} is not text in UTF-8; get it from the bank again") from None
    return bookings_of(parse(text, path.name))


def parse(text: str, name: str = "the statement") -> ET.Element:
    """Return the first statement of a message, without namespaces.

    A document type could name files and grow without end, and no message needs one.

    Raises:
        InvalidData: It is not a message with a statement.
    """
    if re.search("<!(DOCTYPE|ENTITY)", text):
        raise InvalidData(f"{name} declares a document type; a camt.053 message has none")
    try:
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        raise InvalidData(f"{name} is not valid XML: {error}; get it from the bank again") from None
    if "camt.053." not in root.tag:
        raise InvalidData(f"{name} is not a camt.053 message: it begins with {root.tag}")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    statement = root.find("BkToCstmrStmt/Stmt")
    if statement is None:
        raise InvalidData(f"{name} has no statement (BkToCstmrStmt/Stmt)")
    return statement


def bookings_of(statement: ET.Element) -> list[Booking]:
    """Return the opening balance, the booked entries and the closing balance of a statement.

    Raises:
        InvalidData: A balance is missing, or an amount, side, currency or day is wrong.
    """
    opening, closing = (_balance(statement, kind) for kind in (OPENING, CLOSING))
    entries = [_entry(entry, number) for number, entry in enumerate(_booked(statement), start=1)]
    references = [entry["entry"] for entry in entries]
    if twice := [one for one in references if references.count(one) > 1]:
        raise InvalidData(f"two entries of the statement have the reference {twice[0]}")
    others = {row["currency"] for row in (opening, *entries, closing)} - {opening["currency"]}
    if others:
        message = f"the statement is in {opening['currency']} and in {', '.join(map(str, others))}"
        raise InvalidData(f"{message}; a statement has the currency of its account")
    return [opening, *entries, closing]


def _balance(statement: ET.Element, kind: str) -> Booking:
    codes = CODES[kind]
    for code in codes:
        for balance in statement.findall("Bal"):
            if _text(balance, "Tp/CdOrPrtry/Cd") == code:
                day = _day(balance, f"the {kind}", "Dt/Dt", "Dt/DtTm")
                return _booking(balance, kind, 1, day)
    raise InvalidData(f"the statement has no {kind} ({' or '.join(codes)})")


def _entry(entry: ET.Element, number: int) -> Booking:
    day = _day(entry, f"entry {number}", "BookgDt/Dt", "BookgDt/DtTm")
    booking = _booking(entry, ENTRY, number, day)
    details = entry.find("NtryDtls/TxDtls")
    reference = _text(details, "Refs/EndToEndId")
    booking["entry"] = _text(entry, "NtryRef") or f"#{number}"
    booking["counterparty"] = _text(details, "RltdPties/*/Pty/Nm", "RltdPties/*/Nm")
    booking["reference"] = None if reference == NOT_PROVIDED else reference
    return booking


def _booking(element: ET.Element, kind: str, number: int, day: dt.date) -> Booking:
    """Return what all bookings and balances have; debits are below zero."""
    place = f"entry {number}" if kind == ENTRY else f"the {kind}"
    amount, side = element.find("Amt"), _text(element, "CdtDbtInd")
    text = "" if amount is None else (amount.text or "").strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if amount is None or not value.is_finite() or value < 0:
        raise InvalidData(f"{place} of the statement has the amount {text!r}, which is none")
    if side not in ("CRDT", "DBIT"):
        raise InvalidData(f"{place} of the statement is neither CRDT nor DBIT, but {side}")
    currency = amount.get("Ccy", "")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise InvalidData(f"{place} of the statement has the currency {currency!r}, which is none")
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
        raise InvalidData(f"{place} of the statement has the day {text!r}, which is none") from None


def _booked(statement: ET.Element) -> Iterator[ET.Element]:
    """Yield entries that are booked; others are announced only."""
    for entry in statement.findall("Ntry"):
        if _text(entry, "Sts/Cd", "Sts") == "BOOK":
            yield entry


def _text(element: ET.Element | None, *paths: str) -> str | None:
    """Return the text of the first path that has some."""
    found = (element.findtext(path) for path in paths) if element is not None else ()
    return next((text.strip() for text in found if text and text.strip()), None)
