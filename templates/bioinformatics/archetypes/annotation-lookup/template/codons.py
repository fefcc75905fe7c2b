"""The standard genetic code, and the effects of changed codons.

The code is table 1 of NCBI, "The Genetic Codes" (https://www.ncbi.nlm.nih.gov/Taxonomy/Utils/wprintgc.cgi).
AMINO_ACIDS is its line "AAs": the order of bases is T, C, A, G, and the third base changes fastest.
"""

import itertools

AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = dict(zip(map("".join, itertools.product("TCAG", repeat=3)), AMINO_ACIDS, strict=True))

# Three-letter codes (IUPAC and IUBMB); Ter is a stop in HGVS.
NAMES = "AlaArgAsnAspCysGlnGluGlyHisIleLeuLysMetPheProSerThrTrpTyrValTer"
THREE_LETTERS = {
    one: NAMES[3 * place : 3 * place + 3] for place, one in enumerate("ARNDCQEGHILKMFPSTWYV*")
}
ONE_LETTER = {three: one for one, three in THREE_LETTERS.items()}


def translate(coding: str) -> str:
    """Return the amino acids of a coding sequence in one-letter codes; "*" is a stop."""
    return "".join(CODE[coding[at : at + 3]] for at in range(0, len(coding), 3))


def consequence(position: int, before: str, after: str) -> str:
    """Return the effect of a changed codon on the protein.

    Args:
        position: Position of the codon, from 1.
        before: Codon of the reference.
        after: Codon with the change.
    """
    old, new = CODE[before], CODE[after]
    if position == 1 and before != after:
        return "start lost"
    if old == new:
        return "synonymous"
    if old == "*":
        return "stop lost"
    return "nonsense" if new == "*" else "missense"


def protein_name(position: int, before: str, after: str) -> str:
    """Return the HGVS name of the predicted change of the protein, in parentheses.

    A lost start is p.(Met1?), because the new start of translation is unknown. After a lost stop, the next stop is not
    searched, so the length of the extension is unknown: p.(Ter327ArgextTer?).

    Args:
        position: Position of the codon, from 1.
        before: Codon of the reference.
        after: Codon with the change.
    """
    old, new = THREE_LETTERS[CODE[before]], THREE_LETTERS[CODE[after]]
    change = {
        "start lost": "?",
        "synonymous": "=",
        "stop lost": f"{new}extTer?",
    }.get(consequence(position, before, after), new)
    return f"p.({old}{position}{change})"
