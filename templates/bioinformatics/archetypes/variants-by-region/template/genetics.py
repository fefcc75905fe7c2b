"""Formulas of population genetics: kinds of variants, allele frequencies and Hardy-Weinberg equilibrium."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variant import Genotype

ALLELES_EACH = 2
PURINES, PYRIMIDINES = frozenset("AG"), frozenset("CT")


class Equilibrium(NamedTuple):
    """Tests of genotypes for Hardy-Weinberg equilibrium."""

    expected: tuple[float, float, float]
    chi_square: float | None
    p_chi_square: float | None
    p_exact: float


def kind_of(reference: str, alternative: str) -> str:
    """Return the kind of an alternative allele, without the bases that it shares with the reference at its ends."""
    if not set(reference + alternative) <= set("ACGTN"):
        return "overlapping deletion" if alternative == "*" else "structural"
    before, after = trimmed(reference, alternative)
    if not before or not after:
        return "insertion" if after else "deletion"
    if len(before) != len(after):
        return "insertion and deletion"
    return "SNV" if len(before) == 1 else "MNV"


def is_transition(reference: str, alternative: str) -> bool:
    """Return whether an SNV exchanges two purines (A, G) or two pyrimidines (C, T)."""
    change = set("".join(trimmed(reference, alternative)))
    return change in (PURINES, PYRIMIDINES)


def kinds_and_ratio(pairs: Sequence[tuple[str, str]]) -> dict[str, float | None]:
    """Count the kinds of variants, transitions and transversions, and return them with the ratio of the latter two.

    Args:
        pairs: Reference and alternative alleles.
    """
    kinds = [kind_of(*pair) for pair in pairs]
    snvs = [pair for pair, kind in zip(pairs, kinds, strict=True) if kind == "SNV"]
    transitions = sum(is_transition(*pair) for pair in snvs)
    transversions = len(snvs) - transitions
    return {
        "SNV": len(snvs),
        **{kind: kinds.count(kind) for kind in sorted({*kinds} - {"SNV"})},
        "transitions": transitions,
        "transversions": transversions,
        "Ts/Tv": transitions / transversions if transversions else None,
    }


def trimmed(reference: str, alternative: str) -> tuple[str, str]:
    """Remove the bases that both alleles share at the end, and then at the start."""
    while reference and alternative and reference[-1] == alternative[-1]:
        reference, alternative = reference[:-1], alternative[:-1]
    while reference and alternative and reference[0] == alternative[0]:
        reference, alternative = reference[1:], alternative[1:]
    return reference, alternative


def copies(genotypes: Iterable[Genotype], alleles: int) -> list[int]:
    """Count each allele, the reference first, without unknown alleles."""
    counts = [0] * alleles
    for genotype in genotypes:
        for allele in genotype:
            if allele is not None:
                counts[allele] += 1
    return counts


def genotype_counts(genotypes: Iterable[Genotype]) -> tuple[int, int, int]:
    """Count people with no, one and two copies of the alternative allele, among people with two known alleles."""
    counts = [0, 0, 0]
    for genotype in genotypes:
        known = [allele for allele in genotype if allele is not None]
        if len(known) == len(genotype) == ALLELES_EACH:
            counts[sum(known)] += 1
    return counts[0], counts[1], counts[2]


def equilibrium(counts: tuple[int, int, int]) -> Equilibrium | None:
    """Test genotypes for Hardy-Weinberg equilibrium, p^2 + 2pq + q^2 = 1; return None without genotypes.

    The chi-square test has one degree of freedom and no correction for continuity; its p-value is erfc(sqrt(x / 2)). It
    is empty if everyone has the same allele. The exact test sums the probabilities of all numbers of heterozygotes
    that are not more probable than the observed number (J. E. Wigginton, D. J. Cutler and G. R. Abecasis, "A Note on
    Exact Tests of Hardy-Weinberg Equilibrium", American Journal of Human Genetics 76 (2005) 887-893).

    Args:
        counts: People with no, one and two copies of the alternative allele.
    """
    people = sum(counts)
    if not people:
        return None
    q = (counts[1] + 2 * counts[2]) / (2 * people)
    expected = (people * (1 - q) ** 2, 2 * people * q * (1 - q), people * q**2)
    if min(expected) <= 0:
        return Equilibrium(expected, None, None, 1.0)
    chi_square = sum((seen - e) ** 2 / e for seen, e in zip(counts, expected, strict=True))
    return Equilibrium(expected, chi_square, math.erfc(math.sqrt(chi_square / 2)), _exact(counts))


def _exact(counts: tuple[int, int, int]) -> float:
    """Return the p-value of the exact test (equation 1 of Wigginton et al.)."""
    people, seen = sum(counts), counts[1]
    rare = counts[1] + 2 * min(counts[0], counts[2])

    def logarithm(mixed: int) -> float:
        """Return the logarithm of the probability of a number of heterozygotes, without the common factor."""
        homozygous = (rare - mixed) // 2
        return mixed * math.log(2) - sum(
            math.lgamma(number + 1) for number in (homozygous, mixed, people - homozygous - mixed)
        )

    logarithms = [logarithm(mixed) for mixed in range(rare % 2, rare + 1, 2)]
    limit, highest = logarithm(seen) + 1e-9, max(logarithms)
    total = math.fsum(math.exp(one - highest) for one in logarithms)
    return min(
        1.0, math.fsum(math.exp(one - highest) for one in logarithms if one <= limit) / total
    )
