"""Rows as instances of the author's class: a dataclass, or a model of pydantic."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Annotated, Any

from pydantic import BaseModel, FailFast, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined
from typing_extensions import is_typeddict

from bailiwick.columns import is_model
from bailiwick.errors import NotATable


class InvalidRow(ValueError):
    """A row that the validators of its model reject.

    Attributes:
        details: The reason; ``loc`` starts with the number of the row.
    """

    def __init__(self, details: ErrorDetails) -> None:
        super().__init__(details["msg"])
        self.details = details


class Instances:
    """Converts instances of a row type to mappings, and back; a TypedDict has no instances.

    Attributes:
        is_model: Whether the row type has validators of pydantic.
        words: What a function can return as rows, for messages.
    """

    def __init__(self, row: type, columns: Sequence[str]) -> None:
        """Prepare for a row type with its columns."""
        self._class: Any = None if is_typeddict(row) else row
        self._columns = columns
        self._values = _getter_of(columns)
        self.is_model = is_model(row)
        self.words = (
            f"instances of {row.__name__} or dictionaries" if self._class else "dictionaries"
        )
        rows: Any = Annotated[list.__class_getitem__(row), FailFast()]
        self._models: TypeAdapter[list[Any]] | None = TypeAdapter(rows) if self.is_model else None

    def include(self, item: object) -> bool:
        """Return whether an item is an instance of the row type."""
        return self._class is not None and isinstance(item, self._class)

    def mappings(self, rows: list[Any]) -> list[Any]:
        """Return instances as mappings of the columns, without their other attributes.

        The validators of a model run on mappings. On instances, they have already run.

        Args:
            rows: Mappings with a value for each column, and instances; may be changed.

        Raises:
            InvalidRow: A validator rejects a row.
            NotATable: An instance has no value for a column.
        """
        if self._class is None:
            return rows
        if self._models:
            _validate(self._models, rows)
        row_class, columns, values = self._class, self._columns, self._values
        try:
            return [
                dict(zip(columns, values(row), strict=True)) if isinstance(row, row_class) else row
                for row in rows
            ]
        except AttributeError as error:
            raise NotATable(f"left out declared column {error.name!r}") from None

    def restored(self, records: list[dict[str, Any]]) -> list[Any]:
        """Return checked records as instances; dictionaries for a TypedDict.

        Neither validators nor ``__init__`` nor ``model_post_init`` run again, because they may
        change the values.
        """
        if self._class is None:
            return records
        if issubclass(self._class, BaseModel):
            return [_restored_model(self._class, record) for record in records]
        private = [field for field in dataclasses.fields(self._class) if field.name.startswith("_")]
        return [_restored(self._class, record | _defaults(private)) for record in records]


def is_row(item: object) -> bool:
    """Return whether an item is a single row rather than a table."""
    return isinstance(item, Mapping | BaseModel) or dataclasses.is_dataclass(item)


def _getter_of(columns: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    if len(columns) == 1:
        return lambda row: (getattr(row, columns[0]),)
    return attrgetter(*columns)


def _validate(models: TypeAdapter[list[Any]], rows: list[Any]) -> None:
    """Replace the mappings among rows by instances."""
    numbers = [number for number, row in enumerate(rows) if isinstance(row, Mapping)]
    try:
        made = models.validate_python([_present_in(rows[number]) for number in numbers])
    except ValidationError as error:
        first = error.errors()[0]
        index, *place = first["loc"]
        raise InvalidRow({**first, "loc": (numbers[int(index)], *place)}) from None
    for number, instance in zip(numbers, made, strict=True):
        rows[number] = instance


def present(value: Any) -> Any:  # noqa: ANN401
    """Return a value, or ``None`` for one that is missing: NaN, and NaT and NA of pandas."""
    try:
        # the first two are unlike themselves
        return value if value == value else None  # noqa: PLR0124
    except (TypeError, ValueError):
        # an array is neither true nor false, and NA neither like nor unlike itself;
        # importing pandas to ask for it costs half a second
        return None if type(value).__name__ == "NAType" else value


def _present_in(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: present(value) for name, value in row.items()}


def _defaults(fields: Sequence[dataclasses.Field[Any]]) -> dict[str, Any]:
    made = {one.name: one.default for one in fields if one.default is not dataclasses.MISSING}
    for one in fields:
        if one.default_factory is not dataclasses.MISSING:
            made[one.name] = one.default_factory()
    return made


def _restored(row_class: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
    instance = row_class.__new__(row_class)
    for name, value in values.items():
        object.__setattr__(instance, name, value)
    return instance


def _restored_model(model: type[BaseModel], values: Mapping[str, Any]) -> BaseModel:
    instance = model.__new__(model)
    state = {
        "__dict__": dict(values),
        "__pydantic_fields_set__": set(values),
        "__pydantic_extra__": {} if model.model_config.get("extra") == "allow" else None,
        "__pydantic_private__": _private_defaults(model, values)
        if model.__private_attributes__
        else None,
    }
    for name, value in state.items():
        object.__setattr__(instance, name, value)
    return instance


def _private_defaults(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, one in model.__private_attributes__.items():
        factory: Any = one.default_factory
        if factory is None:
            default = copy.deepcopy(one.default)
        elif getattr(one, "default_factory_takes_validated_data", False):
            default = factory({**values, **made})
        else:
            default = factory()
        if default is not PydanticUndefined:
            made[name] = default
    return made
