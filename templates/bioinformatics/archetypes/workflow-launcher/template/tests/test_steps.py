"""Checks the steps against published examples and reads cut from the genome."""

import hashlib
import json
import random
from pathlib import Path

import pytest
from bailiwick import InvalidData, InvalidParameter
from bailiwick.testing import call

import functions
from genome import read_fasta, reverse_complement
from placing import Places, coverage, expected_share, summary
from quality import ADAPTERS
from rows import Placed, RawRead, Trimmed
from trimming import adapter_start, good_end, trim

DATA = Path(__file__).parent.parent / "data"
GENOME = read_fasta(DATA / "genome.fa")
ILLUMINA = ADAPTERS["Illumina universal"]


def trimmed(minimum: float = 20) -> list[Trimmed]:
    """Trimmed reads of the samples, independent of the answers to the form."""
    return functions.trimmed(False, "Illumina universal", minimum)


def placed(reads: list[Trimmed]) -> list[Placed]:
    places = Places(GENOME)
    return [places.place(read) for read in reads if read["kept"]]


def raw(bases: str, score: int = 40) -> RawRead:
    qualities = chr(score + 33) * len(bases)
    return {"sample": "s", "number": 1, "name": "n", "bases": bases, "qualities": qualities}


def kept(bases: str) -> Trimmed:
    return trim(raw(bases), "", 0)


def test_trims_as_in_the_example_of_cutadapt() -> None:
    # Cutadapt's guide, "Algorithm details", quality trimming: with a limit of 10, the first four bases stay.
    assert good_end([42, 40, 26, 27, 8, 7, 11, 4, 2, 3], 10) == 4


def test_keeps_a_good_read_and_removes_a_poor_read() -> None:
    assert good_end([30, 30, 9], 0) == 3
    assert good_end([5, 5, 5], 10) == 0
    assert good_end([], 10) == 0


@pytest.mark.parametrize(
    ("bases", "start"),
    [
        (f"ACGT{ILLUMINA}TTT", 4),
        (f"ACGT{ILLUMINA[:5]}", 4),
        (f"ACGT{ILLUMINA[:3]}", 4),
        (f"ACGT{ILLUMINA[:2]}", 6),
        ("ACGT", 4),
        (ILLUMINA, 0),
    ],
)
def test_finds_a_complete_adapter_or_its_start_at_the_end(bases: str, start: int) -> None:
    assert adapter_start(bases, ILLUMINA) == start


def test_reports_removed_bases() -> None:
    read = raw("ACGT" * 10 + ILLUMINA + "AC")
    read["qualities"] = read["qualities"][:-2] + "##"
    row = trim(read, ILLUMINA, 20)

    assert (row["length"], row["adapter"], row["poor"], row["kept"]) == (40, 12, 2, True)


def test_rejects_short_reads_and_reads_with_many_errors() -> None:
    # At quality 10, one base in ten is wrong: four expected errors in 40 bases.
    assert not kept("ACGT" * 7)["kept"]
    assert not trim(raw("ACGT" * 10, 10), "", 0)["kept"]
    assert kept("ACGT" * 10)["kept"]


@pytest.mark.parametrize("strand", ["+", "-"])
def test_places_reads_with_errors_on_both_strands(strand: str) -> None:
    chance = random.Random(7)
    places, bases = Places(GENOME), GENOME["sim1"]
    for _ in range(50):
        start = chance.randrange(len(bases) - 80)
        read = [*bases[start : start + 80]]
        for place in chance.sample(range(80), 3):
            read[place] = "A" if read[place] != "A" else "C"
        text = "".join(read)
        row = places.place(kept(text if strand == "+" else reverse_complement(text)))

        assert (row["position"], row["strand"], row["mismatches"]) == (start + 1, strand, 3)


def test_does_not_place_random_bases() -> None:
    chance = random.Random(3)
    row = Places(GENOME).place(kept("".join(chance.choices("ACGT", k=80))))

    assert row["chromosome"] is row["position"] is row["mismatches"] is None


