"""Formulas of population genetics: kinds of variants, frequencies and the Hardy-Weinberg law."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variant import Genotype

ALLELES_EACH = 2
PURINES, PYRIMIDINES = frozenset("AG"), frozenset("CT")


class Equilibrium(NamedTuple):
    """How genotypes agree with the Hardy-Weinberg law."""

    expected: tuple[float, float, float]
    chi_square: float | None
    p_chi_square: float | None
    p_exact: float


def kind_of(reference: str, alternative: str) -> str:
    """Return the kind of an alternative, after removing bases that it shares with the reference at the ends."""
    if not set(reference + alternative) <= set("ACGTN"):
        return "overlapping deletion" if alternative == "*" else "structural"
    before, after = trimmed(reference, alternative)
    if not before or not after:
        return "insertion" if after else "deletion"
    if len(before) != len(after):
        return "insertion and deletion"
    return "SNV" if len(before) == 1 else "MNV"


def is_transition(reference: str, alternative: str) -> bool:
    """Say of an SNV whether it stays among the purines (A, G) or the pyrimidines (C, T)."""
    change = set("".join(trimmed(reference, alternative)))
    return change in (PURINES, PYRIMIDINES)


def kinds_and_ratio(pairs: Sequence[tuple[str, str]]) -> dict[str, float | None]:
    """Count the kinds of variants, transitions and transversions, with the ratio of the latter two.

    Args:
        pairs: Reference and alternative.
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
    """Take off the bases that both have at the end, and then at the beginning."""
    while reference and alternative and reference[-1] == alternative[-1]:
        reference, alternative = reference[:-1], alternative[:-1]
    while reference and alternative and reference[0] == alternative[0]:
        reference, alternative = reference[1:], alternative[1:]
    return reference, alternative


def copies(genotypes: Iterable[Genotype], alleles: int) -> list[int]:
    """Count each allele, the reference first; unknown ones count for nothing."""
    counts = [0] * alleles
    for genotype in genotypes:
        for allele in genotype:
            if allele is not None:
                counts[allele] += 1
    return counts


def genotype_counts(genotypes: Iterable[Genotype]) -> tuple[int, int, int]:
    """Count people with no, one and two copies of the alternative; only who is called with two alleles."""
    counts = [0, 0, 0]
    for genotype in genotypes:
        known = [allele for allele in genotype if allele is not None]
        if len(known) == len(genotype) == ALLELES_EACH:
            counts[sum(known)] += 1
    return counts[0], counts[1], counts[2]


def equilibrium(counts: tuple[int, int, int]) -> Equilibrium | None:
    """Test genotypes against the Hardy-Weinberg law, p^2 + 2pq + q^2 = 1; nothing when there are none.

    The chi-square test has one degree of freedom and no correction for continuity; its p-value is erfc(sqrt(x / 2)). It
    is empty if everyone has the same allele. The exact test sums the probabilities of all numbers of heterozygotes
    that are not more probable than what was seen (J. E. Wigginton, D. J. Cutler and G. R. Abecasis, "A Note on Exact
    Tests of Hardy-Weinberg Equilibrium", American Journal of Human Genetics 76 (2005) 887-893).

    Args:
        counts: People with no, one and two copies of the alternative.
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
        """Of the probability of so many heterozygotes, but for what all have in common."""
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
