"""Checks against published figures and figures computed by hand."""

import statistics

import pytest
from bailiwick.testing import call

from curves import AMONG, fit, meaning, z_prime
from plate import read_plate

LOGISTIC, LINE = "four-parameter logistic", "line"

# Root length of perennial ryegrass by concentration of ferulic acid, data set "ryegrass" of the R package drc.
FERULIC = [*[0.0] * 6, *[0.94] * 3, *[1.88] * 3, *[3.75] * 3, *[7.5] * 3, *[15.0] * 3, *[30.0] * 3]
ROOTS = [
    *[7.58, 8.0, 8.3285714, 7.25, 7.375, 7.9625],
    *[8.3555556, 6.9142857, 7.75],
    *[6.8714286, 6.45, 5.9222222],
    *[1.925, 2.8857143, 4.2333333],
    *[1.1875, 0.8571429, 1.0571429],
    *[0.6875, 0.525, 0.825],
    *[0.25, 0.22, 0.44],
]
GRID = (
    "<>,"
    + ",".join(map(str, range(1, 13)))
    + "\n"
    + "".join(f"{row}{',0.5' * 12}\n" for row in "ABCDEFGH")
)


def test_fits_the_logistic_curve_of_ritz() -> None:
    # C. Ritz et al., "Dose-Response Analysis Using R", PLoS ONE 10(12) (2015) e0146021, model LL.4 of ryegrass:
    # b 2.98222, c 0.48141, d 7.79296, e 3.05795; here these are b, d, a and c.
    curve = fit(LOGISTIC, FERULIC, ROOTS)

    assert curve.parameters == pytest.approx(
        {"a": 7.79296, "b": 2.98222, "c": 3.05795, "d": 0.48141}, abs=1e-5
    )


def test_fits_the_line_of_miller() -> None:
    # J. N. Miller and J. C. Miller, "Statistics and Chemometrics for Analytical Chemistry", chapter 5, fluorescence of
    # fluorescein (pg/mL): slope 1.93, intercept 1.52, r 0.9989; 2.9, 13.5 and 23.0 give 0.72, 6.21 and 11.13.
    curve = fit(LINE, [0, 2, 4, 6, 8, 10, 12], [2.1, 5.0, 9.0, 12.6, 17.3, 21.0, 24.7])

    assert curve.parameters == pytest.approx({"a": 1.52, "b": 1.93}, abs=0.005)
    assert curve.r_squared**0.5 == pytest.approx(0.9989, abs=5e-5)
    assert [curve.concentration(one) for one in (2.9, 13.5, 23.0)] == pytest.approx(
        [0.72, 6.21, 11.13], abs=0.005
    )


def test_finds_the_concentration_of_a_signal() -> None:
    curve = fit(LOGISTIC, FERULIC, ROOTS)

    for concentration in (0.5, 3.0, 20.0):
        assert curve.concentration(curve.signal(concentration)) == pytest.approx(concentration)
    assert curve.signal(curve.parameters["c"]) == pytest.approx(
        (curve.parameters["a"] + curve.parameters["d"]) / 2
    )


def test_returns_none_beyond_the_range_of_the_curve() -> None:
    curve = fit(LOGISTIC, FERULIC, ROOTS)

    assert curve.concentration(9.0) is None
    assert curve.concentration(0.1) is None
    assert curve.concentration(curve.parameters["d"]) is None
    assert (curve.place(9.0), curve.place(4.0), curve.place(0.1)) == (
        "below the lowest standard",
        AMONG,
        "above the highest standard",
    )


def test_computes_the_factor_of_zhang() -> None:
    # By hand: means 10 and 2, deviations 1 and 0.5 of three wells each: 1 - 3 (1 + 0.5) / 8 = 0.4375.
    assert z_prime([9, 10, 11], [1.5, 2, 2.5]) == pytest.approx(0.4375)
    assert z_prime([9, 10, 11], [2]) is None
    assert z_prime([], []) is None
    assert z_prime([1, 3], [2, 2]) is None


def test_classifies_assays_as_zhang_does() -> None:
    # Zhang, Chung and Oldenburg (1999), table 1: 1; from 0.5; above 0; 0; below 0.
    assert [meaning(one) for one in (1.0, 0.5, 0.4375, 0.0, -0.1)] == [
        "an ideal assay",
        "an excellent assay",
        "a double assay",
        "a yes/no type assay",
        "screening is essentially impossible",
    ]


def test_subtracts_the_mean_of_the_blanks() -> None:
    rows = call("wells")
    blanks = [row["reading"] for row in rows if row["role"] == "blank"]

    for row in rows:
        if row["reading"] is not None:
            assert row["signal"] == pytest.approx(row["reading"] - statistics.fmean(blanks))


def test_computes_mean_and_variation_of_replicates() -> None:
    signals = [row["signal"] for row in call("wells") if row["sample"] == "S05"]
    [row] = [
        row for row in call("results", curve=LOGISTIC, maximum_cv=0.15) if row["sample"] == "S05"
    ]

    assert row["signal"] == pytest.approx(statistics.fmean(signals))
    assert row["cv"] == pytest.approx(statistics.stdev(signals) / statistics.fmean(signals))


@pytest.mark.parametrize("curve", [LOGISTIC, LINE])
def test_returns_no_concentration_beyond_the_standards(curve: str) -> None:
    # The line is a bad fit for this plate: some standards have negative concentrations.
    for row in call("results", curve=curve, maximum_cv=0.15):
        if row["role"] != "standard":
            assert (row["concentration"] is None) == (row["place"] != AMONG)


def test_recovers_the_standards() -> None:
    rows = [
        row for row in call("results", curve=LOGISTIC, maximum_cv=0.15) if row["role"] == "standard"
    ]

    assert all(0.8 < row["recovery"] < 1.25 for row in rows)


def test_multiplies_by_the_dilution() -> None:
    [row] = [
        row for row in call("results", curve=LOGISTIC, maximum_cv=0.15) if row["sample"] == "S03"
    ]
    figures = {row["figure"]: row["value"] for row in call("quality", curve=LOGISTIC)}
    ratio = (figures["a"] - figures["d"]) / (row["signal"] - figures["d"]) - 1

    assert row["dilution"] == 10
    assert row["concentration"] == pytest.approx(10 * figures["c"] * ratio ** (1 / figures["b"]))


def test_warns_about_inconsistent_replicates_and_wells_above_the_range() -> None:
    rows = {row["sample"]: row for row in call("results", curve=LOGISTIC, maximum_cv=0.15)}

    assert rows["S11"]["verdict"] == "warn"
    assert rows["S12"]["verdict"] == "warn"
    assert (rows["S12"]["wells"], rows["S12"]["over"]) == (2, 1)
    assert rows["S12"]["concentration"] is None
    assert rows["S12"]["place"] == "above the highest standard"


def test_reads_plates_with_decimal_commas_and_additional_lines() -> None:
    tabs = GRID.replace(",", "\t").replace("0.5", "0,5")
    text = f"Instrument: made up\n\n{tabs}\nEnd: 12:00\n"

    assert read_plate(text) == read_plate(GRID)
    assert read_plate(
        GRID.replace(",0.5", ",0.5,"[:-1]).replace("H,0.5", "H,", 1)
    ).keys() == read_plate(GRID).keys() - {"H1"}
