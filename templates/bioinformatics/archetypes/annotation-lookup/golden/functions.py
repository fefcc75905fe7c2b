"""Facts on genes and on substitutions in them, looked up by their HGVS names.

The genetic code stands in codons.py, the rules for names in hgvs.py; both name their sources.
"""

from typing import Annotated, TypedDict

from bailiwick import Column, InvalidParameter, Key, Table

import extract
from codons import CODE, consequence, protein_name
from extract import GeneRecord, KnownVariant
from hgvs import Substitution, parse
from vocabulary import (
    BaseCount,
    Chromosome,
    Classification,
    Codon,
    Consequence,
    Explanation,
    Gene,
    HgvsName,
    Position,
    ResidueCount,
    SequenceIdentifier,
    Share,
    Strand,
    VariantIdentifier,
)

GENE = "SIMA1"
MAXIMUM_FREQUENCY = 1


class GeneFacts(TypedDict):
    """One gene."""

    gene: Annotated[Gene, Key]
    product: Annotated[Explanation, Column("What it makes")]
    transcript: SequenceIdentifier
    protein: SequenceIdentifier
    chromosome: Chromosome
    start: Annotated[Position, Column("First base on the chromosome")]
    end: Annotated[Position, Column("Last base on the chromosome")]
    strand: Strand
    coding_length: Annotated[BaseCount, Column("With the stop")]
    protein_length: Annotated[ResidueCount, Column("Without the stop")]


class Change(TypedDict):
    """One substitution in a coding sequence."""

    name: Annotated[HgvsName, Key, Column("As it was asked for")]
    coding: Annotated[HgvsName, Key, Column("In the coding sequence")]
    gene: Gene
    protein: Annotated[HgvsName, Column("What is predicted of the protein")]
    consequence: Consequence
    codon: Annotated[Codon, Column("Of the reference")]
    changed_codon: Codon
    identifier: Annotated[VariantIdentifier | None, Column("Empty when it is not known")]
    frequency: Annotated[Share | None, Column("In the population of the extract")]
    classification: Classification | None


def genes() -> Table[GeneFacts]:
    """The genes of the extract, with where they lie and what they make."""
    return [
        {
            "gene": gene.gene,
            "product": gene.product,
            "transcript": gene.transcript,
            "protein": gene.protein,
            "chromosome": gene.chromosome,
            "start": gene.start,
            "end": gene.end,
            "strand": gene.strand,
            "coding_length": len(gene.coding),
            "protein_length": len(gene.coding) // 3 - 1,
        }
        for gene in extract.genes().values()
    ]


def lookup(names: list[HgvsName], gene: Gene = GENE) -> Table[Change]:
    """What substitutions do to the protein, and what the extract knows of them.

    A protein name gives a row for each change of one base that explains it; it is refused when there is none.

    Args:
        names: HGVS names, such as c.76A>T, SIMT0001.1:c.76A>T or SIMP0001.1:p.(Trp24Cys).
        gene: Gene of the names that tell none.
    """
    rows: list[Change] = []
    for name in dict.fromkeys(names):
        try:
            change = parse(name)
            record = _record(change.reference or gene)
            rows += [_row(name, record, *one) for one in _coding_changes(name, record, change)]
        except ValueError as error:
            raise InvalidParameter(str(error), parameter="names", expected="HGVS names") from None
    return rows


def variants(gene: Gene = GENE, maximum_frequency: Share = MAXIMUM_FREQUENCY) -> Table[Change]:
    """Variants that the extract knows in a gene, by their place, with what they do to the protein.

    Args:
        gene: Gene of the variants.
        maximum_frequency: Leaves out what is more frequent than that.
    """
    try:
        record = _record(gene)
    except ValueError as error:
        raise InvalidParameter(str(error), parameter="gene", expected="a gene") from None
    rows = []
    for known in extract.known_variants().values():
        if known.gene == record.gene and known.frequency <= maximum_frequency:
            change = parse(known.coding)
            rows.append(_row(known.coding, record, change.position, change.new))
    return rows


def _record(name: str) -> GeneRecord:
    """Return a gene by its name, transcript or protein."""
    found = extract.genes()
    for record in found.values():
        if name in record.names:
            return record
    known = ", ".join(found)
    raise ValueError(f"no gene, transcript or protein {name}; there are the genes {known}")


def _coding_changes(name: str, record: GeneRecord, change: Substitution) -> list[tuple[int, str]]:
    """Return places and new bases of the changes in the coding sequence that a name stands for."""
    if change.is_coding:
        there = record.coding[change.position - 1 : change.position]
        if there != change.old:
            has = f"{there} there" if there else f"only {len(record.coding)} bases"
            raise ValueError(f"{name} does not fit {record.transcript}, which has {has}")
        return [(change.position, change.new)]
    codon = record.codon(change.position)
    if CODE.get(codon) != change.old:
        has = f"{CODE[codon]} there" if codon else f"only {len(record.coding) // 3 - 1} amino acids"
        raise ValueError(f"{name} does not fit {record.protein}, which has {has}")
    places = [
        (3 * change.position - 2 + at, base)
        for at, old in enumerate(codon)
        for base in "ACGT"
        if base != old and CODE[codon[:at] + base + codon[at + 1 :]] == change.new
    ]
    lost = change.old != change.new and (change.position == 1 or change.old == "*")
    if lost or not places:
        what = f"is not what one changed base makes of {codon}; give its name in c."
        raise ValueError(f"{name} {what}")
    return places


def _row(name: str, record: GeneRecord, position: int, base: str) -> Change:
    """Return what a change of one base does."""
    place, inside = (position + 2) // 3, (position - 1) % 3
    codon = record.codon(place)
    changed = codon[:inside] + base + codon[inside + 1 :]
    coding = f"c.{position}{codon[inside]}>{base}"
    known: KnownVariant | None = extract.known_variants().get((record.gene, coding))
    return {
        "name": name,
        "coding": f"{record.transcript}:{coding}",
        "gene": record.gene,
        "protein": f"{record.protein}:{protein_name(place, codon, changed)}",
        "consequence": consequence(place, codon, changed),
        "codon": codon,
        "changed_codon": changed,
        "identifier": known.identifier if known else None,
        "frequency": known.frequency if known else None,
        "classification": known.classification if known else None,
    }
