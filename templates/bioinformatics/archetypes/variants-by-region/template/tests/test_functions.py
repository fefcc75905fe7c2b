"""Checks against published figures, the examples of the specification, and the file itself."""

import gzip
from pathlib import Path

import pytest
from bailiwick.testing import call

from genetics import copies, equilibrium, genotype_counts, is_transition, kind_of
from region import Region, region_of
from vcf import parse, read_vcf

FILE = Path(__file__).parent.parent / "data" / "variants.vcf"
HEADER = """##fileformat=VCFv4.3
##contig=<ID=20,length=62435964>
##INFO=<ID=NS,Number=1,Type=Integer,Description="Number of Samples With Data">
##INFO=<ID=AF,Number=A,Type=Float,Description="Allele \\"Frequency\\", by \\\\ count">
##INFO=<ID=DB,Number=0,Type=Flag,Description="dbSNP membership">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype Quality">
"""
COLUMNS = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT NA00001 NA00002 NA00003"
# Based on two lines of the example in section 1.1 of the specification: genotypes, and the AF in the file.
EXAMPLE = [
    "20 14370 rs6054257 G A 29 PASS NS=3;AF=0.5;DB GT:GQ 0|0:48 1|0:48 1/1:43",
    "20 1110696 rs6040355 A G,T 67 PASS NS=2;AF=0.333,0.667;DB GT:GQ 1|2:21 2|1:2 2/2:35",
]


def text_of(*lines: str) -> list[str]:
    return [*HEADER.splitlines(), *(line.replace(" ", "\t") for line in (COLUMNS, *lines))]


def test_computes_the_frequencies_of_the_specification() -> None:
    _, found = parse(text_of(*EXAMPLE))

    for variant in found:
        counts = copies(variant.genotypes, len(variant.alternatives) + 1)
        frequencies = [count / sum(counts) for count in counts[1:]]
        assert frequencies == pytest.approx(variant.info["AF"], abs=5e-4)


def test_reads_values_as_the_header_declares_them() -> None:
    _, [first, second] = parse(text_of(*EXAMPLE))

    assert first.info == {"NS": [3], "AF": [0.5], "DB": [True]}
    assert first.calls[2] == {"GT": ["1/1"], "GQ": [43]}
    assert second.alternatives == ("G", "T")
    assert second.genotypes == [(1, 2), (2, 1), (2, 2)]


def test_reads_missing_values() -> None:
    _, [variant] = parse(text_of("20 5 . A . . . . GT:GQ ./. 0 0/.:."))

    assert (variant.identifier, variant.alternatives, variant.quality, variant.filter) == (
        None,
        (),
        None,
        None,
    )
    assert variant.genotypes == [(None, None), (0,), (0, None)]
    assert variant.calls == [{"GT": ["./."]}, {"GT": ["0"]}, {"GT": ["0/."], "GQ": [None]}]


def test_decodes_only_the_characters_of_the_specification() -> None:
    # Section 1.2: %3A %3B %3D %25 %2C %0D %0A %09; since version 4.3 only.
    lines = text_of("20 5 . A C . . X=%3A%3B%3D%25%2C%09,50%,%41 GT 0/0 0/1 1/1")
    older = [lines[0].replace("4.3", "4.2"), *lines[1:]]

    assert parse(lines)[1][0].info["X"] == [":;=%,\t", "50%", "%41"]
    assert parse(older)[1][0].info["X"][0] == "%3A%3B%3D%25%2C%09"


def test_agrees_with_the_moths_of_ford() -> None:
    # E. B. Ford, "Ecological Genetics" (1971), scarlet tiger moths: 1469, 138 and 5; expected 1467.4, 141.2 and
    # 3.4, chi-square 0.83 (a worked example in many textbooks).
    law = equilibrium((1469, 138, 5))

    assert law is not None
    assert law.expected == pytest.approx((1467.4, 141.2, 3.4), abs=0.05)
    assert law.chi_square == pytest.approx(0.83, abs=0.005)


