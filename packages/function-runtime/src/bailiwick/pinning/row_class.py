"""Writes a row class for columns into a file, above the function that returns the rows."""

from __future__ import annotations

import ast
import keyword
import types
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, get_args, get_origin

from bailiwick.pinning.errors import CannotPin
from bailiwick.pinning.imports import Imports
from bailiwick.pinning.inference import ColumnType
from bailiwick.pinning.source import Defined, Edit, Source

_STREAMS: Final = {
    "Iterator": "",
    "AsyncIterator": "",
    "Generator": ", None, None",
    "AsyncGenerator": ", None",
}
"""Names of the return types that make a stream, and their further arguments."""

_BLANK: Final = 2
"""Blank lines around a class."""


def check_columns(columns: Mapping[str, ColumnType]) -> None:
    """Check that a row class can have columns.

    Raises:
        CannotPin: A column has no common type, or a name that no field can have.
    """
    for name, column in columns.items():
        if reason := _reason_against(name):
            raise CannotPin(f"The column name {name!r} {reason}. Rename the column.")
        if column.problem:
            remedy = (
                "Try parameters for which it has values, or remove it"
                if column.problem == "has no values"
                else "Convert its values to one type"
            )
            raise CannotPin(f"Column {name!r} {column.problem}. {remedy}.")


def write_row_class(
    text: str,
    function: tuple[str, int],
    columns: Mapping[str, ColumnType],
    *,
    is_dataclass: bool,
) -> str:
    """Return a file with a row class, which the function's return type names.

    Args:
        text: The file.
        function: Name of the function, and its first line with decorators.
        columns: Columns that :func:`check_columns` accepts.
        is_dataclass: Whether the class is a dataclass rather than a TypedDict.

    Raises:
        CannotPin: The function cannot be changed.
    """
    source = Source(text)
    node = source.function(*function)
    imports = Imports(source, node.lineno)
    row = imports.free(
        "".join(part[:1].upper() + part[1:] for part in node.name.split("_")) + "Row"
    )
    annotation = _annotation_edit(source, node, row, imports)
    lines = [
        *_head_of(row, imports, is_dataclass=is_dataclass),
        f'    """Row of {node.name}."""',
        "",
        *(f"    {name}: {_written(column.hint, imports)}" for name, column in columns.items()),
    ]
    first = source.first_line_of(node)
    place = source.offset(first)
    above = source.newline * _missing_blanks(source, first)
    class_text = above + source.newline.join(lines) + source.newline * (_BLANK + 1)
    return source.edited([*imports.edits(), Edit(place, place, class_text), annotation])


def _reason_against(name: str) -> str | None:
    if not name.isidentifier() or keyword.iskeyword(name):
        return "is not a name in Python"
    if name.startswith("_"):
        return "begins with an underscore, so it would be private"
    is_normal = unicodedata.normalize("NFKC", name) == name
    return None if is_normal else "has characters that Python replaces"


def _head_of(row: str, imports: Imports, *, is_dataclass: bool) -> list[str]:
    if is_dataclass:
        decorator = imports.name_of("dataclasses", "dataclass")
        return [f"@{decorator}(frozen=True)", f"class {row}:"]
    return [f"class {row}({imports.name_of('typing', 'TypedDict')}):"]


def _missing_blanks(source: Source, first: int) -> int:
    """Return how many blank lines the line before a class lacks."""
    above = source.lines[: first - 1]
    blank = 0
    while above and not above[-1].strip():
        above.pop()
        blank += 1
    return max(0, _BLANK - blank) if above else 0


def _annotation_edit(source: Source, node: Defined, row: str, imports: Imports) -> Edit:
    old = node.returns
    base = old.value if isinstance(old, ast.Subscript) else old
    name = ast.unparse(base).rpartition(".")[2] if base else ""
    if old is not None and base is not None and name in _STREAMS:
        return _stream_edit(source, old, row, name)
    if old is not None and any(_is_none(each) for each in ast.walk(old)):
        raise CannotPin(
            f"The result of {node.name} can be None. Return an empty list instead, and remove "
            "None from the return type."
        )
    if stream := _stream_of(node):
        new = f"{imports.name_of('collections.abc', stream)}[{row}]"
    else:
        new = f"{imports.name_of('bailiwick', 'Table')}[{row}]"
    if old is None:
        end = source.end_of_signature(node)
        return Edit(end, end, f" -> {new}")
    return Edit(*_span(source, old), new)


def _stream_edit(source: Source, old: ast.expr, row: str, name: str) -> Edit:
    """Replace the type of the items, and keep what makes the stream."""
    if not isinstance(old, ast.Subscript):
        _, end = _span(source, old)
        return Edit(end, end, f"[{row}{_STREAMS[name]}]")
    items = old.slice.elts if isinstance(old.slice, ast.Tuple) else [old.slice]
    start, end = _span(source, items[0])
    are_lists = isinstance(items[0], ast.Subscript) and ast.unparse(items[0].value) in (
        "list",
        "Table",
    )
    return Edit(start, end, f"list[{row}]" if are_lists else row)


def _stream_of(node: Defined) -> str | None:
    """Return the type of a generator that has no type of a stream; None for a table."""
    yields = any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in _own_nodes(node))
    if yields and isinstance(node, ast.AsyncFunctionDef):
        return "AsyncIterator"
    return "Iterator" if yields and node.returns is None else None


def _own_nodes(node: ast.AST) -> list[ast.AST]:
    """Return the nodes of a function without those of functions inside it."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    own: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, inner):
            own += [child, *_own_nodes(child)]
    return own


def _is_none(node: ast.AST) -> bool:
    return (isinstance(node, ast.Constant) and node.value is None) or (
        isinstance(node, ast.Name) and node.id == "Optional"
    )


def _span(source: Source, node: ast.expr) -> tuple[int, int]:
    start = source.offset(node.lineno, node.col_offset)
    return start, source.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)


def _written(hint: Any, imports: Imports) -> str:  # noqa: ANN401
    """Return a type as in code."""
    arguments = get_args(hint)
    if isinstance(hint, types.UnionType) or type(None) in arguments:
        kept = [_written(one, imports) for one in arguments if one is not type(None)]
        return " | ".join([*kept, "None"])
    if origin := get_origin(hint):
        inside = ", ".join(_written(one, imports) for one in arguments)
        return f"{_written(origin, imports)}[{inside}]"
    if hint is Any:
        return imports.name_of("typing", "Any")
    module = "bailiwick" if hint.__module__.startswith("bailiwick.") else hint.__module__
    return hint.__name__ if module == "builtins" else imports.name_of(module, hint.__name__)
