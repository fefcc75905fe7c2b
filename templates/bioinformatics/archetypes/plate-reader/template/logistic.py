"""Fits a four-parameter logistic curve with the Levenberg-Marquardt method.

D. W. Marquardt, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters", Journal of the Society for
Industrial and Applied Mathematics 11 (1963) 431-441. Vectors contain a, d and the logarithms of b and c, so that b and
c stay positive.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

STEPS = 500
ENOUGH = 1e-10  # relative size of a step that ends the search
STIFFEST = 1e12  # damping that ends the search
STEEPEST = 4.0  # maximum logarithm of the slope
BEYOND = 5.0  # maximum logarithmic distance of the midpoint from the standards
HIGHEST = 300.0  # maximum exponent


def logistic(x: Numbers, parameters: Mapping[str, float]) -> Numbers:
    """Return the signals of concentrations."""
    p = parameters
    return _signals(x, np.array([p["a"], p["d"], math.log(p["b"]), math.log(p["c"])]))


def fit_logistic(x: Numbers, y: Numbers) -> dict[str, float]:
    """Return the best fit from several start values of slope and midpoint.

    Raises:
        ValueError: No fit ends at a curve with both ends near the standards.
    """
    ends = [float(y[x == x.min()].mean()), float(y[x == x.max()].mean())]
    fits = []
    for slope in (0.5, 1.0, 2.0, 4.0):
        for middle in np.quantile(np.unique(x[x > 0]), [0.25, 0.5, 0.75]):
            found = _descend(x, y, np.array([*ends, math.log(slope), math.log(middle)]))
            if found is not None and _is_sensible(x, found):
                fits.append(found)
    if not fits:
        raise ValueError("no logistic curve fits the standards; check them, or use a line")
    best = min(fits, key=lambda p: float(np.sum((y - _signals(x, p)) ** 2)))
    a, d, b, c = float(best[0]), float(best[1]), math.exp(best[2]), math.exp(best[3])
    return {"a": a, "b": b, "c": c, "d": d}


def _descend(x: Numbers, y: Numbers, p: Numbers) -> Numbers | None:
    """Minimise the sum of squares step by step; return None if the search does not converge."""
    damping, residual = 1e-3, y - _signals(x, p)
    for _ in range(STEPS):
        gradient = _gradient(x, p)
        matrix = gradient.T @ gradient
        stiff = matrix + damping * np.diag(np.diag(matrix) + 1e-12)
        step = np.linalg.lstsq(stiff, gradient.T @ residual, rcond=None)[0]
        tried = y - _signals(x, p + step)
        if tried @ tried <= residual @ residual:
            p, residual, damping = p + step, tried, damping / 10
            if float(np.max(np.abs(step) / (np.abs(p) + 1e-6))) < ENOUGH:
                return p
        else:
            damping *= 10
        if damping > STIFFEST:
            return p
    return None


def _is_sensible(x: Numbers, p: Numbers) -> bool:
    """Return whether the standards can determine the slope and the midpoint."""
    lowest, highest = math.log(x[x > 0].min()) - BEYOND, math.log(x.max()) + BEYOND
    return bool(lowest < p[3] < highest and abs(p[2]) < STEEPEST)


def _signals(x: Numbers, p: Numbers) -> Numbers:
    power = np.exp(_exponents(x, p))
    return np.asarray(p[1] + (p[0] - p[1]) / (1 + power))


def _exponents(x: Numbers, p: Numbers) -> Numbers:
    """Return the logarithm of (x / c)^b, limited to prevent overflow; it is very low where x is 0."""
    logarithms = np.log(np.maximum(x, np.finfo(float).tiny))
    slope = math.exp(min(float(p[2]), HIGHEST))
    return np.asarray(np.clip(slope * (logarithms - p[3]), -HIGHEST, HIGHEST))


def _gradient(x: Numbers, p: Numbers) -> Numbers:
    """Return the partial derivative by each parameter at each concentration."""
    exponents = _exponents(x, p)
    share = 1 / (1 + np.exp(exponents))
    steep = (p[0] - p[1]) * share * (1 - share)
    slope = math.exp(min(float(p[2]), HIGHEST))
    return np.column_stack([share, 1 - share, -steep * exponents, steep * slope])
