"""Checks the functions against figures computed from the data files by hand."""

import csv
import statistics
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

import functions

DATA = Path(__file__).parent.parent / "data"


def prices_of(symbol: str) -> list[float]:
    with (DATA / "stocks.csv").open() as file:
        return [float(row["price"]) for row in csv.DictReader(file) if row["symbol"] == symbol]


def gains_of_income() -> list[float]:
    """Gains of 200 IBM and 300 MSFT at the newest prices, with the returns of each month."""
    ibm, msft = prices_of("IBM"), prices_of("MSFT")
    return [
        200 * ibm[-1] * (ibm[month] / ibm[month - 1] - 1)
        + 300 * msft[-1] * (msft[month] / msft[month - 1] - 1)
        for month in range(1, len(ibm))
    ]


def test_values_positions_at_the_newest_price() -> None:
    ibm, msft = call("valuation", portfolio="income")

    assert ibm["value"] == pytest.approx(200 * prices_of("IBM")[-1])
    assert ibm["profit"] == pytest.approx(200 * (prices_of("IBM")[-1] - 88.4))
    assert ibm["weight"] + msft["weight"] == pytest.approx(1)


def test_computes_both_risk_measures_from_the_worst_months() -> None:
    losses = sorted((-gain for gain in gains_of_income()), reverse=True)
    [row] = call("risk", portfolio="income", confidence=0.95)

    # 5 % of 122 months are 6.1, so the seventh largest loss is exceeded in less than 5 % of the months.
    assert row["historical_var"] == pytest.approx(losses[6])
    assert row["expected_shortfall"] == pytest.approx(statistics.mean(losses[:7]))


def test_uses_the_normal_distribution_for_the_parametric_value_at_risk() -> None:
    [row] = call("risk", portfolio="income", confidence=0.99, decay=None)

    # The quantile of 99 % of a standard normal distribution is 2.326.
    assert row["parametric_var"] == pytest.approx(
        2.3263479 * statistics.stdev(gains_of_income())
    )


def test_updates_the_standard_deviation_as_in_the_book() -> None:
    # Hull, estimating volatilities: a decay factor of 0.90, 1 % on the previous day and a change of 2 % give 1.14 %.
    assert functions._decayed([0.01, 0.02], 0.9) == pytest.approx(0.0114, abs=5e-5)


def test_weights_months_by_age_if_a_decay_factor_is_set() -> None:
    gains = gains_of_income()
    weights = [0.03 * 0.97**age for age in range(len(gains) - 1)]
    weights.append(1 - sum(weights))
    squares = [gain**2 for gain in reversed(gains)]
    [row] = call("risk", portfolio="income", confidence=0.99, decay=0.97)

    variance = sum(weight * square for weight, square in zip(weights, squares, strict=True))
    assert row["parametric_var"] == pytest.approx(2.3263479 * variance**0.5)


def test_uses_the_rank_of_the_book() -> None:
    # Hull: with 500 scenarios, the one-per-cent tail begins with the fifth-largest loss.
    losses = [float(loss) for loss in range(500)]

    assert functions._tail(losses, 0.99) == (495.0, 497.0)


def test_uses_only_months_in_which_all_shares_have_a_price() -> None:
    [row] = call("risk", portfolio="growth")

    assert row["months"] == len(prices_of("GOOG")) - 1


def test_lists_the_available_portfolios() -> None:
    with pytest.raises(InvalidParameter, match="no portfolio x; available: growth, income, mixed"):
        call("valuation", portfolio="x")


@pytest.mark.parametrize("confidence", [0, 1, 1.5])
def test_rejects_an_invalid_confidence(confidence: float) -> None:
    with pytest.raises(InvalidParameter):
        call("risk", confidence=confidence)
