"""Formulas for the quality of reads.

Q = -10 log10(P), where P is the probability that a base is wrong (Cock et al. 2010, equation 1). The mean quality of
bases is that of their mean probability, -10 log10(mean of 10^(-Q/10)); the sum of these probabilities is the number
of wrong bases to expect (R. C. Edgar and H. Flyvbjerg, "Error filtering, pair assembly and error correction for
next-generation sequencing reads", Bioinformatics 31 (2015) 3476-3482).
"""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

# The first 12 bases of each, as FastQC looks for them (Configuration/adapter_list.txt).
ADAPTERS = {
    "Illumina universal": "AGATCGGAAGAG",
    "Illumina small RNA": "TGGAATTCTCGG",
    "Nextera": "CTGTCTCTTATA",
}
# How probable it is that a base of quality 0, 1, … 93 is wrong.
ERROR = [10 ** (-quality / 10) for quality in range(94)]


def expected_errors(qualities: Iterable[int]) -> float:
    """Return how many of the bases are wrong, on average."""
    return math.fsum(map(ERROR.__getitem__, qualities))


def mean_quality(errors: float, bases: int) -> float | None:
    """Return the quality of the mean probability to be wrong; nothing when there are no bases.

    Args:
        errors: Wrong bases to expect.
        bases: Number of bases.
    """
    return abs(10 * math.log10(errors / bases)) if bases else None


def quartiles(counts: npt.NDArray[np.uint32]) -> list[float]:
    """Return the lower quartile, the median and the upper quartile of scores.

    Between the two nearest scores they are interpolated linearly, as numpy.percentile does.

    Args:
        counts: How often each score is there, from 0.
    """
    below = np.cumsum(counts)
    found = []
    for share in (0.25, 0.5, 0.75):
        place = (int(below[-1]) - 1) * share
        low, high = np.searchsorted(below, [math.floor(place), math.ceil(place)], side="right")
        found.append(float(low + (high - low) * (place - math.floor(place))))
    return found


def gc_share(bases: str) -> float | None:
    """Return the part of G and C among the bases that are known; nothing when none is."""
    gc = bases.count("G") + bases.count("C")
    at = bases.count("A") + bases.count("T") + bases.count("U")
    return gc / (gc + at) if gc + at else None


def verdict(value: float, warn: float, fail: float) -> str:
    """Judge a value by two limits; the order of the limits tells which side is bad."""
    sign = 1 if fail >= warn else -1
    if sign * value > sign * fail:
        return "fail"
    return "warn" if sign * value > sign * warn else "pass"
