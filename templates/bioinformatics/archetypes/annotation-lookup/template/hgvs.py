"""Reads names of substitutions as HGVS writes them.

Rules and examples are those of the HGVS Nomenclature, version 21 (https://hgvs-nomenclature.org), "DNA substitution"
and "Protein substitution". What is not a substitution of one base in the coding sequence, or of one amino acid, is
rejected with the kind of the name.
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
# Other kinds of names, by their pattern; the first match counts.
OTHERS = {
    r"c\..*_.*|c\..*(del|ins|dup|inv|con)": "changes more than one base",
    r"c\.\*": "lies behind the coding sequence",
    r"c\.-": "lies before the coding sequence",
    r"c\.\(?\d+[+-]": "lies in an intron",
    r"c\.\(?\d+=": "says that nothing changed",
    r"[gmnor]\.": "does not count in the coding sequence (c.) or the protein (p.)",
    r"p\..*(fs|ext|del|ins|dup|_)": "changes more than one amino acid",
    r"p\.\(?(0|\?|=|Met1\?|M1\?)": "names no other amino acid",
}


class Substitution(NamedTuple):
    """One base or amino acid in place of another."""

    reference: str | None  # transcript, protein or gene that positions count in
    is_coding: bool  # of a base in the coding sequence, or of an amino acid
    position: int
    old: str
    new: str  # the same as the old one when a name says "="


def parse(name: str) -> Substitution:
    """Read a name such as NM_004006.2:c.76A>T, c.76A>T or NP_003997.1:p.(Trp24Cys).

    Raises:
        ValueError: It is another kind of name, or none; the message says which.
    """
    found = REFERENCE.fullmatch(name)
    reference = (found["inner"] or found["only"]) if found else None
    change = found["change"] if found else name
    if coding := CODING.fullmatch(change):
        if coding["old"] == coding["new"]:
            raise ValueError(f"{name} puts a base in place of itself")
        return Substitution(reference, True, int(coding["position"]), coding["old"], coding["new"])
    if protein := PROTEIN.fullmatch(change):
        old, new = (ONE_LETTER.get(protein[side], protein[side]) for side in ("old", "new"))
        if old == new:
            raise ValueError(
                f"{name} puts an amino acid in place of itself; write {protein['old']}{protein['position']}="
            )
        new = old if new == "=" else new
        return Substitution(reference, False, int(protein["position"]), old, new)
    what = next(
        (words for pattern, words in OTHERS.items() if re.match(pattern, change)),
        "is not a name of HGVS",
    )
    raise ValueError(f"{name} {what}; give a substitution such as c.76A>T or p.(Trp24Cys)")
