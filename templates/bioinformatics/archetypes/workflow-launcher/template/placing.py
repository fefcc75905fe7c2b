"""Places reads on a genome, and computes its coverage.

Short parts of a read that occur unchanged in the genome (seeds) are searched on both strands. Of the positions that
they indicate, the one with the fewest mismatches counts. Gaps are not supported: a read with an insertion or deletion
can only be placed if the gap is near an end of the read.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

from genome import reverse_complement
from rows import Covered, Placed, Summary, Trimmed

SEED = 14
STEP = 4
"""Bases from one seed to the next."""
WORST = 0.1
"""Maximum fraction of mismatches in a read."""
WINDOW = 100

Place = tuple[int, str, int, str]
"""Mismatches, chromosome, first base from 0, strand."""


class Places:
    """Index of the seeds of a genome."""

    def __init__(self, genome: dict[str, str]) -> None:
        """Index a genome, sequence by sequence."""
        self._genome = genome
        self._seeds: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, bases in genome.items():
            for start in range(len(bases) - SEED + 1):
                self._seeds[bases[start : start + SEED]].append((name, start))

    def place(self, read: Trimmed) -> Placed:
        """Return the best position of a read; the first one of equally good positions."""
        found = [*self._places(read["bases"], "+")]
        found += self._places(reverse_complement(read["bases"]), "-")
        best = min(found, default=None)
        row: Placed = {
            "sample": read["sample"],
            "number": read["number"],
            "length": read["length"],
            "chromosome": None,
            "position": None,
            "strand": None,
            "mismatches": None,
        }
        if best is not None and best[0] <= WORST * read["length"]:
            mismatches, chromosome, start, strand = best
            row |= {"chromosome": chromosome, "position": start + 1}
            row |= {"strand": strand, "mismatches": mismatches}
        return row

    def _places(self, bases: str, strand: str) -> Iterator[Place]:
        """Yield the positions that the seeds of a read indicate, if the complete read is inside the sequence."""
        tried = set()
        for offset in range(0, len(bases) - SEED + 1, STEP):
            for name, at in self._seeds.get(bases[offset : offset + SEED], []):
                start = at - offset
                target = self._genome[name][max(start, 0) : start + len(bases)]
                if (name, start) in tried or len(target) < len(bases) or start < 0:
                    continue
                tried.add((name, start))
                mismatches = sum(one != other for one, other in zip(bases, target, strict=True))
                yield mismatches, name, start, strand


def coverage(genome: dict[str, str], placed: list[Placed]) -> list[Covered]:
    """Return the read depth of each window of a genome in each sample."""
    depths = {
        (sample, name): [0] * len(bases)
        for sample in dict.fromkeys(read["sample"] for read in placed)
        for name, bases in genome.items()
    }
    for read in placed:
        if read["chromosome"] is not None and read["position"] is not None:
            depth = depths[read["sample"], read["chromosome"]]
            for place in range(read["position"] - 1, read["position"] - 1 + read["length"]):
                depth[place] += 1
    rows: list[Covered] = []
    for (sample, chromosome), depth in depths.items():
        for start in range(0, len(depth), WINDOW):
            window = depth[start : start + WINDOW]
            rows.append(
                {
                    "sample": sample,
                    "chromosome": chromosome,
                    "start": start + 1,
                    "end": start + len(window),
                    "depth": sum(window) / len(window),
                    "covered": sum(one > 0 for one in window) / len(window),
                }
            )
    return rows


def summary(
    sample: str, trimmed: list[Trimmed], placed: list[Placed], covered: list[Covered]
) -> Summary:
    """Return the number of reads of a sample after each step, and their coverage."""
    reads = [read for read in trimmed if read["sample"] == sample]
    found = [read for read in placed if read["sample"] == sample and read["position"] is not None]
    windows = [(row["end"] - row["start"] + 1, row) for row in covered if row["sample"] == sample]
    bases = sum(size for size, _ in windows) or 1
    depth = sum(read["length"] for read in found) / bases
    return {
        "sample": sample,
        "reads": len(reads),
        "kept": sum(read["kept"] for read in reads),
        "placed": len(found),
        "depth": depth,
        "covered": sum(size * row["covered"] for size, row in windows) / bases,
        "expected": expected_share(depth),
    }


def expected_share(depth: float) -> float:
    """Return the expected covered fraction of a genome at a mean depth (Lander and Waterman 1988)."""
    return 1 - math.exp(-depth)