def test_agrees_with_the_blood_groups_of_graffelman() -> None:
    # J. Graffelman, "Exploring Diallelic Genetic Markers: The HardyWeinberg Package", Journal of Statistical
    # Software 64(3) (2015), section 4.1, MN blood group: 298, 489, 213.
    law = equilibrium((298, 489, 213))

    assert law is not None
    assert law.chi_square == pytest.approx(0.2214896, abs=5e-8)
    assert law.p_chi_square == pytest.approx(0.6379073, abs=5e-8)
    assert law.p_exact == pytest.approx(0.6556635, abs=5e-8)


@pytest.mark.parametrize(
    ("mixed", "probability"),
    [(13, 0.010293), (15, 0.069576), (17, 0.284042), (21, 0.593645), (19, 1)],
)
def test_agrees_with_the_table_of_wigginton(mixed: int, probability: float) -> None:
    # Wigginton, Cutler and Abecasis (2005), table 1: 100 people, 21 copies of the rare allele.
    rare = (21 - mixed) // 2
    law = equilibrium((100 - mixed - rare, mixed, rare))

    assert law is not None
    assert law.p_exact == pytest.approx(probability, abs=1e-6)


def test_omits_the_test_without_variation() -> None:
    assert equilibrium((0, 0, 0)) is None
    assert equilibrium((24, 0, 0)) == ((24, 0, 0), None, None, 1.0)


def test_counts_only_people_with_two_known_alleles() -> None:
    assert genotype_counts([(0, 0), (0, 1), (1, 0), (1, 1), (None, 1), (1,), (None, None)]) == (
        1,
        2,
        1,
    )


@pytest.mark.parametrize(
    ("reference", "alternative", "kind"),
    [
        ("A", "G", "SNV"),
        ("GTC", "GTT", "SNV"),
        ("GTC", "G", "deletion"),
        ("GTC", "GTCT", "insertion"),
        ("AG", "CT", "MNV"),
        ("AG", "CTT", "insertion and deletion"),
        ("A", "*", "overlapping deletion"),
        ("A", "<DEL>", "structural"),
        ("A", "A[20:77[", "structural"),
    ],
)
def test_distinguishes_kinds_of_variants(reference: str, alternative: str, kind: str) -> None:
    assert kind_of(reference, alternative) == kind


def test_distinguishes_transitions_and_transversions() -> None:
    transitions = {a + b for a in "ACGT" for b in "ACGT" if a != b and is_transition(a, b)}

    assert transitions == {"AG", "GA", "CT", "TC"}


def test_agrees_with_the_counts_in_the_file() -> None:
    _, found = read_vcf(FILE)

    for variant in found:
        counts = copies(variant.genotypes, len(variant.alternatives) + 1)
        assert counts[1:] == variant.info["AC"]
        assert [sum(counts)] == variant.info["AN"]


def test_adds_up_kinds_to_all_alternatives() -> None:
    values = {
        row["figure"]: row["value"] for row in call("figures", region="sim1", only_pass=False)
    }
    kinds = {
        name: n
        for name, n in values.items()
        if name in {"SNV", "MNV", "insertion", "deletion", "structural"}
    }

    assert sum(kinds.values()) == values["alternatives"] == 67
    assert values["transitions"] + values["transversions"] == values["SNV"]
    assert values["Ts/Tv"] == pytest.approx(values["transitions"] / values["transversions"])


def test_includes_both_ends_of_a_region() -> None:
    def positions(region: str) -> list[int]:
        return [row["position"] for row in call("variants", region=region, only_pass=False)]

    assert positions("sim1:456-468") == [456, 468]
    assert positions("sim1:457-467") == []
    assert positions("sim1:1,393") == [1392]  # the second base of a deletion
    assert 4296 in positions("sim1:4335-4335")  # END of a structural variant


def test_reads_regions_with_colons_in_the_name() -> None:
    assert region_of("HLA:01:02", {"HLA:01:02"}) == Region("HLA:01:02")
    assert region_of("HLA:01:02:5-9", {"HLA:01:02"}) == Region("HLA:01:02", 5, 9)


def test_reads_gzip(tmp_path: Path) -> None:
    packed = tmp_path / "packed.vcf.gz"
    packed.write_bytes(gzip.compress(FILE.read_bytes()))

    assert len(read_vcf(packed)[1]) == 64
