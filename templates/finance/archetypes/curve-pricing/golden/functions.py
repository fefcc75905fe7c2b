"""A zero curve out of bond prices, and bonds valued by it.

Rates are compounded continuously and coupons are paid half-yearly, as in J. C. Hull, "Options, Futures,
and Other Derivatives", chapter on interest rates: bootstrap, bond yield, duration and convexity.
"""

import datetime as dt
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypedDict

from bailiwick import Column, InvalidParameter, Key, Table

from tables import read_table
from vocabulary import BondPrice, Convexity, Date, DiscountFactor, Rate, Years

BONDS = Path(__file__).parent / "data" / "bonds.csv"
CURVE_DATE = "2025-12-31"
FACE = 100.0
HALF = 0.5


class Zero(TypedDict):
    """The curve at one maturity."""

    curve_date: Annotated[Date, Key, Column("Day of the bond prices")]
    maturity: Annotated[Years, Key, Column("From that day on")]
    zero_rate: Annotated[Rate, Column("Of money that is paid back at the maturity")]
    forward_rate: Annotated[Rate, Column("Of the half year before the maturity")]
    discount_factor: Annotated[DiscountFactor, Column("Worth of 1 at the maturity")]


class Valuation(TypedDict):
    """One bond."""

    curve_date: Annotated[Date, Key, Column("Day of the curve")]
    maturity: Annotated[Years, Key, Column("Until the face value is paid")]
    coupon: Annotated[Rate, Key, Column("Of the face value a year, half of it each half year")]
    price: Annotated[BondPrice, Column("With interest")]
    bond_yield: Annotated[Rate, Column("One rate for all payments that gives the price")]
    duration: Annotated[Years, Column("Macaulay: mean time of the payments, by worth")]
    modified_duration: Annotated[Years, Column("For a yield compounded half-yearly")]
    convexity: Annotated[Convexity, Column("Mean square of the time of the payments")]


def zero_curve(curve_date: str = CURVE_DATE) -> Table[Zero]:
    """Zero and forward rates of a day, bootstrapped from bond prices.

    Each bond gives the rate of its own maturity: the coupons before are worth what the rates of the
    shorter bonds say, and the rest of the price is the worth of the last payment.

    Args:
        curve_date: Day of the bond prices, such as 2025-12-31.
    """
    rates = _bootstrap(_bonds(curve_date))
    day = dt.date.fromisoformat(curve_date)
    rows: list[Zero] = []
    before = (0.0, 0.0)
    for maturity, rate in rates.items():
        forward = (rate * maturity - before[1] * before[0]) / (maturity - before[0])
        rows.append(
            {
                "curve_date": day,
                "maturity": maturity,
                "zero_rate": rate,
                "forward_rate": forward,
                "discount_factor": math.exp(-rate * maturity),
            }
        )
        before = (maturity, rate)
    return rows


def bond(
    maturity: Years = 5, coupon: Rate = 0.03, curve_date: str = CURVE_DATE
) -> Table[Valuation]:
    """Price of a bond by the curve of a day, with yield, duration and convexity.

    Args:
        maturity: Years until the face value is paid, in half years.
        coupon: Interest on the face value a year; 0.03 is three per cent.
        curve_date: Day of the curve, such as 2025-12-31.
    """
    rates = _bootstrap(_bonds(curve_date))
    longest = max(rates)
    if maturity not in rates:
        message = f"no rate for {maturity:g} years; the curve has half years up to {longest:g}"
        expected = f"half years from 0.5 to {longest:g}"
        raise InvalidParameter(message, parameter="maturity", expected=expected)
    payments = _payments(coupon, maturity)
    price = sum(pay * math.exp(-rates[time] * time) for time, pay in payments)
    rate = _yield(payments, price)
    duration, modified, convexity = _moments(payments, price, rate)
    return [
        {
            "curve_date": dt.date.fromisoformat(curve_date),
            "maturity": maturity,
            "coupon": coupon,
            "price": price,
            "bond_yield": rate,
            "duration": duration,
            "modified_duration": modified,
            "convexity": convexity,
        }
    ]


def _bonds(curve_date: str) -> list[tuple[float, float, float]]:
    """Return maturity, coupon a year in per cent of the face value, and price of the bonds of a day."""
    bonds = read_table(BONDS, texts=["curve_date"], numbers=["maturity", "coupon", "price"])
    known = sorted(bonds["curve_date"].unique())
    if curve_date not in known:
        message = f"no prices of {curve_date}; there are {', '.join(known)}"
        expected = f"one of {', '.join(known)}"
        raise InvalidParameter(message, parameter="curve_date", expected=expected)
    chosen = bonds[bonds["curve_date"] == curve_date].sort_values("maturity")
    return list(chosen[["maturity", "coupon", "price"]].itertuples(index=False, name=None))


def _bootstrap(bonds: Sequence[tuple[float, float, float]]) -> dict[float, float]:
    """Return zero rates by maturity; each bond needs the rates of all half years before."""
    rates: dict[float, float] = {}
    for maturity, coupon, price in bonds:
        *early, (_, last) = _payments(coupon / FACE, maturity)
        rest = price - sum(pay * math.exp(-rates[time] * time) for time, pay in early if pay)
        rates[maturity] = -math.log(rest / last) / maturity
    return rates


def _payments(coupon: float, maturity: float) -> list[tuple[float, float]]:
    """Return the payments of a bond: years from now, and amount for a face value of 100."""
    number = math.ceil(maturity / HALF)
    times = [maturity - HALF * (number - 1 - position) for position in range(number)]
    half = FACE * coupon * HALF
    return [(time, half + (FACE if time == maturity else 0.0)) for time in times]


def _moments(
    payments: list[tuple[float, float]], price: float, rate: float
) -> tuple[float, float, float]:
    """Return duration, modified duration and convexity of payments at the rate that gives their price."""
    worth = [(time, pay * math.exp(-rate * time) / price) for time, pay in payments]
    duration = sum(time * share for time, share in worth)
    half_yearly = (math.exp(rate * HALF) - 1) / HALF
    convexity = sum(time**2 * share for time, share in worth)
    return duration, duration / (1 + half_yearly * HALF), convexity


def _yield(payments: list[tuple[float, float]], price: float) -> float:
    """Solve for the rate at which payments are worth a price; bisection, as worth falls with the rate."""
    low, high = -1.0, 10.0
    while high - low > 1e-13:
        middle = (low + high) / 2
        worth = sum(pay * math.exp(-middle * time) for time, pay in payments)
        low, high = (middle, high) if worth > price else (low, middle)
    return (low + high) / 2