def test_computes_the_depth_of_each_window() -> None:
    places = Places(GENOME)
    reads = [places.place(kept(GENOME["sim1"][start : start + 50])) for start in (0, 25, 100)]
    rows = coverage(GENOME, reads)

    assert [row["depth"] for row in rows[:3]] == [1, 0.5, 0]
    assert [row["covered"] for row in rows[:3]] == [0.75, 0.5, 0]
    assert (rows[-1]["start"], rows[-1]["end"]) == (4901, 5000)


def test_computes_the_coverage_of_lander_and_waterman() -> None:
    # 63 percent of a genome at a depth of 1, and 99.3 percent at a depth of 5.
    assert [expected_share(depth) for depth in (0, 1, 5)] == pytest.approx(
        [0, 0.632, 0.9933], abs=5e-4
    )


def test_removes_more_from_the_sample_with_adapters() -> None:
    reads = trimmed()
    found = placed(reads)
    good, poor = (
        summary(sample, reads, found, coverage(GENOME, found))
        for sample in ("sample-a", "sample-b")
    )

    removed = {
        sample: sum(row["poor"] + row["adapter"] for row in reads if row["sample"] == sample)
        for sample in ("sample-a", "sample-b")
    }

    assert removed["sample-b"] > 10 * removed["sample-a"]
    assert good["reads"] == poor["reads"] == 250
    assert good["placed"] == good["kept"]
    assert poor["placed"] >= 0.95 * poor["kept"]
    assert good["depth"] > poor["depth"]
    assert good["covered"] == pytest.approx(good["expected"], abs=0.02)


def test_has_as_many_mismatches_as_expected_errors() -> None:
    reads = trimmed()
    errors = sum(read["expected_errors"] for read in reads if read["kept"])
    others = sum(read["mismatches"] or 0 for read in placed(reads))

    # The reads were simulated with random errors according to their qualities.
    assert others == pytest.approx(errors, rel=0.5)


def test_has_equal_sums_of_bases_by_read_and_by_window() -> None:
    bases = sum(row["length"] for row in call("placed") if row["position"])

    assert sum(row["depth"] * (row["end"] - row["start"] + 1) for row in call("coverage")) == (
        pytest.approx(bases)
    )


def test_removes_nothing_if_trimming_is_skipped() -> None:
    rows = call("trimmed", skip_trimming=True)

    assert {row["poor"] + row["adapter"] for row in rows} == {0}


def test_lists_the_inputs_of_each_step() -> None:
    answers = {"skip_trimming": False, "adapter": "Nextera", "minimum_quality": 25}
    rows = {(row["step"], row["input"]): row for row in call("provenance", **answers)}
    genome = hashlib.sha256((DATA / "genome.fa").read_bytes()).hexdigest()

    assert {step for step, _ in rows} == {"reads", "trimmed", "placed", "coverage"}
    assert rows["placed", "data/genome.fa"]["value"] == f"sha256:{genome}"
    assert rows["trimmed", "reads"]["rows"] == len(call("reads"))
    for name, answer in answers.items():
        assert json.loads(rows["trimmed", name]["value"]) == answer
    assert all("bioinformatics pack" in row["software"] for row in rows.values())


def test_has_a_different_digest_for_different_rows() -> None:
    one, same, other = (
        functions._step("placed", "trimmed", trimmed(minimum))["value"] for minimum in (20, 20, 30)
    )

    assert one == same != other


def test_names_the_invalid_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(functions, "DATA", tmp_path)
    with pytest.raises(InvalidData, match="the folder data has no reads"):
        call("reads")

    (tmp_path / "river.fastq").write_text("@a\nACGT\n+\nII\n")
    with pytest.raises(InvalidData, match="river.fastq, line 4: the file ends after 2 of 4"):
        call("reads")


def test_lists_the_available_samples_and_adapters() -> None:
    with pytest.raises(InvalidParameter, match="no sample nobody; available: sample-a, sample-b"):
        call("summary", sample="nobody")
    with pytest.raises(InvalidParameter, match="available: Illumina universal"):
        call("trimmed", adapter="Unheard of")
