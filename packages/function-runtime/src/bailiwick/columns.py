"""Columns of a table result: from a row type to the contract."""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections.abc import Iterable
from dataclasses import MISSING, InitVar, dataclass, fields, is_dataclass
from typing import (
    Annotated,
    Any,
    Final,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PlainValidator,
    RootModel,
    TypeAdapter,
    WrapValidator,
)
from pydantic.dataclasses import is_pydantic_dataclass, rebuild_dataclass
from pydantic.errors import PydanticUserError
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType, is_typeddict

from bailiwick.annotations import Column, Key, Vocabulary
from bailiwick.schema import ContractSchema, Schema
from bailiwick.type_words import type_name

# What authors say of a column or of its word; a column's own wins.
_SAID = ("description", "unit", "edm", "excel")

_VALIDATORS: Final = (AfterValidator, BeforeValidator, PlainValidator, WrapValidator)

# Python's own class of aliases is another one in some versions.
_ALIASES: Final = (TypeAliasType, getattr(typing, "TypeAliasType", TypeAliasType))


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


def is_row_type(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a type can describe rows: a TypedDict, a dataclass, or a pydantic model.

    Classes with their own JSON form, such as :class:`bailiwick.Money`, are values.
    """
    if is_typeddict(hint) or not isinstance(hint, type):
        return is_typeddict(hint)
    if issubclass(hint, BaseModel):
        return not issubclass(hint, RootModel)
    return is_dataclass(hint) and not hasattr(hint, "__get_pydantic_core_schema__")


def is_model(row: type) -> bool:
    """Return whether a row type has validators of pydantic (a model, or a pydantic dataclass)."""
    return is_pydantic_dataclass(row) or (not is_typeddict(row) and issubclass(row, BaseModel))


def columns_of(row: type) -> tuple[ColumnContract, ...]:
    """Describe the columns of a row type.

    Args:
        row: A row type, see :func:`is_row_type`.

    Raises:
        TypeError: A column has no type, or one without a JSON form; the message names the column.
    """
    hints = _fields_of(row)
    if not hints:
        raise TypeError(f"{row.__name__} has no columns; add some, for example 'price: float'")
    return tuple(_column(name, hint) for name, hint in hints.items())


def _fields_of(row: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the type of each column in the order of the fields; inherited ones come first."""
    if is_typeddict(row):
        return get_type_hints(row, include_extras=True)
    hints = _fields_of_dataclass(row) if is_dataclass(row) else {}
    if is_model(row):
        hints = _fields_of_model(row)
    return {name: hint for name, hint in hints.items() if not name.startswith("_")}


def _fields_of_dataclass(row: Any) -> dict[str, Any]:  # noqa: ANN401
    hints = get_type_hints(row, include_extras=True)
    for name, hint in hints.items():
        if isinstance(hint, InitVar):
            raise TypeError(
                f"{name!r} of {row.__name__} is an InitVar, which instances do not keep; "
                "make it a field, or remove it"
            )
    for field in fields(row):
        has_default = not field.default is field.default_factory is MISSING
        if field.name.startswith("_") and not has_default:
            raise TypeError(
                f"the private field {field.name!r} of {row.__name__} has no default, but is not "
                "kept; add a default, or rename the field without '_'"
            )
    return {field.name: hints[field.name] for field in fields(row)}


def _fields_of_model(model: Any) -> dict[str, Any]:  # noqa: ANN401
    # resolves forward references
    if is_pydantic_dataclass(model):
        rebuild_dataclass(model)
    else:
        model.model_rebuild()
    decorators = model.__pydantic_decorators__
    for name in decorators.computed_fields:
        raise TypeError(
            f"the computed field {name!r} of {model.__name__} cannot be a column; make it a field, "
            "and set it where you create the row"
        )
    for name in (*decorators.field_serializers, *decorators.model_serializers):
        raise TypeError(
            f"the serializer {name!r} of {model.__name__} would not run; remove it, and convert "
            "the value where you create the row"
        )
    return {name: _hint_of(info) for name, info in model.__pydantic_fields__.items()}


def _hint_of(info: FieldInfo) -> Any:  # noqa: ANN401
    """Return the type of a model's field without its default and validators.

    The validators run when an instance is created, and may not accept their own result.
    """
    said = Field(
        alias=info.alias,
        validation_alias=info.validation_alias,
        serialization_alias=info.serialization_alias,
        title=info.title,
        description=info.description,
        examples=info.examples,
        exclude=info.exclude or getattr(info, "exclude_if", None) is not None or None,
        discriminator=info.discriminator,
        json_schema_extra=info.json_schema_extra,
    )
    return _without_validators(Annotated[(info.annotation, *info.metadata, said)])


def _without_validators(hint: Any, opened: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401
    """Return a type without validators, or itself; ``opened`` are the aliases around it."""
    origin = get_origin(hint)
    if isinstance(alias := origin or hint, _ALIASES):
        if alias in opened:  # it refers to itself
            return hint
        value = _value_of(alias, get_args(hint))
        after = _without_validators(value, (*opened, alias))
        return hint if after is value else after
    before = (hint.__origin__, *hint.__metadata__) if origin is Annotated else get_args(hint)
    after = tuple(
        _without_validators(one, opened) for one in before if not isinstance(one, _VALIDATORS)
    )
    if len(before) == len(after) and all(map(operator.is_, before, after)):
        return hint
    if origin is Annotated:
        return Annotated[after] if len(after) > 1 else after[0]
    return functools.reduce(operator.or_, after) if origin is types.UnionType else origin[after]


def _value_of(alias: Any, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Return the type that an alias stands for."""
    value = alias.__value__
    given = dict(zip(alias.__type_params__, arguments, strict=False))
    if value in alias.__type_params__:
        return given.get(value, value)
    names = getattr(value, "__parameters__", ()) if given else ()
    return value[tuple(given.get(name, name) for name in names)] if names else value


def _column(name: str, hint: Any) -> ColumnContract:  # noqa: ANN401
    if get_origin(hint) in (NotRequired, Required):
        raise TypeError(f"column {name!r} must always be there; write '{name}: … | None' instead")
    core, marks, nullable = _peel(hint)
    infos = [mark for mark in marks if isinstance(mark, FieldInfo)]
    _require_one_name(name, infos)
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
            (value for source in (*notes, *infos, word) if (value := getattr(source, field, None))),
            None,
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


def _require_one_name(name: str, infos: Iterable[FieldInfo]) -> None:
    if any(info.alias or info.validation_alias or info.serialization_alias for info in infos):
        raise TypeError(f"column {name!r} has an alias; remove it, and rename the field instead")
    if any(info.exclude for info in infos):
        raise TypeError(
            f"column {name!r} is excluded from the output; remove 'exclude', or the field"
        )


def _is_description(mark: object) -> bool:
    if isinstance(mark, Vocabulary):
        rules = (mark.pattern, mark.checksum, mark.format, mark.minimum, mark.maximum)
        return all(rule is None for rule in rules)
    if isinstance(mark, FieldInfo):
        return not mark.metadata
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
