"""Reads HGVS names of substitutions.

Rules and examples are from the HGVS Nomenclature, version 21 (https://hgvs-nomenclature.org), "DNA substitution" and
"Protein substitution". A name that is not a substitution of one base in the coding sequence, or of one amino acid, is
rejected with the reason.
"""

import re
from typing import NamedTuple

from codons import ONE_LETTER, THREE_LETTERS

REFERENCE = re.compile(
    r"(?:(?P<outer>[\w.-]+)\((?P<inner>[\w.-]+)\)|(?P<only>[\w.-]+)):(?P<change>.+)", re.ASCII
)
CODING = re.compile(
    r"c\.(?P<open>\()?(?P<position>[1-9]\d{0,8})(?P<old>[ACGT])>(?P<new>[ACGT])(?(open)\))",
    re.ASCII,
)
AMINO = "|".join([*ONE_LETTER, *map(re.escape, THREE_LETTERS)])
PROTEIN = re.compile(
    rf"p\.(?P<open>\()?(?P<old>{AMINO})(?P<position>[1-9]\d{{0,8}})(?P<new>{AMINO}|=)(?(open)\))",
    re.ASCII,
)
# Reasons for rejected names, by pattern; the first match counts.
OTHERS = {
    r"c\..*_.*|c\..*(del|ins|dup|inv|con)": "changes more than one base",
    r"c\.\*": "is after the coding sequence",
    r"c\.-": "is before the coding sequence",
    r"c\.\(?\d+[+-]": "is in an intron",
    r"c\.\(?\d+=": "describes no change",
    r"[gmnor]\.": "does not refer to the coding sequence (c.) or the protein (p.)",
    r"p\..*(fs|ext|del|ins|dup|_)": "changes more than one amino acid",
    r"p\.\(?(0|\?|=|Met1\?|M1\?)": "names no new amino acid",
}


class Substitution(NamedTuple):
    """Substitution of one base or amino acid."""

    reference: str | None  # transcript, protein or gene of the position
    is_coding: bool  # a base in the coding sequence, otherwise an amino acid
    position: int
    old: str
    new: str  # the same as the old one if the name ends with "="


def parse(name: str) -> Substitution:
    """Read a name such as NM_004006.2:c.76A>T, c.76A>T or NP_003997.1:p.(Trp24Cys).

    Raises:
        ValueError: The name is not a substitution; the message contains the reason.
    """
    found = REFERENCE.fullmatch(name)
    reference = (found["inner"] or found["only"]) if found else None
    change = found["change"] if found else name
    if coding := CODING.fullmatch(change):
        if coding["old"] == coding["new"]:
            raise ValueError(f"{name} replaces a base with itself; correct one of the bases")
        return Substitution(reference, True, int(coding["position"]), coding["old"], coding["new"])
    if protein := PROTEIN.fullmatch(change):
        old, new = (ONE_LETTER.get(protein[side], protein[side]) for side in ("old", "new"))
        if old == new:
            raise ValueError(
                f"{name} replaces an amino acid with itself; write {protein['old']}{protein['position']}="
            )
        new = old if new == "=" else new
        return Substitution(reference, False, int(protein["position"]), old, new)
    problem = next(
        (reason for pattern, reason in OTHERS.items() if re.match(pattern, change)),
        "is not a valid HGVS name",
    )
    raise ValueError(f"{name!r} {problem}; use a substitution such as c.76A>T or p.(Trp24Cys)")
