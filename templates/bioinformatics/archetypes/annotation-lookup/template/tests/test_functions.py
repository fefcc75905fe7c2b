"""Checks against the published genetic code and the examples of the HGVS Nomenclature."""

import pytest
from bailiwick.testing import call

import extract
from codons import CODE, ONE_LETTER, consequence, protein_name, translate
from genome import reverse_complement
from hgvs import Substitution, parse

# The standard code as printed in textbooks, by amino acid (IUPAC-IUB).
TABLE = {
    "Phe": "TTT TTC",
    "Leu": "TTA TTG CTT CTC CTA CTG",
    "Ile": "ATT ATC ATA",
    "Met": "ATG",
    "Val": "GTT GTC GTA GTG",
    "Ser": "TCT TCC TCA TCG AGT AGC",
    "Pro": "CCT CCC CCA CCG",
    "Thr": "ACT ACC ACA ACG",
    "Ala": "GCT GCC GCA GCG",
    "Tyr": "TAT TAC",
    "Ter": "TAA TAG TGA",
    "His": "CAT CAC",
    "Gln": "CAA CAG",
    "Asn": "AAT AAC",
    "Lys": "AAA AAG",
    "Asp": "GAT GAC",
    "Glu": "GAA GAG",
    "Cys": "TGT TGC",
    "Trp": "TGG",
    "Arg": "CGT CGC CGA CGG AGA AGG",
    "Gly": "GGT GGC GGA GGG",
}
# The first 150 coding bases of DMD, NM_004006.2 in GenBank, to which the examples of HGVS refer.
DMD = (
    "ATGCTTTGGTGGGAAGAAGTAGAGGACTGTTATGAAAGAGAAGATGTTCAAAAGAAAACATTCACAAAATGGGTAAATGCA"
    "CAATTTTCTAAGTTTGGGAAGCAGCATATTGAGAACCTCTTCAGTGACCTACAGGATGGGAGGCGCCTC"
)


def named(position: int, base: str) -> tuple[str, str]:
    """Return the name and the consequence of a change of DMD."""
    place, inside = (position + 2) // 3, (position - 1) % 3
    codon = DMD[3 * place - 3 : 3 * place]
    changed = codon[:inside] + base + codon[inside + 1 :]
    return protein_name(place, codon, changed), consequence(place, codon, changed)


def test_has_the_published_code() -> None:
    published = {
        codon: ONE_LETTER[name] for name, codons in TABLE.items() for codon in codons.split()
    }

    assert published == CODE
    assert len(CODE) == 64


def test_translates_the_beginning_of_dystrophin() -> None:
    # UniProt P11532, positions 1 to 50.
    assert translate(DMD) == "MLWWEEVEDCYEREDVQKKTFTKWVNAQFSKFGKQHIENLFSDLQDGRRL"


@pytest.mark.parametrize(
    ("position", "base"), [(54, "G"), (76, "A"), (85, "T"), (93, "G"), (123, "C"), (145, "C")]
)
def test_counts_positions_as_in_the_examples_of_hgvs(position: int, base: str) -> None:
    # "DNA substitution": c.54G>H, c.76A>G, c.85=/T>C, c.93+1G>T after the last base of the exon, c.123=, c.145C>T.
    assert DMD[position - 1] == base


@pytest.mark.parametrize(
    ("position", "base", "name", "effect"),
    [
        (72, "C", "p.(Trp24Cys)", "missense"),  # "Protein substitution": p.(Trp24Cys), p.Trp24Ter
        (71, "A", "p.(Trp24Ter)", "nonsense"),
        (72, "A", "p.(Trp24Ter)", "nonsense"),
        (30, "C", "p.(Cys10=)", "synonymous"),  # as p.Cys188=, where TGC becomes TGT
        (1, "G", "p.(Met1?)", "start lost"),  # p.(Met1?)
        (76, "T", "p.(Asn26Tyr)", "missense"),
    ],
)
def test_names_changes_as_in_the_examples_of_hgvs(
    position: int, base: str, name: str, effect: str
) -> None:
    assert named(position, base) == (name, effect)


def test_names_a_lost_stop_as_in_hgvs() -> None:
    # "Extension": p.Ter327ArgextTer?, here as a prediction.
    assert protein_name(327, "TGA", "CGA") == "p.(Ter327ArgextTer?)"
    assert consequence(327, "TGA", "CGA") == "stop lost"
    assert protein_name(327, "TGA", "TAA") == "p.(Ter327=)"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NM_004006.1:c.76A>G", ("NM_004006.1", True, 76, "A", "G")),
        ("NG_012232.1(NM_004006.2):c.76A>T", ("NM_004006.2", True, 76, "A", "T")),
        ("c.(76A>G)", (None, True, 76, "A", "G")),
        ("LRG_199p1:p.Trp24Cys", ("LRG_199p1", False, 24, "W", "C")),
        ("NP_003997.1:p.(Trp24Cys)", ("NP_003997.1", False, 24, "W", "C")),
        ("LRG_199p1:p.Trp24Ter", ("LRG_199p1", False, 24, "W", "*")),
        ("NP_003997.1:p.W24*", ("NP_003997.1", False, 24, "W", "*")),
        ("NP_003997.1:p.Cys188=", ("NP_003997.1", False, 188, "C", "C")),
        ("p.(Arg1459Ter)", (None, False, 1459, "R", "*")),
    ],
)
def test_reads_the_examples_of_hgvs(
    name: str, expected: tuple[str | None, bool, int, str, str]
) -> None:
    assert parse(name) == Substitution(*expected)


def test_reads_genes_from_both_strands() -> None:
    strands = {row["gene"]: row["strand"] for row in call("genes")}
    proteins = {gene.gene: translate(gene.coding) for gene in extract.genes().values()}

    assert strands == {"SIMA1": "+", "SIMB2": "-", "SIMC3": "+"}
    assert all(
        one.startswith("M") and one.endswith("*") and one.count("*") == 1
        for one in proteins.values()
    )
    assert reverse_complement("ATGCC") == "GGCAT"


def test_finds_the_known_variants_of_the_extract() -> None:
    for gene in ("SIMA1", "SIMB2", "SIMC3"):
        rows = call("variants", gene=gene, maximum_frequency=1)
        assert {row["gene"] for row in rows} == {gene}
        assert None not in {row["identifier"] for row in rows}
        [first] = call("lookup", names=[rows[0]["coding"]], gene="SIMA1")
        assert {**first, "name": rows[0]["name"]} == rows[0]


def test_explains_a_protein_name_by_all_single_base_changes() -> None:
    rows = call("lookup", names=["p.Trp26*", "SIMP0001.1:p.(Trp26Cys)"], gene="SIMA1")

    assert [(row["name"], row["changed_codon"]) for row in rows] == [
        ("p.Trp26*", "TAG"),
        ("p.Trp26*", "TGA"),
        ("SIMP0001.1:p.(Trp26Cys)", "TGC"),
        ("SIMP0001.1:p.(Trp26Cys)", "TGT"),
    ]


def test_returns_no_rows_for_no_names() -> None:
    assert call("lookup", names=[], gene="SIMA1") == []
