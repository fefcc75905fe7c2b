"""Reads FASTQ with Sanger qualities, plain or compressed with gzip.

The format is that of P. J. A. Cock et al., "The Sanger FASTQ file format for sequences with quality scores, and the
Solexa/Illumina FASTQ variants", Nucleic Acids Research 38 (2010) 1767-1771: a title after "@", the bases, a line with
"+" that may repeat the title, and one character for each base: its quality plus 33. Bases and qualities may go over
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
LARGEST = 100_000_000  # bytes of a file when unpacked
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
        FastqError: The file, or what gzip packed into it, is not valid FASTQ.
    """
    return parse(_lines(path))


def parse(lines: Iterable[str]) -> Iterator[Read]:
    """Yield the reads in lines of text.

    Raises:
        FastqError: A read is not whole or has characters that mean nothing, or there is none.
    """
    numbered = enumerate(lines, start=1)
    end = 0
    for start, line in numbered:
        if not line:
            continue
        if not line.startswith("@"):
            raise _error(start, f'a read begins with "@", and here stands {_shown(line)}')
        title = line[1:]
        bases, again, middle = _bases(numbered, start)
        if again not in ("", title):
            raise _error(middle, f'the title after "+" is not that of the read, {_shown(title)}')
        qualities, end = _qualities(numbered, middle, len(bases))
        yield Read(title, bases, qualities)
    if not end:
        raise FastqError("there is no read in it; is it the right file?")


def _bases(numbered: Iterator[tuple[int, str]], start: int) -> tuple[str, str, int]:
    """Return the bases up to the line with "+", what stands after it, and the number of that line."""
    title = start
    bases: list[str] = []
    length = 0
    for number, line in numbered:
        if line.startswith("+"):
            return "".join(bases), line[1:], number
        if wrong := set(line.upper()) - BASES:
            raise _error(number, f"{_shown(min(wrong))} is not a base; is a line with + missing?")
        bases.append(line.upper())
        length += len(line)
        if length > LONGEST:
            raise _error(number, f"a read has more than {LONGEST} bases; leave it out")
        start = number
    raise _error(
        start, f'the file ends within the read of line {title}, before its "+"; get it again'
    )


def _qualities(numbered: Iterator[tuple[int, str]], start: int, length: int) -> tuple[bytes, int]:
    """Return as many qualities as there are bases, and the number of their last line."""
    qualities = b""
    number = start
    while len(qualities) < length:
        number, line = next(numbered, (number, None))
        if line is None:
            what = (
                f"{len(qualities)} of {length} qualities are there when the file ends; get it again"
            )
            raise _error(number, what)
        if wrong := [sign for sign in line if not LOWEST <= sign <= HIGHEST]:
            raise _error(number, f"{_shown(wrong[0])} is not a quality; they go from ! (0) to ~ (93)")
        qualities += line.encode().translate(TO_SCORES)
    if len(qualities) > length:
        raise _error(
            number, f"{len(qualities)} qualities for {length} bases; there must be one for each"
        )
    return qualities, number


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file without their ends, unpacked when it begins as gzip does."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    number = size = 0
    with gzip.open(path) if packed else path.open("rb") as file:
        try:
            while line := file.readline(LONGEST + 2):
                number, size = number + 1, size + len(line)
                if len(line) > LONGEST + 1 or size > LARGEST:
                    raise _error(number, "the line or the file is too long; give a part of it")
                yield line.decode("ascii").rstrip("\r\n")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _error(
                number + 1, f"gzip cannot unpack it ({error}); get the file again"
            ) from None
        except UnicodeDecodeError:
            raise _error(
                number, "it is not text in ASCII; give FASTQ, plain or packed by gzip"
            ) from None


def _error(number: int, what: str) -> FastqError:
    return FastqError(f"line {number}: {what}")


def _shown(text: str, limit: int = 30) -> str:
    return repr(text if len(text) <= limit else f"{text[:limit]}…")
