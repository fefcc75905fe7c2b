"""Merges definitions into the source of a module; other text is unchanged."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bailiwick.workspace.definitions import (
    IMPORTS,
    Definition,
    Import,
    Needed,
    bound_names,
    comment_start,
    has_lines,
    imports_of,
    lines_of,
)
from bailiwick.workspace.errors import WorkspaceFailed

_CONDITIONAL: Final = (ast.If, ast.Try)


@dataclass
class _Edit:
    """Replacement of the lines from ``start`` to before ``end``, counted from 0."""

    start: int
    end: int
    text: str


def known_names(source: str) -> frozenset[str]:
    """Return the names at the top level of a module.

    Raises:
        WorkspaceFailed: The source has an error.
    """
    return frozenset(name for node in _parse(source).body for name in bound_names(node))


def merge(source: str, needed: Needed) -> str:
    """Return a source with definitions and imports.

    Definitions with the same name are replaced in their place. New ones come before the first
    replaced one that may need them, or at the end.

    Args:
        source: Source of the module; empty for a new one.
        needed: What to merge.

    Raises:
        WorkspaceFailed: The source has an error, or uses a name for something else.
    """
    tree = _parse(source)
    lines = source.rstrip("\n").split("\n") if source.strip() else []
    _check_names(tree, needed)
    edits = [*_definition_edits(tree, lines, needed.definitions)]
    imports = _missing_imports(tree, needed.imports)
    if imports:
        # the last edit of a line comes first in the text
        edits.append(_import_edit(tree, lines, imports))
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        lines[edit.start : edit.end] = edit.text.split("\n") if edit.text else []
    text = "\n".join(lines)
    return (text if source.strip() else text.lstrip("\n")) + "\n"


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise WorkspaceFailed(f"functions.py has an error: {error}", "Correct it first.") from error


def _check_names(tree: ast.Module, needed: Needed) -> None:
    """Refuse a name that the module imports, and that means something else in the cells."""
    imports = {each.name: each for node in tree.body for each in imports_of(node)}
    defined = {
        name
        for node in tree.body
        if not isinstance(node, (*IMPORTS, *_CONDITIONAL))
        for name in bound_names(node)
    }
    for each in sorted(needed.imports):
        other = imports.get(each.name)
        if each.name in defined or (other and not other.agrees_with(each)):
            there = other.statement if other else "a definition"
            raise WorkspaceFailed(
                f"functions.py has {there!r}, and the notebook has {each.statement!r}",
                f"Use another name than {each.name} in one of them.",
            )
    for definition in needed.definitions:
        for name in sorted(definition.names & imports.keys()):
            raise WorkspaceFailed(
                f"functions.py imports {name}, and the notebook defines it",
                f"Use another name than {name} in one of them.",
            )


def _missing_imports(tree: ast.Module, imports: Iterable[Import]) -> list[str]:
    known = {each.statement for node in tree.body for each in imports_of(node)}
    conditional = {
        name for node in tree.body if isinstance(node, _CONDITIONAL) for name in bound_names(node)
    }
    missing = {each.statement for each in imports if each.name not in conditional}
    # as formatters sort them
    return sorted(missing - known, key=lambda text: (text.startswith("from "), text))


def _import_edit(tree: ast.Module, lines: list[str], imports: list[str]) -> _Edit:
    """Insert imports after the first imports, or after the docstring."""
    last = 0
    has_imports = False
    for index, node in enumerate(tree.body):
        if isinstance(node, IMPORTS):
            has_imports = True
        elif index or not _is_docstring(node):
            break
        last = node.end_lineno or last
    text = "\n".join(imports)
    if has_imports or not lines:
        return _Edit(last, last, text)
    return _Edit(last, last, f"\n{text}" if last else f"{text}\n\n")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _definition_edits(
    tree: ast.Module, lines: list[str], definitions: list[Definition]
) -> Iterator[_Edit]:
    """Yield the edits for definitions, in their order."""
    waiting: list[Definition] = []
    for group in _groups(definitions):
        nodes = [
            node
            for node in tree.body
            if (names := bound_names(node))
            and names <= group[0].names
            and not isinstance(node, IMPORTS)
            and has_lines(node, tree)
        ]
        if not nodes:
            waiting.extend(group)
            continue
        (start, end), *others = (lines_of(node) for node in nodes)
        # a comment of the notebook replaces that of the module
        above = comment_start(lines, start)
        yield _Edit((above if group[0].comment else start) - 1, end, _joined(group))
        for first, last in others:
            yield _Edit(first - 1, last, "")
        if waiting:
            yield _Edit(above - 1, above - 1, f"{_joined(waiting)}\n\n")
            waiting = []
    if waiting:
        yield _Edit(len(lines), len(lines), f"\n\n{_joined(waiting)}")


def _groups(definitions: list[Definition]) -> list[list[Definition]]:
    """Return the definitions; those of the same names are in one group."""
    groups: dict[frozenset[str], list[Definition]] = {}
    for definition in definitions:
        groups.setdefault(definition.names, []).append(definition)
    return list(groups.values())


def _joined(definitions: list[Definition]) -> str:
    text = ""
    previous: Definition | None = None
    for each in definitions:
        if previous:
            text += "\n\n\n" if each.is_block or previous.is_block else "\n"
        text += f"{each.comment}\n{each.text}" if each.comment else each.text
        previous = each
    return text
