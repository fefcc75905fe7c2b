"""Takes poor ends and adapters off reads, and says which are good enough.

Poor ends are found as BWA does and Cutadapt documents ("Algorithm details", quality trimming): of the qualities less
the limit, summed from the end, the lowest sum tells where to cut. An adapter is taken off where it stands whole, or with
at least its first three bases at the end of the read. Reads with more than one error to expect are left out (R. C. Edgar
and H. Flyvbjerg, Bioinformatics 31 (2015) 3476-3482).
"""

from collections.abc import Sequence

from quality import expected_errors
from rows import RawRead, Trimmed

SHORTEST = 30
"""Bases that a read needs to be kept."""
MOST_ERRORS = 1.0
OVERLAP = 3
"""Bases of an adapter that have to be at the end of a read."""


def trim(read: RawRead, adapter: str, minimum_quality: float) -> Trimmed:
    """Return what is left of a read.

    Args:
        read: As it came.
        adapter: Its first bases; nothing is looked for when empty.
        minimum_quality: Ends are cut where quality stays below; nowhere when 0.
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
    """Return how many bases stay when the poor end is cut off.

    Args:
        scores: Quality of each base.
        minimum: Limit.
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
    """Return where an adapter begins; the number of bases when it is not there."""
    if not adapter:
        return len(bases)
    if (found := bases.find(adapter)) >= 0:
        return found
    longest = min(len(adapter) - 1, len(bases))
    for overlap in range(longest, OVERLAP - 1, -1):
        if bases.endswith(adapter[:overlap]):
            return len(bases) - overlap
    return len(bases)
