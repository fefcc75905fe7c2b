"""Checks that invalid files and regions are rejected, with the line in a file."""

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

from header import VcfError
from vcf import parse

HEADER = """##fileformat=VCFv4.3
##contig=<ID=20,length=62435964>
##INFO=<ID=NS,Number=1,Type=Integer,Description="Number of Samples With Data">
##INFO=<ID=AF,Number=A,Type=Float,Description="Allele Frequency">
##INFO=<ID=DB,Number=0,Type=Flag,Description="dbSNP membership">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype Quality">
"""
COLUMNS = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT NA00001 NA00002 NA00003"
WHOLE = "20 14370 rs6054257 G A 29 PASS NS=3;AF=0.5;DB GT:GQ 0|0:48 1|0:48 1/1:43"


def text_of(*lines: str) -> list[str]:
    return [*HEADER.splitlines(), *(line.replace(" ", "\t") for line in (COLUMNS, *lines))]


@pytest.mark.parametrize(
    "region", ["sim1:0-5", "sim1:9-5", "sim1:a-b", "sim1:", "sim1:5-", "chr1:1-5", "sim1:,-,"]
)
def test_rejects_an_invalid_region(region: str) -> None:
    with pytest.raises(InvalidParameter):
        call("variants", region=region)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("20 x . A C . . . GT 0/0 0/1 1/1", "line 9: POS 'x' is not a position"),
        ("20 5 . R C . . . GT 0/0 0/1 1/1", "line 9: REF 'R' must consist of"),
        ("20 5 . A C;G . . . GT 0/0 0/1 1/1", "line 9: ALT 'C;G'"),
        ("20 5 . A C -1 . . GT 0/0 0/1 1/1", "line 9: QUAL '-1' is not a number of at least 0"),
        ("20 5 . A C . 0 . GT 0/0 0/1 1/1", "line 9: FILTER '0'"),
        ("20 5 . A C . . NS GT 0/0 0/1 1/1", "line 9: INFO NS has no value"),
        (
            "20 5 . A C . . NS=many GT 0/0 0/1 1/1",
            "line 9: NS has the value 'many', which is not of type Integer",
        ),
        (
            "20 5 . A C . . AF=0.1,0.2 GT 0/0 0/1 1/1",
            "line 9: AF has 2 values, but the header requires 1",
        ),
        ("20 5 . A C . . NS=3;NS=3 GT 0/0 0/1 1/1", "line 9: INFO contains NS twice"),
        ("20 5 . A C . . . GT 0/0 0/2 1/1", "line 9: GT '0/2' names an allele"),
        ("20 5 . A C . . . GT 0/0 0-1 1/1", "line 9: GT '0-1' is not a genotype"),
        (
            "20 5 . A C . . . GQ:GT 1:0/0 1:0/1 1:1/1",
            "line 9: FORMAT must contain each key once, and GT first",
        ),
        ("20 5 . A C . . . GT 0/0:1 0/1 1/1", "line 9: NA00001 has 2 fields"),
        ("20 5 . A C . . . GT 0/0 0/1", "line 9: 11 columns, but the header has 12"),
        ("20 5 . A C . . END=4 GT 0/0 0/1 1/1", "line 9: END 4 is before POS 5"),
        (f"{WHOLE}\n{WHOLE}", "line 10: line 9 has the same variant"),
    ],
)
def test_rejects_a_line_that_contradicts_the_specification(line: str, words: str) -> None:
    with pytest.raises(VcfError, match=words):
        parse(text_of(*line.split("\n")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: a VCF file must start with ##fileformat="),
        ("##fileformat=VCFv9.9", "line 1: a VCF file must start with ##fileformat="),
        ("##fileformat=VCFv4.3\n##INFO=<ID=A,Number=x,Type=Integer>", "line 2: the Number of A"),
        ("##fileformat=VCFv4.3\n##INFO=<ID=A,Number=1,Type=Whole>", "line 2: the Type of A"),
        (
            '##fileformat=VCFv4.3\n##INFO=<ID=A,Description="open>',
            "line 2: the line must have the form",
        ),
        ("##fileformat=VCFv4.3\n20\t5", "line 2: the line with #CHROM is missing"),
        ("##fileformat=VCFv4.3\n#CHROM POS ID", "line 2: the columns must be"),
    ],
)
def test_rejects_an_invalid_header(text: str, words: str) -> None:
    with pytest.raises(VcfError, match=words):
        parse(text.split("\n"))
