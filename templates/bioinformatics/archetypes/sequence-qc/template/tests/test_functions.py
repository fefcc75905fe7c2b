"""Checks against published figures and figures computed by hand."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

from fastq import FastqError, Read, parse, read_fastq
from judgement import judge
from quality import ADAPTERS, expected_errors, gc_share, mean_quality, quartiles

ILLUMINA = "Illumina universal"

# The example of P. J. A. Cock et al., Nucleic Acids Research 38 (2010) 1767-1771, "FASTQ definition": bases on
# several lines, a repeated title, and "@" and "+" among the qualities.
COCK = """@SRR014849.1 EIXKN4201CFU84 length=93
GGGGGGGGGGGGGGGGCTTTTTTTGTTTGGAACCGAAAGG
GTTTTGAATTTCAAACCCTTTTCGGTTTCCAACCTTCCAA
AGCAATGCCAATA
+SRR014849.1 EIXKN4201CFU84 length=93
3+&$#\"\"\"\"\"\"\"\"\"\"\"7F@71,'\";C?,B;?6B;:EA1EA
1EA5'9B:?:#9EA0D@2EA5':>5?:%A;A8A;?9B;D@
/=<?7=9<2A8==
"""


def read_of(bases: str, *scores: int) -> Read:
    return Read("made up", bases, bytes(scores or (40,) * len(bases)))


def verdicts(*reads: Read) -> dict[str, str]:
    return {row["figure"]: row["verdict"] for row in judge(list(reads), ADAPTERS[ILLUMINA])}


def test_reads_the_example_of_the_definition() -> None:
    [read] = parse(COCK.splitlines())

    assert read.title == "SRR014849.1 EIXKN4201CFU84 length=93"
    assert len(read.bases) == len(read.qualities) == 93
    assert list(read.qualities[:5]) == [18, 10, 5, 3, 2]


def test_reads_all_qualities_from_0_to_93() -> None:
    signs = "".join(chr(code) for code in range(33, 127))
    [read] = parse(["@all", "A" * 94, "+", signs])

    assert list(read.qualities) == list(range(94))


@pytest.mark.parametrize(
    ("score", "probability"), [(0, 1), (10, 0.1), (20, 0.01), (30, 0.001), (27, 0.002)]
)
def test_converts_a_quality_to_its_error_probability(score: int, probability: float) -> None:
    # Q = -10 log10(P) of Cock et al.; FastQC's help gives 1 % for 20 and 0.2 % for 27.
    assert expected_errors([score]) == pytest.approx(probability, abs=1e-5)


def test_averages_probabilities_not_qualities() -> None:
    # By hand: (0.1 + 0.001) / 2 = 0.0505, and -10 log10(0.0505) = 12.967; the mean of 10 and 30 is 20.
    assert expected_errors([10, 30]) == pytest.approx(0.101)
    assert mean_quality(0.101, 2) == pytest.approx(12.967, abs=5e-4)
    assert mean_quality(0.0, 0) is None


def test_finds_quartiles_between_scores() -> None:
    # By hand, of 10, 20, 30, 40: places 0.75, 1.5 and 2.25 from the lowest.
    counts = np.bincount([10, 20, 30, 40]).astype(np.uint32)

    assert quartiles(counts) == [17.5, 25.0, 32.5]


def test_omits_unknown_bases_from_gc() -> None:
    assert gc_share("GGCANN") == 0.75
    assert gc_share("NNN") is None


def test_applies_the_limits_of_fastqc() -> None:
    good, fair, poor = (read_of("ACGT", *[score] * 4) for score in (30, 26, 19))

    assert verdicts(good)["read quality"] == "pass"
    assert verdicts(fair)["read quality"] == "warn"
    assert verdicts(poor)["read quality"] == verdicts(poor)["median"] == "fail"
    assert verdicts(good)["median"] == verdicts(fair)["median"] == "pass"
    assert verdicts(read_of("ACGT", 4, 40, 40, 40))["lower quartile"] == "fail"
    assert verdicts(good, read_of("ACG"))["lengths"] == "warn"
    assert verdicts(good, read_of(""))["lengths"] == "fail"


def test_applies_limits_to_the_fractions_of_unknown_bases_and_adapters() -> None:
    plain, unknown = read_of("ACGTACGTACGTACGT"), read_of("ACGNACGTACGTACGT")
    adapter = read_of("ACGT" + ADAPTERS[ILLUMINA])

    for figure, other in (("unknown bases", unknown), ("adapter", adapter)):
        assert verdicts(*[plain] * 24, other)[figure] == "pass"
        assert verdicts(*[plain] * 12, other)[figure] == "warn"
        assert verdicts(*[plain] * 3, other)[figure] == "fail"


def test_warns_about_scores_with_the_older_offset() -> None:
    # Phred+64 writes quality 2 as "B", which is 33 in Phred+33.
    assert verdicts(*parse(["@old", "AC", "+", "Bh"]))["lowest score"] == "warn"


def test_distinguishes_the_two_samples() -> None:
    good, poor = (
        {row["figure"]: row["verdict"] for row in call("summary", sample=sample, adapter=ILLUMINA)}
        for sample in ("sample-a", "sample-b")
    )

    assert set(good.values()) == {"pass", "not judged"}
    assert poor["adapter"] == "fail"
    assert poor["lengths"] == poor["unknown bases"] == "warn"


def test_counts_an_adapter_from_its_first_base() -> None:
    shares = [row["adapter"] for row in call("positions", sample="sample-b", adapter=ILLUMINA)]
    with_adapter = [
        row for row in call("reads", sample="sample-b", adapter=ILLUMINA) if row["adapter_at"]
    ]

    assert shares == sorted(shares)
    assert shares[-1] == len(with_adapter) / 250


def test_has_equal_sums_by_position_and_read() -> None:
    reads, places = (
        call(name, sample="sample-b", adapter="Nextera") for name in ("reads", "positions")
    )

    assert sum(row["length"] for row in reads) == sum(row["reads"] for row in places)
    assert sum(row["expected_errors"] for row in reads) == pytest.approx(
        sum(row["reads"] * 10 ** (-row["mean_quality"] / 10) for row in places)
    )


def test_reads_gzip_in_several_parts(tmp_path: Path) -> None:
    packed = tmp_path / "packed.fastq.gz"
    packed.write_bytes(gzip.compress(COCK.encode()) + gzip.compress(COCK.encode()))

    assert len(list(read_fastq(packed))) == 2


def test_rejects_truncated_gzip(tmp_path: Path) -> None:
    packed = tmp_path / "cut.fastq.gz"
    packed.write_bytes(gzip.compress(COCK.encode())[:-20])

    with pytest.raises(FastqError, match="gzip cannot decompress the file"):
        list(read_fastq(packed))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file contains no reads"),
        ("reads,quality\n", 'line 1: a read must start with "@"'),
        ("@a\nACGT\n+\nII\n", "line 4: the file ends after 2 of 4 qualities"),
        ("@a\nACGT\n+\nIIIIIII\n", "line 4: 7 qualities for 4 bases"),
        ("@a\nACGT\n", 'line 2: the file ends within the read of line 1, before its "\\+"'),
        ("@a\nACGT\n+b\nIIII\n", "line 3: the title after"),
        ("@a\nAC-T\n+\nIIII\n", "line 2: '-' is not a base"),
        ("@a\nAC T\n+\nIIII\n", "line 2: ' ' is not a base"),
        ("@a\nACGT\n+\nII\tI\n", "line 4: '\\\\t' is not a quality"),
        ("@a\nACGT\n+\nIIII\nACGT\n", 'line 5: a read must start with "@"'),
    ],
)
def test_rejects_invalid_fastq(text: str, words: str) -> None:
    with pytest.raises(FastqError, match=words):
        list(parse(text.splitlines()))


def test_rejects_a_file_that_is_not_text(tmp_path: Path) -> None:
    image = tmp_path / "image.fastq"
    image.write_bytes(b"@a\n\xff\xfe\n")

    with pytest.raises(FastqError, match="line 2: the file is not ASCII text"):
        list(read_fastq(image))


def test_lists_the_available_samples_and_adapters() -> None:
    with pytest.raises(InvalidParameter, match="available: sample-a, sample-b"):
        call("summary", sample="nobody")
    with pytest.raises(InvalidParameter, match="available: Illumina universal"):
        call("reads", adapter="Unheard of")
