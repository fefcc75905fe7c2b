"""Reads the sequences of a genome, and returns their reverse strand."""

from pathlib import Path

from bailiwick import InvalidData

COMPLEMENT = str.maketrans("ACGT", "TGCA")


def read_fasta(path: Path) -> dict[str, str]:
    """Return the sequences of a FASTA file by the first word of their titles.

    Raises:
        InvalidData: The file has text before the first title, or characters that are not bases.
    """
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(">"):
            lines = found.setdefault((line[1:].split() or [""])[0], [])
        elif line and (lines is None or set(line.upper()) - set("ACGTN")):
            message = f"{path.name}, line {number}: must be a title after >, or A, C, G, T and N"
            raise InvalidData(message)
        elif lines is not None:
            lines.append(line.upper())
    return {name: "".join(lines) for name, lines in found.items()}


def reverse_complement(bases: str) -> str:
    """Return the bases of the reverse strand, from its start."""
    return bases.translate(COMPLEMENT)[::-1]
