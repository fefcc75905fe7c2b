"""Reads the parameters of a pipeline from its nextflow_schema.json, and validates values.

Such a schema (https://nextflow-io.github.io/nf-schema/latest/nextflow_schema) is JSON Schema with groups of parameters
under "$defs" (formerly "definitions"), which "allOf" combines. The keywords below have the meaning of JSON Schema
2020-12 ("JSON Schema Validation", section 6). All other restrictive keywords are rejected, so that no value passes
unchecked.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

from bailiwick import InvalidData

Value = str | int | float | bool

TYPES = ("string", "integer", "number", "boolean")
LIMITS = {  # keywords of limits, with their messages
    "minimum": "must be at least",
    "maximum": "must be at most",
    "exclusiveMinimum": "must be greater than",
    "exclusiveMaximum": "must be less than",
    "minLength": "must have a length of at least",
    "maxLength": "must have a length of at most",
}
# Keywords for people or forms, without restrictions. The existence of files is checked at the start of the run.
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
        """Allowed values; empty if the value is not limited to choices."""
        found = self.rules.get("enum", [])
        return found if isinstance(found, list) else []


def parameters_of(schema: Mapping[str, object], place: str) -> list[Parameter]:
    """Return the parameters of a schema, group by group.

    Args:
        schema: Content of nextflow_schema.json.
        place: Name of the schema in messages.

    Raises:
        InvalidData: The schema has unsupported keywords, or contradicts itself.
    """
    found: list[Parameter] = []
    for group in _groups(schema, place):
        title = group.get("title")
        properties, required = group.get("properties", {}), group.get("required", [])
        if not _is_object(properties) or not isinstance(required, list):
            raise InvalidData(f"{place}: properties must be an object and required a list")
        if unknown := [name for name in required if name not in properties]:
            raise InvalidData(f"{place}: required names {unknown[0]}, which is not a parameter")
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
    for keyword, message in LIMITS.items():
        limit = rules.get(keyword)
        if _is_number(limit) and not _keeps(keyword, value, limit):
            said.append(f"{message} {limit:g}")
    return said


def _groups(schema: Mapping[str, object], place: str) -> Iterator[Mapping[str, object]]:
    """Yield the schema itself, and the groups that it combines."""
    definitions = schema.get("$defs", schema.get("definitions", {}))
    parts = schema.get("allOf", [])
    if not _is_object(definitions) or not isinstance(parts, list):
        raise InvalidData(f"{place}: $defs must be an object and allOf a list")
    _reject_unknown(schema, GROUP | {"$defs", "definitions", "allOf"}, place)
    yield schema
    for part in parts:
        name = str(part.get("$ref", "")).rpartition("/")[2] if _is_object(part) else ""
        group = definitions.get(name)
        if not _is_object(group):
            raise InvalidData(f"{place}: allOf refers to {name!r}, which is missing in $defs")
        _reject_unknown(group, GROUP, f"{place}, {name}")
        yield group


def _parameter(name: str, rules: object, group: str, place: str, *, required: bool) -> Parameter:
    """Return a parameter, and reject an invalid schema."""
    where = f"{place}, {name}"
    if not _is_object(rules) or rules.get("type") not in TYPES:
        raise InvalidData(f"{where}: the type must be one of {', '.join(TYPES)}")
    _reject_unknown(rules, {"type", "enum", "pattern", *LIMITS, *NOTES}, where)
    for keyword in LIMITS:
        if keyword in rules and not _is_number(rules[keyword]):
            raise InvalidData(f"{where}: {keyword} must be a number")
    if "enum" in rules and not (isinstance(rules["enum"], list) and rules["enum"]):
        raise InvalidData(f"{where}: enum must be a list of values")
    try:
        _expression(str(rules.get("pattern", "")))
    except re.error as error:
        raise InvalidData(f"{where}: the pattern is invalid: {error}") from None
    parameter = Parameter(name, group, str(rules["type"]), required, rules)
    if "default" in rules and (broken := problems(rules["default"], parameter)):
        raise InvalidData(f"{where}: the default {broken[0]}")
    return parameter


def _expression(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; unlike in Python, $ does not match before a line break at the end."""
    ends = pattern.endswith("$") and not pattern.endswith(r"\$")
    return re.compile(pattern[:-1] + r"\Z" if ends else pattern)


def _reject_unknown(rules: Mapping[str, object], known: set[str], place: str) -> None:
    """Reject unsupported keywords."""
    if unknown := sorted(rules.keys() - known):
        raise InvalidData(f"{place}: the keyword {unknown[0]} is not supported; remove it")


def _has_type(value: object, kind: str) -> bool:
    """Return whether a value has a type; 2.0 is also an integer, and true is not a number (section 6.1.1)."""
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    return _is_number(value) and (kind == "number" or float(value).is_integer())


def _keeps(keyword: str, value: object, limit: float) -> bool:
    """Return whether a value respects a limit; limits for a different type have no effect."""
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
    """Compare two values as in JSON, where true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
