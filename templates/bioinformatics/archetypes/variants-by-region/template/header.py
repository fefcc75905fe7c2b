"""Reads the header of a VCF file: what its fields mean, and whose genotypes it holds.

Sections are those of "The Variant Call Format Specification, VCFv4.3" (https://samtools.github.io/hts-specs).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bailiwick import InvalidData

VERSIONS = ("VCFv4.1", "VCFv4.2", "VCFv4.3")
COLUMNS = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
TYPES = ("Integer", "Float", "Flag", "Character", "String")
PAIR = re.compile(r'([A-Za-z_][\w.]*)=("(?:[^"\\]|\\.)*"|[^",]*)(?:,|$)')
NUMBER = re.compile(r"[ARG.]|\d{1,9}", re.ASCII)


class VcfError(InvalidData):
    """A file is not valid VCF; the message names the line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")


class Field(NamedTuple):
    """How many values a key of INFO or FORMAT has, and of which type (sections 1.4.2 and 1.4.4)."""

    number: str = "."
    type: str = "String"


class Header(NamedTuple):
    """What stands before the first variant."""

    encodes: bool  # whether %3B and the like stand for characters, as since version 4.3
    info: dict[str, Field]
    formats: dict[str, Field]
    contigs: tuple[str, ...]
    samples: tuple[str, ...]


def read_header(lines: Iterator[tuple[int, str]]) -> Header:
    """Take the header from numbered lines and leave the iterator at the first variant.

    Raises:
        VcfError: It is not whole, or contradicts the specification.
    """
    number, first = next(lines, (1, ""))
    version = first.removeprefix("##fileformat=")
    if first == version or version not in VERSIONS:
        known = ", ".join(VERSIONS)
        raise VcfError(number, f"a VCF file begins with ##fileformat= and one of {known}")
    found: dict[str, dict[str, Field]] = {"INFO": {}, "FORMAT": {}}
    contigs: list[str] = []
    for number, line in lines:
        if line.startswith("#CHROM"):
            samples = _samples(number, line.split("\t"))
            encodes = version >= "VCFv4.3"
            return Header(encodes, found["INFO"], found["FORMAT"], tuple(contigs), samples)
        if not line.startswith("##"):
            break
        kind, _, text = line[2:].partition("=")
        if kind in found:
            name, field = _field(number, _pairs(number, text))
            if name in found[kind]:
                raise VcfError(number, f"{kind} has {name} twice; delete one of them")
            found[kind][name] = field
        elif kind == "contig":
            contigs.append(_pairs(number, text).get("ID", ""))
    raise VcfError(number, "the line that begins with #CHROM is missing before the variants")


def _pairs(number: int, text: str) -> dict[str, str]:
    """Read what stands between < and >: keys and values, some of them quoted (section 1.2)."""
    inside = text[1:-1] if text.startswith("<") and text.endswith(">") else ""
    pairs: dict[str, str] = {}
    place = 0
    for match in PAIR.finditer(inside):
        if match.start() != place:
            break
        key, value = match[1], match[2]
        quoted = value.startswith('"')
        pairs[key] = re.sub(r"\\(.)", r"\1", value[1:-1]) if quoted else value
        place = match.end()
    if not inside or place != len(inside):
        raise VcfError(number, 'it is not of the form <ID=…,Description="…">')
    return pairs


def _field(number: int, pairs: dict[str, str]) -> tuple[str, Field]:
    """Return the name of a key and what its values are."""
    name, field = pairs.get("ID", ""), Field(pairs.get("Number", ""), pairs.get("Type", ""))
    if not name:
        raise VcfError(number, "a field has no ID")
    if not NUMBER.fullmatch(field.number):
        raise VcfError(number, f"the Number of {name} is none of A, R, G, . or a whole number")
    if field.type not in TYPES:
        raise VcfError(number, f"the Type of {name} is none of {', '.join(TYPES)}")
    return name, field


def _samples(number: int, columns: list[str]) -> tuple[str, ...]:
    """Return the names of the samples after checking the fixed columns (section 1.5)."""
    if columns[:8] != COLUMNS or columns[8:9] not in ([], ["FORMAT"]):
        wanted = " ".join([*COLUMNS, "FORMAT"])
        raise VcfError(number, f"the columns must be {wanted} and the samples, separated by tabs")
    samples = columns[9:]
    if twice := sorted({name for name in samples if samples.count(name) > 1 or not name}):
        raise VcfError(number, f"the sample {twice[0]!r} is there twice or has no name; rename it")
    return tuple(samples)


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Number lines from 1 and take their ends off."""
    return ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, start=1))
