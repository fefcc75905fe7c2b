"""Reads FASTQ with Sanger qualities, plain or compressed with gzip.

The format is that of P. J. A. Cock et al., "The Sanger FASTQ file format for sequences with quality scores, and the
Solexa/Illumina FASTQ variants", Nucleic Acids Research 38 (2010) 1767-1771: a title after "@", the bases, a line with
"+" that may repeat the title, and one character for each base: its quality plus 33. Bases and qualities can span
several lines.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bailiwick import InvalidData

LOWEST, HIGHEST = "!", "~"
BASES = frozenset("ACGTUNRYSWKMBDHV")  # IUPAC codes
LONGEST = 200_000  # bases of a read
LARGEST = 100_000_000  # bytes of a decompressed file
TO_SCORES = bytes.maketrans(bytes(range(33, 127)), bytes(range(94)))


class FastqError(InvalidData):
    """A file is not valid FASTQ; the message names the line."""


class Read(NamedTuple):
    """One read."""

    title: str
    bases: str
    qualities: bytes  # one number for each base, 0 to 93


def read_fastq(path: Path) -> Iterator[Read]:
    """Yield the reads of a file.

    Raises:
        FastqError: The file, or its decompressed content, is not valid FASTQ.
    """
    return parse(_lines(path))


def parse(lines: Iterable[str]) -> Iterator[Read]:
    """Yield the reads in lines of text.

    Raises:
        FastqError: A read is incomplete or has invalid characters, or there are no reads.
    """
    numbered = enumerate(lines, start=1)
    end = 0
    for start, line in numbered:
        if not line:
            continue
        if not line.startswith("@"):
            raise _error(start, f'a read must start with "@", not {_shown(line)}')
        title = line[1:]
        bases, again, middle = _bases(numbered, start)
        if again not in ("", title):
            problem = f'the title after "+" must be empty or the title of the read, {_shown(title)}'
            raise _error(middle, problem)
        qualities, end = _qualities(numbered, middle, len(bases))
        yield Read(title, bases, qualities)
    if not end:
        raise FastqError("the file contains no reads; check whether it is the right file")


def _bases(numbered: Iterator[tuple[int, str]], start: int) -> tuple[str, str, int]:
    """Return the bases up to the line with "+", the text after the "+", and the number of that line."""
    title = start
    bases: list[str] = []
    length = 0
    for number, line in numbered:
        if line.startswith("+"):
            return "".join(bases), line[1:], number
        if wrong := set(line.upper()) - BASES:
            problem = f"{_shown(min(wrong))} is not a base; check whether a line with + is missing"
            raise _error(number, problem)
        bases.append(line.upper())
        length += len(line)
        if length > LONGEST:
            raise _error(number, f"the read has more than {LONGEST} bases; remove it")
        start = number
    raise _error(
        start, f'the file ends within the read of line {title}, before its "+"; copy it again'
    )


def _qualities(numbered: Iterator[tuple[int, str]], start: int, length: int) -> tuple[bytes, int]:
    """Return one quality for each base, and the number of the last line with qualities."""
    qualities = b""
    number = start
    while len(qualities) < length:
        number, line = next(numbered, (number, None))
        if line is None:
            problem = f"the file ends after {len(qualities)} of {length} qualities; copy it again"
            raise _error(number, problem)
        if wrong := [sign for sign in line if not LOWEST <= sign <= HIGHEST]:
            problem = f"{_shown(wrong[0])} is not a quality; use the characters ! (0) to ~ (93)"
            raise _error(number, problem)
        qualities += line.encode().translate(TO_SCORES)
    if len(qualities) > length:
        raise _error(
            number, f"{len(qualities)} qualities for {length} bases; each base must have one"
        )
    return qualities, number


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file without line ends, decompressed if the file starts like gzip."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    number = size = 0
    with gzip.open(path) if packed else path.open("rb") as file:
        try:
            while line := file.readline(LONGEST + 2):
                number, size = number + 1, size + len(line)
                if len(line) > LONGEST + 1 or size > LARGEST:
                    raise _error(number, "the line or the file is too long; use a part of the file")
                yield line.decode("ascii").rstrip("\r\n")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _error(
                number + 1, f"gzip cannot decompress the file ({error}); copy it again"
            ) from None
        except UnicodeDecodeError:
            raise _error(
                number, "the file is not ASCII text; use FASTQ, plain or compressed with gzip"
            ) from None


def _error(number: int, problem: str) -> FastqError:
    return FastqError(f"line {number}: {problem}")


def _shown(text: str, limit: int = 30) -> str:
    return repr(text if len(text) <= limit else f"{text[:limit]}…")
