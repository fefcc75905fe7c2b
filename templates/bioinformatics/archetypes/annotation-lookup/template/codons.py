"""Codons and what they mean by the standard genetic code.

The code is table 1 of NCBI, "The Genetic Codes" (https://www.ncbi.nlm.nih.gov/Taxonomy/Utils/wprintgc.cgi), whose line
"AAs" stands here as it is printed there: the bases run T, C, A, G, the third one fastest.
"""

import itertools

AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = dict(zip(map("".join, itertools.product("TCAG", repeat=3)), AMINO_ACIDS, strict=True))

# Three letters for one (IUPAC and IUBMB); Ter is a stop, as HGVS writes it.
NAMES = "AlaArgAsnAspCysGlnGluGlyHisIleLeuLysMetPheProSerThrTrpTyrValTer"
THREE_LETTERS = {
    one: NAMES[3 * place : 3 * place + 3] for place, one in enumerate("ARNDCQEGHILKMFPSTWYV*")
}
ONE_LETTER = {three: one for one, three in THREE_LETTERS.items()}


def translate(coding: str) -> str:
    """Return the amino acids of a coding sequence in one letter each; "*" is a stop."""
    return "".join(CODE[coding[at : at + 3]] for at in range(0, len(coding), 3))


def consequence(position: int, before: str, after: str) -> str:
    """Return the effect of a changed codon on the protein.

    Args:
        position: Place of the codon, from 1.
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
    """Name the predicted change of the protein as HGVS does, in parentheses.

    A lost start is p.(Met1?), as nobody knows where translation begins instead. After a lost stop no new one is looked
    for, so the length of the tail is open: p.(Ter327ArgextTer?).

    Args:
        position: Place of the codon, from 1.
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
