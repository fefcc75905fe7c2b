"""Formulas for the quality of reads.

Q = -10 log10(P), where P is the probability that a base is wrong (Cock et al. 2010, equation 1). The mean quality of
bases is the quality of their mean error probability, -10 log10(mean of 10^(-Q/10)). The sum of these probabilities is
the expected number of wrong bases (R. C. Edgar and H. Flyvbjerg, "Error filtering, pair assembly and error correction
for next-generation sequencing reads", Bioinformatics 31 (2015) 3476-3482).
"""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

# The first 12 bases of each adapter, for which FastQC searches (Configuration/adapter_list.txt).
ADAPTERS = {
    "Illumina universal": "AGATCGGAAGAG",
    "Illumina small RNA": "TGGAATTCTCGG",
    "Nextera": "CTGTCTCTTATA",
}
# Error probability of a base with quality 0, 1, … 93.
ERROR = [10 ** (-quality / 10) for quality in range(94)]


def expected_errors(qualities: Iterable[int]) -> float:
    """Return the expected number of wrong bases."""
    return math.fsum(map(ERROR.__getitem__, qualities))


def mean_quality(errors: float, bases: int) -> float | None:
    """Return the quality of the mean error probability; None without bases.

    Args:
        errors: Expected number of wrong bases.
        bases: Number of bases.
    """
    return abs(10 * math.log10(errors / bases)) if bases else None


def quartiles(counts: npt.NDArray[np.uint32]) -> list[float]:
    """Return the lower quartile, the median and the upper quartile of scores.

    Values are interpolated linearly between the two nearest scores, as in numpy.percentile.

    Args:
        counts: Frequency of each score, from 0.
    """
    below = np.cumsum(counts)
    found = []
    for share in (0.25, 0.5, 0.75):
        place = (int(below[-1]) - 1) * share
        low, high = np.searchsorted(below, [math.floor(place), math.ceil(place)], side="right")
        found.append(float(low + (high - low) * (place - math.floor(place))))
    return found


def gc_share(bases: str) -> float | None:
    """Return the fraction of G and C among the known bases; None without known bases."""
    gc = bases.count("G") + bases.count("C")
    at = bases.count("A") + bases.count("T") + bases.count("U")
    return gc / (gc + at) if gc + at else None


def verdict(value: float, warn: float, fail: float) -> str:
    """Compare a value with two limits; the order of the limits defines which side is bad."""
    sign = 1 if fail >= warn else -1
    if sign * value > sign * fail:
        return "fail"
    return "warn" if sign * value > sign * warn else "pass"
