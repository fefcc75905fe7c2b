"""Reads one line of a VCF file, a variant with its samples (section 1.6 of VCFv4.3).

Values in INFO and of samples are checked against the header. Values that the header does not declare are text.
"""

import re
from typing import NamedTuple

from header import Field, Header, VcfError
from values import FLOAT, INTEGER, Value, field_of, read_values

Genotype = tuple[int | None, ...]

BASES = re.compile("[ACGTN]+", re.IGNORECASE)
PLACE = r"[\[\]][^\[\]\s]+:\d+[\[\]]"  # position of the other end of a breakend
ALTERNATIVE = re.compile(
    rf"[ACGTN]+|\*|<[^<>\s,]+>|\.[ACGTN]+|[ACGTN]+\.|{PLACE}[ACGTN.]+|[ACGTN.]+{PLACE}",
    re.IGNORECASE,
)
GENOTYPE = re.compile(r"(\.|\d{1,9})([/|](\.|\d{1,9}))*", re.ASCII)


class Variant(NamedTuple):
    """One line of a VCF file (section 1.6)."""

    line: int
    chromosome: str
    position: int
    identifier: str | None
    reference: str
    alternatives: tuple[str, ...]
    quality: float | None
    filter: str | None
    info: dict[str, list[Value]]
    calls: list[dict[str, list[Value]]]
    genotypes: list[Genotype]

    @property
    def end(self) -> int:
        """Last position of the reference that the variant affects."""
        end = self.info.get("END", [None])[0]
        return end if isinstance(end, int) else self.position + len(self.reference) - 1


class Line:
    """Parser of one line."""

    def __init__(self, header: Header, number: int, line: str) -> None:
        self._header, self._number, self._columns = header, number, line.split("\t")

    def variant(self) -> Variant:
        """Read all columns.

        Raises:
            VcfError: A column contradicts the header or the specification.
        """
        wanted = 9 + len(self._header.samples) if self._header.samples else 8
        if not wanted <= len(self._columns) <= max(wanted, 9):
            raise self._error(f"{len(self._columns)} columns, but the header has {wanted}")
        chromosome, position, identifier, reference, alternatives, quality = self._columns[:6]
        if not INTEGER.fullmatch(position) or int(position) not in range(2**31):
            raise self._error(f"POS {position!r} is not a position")
        if not BASES.fullmatch(reference):
            raise self._error(f"REF {reference!r} must consist of A, C, G, T and N")
        others = () if alternatives == "." else tuple(alternatives.split(","))
        for other in others:
            if not ALTERNATIVE.fullmatch(other):
                raise self._error(f"ALT {other!r} must be bases, *, <…> or a breakend")
            if others.count(other) > 1:
                raise self._error(f"ALT contains {other} twice; delete one of them")
        if not chromosome or re.search(r"[\s,]", chromosome):
            raise self._error(f"CHROM {chromosome!r} is not a valid name of a chromosome")
        if identifier != "." and not re.fullmatch(r"[^\s;]+(;[^\s;]+)*", identifier):
            raise self._error(f"ID {identifier!r} must be . or a list of names")
        calls = self._calls(len(others))
        variant = Variant(
            self._number,
            chromosome,
            int(position),
            None if identifier == "." else identifier,
            reference.upper(),
            tuple(other if other.startswith("<") else other.upper() for other in others),
            self._quality(quality),
            self._filter(self._columns[6]),
            self._info(self._columns[7], len(others)),
            calls,
            [self._genotype(call, len(others)) for call in calls],
        )
        if variant.end < variant.position:
            raise self._error(f"END {variant.end} is before POS {variant.position}")
        return variant

    def _quality(self, text: str) -> float | None:
        if text == ".":
            return None
        if not FLOAT.fullmatch(text) or not float(text) >= 0:
            raise self._error(f"QUAL {text!r} is not a number of at least 0")
        return float(text)

    def _filter(self, text: str) -> str | None:
        names = text.split(";")
        odd = {"", "0"} | ({"."} if len(names) > 1 else set())
        if odd & set(names) or re.search(r"[\s,]", text) or len(set(names)) < len(names):
            raise self._error(f"FILTER {text!r} must be PASS, . or a list of filters")
        return None if text == "." else text

    def _info(self, text: str, others: int) -> dict[str, list[Value]]:
        """Read keys and values, separated by ";" (section 1.6.1, INFO)."""
        found: dict[str, list[Value]] = {}
        for item in [] if text == "." else text.split(";"):
            key, equals, value = item.partition("=")
            if not re.fullmatch(r"[A-Za-z_][\w.]*|1000G", key):
                raise self._error(f"INFO has the invalid key {key!r}")
            if key in found:
                raise self._error(f"INFO contains {key} twice; delete one of them")
            field = field_of(self._header.info, key, "String" if equals else "Flag")
            if field.type == "Flag" and value in ("", "0", "1"):
                found[key] = [value != "0"]
            elif not equals:
                raise self._error(f"INFO {key} has no value")
            else:
                found[key] = self._values(key, value, field, others)
        return found

    def _calls(self, others: int) -> list[dict[str, list[Value]]]:
        """Read the fields of FORMAT for each sample; fields at the end can be omitted (section 1.6.2)."""
        keys = self._columns[8].split(":") if self._columns[9:] else []
        if "GT" in keys[1:] or len(set(keys)) < len(keys):
            raise self._error("FORMAT must contain each key once, and GT first")
        if odd := [key for key in keys if not re.fullmatch(r"[A-Za-z_][\w.]*", key)]:
            raise self._error(f"FORMAT has the invalid key {odd[0]!r}")
        fields = [field_of(self._header.formats, key, "String") for key in keys]
        calls = []
        for sample, text in zip(self._header.samples, self._columns[9:], strict=True):
            values = text.split(":")
            if len(values) > len(keys):
                raise self._error(f"{sample} has {len(values)} fields, but FORMAT has {len(keys)}")
            call: dict[str, list[Value]] = {}
            for key, value, field in zip(keys, values, fields, strict=False):
                call[key] = [value] if key == "GT" else self._values(key, value, field, others)
            calls.append(call)
        return calls

    def _genotype(self, call: dict[str, list[Value]], others: int) -> Genotype:
        """Return the alleles of a call: 0 is the reference, None is unknown."""
        text = str(call.get("GT", ["."])[0])
        if not GENOTYPE.fullmatch(text):
            raise self._error(f"GT {text!r} is not a genotype such as 0/1")
        alleles = [None if one == "." else int(one) for one in re.split("[/|]", text)]
        if any(one is not None and one > others for one in alleles):
            raise self._error(f"GT {text!r} names an allele that is missing in ALT")
        return tuple(alleles)

    def _values(self, key: str, text: str, field: Field, others: int) -> list[Value]:
        try:
            return read_values(text, field, others, encodes=self._header.encodes)
        except ValueError as error:
            raise self._error(f"{key} {error}") from None

    def _error(self, problem: str) -> VcfError:
        return VcfError(self._number, problem)
