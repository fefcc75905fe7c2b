"""Variants of a VCF file by region, with frequencies and the Hardy-Weinberg law.

Formulas stand in genetics.py, with their sources.
"""

import functools
import math
from pathlib import Path
from typing import Annotated, TypedDict

from bailiwick import Column, InvalidParameter, Key, Table

from genetics import copies, equilibrium, genotype_counts, kind_of, kinds_and_ratio
from region import region_of
from variant import Variant
from vcf import read_vcf
from vocabulary import (
    Allele,
    Chromosome,
    Count,
    ExpectedCount,
    Explanation,
    Figure,
    FilterName,
    Measure,
    Position,
    Probability,
    Region,
    Share,
    Unit,
    VariantIdentifier,
    VariantKind,
    VariantQuality,
)

FILE = Path(__file__).parent / "data" / "variants.vcf"
REGION = "sim1:401-1060"
ONLY_PASS = False


class Alternative(TypedDict):
    """One alternative allele of a variant."""

    line: Annotated[Count, Key, Column("Line of the file")]
    chromosome: Chromosome
    position: Position
    end: Annotated[Position, Column("Last position that the variant touches")]
    identifier: VariantIdentifier | None
    reference: Allele
    alternative: Annotated[Allele, Key]
    kind: VariantKind
    quality: VariantQuality | None
    filter: FilterName | None
    copies: Annotated[Count, Column("Alleles of the samples that are this one", unit="alleles")]
    called: Annotated[Count, Column("Alleles of the samples that are known", unit="alleles")]
    frequency: Annotated[Share | None, Column("Copies by called alleles")]
    depth: Annotated[Count | None, Column("Reads over all samples", unit="reads")]
    note: Annotated[Explanation | None, Column("Remarks of the file")]


class RegionFigure(TypedDict):
    """One figure of a region."""

    figure: Annotated[Figure, Key]
    value: Annotated[Measure | None, Column("Empty when it would be a division by nothing")]
    unit: Unit


class Law(TypedDict):
    """A variant with one alternative, and how genotypes agree with the Hardy-Weinberg law."""

    line: Annotated[Count, Key, Column("Line of the file")]
    chromosome: Chromosome
    position: Position
    reference: Allele
    alternative: Allele
    no_copy: Annotated[Count, Column("People without the alternative", unit="people")]
    one_copy: Annotated[Count, Column("Heterozygous people", unit="people")]
    two_copies: Annotated[Count, Column("People with the alternative only", unit="people")]
    expected_no_copy: ExpectedCount
    expected_one_copy: ExpectedCount
    expected_two_copies: ExpectedCount
    chi_square: Annotated[Measure | None, Column("One degree of freedom")]
    p_chi_square: Probability | None
    p_exact: Probability


def variants(region: Region = REGION, only_pass: bool = ONLY_PASS) -> Table[Alternative]:
    """Variants that share a base with a region, a row for each alternative allele.

    Frequencies are counted from the genotypes; what the file says in AC, AN or AF is not used.

    Args:
        region: Such as sim1:401-1060, first and last base included; sim1 is the whole chromosome.
        only_pass: Leaves out what a filter of the file refuses.
    """
    rows: list[Alternative] = []
    for variant in _variants(region, only_pass):
        counts = copies(variant.genotypes, len(variant.alternatives) + 1)
        depth, quality = variant.info.get("DP", [None])[0], variant.quality
        notes = [str(note) for note in variant.info.get("NOTE", []) if note]
        rows += [
            {
                "line": variant.line,
                "chromosome": variant.chromosome,
                "position": variant.position,
                "end": variant.end,
                "identifier": variant.identifier,
                "reference": variant.reference,
                "alternative": alternative,
                "kind": kind_of(variant.reference, alternative),
                "quality": quality if quality is not None and math.isfinite(quality) else None,
                "filter": variant.filter,
                "copies": count,
                "called": sum(counts),
                "frequency": count / sum(counts) if sum(counts) else None,
                "depth": depth if isinstance(depth, int) else None,
                "note": "; ".join(notes) or None,
            }
            for alternative, count in zip(variant.alternatives, counts[1:], strict=True)
        ]
    return rows


def figures(region: Region = REGION, only_pass: bool = ONLY_PASS) -> Table[RegionFigure]:
    """How many variants of each kind a region has, and its ratio of transitions to transversions.

    A transition stays among the purines (A, G) or the pyrimidines (C, T); by chance there are half as many of them as
    of transversions.

    Args:
        region: Such as sim1:401-1060, first and last base included; sim1 is the whole chromosome.
        only_pass: Leaves out what a filter of the file refuses.
    """
    found = _variants(region, only_pass)
    pairs = [(variant.reference, other) for variant in found for other in variant.alternatives]
    values = {"variants": len(found), "alternatives": len(pairs), **kinds_and_ratio(pairs)}
    units = {"variants": "lines", "Ts/Tv": "ratio"}
    return [{"figure": f, "value": v, "unit": units.get(f, "alleles")} for f, v in values.items()]


def hardy_weinberg(region: Region = REGION, only_pass: bool = ONLY_PASS) -> Table[Law]:
    """Variants with one alternative, and tests of their genotypes against the Hardy-Weinberg law.

    People count who are called with two alleles. The chi-square test is rough where few are expected, the exact one
    is not.

    Args:
        region: Such as sim1:401-1060, first and last base included; sim1 is the whole chromosome.
        only_pass: Leaves out what a filter of the file refuses.
    """
    rows: list[Law] = []
    for variant in _variants(region, only_pass):
        counts = genotype_counts(variant.genotypes) if len(variant.alternatives) == 1 else (0, 0, 0)
        if (law := equilibrium(counts)) is None:
            continue
        rows.append(
            {
                "line": variant.line,
                "chromosome": variant.chromosome,
                "position": variant.position,
                "reference": variant.reference,
                "alternative": variant.alternatives[0],
                "no_copy": counts[0],
                "one_copy": counts[1],
                "two_copies": counts[2],
                "expected_no_copy": law.expected[0],
                "expected_one_copy": law.expected[1],
                "expected_two_copies": law.expected[2],
                "chi_square": law.chi_square,
                "p_chi_square": law.p_chi_square,
                "p_exact": law.p_exact,
            }
        )
    return rows


def _variants(text: str, only_pass: bool) -> list[Variant]:
    """Return the variants of a region, in the order of the file."""
    contigs, found = _file()
    try:
        region = region_of(text, contigs)
    except ValueError as error:
        expected = "chromosome:start-end"
        raise InvalidParameter(str(error), parameter="region", expected=expected) from None
    return [
        variant
        for variant in found
        if region.overlaps(variant.chromosome, variant.position, variant.end)
        and (not only_pass or variant.filter in ("PASS", None))
    ]


@functools.cache
def _file() -> tuple[frozenset[str], list[Variant]]:
    """Read the file once: chromosomes and variants."""
    header, found = read_vcf(FILE)
    return frozenset([*header.contigs, *(variant.chromosome for variant in found)]), found
