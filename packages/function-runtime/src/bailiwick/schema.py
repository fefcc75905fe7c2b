"""JSON Schema of Python types for forms and OpenAPI, and descriptions in words."""

from __future__ import annotations

import json
import re
from collections.abc import Set
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import ErrorDetails, SchemaSerializer, core_schema

from bailiwick.type_words import schema_words

Schema = dict[str, Any]


class ContractSchema(GenerateJsonSchema):
    """JSON Schema 2020-12 for forms and OpenAPI: no ``null`` branches, no references.

    ``X | None`` appears as plain ``X`` (``required`` and ``nullable`` state whether it is
    optional), and definitions are inlined.
    """

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Describe ``X | None`` as ``X``."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Serialize a default as in results; omit ``None``, because the value is absent."""
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            described.pop("default")
        elif "default" in described:
            described["default"] = self._encoded(schema)
        return described

    def _encoded(self, schema: core_schema.WithDefaultSchema) -> Any:  # noqa: ANN401
        inner = core_schema.definitions_schema(schema["schema"], self._core_definitions)
        default = self.get_default_value(schema)
        encoded = SchemaSerializer(inner).to_python(default, mode="json", warnings=False)
        # the order of a set differs from one process to the next
        return sorted(encoded, key=json.dumps) if isinstance(default, Set) else encoded

    def generate(
        self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation"
    ) -> JsonSchemaValue:
        """Generate the schema with all references resolved.

        Raises:
            ValueError: The type refers to itself.
        """
        self._core_definitions = schema["definitions"] if schema["type"] == "definitions" else []
        described = super().generate(schema, mode)
        definitions = described.pop("$defs", {})
        resolved: JsonSchemaValue = _inline(described, definitions, ())
        return resolved


def _inline(node: Any, definitions: Schema, path: tuple[str, ...]) -> Any:  # noqa: ANN401
    if isinstance(node, list):
        return [_inline(item, definitions, path) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" not in node:
        return {key: _inline(value, definitions, path) for key, value in node.items()}
    name = node["$ref"].removeprefix("#/$defs/")
    if name in path:
        raise ValueError(f"{name} refers to itself, which a form or a table cannot show")
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return {**_inline(definitions[name], definitions, (*path, name)), **rest}


def in_words(schema: Schema) -> str:
    """Describe the values of a schema, for an error message.

    Example:
        >>> in_words({"type": "array", "items": {"type": "integer", "minimum": 1}})
        'a list of a whole number (at least 1)'
        >>> in_words({"type": "string", "pattern": "^[A-Z]+$"})
        'text (matching ^[A-Z]+$)'
    """
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(value) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return " or ".join(in_words(option) for option in schema[choice])
    return _named(schema) + _bounds(schema)


def reason_of(error: ErrorDetails) -> str:
    """Return pydantic's reason for a rejected value, as the end of a sentence about the value.

    Example:
        >>> from pydantic import TypeAdapter, ValidationError
        >>> try:
        ...     TypeAdapter(float).validate_python("much")
        ... except ValidationError as error:
        ...     print(reason_of(error.errors()[0]))
        it must be a valid number
    """
    reason = error["msg"].removeprefix("Value error, ")
    # The value is quoted beside the reason.
    reason = re.sub(r", unable to (parse|interpret) .*", "", reason)
    return re.sub(r"^(Input|String|List|Tuple|Set|Dictionary) should ", "it must ", reason)


def _named(schema: Schema) -> str:
    word = schema.get("x-bailiwick", {}).get("vocabulary")
    plain = schema_words(schema.get("type", ""), schema.get("format", ""))
    if schema.get("type") == "array" and schema.get("items"):
        plain = f"a list of {in_words(schema['items'])}"
    return f"{word}: {plain}" if word else plain


def _bounds(schema: Schema) -> str:
    words = {
        "pattern": "matching {}",
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "above {}",
        "exclusiveMaximum": "below {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} items",
        "maxItems": "at most {} items",
        "checksum": "with the check digit of {}",
    }
    examples = [f"for example {json.dumps(one)}" for one in schema.get("examples", [])[:1]]
    if examples:  # says more to most readers than a regular expression
        del words["pattern"]
    said = examples + [words[name].format(schema[name]) for name in words if name in schema]
    return f" ({', '.join(said)})" if said else ""
