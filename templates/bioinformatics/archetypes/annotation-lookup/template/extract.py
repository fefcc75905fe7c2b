"""Reads the files of the extract: genome, genes and known variants."""

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bailiwick import InvalidData

from codons import translate
from genome import read_fasta, reverse_complement
from hgvs import parse

DATA = Path(__file__).parent / "data"
GENES = ["gene", "transcript", "protein", "chromosome", "start", "end", "strand", "product"]
VARIANTS = ["identifier", "gene", "coding", "frequency", "classification"]
CLASSES = ("benign", "likely benign", "uncertain significance", "likely pathogenic", "pathogenic")


class GeneRecord(NamedTuple):
    """One gene with its coding sequence."""

    gene: str
    transcript: str
    protein: str
    chromosome: str
    start: int
    end: int
    strand: str
    product: str
    coding: str

    def codon(self, position: int) -> str:
        """Return a codon by its position, from 1; empty after the last codon."""
        return self.coding[3 * position - 3 : 3 * position]

    @property
    def names(self) -> tuple[str, str, str]:
        """References that positions can refer to."""
        return self.gene, self.transcript, self.protein


class KnownVariant(NamedTuple):
    """One known variant in the extract."""

    identifier: str
    gene: str
    coding: str
    frequency: float
    classification: str


@functools.cache
def genes() -> dict[str, GeneRecord]:
    """Return the genes by name.

    Raises:
        InvalidData: A gene is invalid; the message names file and line.
    """
    genome = read_fasta(DATA / "genome.fa")
    found: dict[str, GeneRecord] = {}
    for place, row in _rows("genes.csv", GENES):
        if row["gene"] in found:
            raise InvalidData(f"{place}: {row['gene']} occurs twice; delete one of the rows")
        found[row["gene"]] = gene_of(row, genome, place)
    return found


@functools.cache
def known_variants() -> dict[tuple[str, str], KnownVariant]:
    """Return the variants by gene and name.

    Raises:
        InvalidData: A variant contradicts its gene; the message names file and line.
    """
    found: dict[tuple[str, str], KnownVariant] = {}
    for place, row in _rows("known-variants.csv", VARIANTS):
        variant = known_of(row, genes(), place)
        if (variant.gene, variant.coding) in found:
            raise InvalidData(f"{place}: {variant.coding} occurs twice; delete one of the rows")
        found[variant.gene, variant.coding] = variant
    return found


def gene_of(row: dict[str, str], genome: dict[str, str], place: str) -> GeneRecord:
    """Return a gene with the coding sequence at its position in the genome.

    Raises:
        InvalidData: The position does not exist, or does not contain a complete coding sequence.
    """
    chromosome, start, end = row["chromosome"], row["start"], row["end"]
    bases = genome.get(chromosome, "")
    if not (start.isdecimal() and end.isdecimal() and 1 <= int(start) <= int(end) <= len(bases)):
        message = f"{place}: the genome has no {chromosome}:{start}-{end}; correct the position"
        raise InvalidData(message)
    if row["strand"] not in ("+", "-"):
        raise InvalidData(f"{place}: the strand must be + or -")
    forward = bases[int(start) - 1 : int(end)]
    coding = forward if row["strand"] == "+" else reverse_complement(forward)
    protein = translate(coding) if len(coding) % 3 == 0 and "N" not in coding else ""
    if not protein.startswith("M") or protein.find("*") != len(protein) - 1:
        raise InvalidData(
            f"{place}: {row['gene']} must start with ATG and end with its first stop; correct its position"
        )
    return GeneRecord(
        row["gene"],
        row["transcript"],
        row["protein"],
        chromosome,
        int(start),
        int(end),
        row["strand"],
        row["product"],
        coding,
    )


def known_of(row: dict[str, str], known: dict[str, GeneRecord], place: str) -> KnownVariant:
    """Return a variant of a gene.

    Raises:
        InvalidData: The variant contradicts its gene, or its frequency or class is invalid.
    """
    if row["gene"] not in known:
        raise InvalidData(f"{place}: genes.csv has no gene {row['gene']}; add or correct it")
    try:
        change, frequency = parse(row["coding"]), float(row["frequency"])
    except ValueError as error:
        raise InvalidData(f"{place}: {error}") from None
    coding = known[row["gene"]].coding
    if not change.is_coding or coding[change.position - 1 : change.position] != change.old:
        raise InvalidData(
            f"{place}: {row['coding']} must be a coding change (c.) with the reference base of {row['gene']}"
        )
    if not 0 <= frequency <= 1 or row["classification"] not in CLASSES:
        raise InvalidData(
            f"{place}: the frequency must be from 0 to 1, and the class one of {', '.join(CLASSES)}"
        )
    return KnownVariant(
        row["identifier"], row["gene"], row["coding"], frequency, row["classification"]
    )


def _rows(name: str, columns: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a CSV file with their position for messages; each row has all columns."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != columns:
            raise InvalidData(f"{name}, line 1: the columns must be {', '.join(columns)}")
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise InvalidData(f"{place}: the row must have {len(columns)} fields")
            yield place, row
