"""Definitions at the top level of cells, and what a function needs of them."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bailiwick.workspace.cells import parse_cells
from bailiwick.workspace.errors import WorkspaceFailed

MODULE: Final = "functions"

_ALWAYS_DEFINED: Final = frozenset(
    {*dir(builtins), "__annotations__", "__doc__", "__file__", "__name__"}
)
IMPORTS: Final = (ast.Import, ast.ImportFrom)
_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_DEFINING: Final = (*_SCOPES, ast.Assign, ast.AnnAssign, ast.If, ast.Try)


@dataclass(frozen=True)
class Definition:
    """A statement that defines names.

    Attributes:
        names: The names.
        text: Its source, with decorators.
        comment: The lines of comments directly above.
        needs: Other names that it uses.
        position: Its number among the statements.
        uses_itself: Whether it uses an earlier value of its names, as ``x = x + 1`` does.
        is_block: Whether it is a function or class, or contains statements.
        is_function: Whether it is a function.
    """

    names: frozenset[str]
    text: str
    comment: str
    needs: frozenset[str]
    position: int
    uses_itself: bool
    is_block: bool
    is_function: bool


@dataclass(frozen=True, order=True)
class Import:
    """An import of one name.

    Attributes:
        statement: Statement that imports nothing else.
        name: Name that it defines; ``*`` for all names of a module.
        module: Module that it imports, or imports from.
    """

    statement: str
    name: str
    module: str

    def agrees_with(self, other: Import) -> bool:
        """Return whether both can define their name, as ``import a`` and ``import a.b`` can."""
        plain = all(
            each.statement == f"import {each.module}" and each.name == self.name
            for each in (self, other)
        )
        return plain or self.statement == other.statement


@dataclass
class Needed:
    """What a function needs, with the function.

    Attributes:
        definitions: Definitions; each comes after those that it needs.
        imports: Imports.
        from_module: Names that the module with the functions must define.
    """

    definitions: list[Definition] = field(default_factory=list)
    imports: set[Import] = field(default_factory=set)
    from_module: set[str] = field(default_factory=set)


def needed_by(function: str, cells: Sequence[str], known: Iterable[str] = ()) -> Needed:
    """Find a function in cells, and everything that it needs.

    The last definition of a name counts.

    Args:
        function: Name of the function.
        cells: Sources of cells.
        known: Names that the module with the functions defines.

    Raises:
        WorkspaceFailed: The function or a name that it needs is not defined, or not by a statement
            that can be copied.
    """
    search = _Search(frozenset(known))
    for source, tree in parse_cells(cells, function):
        search.add(source, tree)
    if not any(function in each.names for each in search.definitions):
        raise WorkspaceFailed(f"No cell defines {function}", "Run or save its cell.")
    search.require(function, function)
    return search.found


def definitions_in(source: str, tree: ast.Module, first: int = 0) -> Iterator[Definition]:
    """Yield the definitions at the top level of a source, numbered from ``first``."""
    lines = source.split("\n")
    for position, node in enumerate(tree.body, start=first):
        names = bound_names(node)
        if not names or not isinstance(node, _DEFINING):
            continue
        start, end = lines_of(node)
        text = "\n".join(lines[start - 1 : end]) if has_lines(node, tree) else ast.unparse(node)
        needs, uses_itself = _uses(node, names)
        yield Definition(
            names=names,
            text=text,
            comment="\n".join(lines[comment_start(lines, start) - 1 : start - 1]),
            needs=needs,
            position=position,
            uses_itself=uses_itself,
            is_block=not isinstance(node, (ast.Assign, ast.AnnAssign)),
            is_function=isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)),
        )


def imports_of(node: ast.stmt) -> Iterator[Import]:
    """Yield the imports of a statement."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            statement = ast.unparse(ast.Import([alias]))
            yield Import(statement, name, alias.name)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            statement = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
            module = f"{'.' * node.level}{node.module or ''}"
            yield Import(statement, alias.asname or alias.name, module)


def bound_names(node: ast.stmt) -> frozenset[str]:
    """Return the names that a statement defines at its level."""
    if isinstance(node, _SCOPES):
        return frozenset({node.name})
    if isinstance(node, IMPORTS):
        return frozenset(each.name for each in imports_of(node))
    names: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            names |= bound_names(child)
        elif isinstance(child, ast.ExceptHandler):
            names |= {name for inside in child.body for name in bound_names(inside)}
        else:
            names |= _stored(child)
    return frozenset(names)


def lines_of(node: ast.stmt) -> tuple[int, int]:
    """Return the first and last line of a statement, with its decorators."""
    decorators = node.decorator_list if isinstance(node, _SCOPES) else []
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return first, node.end_lineno or node.lineno


