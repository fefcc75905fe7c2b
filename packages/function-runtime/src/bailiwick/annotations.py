"""Type hints for authors, in addition to Python's own types.

Example:
    >>> from typing import Annotated, TypedDict
    >>> Symbol = Annotated[str, Vocabulary("Symbol", pattern="^[A-Z]{1,5}$")]
    >>> class Price(TypedDict):
    ...     symbol: Annotated[Symbol, Key]
    ...     price: Annotated[float, Column(description="Month-end price", unit="USD")]
    >>> def prices(symbols: list[Symbol]) -> Table[Price]:
    ...     '''Prices of the given symbols.'''
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from annotated_types import Ge, GroupedMetadata, Le
from pydantic import AfterValidator, Field
from pydantic.config import JsonDict

from bailiwick.checksums import checked, rule_of
from bailiwick.formats import DATE_TIME, TextFormat, aware, has_format

Row = TypeVar("Row")

if TYPE_CHECKING:
    import pandas as pd

    Table = pd.DataFrame | Sequence[Row]
else:

    class Table(Generic[Row]):
        """A result with one row type: a pandas DataFrame, or a sequence of ``Row``."""


_EDM = re.compile(
    r"Edm\.(String|Boolean|Int16|Int32|Int64|Single|Double|Decimal(\(\d{1,2},\d{1,2}\))?"
    r"|Date|DateTimeOffset|TimeOfDay|Duration|Guid)"
)
_LONGEST_FORMAT = 60


def _check_formats(edm: str | None, excel: str | None) -> None:
    """Check an OData type and a number format.

    Raises:
        ValueError: The type or the format is invalid; the message contains the remedy.
    """
    if edm is not None and not _EDM.fullmatch(edm):
        raise ValueError(
            f"edm={edm!r} is not a primitive type of OData; write a type such as Edm.Double"
        )
    if excel is not None and not 0 < len(excel) <= _LONGEST_FORMAT:
        raise ValueError(f"excel must have 1 to {_LONGEST_FORMAT} characters, such as '0.0%'")


@dataclass(frozen=True)
class Column:
    """Description of one result column for consumers.

    Attributes:
        description: One sentence; shown in the portal and to BI tools.
        unit: Unit of the numbers, for example ``USD``, ``ratio`` or ``1/year``.
        edm: Primitive type of the value in OData (CSDL 4.01, section 3.3), for example
            ``Edm.Decimal(19,4)`` with precision and scale.
        excel: Number format of its cells (ECMA-376 part 1, section 18.8.30), for example ``0.0%``.
    """

    description: str | None = None
    unit: str | None = None
    edm: str | None = None
    excel: str | None = None

    def __post_init__(self) -> None:
        """Check the formats."""
        _check_formats(self.edm, self.excel)


class _KeyMark:
    """Type of :data:`Key`."""

    def __repr__(self) -> str:
        return "Key"


Key: Final = _KeyMark()
"""Marks a column that belongs to the key: the key columns together identify a row."""


@dataclass(frozen=True)
class Vocabulary(GroupedMetadata):
    """Names a type in the words of a domain and says which values it allows.

    Attributes:
        name: The word, for example ``Symbol``; it is the column type in the contract.
        description: One sentence for forms and readers.
        unit: Unit of the numbers, for example ``USD``.
        edm: Primitive type of the value in OData, as in :class:`Column`.
        excel: Number format of its cells in Excel, as in :class:`Column`.
        pattern: Regular expression that the text must match; anchor it with ``^`` and ``$``.
        checksum: Rule of its check digit: ``gs1``, ``iban``, ``isin``, ``luhn`` or ``iso6346``.
        format: Format of its texts: ``decimal`` (of :class:`decimal.Decimal`), ``money`` (of
            :class:`bailiwick.Money`), ``currency``, ``month`` or ``time-zone`` (of ``str``), or
            ``date-time`` (of :class:`datetime.datetime` with an offset from UTC).
        minimum: Smallest number allowed.
        maximum: Largest number allowed.
        examples: Values to show in a form.
        options: Where a form finds the values to choose from, for example
            ``{"dataset": "stocks", "column": "symbol"}``; not enforced.
    """

    name: str
    description: str | None = None
    unit: str | None = None
    edm: str | None = None
    excel: str | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    examples: tuple[Any, ...] = ()
    options: dict[str, str] | None = None
    checksum: str | None = None
    format: str | None = None

    def __post_init__(self) -> None:
        """Check the formats."""
        _check_formats(self.edm, self.excel)
        if self.checksum:
            rule_of(self.checksum)
        if self.format:
            if self.format != DATE_TIME:
                has_format(self.format, "")
            if (
                self.pattern
                or self.checksum
                or self.minimum is not None
                or self.maximum is not None
            ):
                raise ValueError(
                    f"format={self.format!r} defines the whole text; remove pattern, checksum, "
                    "minimum and maximum"
                )

    def __iter__(self) -> Iterator[object]:
        """Yield the constraints in pydantic's own words (annotated-types protocol)."""
        extra: JsonDict = {"vocabulary": self.name}
        if self.unit:
            extra["unit"] = self.unit
        if self.options:
            extra["options"] = {**self.options}
        if self.format == DATE_TIME:
            yield AfterValidator(aware)
        elif self.format:
            yield TextFormat(self.format)
        if self.pattern:
            yield Field(pattern=self.pattern)
        if self.minimum is not None:
            yield Ge(self.minimum)
        if self.maximum is not None:
            yield Le(self.maximum)
        schema: JsonDict = {"x-bailiwick": extra}
        if self.format:
            schema["format"] = self.format
        if self.checksum:
            schema["checksum"] = self.checksum
            yield AfterValidator(checked(self.checksum))
        yield Field(
            description=self.description,
            examples=list(self.examples) or None,
            json_schema_extra=schema,
        )
