"""Standard curves, and the Z'-factor of the controls.

The four-parameter logistic is f(x) = d + (a - d) / (1 + (x / c)^b): a is the signal without analyte, d the signal at a
very high concentration, c the concentration at the midpoint and b the slope. The curve is LL.4 of C. Ritz et al.,
"Dose-Response Analysis Using R", PLoS ONE 10(12) (2015) e0146021, with different letters. The straight line is a + bx.
Both are fitted by least squares without weights.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from logistic import Numbers, fit_logistic, logistic

AMONG = "among the standards"
EXCELLENT = 0.5
FEWEST = {"line": 2, "four-parameter logistic": 4}


class Curve(NamedTuple):
    """A fitted curve."""

    kind: str
    parameters: dict[str, float]
    r_squared: float
    lowest: float  # lowest and highest concentration of the standards
    highest: float

    def signal(self, concentration: float) -> float:
        """Return the signal of a concentration."""
        p = self.parameters
        if self.kind == "line":
            return p["a"] + p["b"] * concentration
        return float(logistic(np.array([concentration]), p)[0])

    def concentration(self, signal: float) -> float | None:
        """Return the concentration for a signal; None if the curve does not reach the signal."""
        p = self.parameters
        if self.kind == "line":
            return (signal - p["a"]) / p["b"]
        if signal == p["d"] or (ratio := (p["a"] - p["d"]) / (signal - p["d"]) - 1) < 0:
            return None
        return float(p["c"] * ratio ** (1 / p["b"]))

    def place(self, signal: float) -> str:
        """Return the position of a signal relative to the lowest and the highest standard."""
        low, high = self.signal(self.lowest), self.signal(self.highest)
        share = (signal - low) / (high - low)
        if 0 <= share <= 1:
            return AMONG
        return "below the lowest standard" if share < 0 else "above the highest standard"


def fit(kind: str, concentrations: Sequence[float], signals: Sequence[float]) -> Curve:
    """Fit a curve to standards.

    Raises:
        ValueError: The standards have too few concentrations, or no curve fits.
    """
    x, y = np.array(concentrations, dtype=float), np.array(signals, dtype=float)
    different = len(set(concentrations))
    if different < FEWEST[kind]:
        message = f"a {kind} needs standards with {FEWEST[kind]} concentrations, not {different}"
        raise ValueError(f"{message}; add standards to the plate and the sample sheet")
    if np.ptp(y) == 0:
        raise ValueError("all standards have the same signal; check them in the sample sheet")
    parameters = _line(x, y) if kind == "line" else fit_logistic(x, y)
    curve = Curve(kind, parameters, 0.0, float(x.min()), float(x.max()))
    if parameters["b"] == 0 or curve.signal(curve.lowest) == curve.signal(curve.highest):
        raise ValueError("the curve is flat; check the standards in the sample sheet")
    residual = y - np.array([curve.signal(one) for one in concentrations])
    return curve._replace(r_squared=float(1 - residual @ residual / np.sum((y - y.mean()) ** 2)))


def z_prime(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the Z'-factor of two controls; None if one has fewer than two wells, or both have the same mean.

    Z' = 1 - 3 (s+ + s-) / |m+ - m-| with means m and sample standard deviations s (J. H. Zhang, T. D. Y. Chung and
    K. R. Oldenburg, "A Simple Statistical Parameter for Use in Evaluation and Validation of High Throughput Screening
    Assays", Journal of Biomolecular Screening 4 (1999) 67-73).
    """
    if 1 in (len(positive), len(negative)) or not positive or not negative:
        return None
    if np.mean(positive) == np.mean(negative):
        return None
    spread = float(np.std(positive, ddof=1) + np.std(negative, ddof=1))
    return 1 - 3 * spread / abs(float(np.mean(positive) - np.mean(negative)))


def meaning(factor: float | None) -> str:
    """Return the category of an assay by its Z'-factor (Zhang, Chung and Oldenburg, 1999, table 1)."""
    if factor is None:
        return "each control needs two wells, and their means must differ"
    if factor >= 1:
        return "an ideal assay"
    if factor >= EXCELLENT:
        return "an excellent assay"
    if factor > 0:
        return "a double assay"
    return "a yes/no type assay" if factor == 0 else "screening is essentially impossible"


def _line(x: Numbers, y: Numbers) -> dict[str, float]:
    away = x - x.mean()
    slope = float(away @ y / (away @ away))
    return {"a": float(y.mean()) - slope * float(x.mean()), "b": slope}
