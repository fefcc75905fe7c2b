"""Reads the variants of a VCF file, plain or compressed with gzip or bgzip.

The format is that of "The Variant Call Format Specification, VCFv4.3" (https://samtools.github.io/hts-specs).
"""

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

from header import Header, VcfError, numbered, read_header
from variant import Line, Variant

LARGEST = 100_000_000  # bytes of a decompressed file


def read_vcf(path: Path) -> tuple[Header, list[Variant]]:
    """Read a file.

    Raises:
        VcfError: The file is not valid VCF, or a line contradicts the header or the specification.
    """
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode("utf-8")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise VcfError(1, f"gzip cannot decompress the file ({error}); copy it again") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise VcfError(line, "the file is not text in UTF-8; convert BCF to VCF first") from None
    if len(content) > LARGEST:
        raise VcfError(1, f"the file has more than {LARGEST} bytes; use a part of it")
    return parse(text.split("\n"))


def parse(lines: Iterable[str]) -> tuple[Header, list[Variant]]:
    """Read the lines of a file.

    Raises:
        VcfError: A line contradicts the header or the specification.
    """
    rest = numbered(lines)
    header = read_header(rest)
    variants: list[Variant] = []
    lines_of: dict[tuple[object, ...], int] = {}
    for number, line in rest:
        if line:
            variant = Line(header, number, line).variant()
            earlier = lines_of.setdefault(_key(variant), number)
            if earlier != number:
                raise VcfError(number, f"line {earlier} has the same variant; delete one of them")
            variants.append(variant)
    return header, variants


def _key(variant: Variant) -> tuple[object, ...]:
    """Return a unique key of a variant; structural variants can be equal and are distinguished by their line."""
    alike = any("<" in other for other in variant.alternatives)
    return (*variant[1:3], *variant[4:6], variant.line if alike else 0)
