"""Columns of a table result: from a row's TypedDict to the contract."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from bailiwick.annotations import Column, Key, Vocabulary
from bailiwick.schema import ContractSchema, Schema
from bailiwick.type_words import type_name

# What authors say of a column or of its word; a column's own wins.
_SAID = ("description", "unit", "edm", "excel")


@dataclass(frozen=True)
class ColumnContract:
    """One column as consumers see it.

    Attributes:
        name: Name of the column.
        type: Vocabulary type, or one of Text, Boolean, Integer, Number, Decimal, Money,
            DateTime, Date, Time, Duration, UUID, Json for plain Python types.
        schema: JSON Schema of a value.
        nullable: Whether a value may be null.
        key: Whether the column belongs to the key.
        hint: The Python type, for validation.
        core: The Python type without annotations and ``| None``.
        is_plain: Whether all values of ``core`` are valid.
        description: One sentence, if given.
        unit: Unit of the numbers, if given.
        edm: Type in OData, if another than the schema implies.
        excel: Number format of cells in Excel, if given.
    """

    name: str
    type: str
    schema: Schema
    nullable: bool
    key: bool
    hint: Any
    core: Any
    is_plain: bool
    description: str | None
    unit: str | None
    edm: str | None
    excel: str | None

    def document(self) -> dict[str, Any]:
        """Return the column as in ``GET /contract``."""
        optional = {field: getattr(self, field) for field in _SAID}
        return {
            "name": self.name,
            "type": self.type,
            "nullable": self.nullable,
            **{key: value for key, value in optional.items() if value},
            "schema": self.schema,
        }


def columns_of(row: type) -> tuple[ColumnContract, ...]:
    """Describe the columns of a row type.

    Args:
        row: A TypedDict.

    Raises:
        TypeError: A column has no type, or one without a JSON form; the message names the column.
    """
    hints = get_type_hints(row, include_extras=True)
    if not hints:
        raise TypeError(f"{row.__name__} has no columns; add some, for example 'price: float'")
    return tuple(_column(name, hint) for name, hint in hints.items())


def _column(name: str, hint: Any) -> ColumnContract:  # noqa: ANN401
    if get_origin(hint) in (NotRequired, Required):
        raise TypeError(f"column {name!r} must always be there; write '{name}: … | None' instead")
    core, marks, nullable = _peel(hint)
    word = next((mark for mark in marks if isinstance(mark, Vocabulary)), None)
    notes = [mark for mark in marks if isinstance(mark, Column)]
    try:
        schema = TypeAdapter(hint).json_schema(
            mode="serialization", schema_generator=ContractSchema
        )
    except (PydanticUserError, TypeError, ValueError) as error:
        raise TypeError(f"column {name!r} has no JSON form: {_first_line(error)}") from error
    said = {
        field: next(
            (value for source in (*notes, word) if (value := getattr(source, field, None))), None
        )
        for field in _SAID
    }
    return ColumnContract(
        name=name,
        type=word.name if word else type_name(core),
        schema=schema,
        nullable=nullable,
        key=any(mark is Key for mark in marks),
        hint=hint,
        core=core,
        is_plain=all(_is_description(mark) for mark in marks),
        **said,
    )


def _is_description(mark: object) -> bool:
    if isinstance(mark, Vocabulary):
        rules = (mark.pattern, mark.checksum, mark.format, mark.minimum, mark.maximum)
        return all(rule is None for rule in rules)
    return mark is Key or isinstance(mark, Column)


def _peel(hint: Any) -> tuple[Any, list[Any], bool]:  # noqa: ANN401
    """Split ``Annotated[…]`` and ``… | None`` into the bare type, the marks and nullability."""
    if get_origin(hint) is Annotated:
        core, marks, nullable = _peel(hint.__origin__)
        return core, [*marks, *hint.__metadata__], nullable
    if get_origin(hint) in (Union, types.UnionType):
        others = [option for option in get_args(hint) if option is not type(None)]
        if len(others) == 1 and len(get_args(hint)) > 1:
            core, marks, _ = _peel(others[0])
            return core, marks, True
    return hint, [], False


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
