"""Settings: values that can differ between the environments of an app."""

from __future__ import annotations

import json
import os
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from bailiwick.errors import NotSetUp
from bailiwick.schema import ContractSchema, in_words

VARIABLE: Final = "BAILIWICK_SETTINGS"

Value = TypeVar("Value")


def setting(name: str, default: Value) -> Value:
    """Return the value of a setting in this environment.

    Args:
        name: Name of the setting.
        default: The value if the environment has none; it also determines the type.

    Raises:
        NotSetUp: The type of the value differs from that of the default.

    Example:
        >>> setting("threshold", 0.5)
        0.5
    """
    values = _values()
    if name not in values:
        return default
    kind: TypeAdapter[Value] = TypeAdapter(type(default))
    try:
        return kind.validate_json(json.dumps(values[name]), strict=True)
    except ValidationError:
        expected = in_words(kind.json_schema(schema_generator=ContractSchema))
        raise NotSetUp(
            f"the setting {name!r} must be {expected}, and is {json.dumps(values[name])}; "
            "correct it in the app's environment"
        ) from None


def _values() -> dict[str, Any]:
    text = os.environ.get(VARIABLE) or "{}"
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise NotSetUp(f"{VARIABLE} must be a JSON object of settings, and is {text!r}")
    return values
