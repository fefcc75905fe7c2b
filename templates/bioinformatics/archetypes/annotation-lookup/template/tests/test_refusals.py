"""Checks that invalid names and files are rejected with the reason."""

from pathlib import Path

import pytest
from bailiwick import InvalidData, InvalidParameter
from bailiwick.testing import call

import extract
from genome import read_fasta
from hgvs import parse


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NG_012232.1(NM_004006.2):c.93+1G>T", "is in an intron"),
        ("LRG_199t1:c.79_80delinsTT", "changes more than one base"),
        ("NM_004006.2:c.20dup", "changes more than one base"),
        ("NM_004006.2:c.123=", "describes no change"),
        ("LRG_199t1:c.54G>H", "is not a valid HGVS name"),
        ("c.-23A>T", "is before the coding sequence"),
        ("c.*46T>A", "is after the coding sequence"),
        ("NC_000023.10:g.33038255C>A", "does not refer to the coding sequence"),
        ("p.Ter110GlnextTer17", "changes more than one amino acid"),
        ("LRG_199p1:p.(Met1?)", "names no new amino acid"),
        ("c.76A/G", "is not a valid HGVS name"),
        ("c.0A>G", "is not a valid HGVS name"),
        ("c.(76A>G", "is not a valid HGVS name"),
        ("c.76A>A", "replaces a base with itself"),
        ("", "is not a valid HGVS name"),
    ],
)
def test_names_the_reason_of_a_rejection(name: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("c.1C>T", "does not match SIMT0001.1, which has A at this position"),
        ("c.99999A>T", "which has only 660 bases"),
        ("p.Trp1Cys", "does not match SIMP0001.1, which has M at this position"),
        ("p.Trp999Cys", "which has only 219 amino acids"),
        ("p.Trp26Lys", "does not describe a single-base change of TGG"),
        ("p.Met1Thr", "does not describe a single-base change of ATG"),
        ("SIMX9:c.76A>T", "no gene, transcript or protein SIMX9; available genes: SIMA1"),
    ],
)
def test_rejects_names_that_contradict_the_gene(name: str, words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        call("lookup", names=[name], gene="SIMA1")


def test_rejects_genes_that_contradict_the_genome() -> None:
    row = {
        "gene": "X",
        "transcript": "X",
        "protein": "X",
        "chromosome": "s",
        "strand": "+",
        "product": "",
    }
    genome = {"s": "ATGTAAA"}

    assert extract.gene_of({**row, "start": "1", "end": "6"}, genome, "").coding == "ATGTAA"
    for start, end in (("1", "7"), ("2", "7"), ("1", "9"), ("0", "6"), ("x", "6")):
        with pytest.raises(InvalidData, match="line 2: "):
            extract.gene_of({**row, "start": start, "end": end}, genome, "genes.csv, line 2")


def test_rejects_an_invalid_genome(tmp_path: Path) -> None:
    (tmp_path / "some.fa").write_text(">s\nAC-T")

    with pytest.raises(InvalidData, match="some.fa, line 2: "):
        read_fasta(tmp_path / "some.fa")


def test_rejects_an_invalid_known_variant() -> None:
    row = {
        "identifier": "I",
        "gene": "SIMA1",
        "coding": "c.2T>A",
        "frequency": "0.1",
        "classification": "benign",
    }

    assert extract.known_of(row, extract.genes(), "").frequency == 0.1
    for change in (
        {"coding": "c.2A>T"},
        {"frequency": "nan"},
        {"frequency": "2"},
        {"classification": "bad"},
        {"gene": "Y"},
    ):
        with pytest.raises(InvalidData, match="line 7"):
            extract.known_of({**row, **change}, extract.genes(), "line 7")


def test_rejects_a_file_with_a_different_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "DATA", tmp_path)
    for text, words in (
        ("", "line 1: the columns must be"),
        ("gene,start\n", "line 1: the columns must be"),
        ("a,b\n1\n", "line 2: the row must have 2 fields"),
        ("a,b\n1,2,3\n", "line 2: the row must have 2 fields"),
    ):
        (tmp_path / "some.csv").write_text(text)
        with pytest.raises(InvalidData, match=words):
            list(extract._rows("some.csv", ["a", "b"]))
