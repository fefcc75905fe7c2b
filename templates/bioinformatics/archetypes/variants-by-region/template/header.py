"""Reads the header of a VCF file: the definitions of its fields, and the names of its samples.

Section numbers refer to "The Variant Call Format Specification, VCFv4.3" (https://samtools.github.io/hts-specs).
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

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")


class Field(NamedTuple):
    """Number and type of the values of a key of INFO or FORMAT (sections 1.4.2 and 1.4.4)."""

    number: str = "."
    type: str = "String"


class Header(NamedTuple):
    """Lines before the first variant."""

    encodes: bool  # whether characters are percent-encoded, such as %3B, as since version 4.3
    info: dict[str, Field]
    formats: dict[str, Field]
    contigs: tuple[str, ...]
    samples: tuple[str, ...]


def read_header(lines: Iterator[tuple[int, str]]) -> Header:
    """Read the header from numbered lines, and leave the iterator at the first variant.

    Raises:
        VcfError: The header is incomplete, or contradicts the specification.
    """
    number, first = next(lines, (1, ""))
    version = first.removeprefix("##fileformat=")
    if first == version or version not in VERSIONS:
        known = ", ".join(VERSIONS)
        raise VcfError(number, f"a VCF file must start with ##fileformat= and one of {known}")
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
                raise VcfError(number, f"{kind} defines {name} twice; delete one of the lines")
            found[kind][name] = field
        elif kind == "contig":
            contigs.append(_pairs(number, text).get("ID", ""))
    raise VcfError(number, "the line with #CHROM is missing; add it before the variants")


def _pairs(number: int, text: str) -> dict[str, str]:
    """Read the keys and values between < and >, some of which are quoted (section 1.2)."""
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
        raise VcfError(number, 'the line must have the form <ID=…,Description="…">')
    return pairs


def _field(number: int, pairs: dict[str, str]) -> tuple[str, Field]:
    """Return the name of a key, and the definition of its values."""
    name, field = pairs.get("ID", ""), Field(pairs.get("Number", ""), pairs.get("Type", ""))
    if not name:
        raise VcfError(number, "the field has no ID; add one")
    if not NUMBER.fullmatch(field.number):
        raise VcfError(number, f"the Number of {name} must be A, R, G, . or a whole number")
    if field.type not in TYPES:
        raise VcfError(number, f"the Type of {name} must be one of {', '.join(TYPES)}")
    return name, field


def _samples(number: int, columns: list[str]) -> tuple[str, ...]:
    """Return the names of the samples after checking the fixed columns (section 1.5)."""
    if columns[:8] != COLUMNS or columns[8:9] not in ([], ["FORMAT"]):
        wanted = " ".join([*COLUMNS, "FORMAT"])
        raise VcfError(number, f"the columns must be {wanted} and the samples, separated by tabs")
    samples = columns[9:]
    if twice := sorted({name for name in samples if samples.count(name) > 1 or not name}):
        raise VcfError(number, f"the sample {twice[0]!r} occurs twice or has no name; rename it")
    return tuple(samples)


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Number lines from 1, and remove their line ends."""
    return ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, start=1))
