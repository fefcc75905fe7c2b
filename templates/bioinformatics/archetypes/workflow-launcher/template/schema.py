"""Reads the parameters of a pipeline from its nextflow_schema.json, and checks values against them.

Such a schema (https://nextflow-io.github.io/nf-schema/latest/nextflow_schema) is JSON Schema with groups of parameters
under "$defs" (formerly "definitions") that "allOf" puts together. The keywords below mean what JSON Schema 2020-12 says
("JSON Schema Validation", section 6). A keyword that would forbid something and is not among them is refused, so that
nothing passes unchecked.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

from bailiwick import InvalidData

Value = str | int | float | bool

TYPES = ("string", "integer", "number", "boolean")
LIMITS = {  # keywords with the words for them; a value that is compared must lie on the right side
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
    "minLength": "at least so many characters:",
    "maxLength": "at most so many characters:",
}
# Keywords that say something to people or forms and forbid nothing. Whether files exist is seen when the run begins.
NOTES = {
    *(
        "title",
        "description",
        "default",
        "help_text",
        "hidden",
        "fa_icon",
        "errorMessage",
        "examples",
        "deprecated",
    ),
    *("format", "mimetype", "schema", "exists"),
}
GROUP = {
    *("title", "description", "type", "properties", "required", "fa_icon", "help_text"),
    "$schema",
    "$id",
}


class Parameter(NamedTuple):
    """One parameter of a pipeline."""

    name: str
    group: str
    type: str
    required: bool
    rules: Mapping[str, object]

    @property
    def choices(self) -> list[object]:
        """Values to choose from; none when it is free."""
        found = self.rules.get("enum", [])
        return found if isinstance(found, list) else []


def parameters_of(schema: Mapping[str, object], place: str) -> list[Parameter]:
    """Return the parameters of a schema, group by group.

    Args:
        schema: What stands in nextflow_schema.json.
        place: Words for it in messages.

    Raises:
        InvalidData: It says something that would not be checked, or contradicts itself.
    """
    found: list[Parameter] = []
    for group in _groups(schema, place):
        title = group.get("title")
        properties, required = group.get("properties", {}), group.get("required", [])
        if not _is_object(properties) or not isinstance(required, list):
            raise InvalidData(f"{place}: properties must be an object and required a list")
        if unknown := [name for name in required if name not in properties]:
            raise InvalidData(f"{place}: {unknown[0]} is required and is not a parameter")
        for name, rules in properties.items():
            if name in {one.name for one in found}:
                raise InvalidData(f"{place}: two groups have the parameter {name}; rename one")
            found.append(
                _parameter(name, rules, str(title or ""), place, required=name in required)
            )
    return found


def problems(value: object, parameter: Parameter) -> list[str]:
    """Return the violations of a value as messages; empty if it is valid."""
    rules = parameter.rules
    if not _has_type(value, parameter.type):
        return [f"must be of type {parameter.type}"]
    said = []
    if parameter.choices and not any(_is_same(value, one) for one in parameter.choices):
        said.append(f"must be one of {', '.join(map(str, parameter.choices))}")
    pattern = rules.get("pattern")
    if (
        isinstance(pattern, str)
        and isinstance(value, str)
        and not _expression(pattern).search(value)
    ):
        said.append(f"must match {pattern}")
    for keyword, words in LIMITS.items():
        limit = rules.get(keyword)
        if _is_number(limit) and not _keeps(keyword, value, limit):
            said.append(f"must be {words} {limit:g}")
    return said


def _groups(schema: Mapping[str, object], place: str) -> Iterator[Mapping[str, object]]:
    """Yield the schema itself, and the groups that it puts together."""
    definitions = schema.get("$defs", schema.get("definitions", {}))
    parts = schema.get("allOf", [])
    if not _is_object(definitions) or not isinstance(parts, list):
        raise InvalidData(f"{place}: $defs must be an object and allOf a list")
    _refuse(schema, GROUP | {"$defs", "definitions", "allOf"}, place)
    yield schema
    for part in parts:
        name = str(part.get("$ref", "")).rpartition("/")[2] if _is_object(part) else ""
        group = definitions.get(name)
        if not _is_object(group):
            raise InvalidData(f"{place}: allOf names {name!r}, which $defs does not have")
        _refuse(group, GROUP, f"{place}, {name}")
        yield group


def _parameter(name: str, rules: object, group: str, place: str, *, required: bool) -> Parameter:
    """Return a parameter after checking what its schema says."""
    where = f"{place}, {name}"
    if not _is_object(rules) or rules.get("type") not in TYPES:
        raise InvalidData(f"{where}: the type must be one of {', '.join(TYPES)}")
    _refuse(rules, {"type", "enum", "pattern", *LIMITS, *NOTES}, where)
    for keyword in LIMITS:
        if keyword in rules and not _is_number(rules[keyword]):
            raise InvalidData(f"{where}: {keyword} must be a number")
    if "enum" in rules and not (isinstance(rules["enum"], list) and rules["enum"]):
        raise InvalidData(f"{where}: enum must be a list of values")
    try:
        _expression(str(rules.get("pattern", "")))
    except re.error as error:
        raise InvalidData(f"{where}: the pattern cannot be read, {error}") from None
    parameter = Parameter(name, group, str(rules["type"]), required, rules)
    if "default" in rules and (broken := problems(rules["default"], parameter)):
        raise InvalidData(f"{where}: the default {broken[0]}")
    return parameter


def _expression(pattern: str) -> re.Pattern[str]:
    """Read a pattern; unlike Python's, its $ does not match before a line break at the end."""
    ends = pattern.endswith("$") and not pattern.endswith(r"\$")
    return re.compile(pattern[:-1] + r"\Z" if ends else pattern)


def _refuse(rules: Mapping[str, object], known: set[str], place: str) -> None:
    """Refuse keywords that would not be checked."""
    if unknown := sorted(rules.keys() - known):
        raise InvalidData(f"{place}: the keyword {unknown[0]} is not understood; take it out")


def _has_type(value: object, kind: str) -> bool:
    """Say whether a value is of a type; 2.0 is an integer, too, and true is not a number (section 6.1.1)."""
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    return _is_number(value) and (kind == "number" or float(value).is_integer())


def _keeps(keyword: str, value: object, limit: float) -> bool:
    """Say whether a value lies on the right side of a limit; limits of another type forbid nothing."""
    if keyword.endswith("Length"):
        size: float | None = len(value) if isinstance(value, str) else None
    else:
        size = value if _is_number(value) else None
    if size is None:
        return True
    if keyword.startswith("exclusive"):
        return size > limit if keyword.endswith("Minimum") else size < limit
    return size >= limit if keyword.startswith("min") else size <= limit


def _is_same(one: object, other: object) -> bool:
    """Compare as JSON does, where true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
