"""Trims low-quality ends and adapters, and decides which reads are kept.

Quality trimming uses the algorithm of BWA as documented by Cutadapt ("Algorithm details", quality trimming). The limit
is subtracted from the qualities, the differences are summed from the end, and the read is cut at the minimum sum.
Adapter trimming removes a complete adapter, or at least its first three bases at the end of the read, and all bases
after it. Reads with more than one expected error are not kept (R. C. Edgar and H. Flyvbjerg, Bioinformatics 31 (2015)
3476-3482).
"""

from collections.abc import Sequence

from quality import expected_errors
from rows import RawRead, Trimmed

SHORTEST = 30
"""Minimum number of bases of a kept read."""
MOST_ERRORS = 1.0
OVERLAP = 3
"""Minimum number of bases of a partial adapter at the end of a read."""


def trim(read: RawRead, adapter: str, minimum_quality: float) -> Trimmed:
    """Return a trimmed read.

    Args:
        read: Unmodified read.
        adapter: First bases of the adapter; empty for no adapter trimming.
        minimum_quality: Ends with a lower quality are removed; 0 for no quality trimming.
    """
    scores = [ord(sign) - 33 for sign in read["qualities"]]
    good = good_end(scores, minimum_quality)
    end = adapter_start(read["bases"][:good], adapter)
    errors = expected_errors(scores[:end])
    return {
        "sample": read["sample"],
        "number": read["number"],
        "bases": read["bases"][:end],
        "length": end,
        "poor": len(scores) - good,
        "adapter": good - end,
        "expected_errors": errors,
        "kept": end >= SHORTEST and errors <= MOST_ERRORS,
    }


def good_end(scores: Sequence[int], minimum: float) -> int:
    """Return the number of bases before the low-quality end.

    Args:
        scores: Quality of each base.
        minimum: Minimum quality.
    """
    total = lowest = 0.0
    end = len(scores)
    for place in range(len(scores) - 1, -1, -1):
        total += scores[place] - minimum
        if total > 0:
            break
        if total < lowest:
            lowest, end = total, place
    return end


def adapter_start(bases: str, adapter: str) -> int:
    """Return the start of an adapter; the number of bases without an adapter."""
    if not adapter:
        return len(bases)
    if (found := bases.find(adapter)) >= 0:
        return found
    longest = min(len(adapter) - 1, len(bases))
    for overlap in range(longest, OVERLAP - 1, -1):
        if bases.endswith(adapter[:overlap]):
            return len(bases) - overlap
    return len(bases)
