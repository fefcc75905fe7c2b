"""Regions of a genome in the notation of samtools: sim1, sim1:401 or sim1:401-1060, including the last base."""

import re
from collections.abc import Collection
from typing import NamedTuple

PLACES = re.compile(r"(?P<name>.+):(?P<start>[\d,]{1,20})(-(?P<end>[\d,]{1,20}))?", re.ASCII)
FAR = 2**31


class Region(NamedTuple):
    """Part of a chromosome; the first base is 1."""

    chromosome: str
    start: int = 0
    end: int = FAR

    def overlaps(self, chromosome: str, start: int, end: int) -> bool:
        """Return whether an interval shares a base with the region."""
        return chromosome == self.chromosome and start <= self.end and end >= self.start


def region_of(text: str, known: Collection[str]) -> Region:
    """Read a region; commas between digits are ignored.

    Args:
        text: Such as sim1:401-1060.
        known: Names of the chromosomes, which can contain colons.

    Raises:
        ValueError: The text is not a region, or the chromosome is unknown.
    """
    if text in known:
        return Region(text)
    found = PLACES.fullmatch(text)
    name = found["name"] if found else text
    if name not in known:
        raise ValueError(f"no chromosome {name!r}; available: {', '.join(sorted(known)) or 'none'}")
    if not found or not re.search(r"\d", found["start"]):
        raise ValueError(f"{text!r} is not a region such as {name}:1-1000")
    start = int(found["start"].replace(",", ""))
    end = int((found["end"] or "").replace(",", "") or start)
    if start < 1 or end < start:
        raise ValueError(
            f"the region {text} must start at 1 or later, and end at its start or later"
        )
    return Region(name, start, end)