def has_lines(node: ast.stmt, tree: ast.Module) -> bool:
    """Return whether a statement of a module shares no line with another one."""
    start, end = lines_of(node)
    others = (lines_of(other) for other in tree.body if other is not node)
    return all(last < start or first > end for first, last in others)


def comment_start(lines: Sequence[str], start: int) -> int:
    """Return the first line of the comment directly above a line, or the line itself."""
    while start > 1 and lines[start - 2].startswith("#"):
        start -= 1
    return start


class _Search:
    """The definitions of cells, and those found so far."""

    def __init__(self, known: frozenset[str]) -> None:
        self.definitions: list[Definition] = []
        self.found = Needed()
        self._known = known
        self._imports: dict[str, tuple[int, list[Import]]] = {}
        self._others: dict[str, int] = {}
        self._open: set[int] = set()
        self._count = 0

    def add(self, source: str, tree: ast.Module) -> None:
        """Add the statements of a cell."""
        self.definitions.extend(definitions_in(source, tree, self._count))
        for position, node in enumerate(tree.body, start=self._count):
            for each in imports_of(node):
                _, others = self._imports.get(each.name, (0, []))
                kept = [other for other in others if other.agrees_with(each) or each.name == "*"]
                self._imports[each.name] = (position, [*kept, each])
            if not isinstance(node, (*_DEFINING, *IMPORTS)):
                self._others.update(dict.fromkeys(bound_names(node), position))
        self._count += len(tree.body)

    def require(self, name: str, user: str, before: int | None = None) -> None:
        """Find a name that a definition uses, and everything that it needs."""
        limit = self._count if before is None else before
        own = [each for each in self.definitions if name in each.names and each.position < limit]
        last = own[-1] if own else None
        position, imported = self._imports.get(name, (-1, []))
        other = self._others.get(name, -1)
        place = last.position if last else -1
        if place < other < limit and position < other:
            raise WorkspaceFailed(
                f"{user} needs {name}, whose value comes from a loop or another statement that "
                "cannot be copied",
                f"Define {name} by an assignment, or make it a parameter of {user}.",
            )
        if imported and place < position < limit:
            for each in imported:
                self._require_import(each, user)
        elif last:
            self._take(last)
        else:
            self._require_known(name, user)

    def _take(self, definition: Definition) -> None:
        if definition.position in self._open:
            return
        self._open.add(definition.position)
        user = min(definition.names)
        if definition.uses_itself:
            for name in sorted(definition.names):
                self.require(name, user, definition.position)
        for name in sorted(definition.needs):
            self.require(name, user)
        self.found.definitions.append(definition)

    def _require_import(self, imported: Import, user: str) -> None:
        if imported.module != MODULE:
            self.found.imports.add(imported)
            return
        original = imported.statement.split()[3] if " import " in imported.statement else ""
        if original != imported.name or original not in self._known:
            raise WorkspaceFailed(
                f"{user} needs {imported.name} of {imported.statement!r}, which functions.py "
                "cannot import from itself",
                "Import the name itself, as functions.py defines it, without 'as'.",
            )
        self.found.from_module.add(original)

    def _require_known(self, name: str, user: str) -> None:
        if name in self._known:
            self.found.from_module.add(name)
            return
        _, stars = self._imports.get("*", (0, []))
        if stars:
            self.found.imports.update(each for each in stars if each.module != MODULE)
            return
        raise WorkspaceFailed(
            f"{user} needs {name}, which no cell defines at its top level",
            f"Define {name} in a cell, or make it a parameter of {user}.",
        )


def _stored(node: ast.AST) -> set[str]:
    """Return the names that an expression or a pattern assigns."""
    return {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _uses(node: ast.stmt, own: frozenset[str]) -> tuple[frozenset[str], bool]:
    """Return the other names that a statement uses, and whether it uses its own before them."""
    table = symtable.symtable(ast.unparse(node), "<cell>", "exec")
    here = {each.get_name() for each in table.get_symbols() if each.is_referenced()}
    inside = {name for child in table.get_children() for name in _global_names(child)}
    needs = (here | inside | _quoted_names(node)) - own - _ALWAYS_DEFINED
    uses_itself = isinstance(node, (ast.Assign, ast.AnnAssign)) and bool(here & own)
    return frozenset(needs), uses_itself


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


def _quoted_names(node: ast.stmt) -> set[str]:
    """Return the names in annotations that are texts."""
    names: set[str] = set()
    for each in ast.walk(node):
        hints = [getattr(each, "annotation", None), getattr(each, "returns", None)]
        for hint in hints:
            if isinstance(hint, ast.Constant) and isinstance(hint.value, str):
                names |= _names_in(hint.value)
    return names


def _names_in(expression: str) -> set[str]:
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return set()
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
