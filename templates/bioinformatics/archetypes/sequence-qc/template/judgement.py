"""Figures of reads by position and in total, compared with limits.

The limits are those of FastQC 0.12 (S. Andrews, Babraham Institute: Configuration/limits.txt, and the help on each
module). FastQC recognises old files with Phred+64 by scores that are never below 31, as the figure "lowest score" does.
"""

import math
from collections import Counter
from typing import Annotated, TypedDict

import numpy as np
from bailiwick import Column, Key

from fastq import Read
from quality import ERROR, expected_errors, gc_share, mean_quality, quartiles, verdict
from vocabulary import Count, Explanation, Figure, Measure, Phred, Position, Share, Unit, Verdict

KNOWN = "ACGTU"
OLDER = 31  # "@" minus 33: the lowest character of Phred+64


class Check(TypedDict):
    """One figure of a sample."""

    figure: Annotated[Figure, Key]
    verdict: Verdict
    value: Annotated[Measure | None, Column("Empty without bases")]
    unit: Unit
    limits: Annotated[Explanation, Column("Limits for warn and fail")]


class AtPosition(TypedDict):
    """All reads of a sample at one position."""

    position: Annotated[Position, Key]
    reads: Annotated[Count, Column("Reads of at least this length", unit="reads")]
    mean_quality: Annotated[Phred, Column("Quality of the mean error probability")]
    lower_quartile: Phred
    median: Phred
    upper_quartile: Phred
    gc: Annotated[Share | None, Column("Fraction of G and C among the known bases")]
    unknown: Annotated[Share, Column("Fraction of unknown bases (N)")]
    adapter: Annotated[
        Share, Column("Fraction of reads with an adapter that starts here or earlier")
    ]


def by_position(reads: list[Read], adapter: str) -> list[AtPosition]:
    """Return a row for each position up to the end of the longest read."""
    longest = max((len(read.bases) for read in reads), default=0)
    scores = np.zeros((longest, len(ERROR)), dtype=np.uint32)
    bases = np.zeros((longest, 128), dtype=np.uint32)
    for read in reads:
        places = np.arange(len(read.bases))
        scores[places, np.frombuffer(read.qualities, dtype=np.uint8)] += 1
        bases[places, np.frombuffer(read.bases.encode(), dtype=np.uint8)] += 1
    begins = Counter(read.bases.find(adapter) for read in reads)
    begun = 0
    rows: list[AtPosition] = []
    for index in range(longest):
        number = int(scores[index].sum())
        lower, median, upper = quartiles(scores[index])
        of = {base: int(bases[index, ord(base)]) for base in KNOWN}
        known = sum(of.values())
        begun += begins[index]
        rows.append(
            {
                "position": index + 1,
                "reads": number,
                "mean_quality": mean_quality(float(scores[index] @ np.array(ERROR)), number) or 0.0,
                "lower_quartile": lower,
                "median": median,
                "upper_quartile": upper,
                "gc": (of["G"] + of["C"]) / known if known else None,
                "unknown": int(bases[index, ord("N")]) / number,
                "adapter": begun / len(reads),
            }
        )
    return rows


def judge(reads: list[Read], adapter: str) -> list[Check]:
    """Return the figures of reads, compared with the limits."""
    rows = by_position(reads, adapter)
    lengths = {len(read.bases) for read in reads}
    means = Counter(
        math.floor(round(mean, 9))
        for read in reads
        if (mean := mean_quality(expected_errors(read.qualities), len(read.bases))) is not None
    )
    return [
        _unjudged("reads", len(reads), "reads"),
        _unjudged("GC", gc_share("".join(read.bases for read in reads)), "ratio"),
        _lengths(lengths),
        _lowest(min((min(read.qualities) for read in reads if read.bases), default=None)),
        _check("read quality", means.most_common(1)[0][0] if means else None, "Phred", 27, 20),
        _check(
            "lower quartile", min((r["lower_quartile"] for r in rows), default=None), "Phred", 10, 5
        ),
        _check("median", min((r["median"] for r in rows), default=None), "Phred", 25, 20),
        _check(
            "unknown bases", max((r["unknown"] for r in rows), default=None), "ratio", 0.05, 0.2
        ),
        _check("adapter", rows[-1]["adapter"] if rows else None, "ratio", 0.05, 0.1),
    ]


def _unjudged(figure: str, value: float | None, unit: str) -> Check:
    limits = "no limit"
    return {
        "figure": figure,
        "verdict": "not judged",
        "value": value,
        "unit": unit,
        "limits": limits,
    }


def _lengths(lengths: set[int]) -> Check:
    limits = "warn if reads differ in length, fail if a read has no bases"
    judged = "fail" if 0 in lengths else "warn" if len(lengths) > 1 else "pass"
    value, unit = len(lengths), "different lengths"
    return {"figure": "lengths", "verdict": judged, "value": value, "unit": unit, "limits": limits}


def _lowest(score: int | None) -> Check:
    check = _unjudged("lowest score", score, "Phred")
    if score is not None:
        check["verdict"] = "warn" if score >= OLDER else "pass"
    return check | {"limits": f"warn from {OLDER}: the file may have the older encoding Phred+64"}


def _check(figure: str, value: float | None, unit: str, warn: float, fail: float) -> Check:
    """Return a figure with its verdict; a figure without a value is not judged."""
    side = "above" if fail > warn else "below"
    return {
        "figure": figure,
        "verdict": "not judged" if value is None else verdict(value, warn, fail),
        "value": value,
        "unit": unit,
        "limits": f"warn {side} {warn:g}, fail {side} {fail:g}",
    }
