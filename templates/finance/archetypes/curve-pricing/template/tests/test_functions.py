"""Checks against published figures: J. C. Hull, "Options, Futures, and Other Derivatives" (8th edition), chapter 4."""

import math

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import functions

# Table 4.3: maturity, yearly coupon in percent, price; and table 4.4: the zero rates.
HULL_BONDS = [(0.25, 0, 97.5), (0.5, 0, 94.9), (1.0, 0, 90.0), (1.5, 8, 96.0), (2.0, 12, 101.6)]
HULL_ZERO_RATES = [0.10127, 0.10469, 0.10536, 0.10681, 0.10808]


def test_bootstraps_the_zero_rates_of_the_book() -> None:
    rates = functions._bootstrap(HULL_BONDS)

    assert list(rates.values()) == pytest.approx(HULL_ZERO_RATES, abs=5e-6)


def test_prices_the_bond_of_the_book() -> None:
    # Section 4.4: two years, 6 % per year, zero rates of table 4.2: price 98.39, yield 6.76 %.
    rates = {0.5: 0.05, 1.0: 0.058, 1.5: 0.064, 2.0: 0.068}
    payments = functions._payments(0.06, 2.0)
    price = sum(pay * math.exp(-rates[time] * time) for time, pay in payments)

    assert price == pytest.approx(98.39, abs=0.005)
    assert functions._yield(payments, price) == pytest.approx(0.0676, abs=5e-5)


def test_computes_the_durations_of_the_book() -> None:
    # Table 4.6 and section 4.8: three years, 10 % per year, yield 12 %: price 94.213, duration 2.653,
    # and 2.499 for the yield of 12.3673 % compounded half-yearly.
    payments = functions._payments(0.10, 3.0)
    price = sum(pay * math.exp(-0.12 * time) for time, pay in payments)
    rate = functions._yield(payments, price)
    duration, modified, _ = functions._moments(payments, price, rate)

    assert price == pytest.approx(94.213, abs=5e-4)
    assert rate == pytest.approx(0.12)
    assert duration == pytest.approx(2.653, abs=5e-4)
    assert modified == pytest.approx(2.499, abs=5e-4)


def test_reprices_each_bond_of_the_curve() -> None:
    day = "2025-06-30"
    for maturity, coupon, price in functions._bonds(day):
        [row] = call("bond", maturity=maturity, coupon=coupon / 100, curve_date=day)
        assert row["price"] == pytest.approx(price)


def test_forward_rates_compound_to_the_discount_factor() -> None:
    rows = call("zero_curve")
    growth = sum(row["forward_rate"] * 0.5 for row in rows)

    assert rows[-1]["discount_factor"] == pytest.approx(math.exp(-growth))


def test_lists_the_available_days() -> None:
    with pytest.raises(InvalidParameter, match="no prices for 1999-01-01; available: 2025-03-31"):
        call("zero_curve", curve_date="1999-01-01")


@pytest.mark.parametrize("maturity", [0.7, 30, 0])
def test_rejects_a_maturity_without_a_rate(maturity: float) -> None:
    with pytest.raises(InvalidParameter, match="a multiple of 0.5 up to 5"):
        call("bond", maturity=maturity)
