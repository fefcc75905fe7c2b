"""Names that a file already imports, and imports to add to it."""

from __future__ import annotations

import ast
import builtins
import keyword
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bailiwick.pinning.source import Edit, Source
from bailiwick.workspace.definitions import IMPORTS, Import, bound_names, imports_of

_LONGEST_LINE: Final = 88
"""Characters of a line to which a name is added; as many as formatters allow by default."""

_AS: Final = {"datetime": "dt"}
"""Modules that are imported themselves, and as what."""

_ALSO_IN: Final = {"typing": "typing_extensions", "collections.abc": "typing"}
"""Other modules that have the same names."""

_Import = ast.Import | ast.ImportFrom

_BLOCK: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Imports:
    """The imports of a file, for code that is added to it."""

    def __init__(self, source: Source, line: int) -> None:
        """Read the imports of a file before a line."""
        self._source = source
        body = source.tree.body
        self._above = [node for node in body if isinstance(node, IMPORTS) and node.lineno < line]
        bound = Counter(name for node in body for name in bound_names(node))
        # a name with several meanings may have another one later
        self._known = [
            each for node in self._above for each in imports_of(node) if bound[each.name] == 1
        ]
        self._taken = {*dir(builtins), *keyword.kwlist, *_names_in(source.tree)}
        self._added: dict[tuple[str, str], str] = {}
        self._modules: list[tuple[str, str]] = []
        self._members: dict[str, list[str]] = {}
        self._insertions: list[Edit] = []

    def free(self, name: str) -> str:
        """Return a name that the file does not use: this one, or one like it."""
        free = name
        while free in self._taken:
            free += "_"
        self._taken.add(free)
        return free

    def name_of(self, module: str, name: str) -> str:
        """Return how the file names a member of a module; it is imported if necessary."""
        if present := self._present(module, name):
            return present
        if (module, name) not in self._added:
            self._added[module, name] = self._add(module, name)
        return self._added[module, name]

    def edits(self) -> list[Edit]:
        """Return the edits that add the imports."""
        found = [*self._modules]
        for module, names in self._members.items():
            found.append((f"from {module} import {', '.join(sorted(names))}", module))
        found.sort(key=lambda one: _order(one[0]))
        standard = [text for text, module in found if _is_standard(module)]
        others = [text for text, module in found if not _is_standard(module)]
        return [*self._insertions, *self._inserted(standard, others)]

    def _present(self, module: str, name: str) -> str | None:
        for each in self._known:
            if each.statement.startswith("from "):
                is_same = each.module in (module, _ALSO_IN.get(module))
                if is_same and each.statement.split()[3] == name:
                    return each.name
            elif each.module == module:
                return f"{each.name if ' as ' in each.statement else module}.{name}"
        return None

    def _add(self, module: str, name: str) -> str:
        if module in _AS:
            alias = self.free(_AS[module])
            statement = f"import {module} as {alias}"
            self._modules.append((statement, module))
            # other members have the same import
            self._known.append(Import(statement, alias, module))
            return f"{alias}.{name}"
        alias = self.free(name)
        wanted = name if alias == name else f"{name} as {alias}"
        if not self._insert(module, wanted):
            self._members.setdefault(module, []).append(wanted)
        return alias

    def _insert(self, module: str, wanted: str) -> bool:
        """Add a name to an import from the module, in the order of names, if there is room."""
        for node in self._above:
            if not isinstance(node, ast.ImportFrom) or node.module != module or node.level:
                continue
            line = self._source.lines[(node.end_lineno or node.lineno) - 1]
            is_one_line = node.lineno == node.end_lineno
            if not is_one_line or node.names[0].name == "*" or "(" in line:
                continue
            added = sum(len(edit.text) for edit in self._insertions)
            if len(line) + added + len(wanted) + 2 > _LONGEST_LINE:
                continue
            self._insertions.append(self._insertion(node, wanted))
            return True
        return False

    def _insertion(self, node: ast.ImportFrom, wanted: str) -> Edit:
        for alias in node.names:
            if alias.name > wanted:
                start = self._source.offset(alias.lineno, alias.col_offset)
                return Edit(start, start, f"{wanted}, ")
        last = node.names[-1]
        end = self._source.offset(last.end_lineno or last.lineno, last.end_col_offset or 0)
        return Edit(end, end, f", {wanted}")

    def _inserted(self, standard: list[str], others: list[str]) -> list[Edit]:
        """Insert imports of the standard library, and others, where formatters have them."""
        start, leading = self._leading()
        if not leading:
            return self._first_imports(start, standard, others)
        known = [node for node in leading if _is_standard(_module_of(node))]
        further = [node for node in leading if node not in known]
        blank = self._source.newline * 2
        edits = self._sorted_into(known, standard)
        if standard and not known:
            place = self._source.offset(self._source.first_line_of(leading[0]))
            edits = [Edit(place, place, self._source.newline.join(standard) + blank)]
        if others and not further:
            end = self._source.end_of(leading[-1].end_lineno or 0)
            return [*edits, Edit(end, end, blank + self._source.newline.join(others))]
        return [*edits, *self._sorted_into(further, others)]

    def _sorted_into(self, present: Sequence[ast.stmt], added: list[str]) -> list[Edit]:
        """Insert imports between those of their group."""
        source, edits = self._source, []
        for text in added if present else []:
            before = [node for node in present if _order(ast.unparse(node)) < _order(text)]
            if before:
                end = source.end_of(before[-1].end_lineno or 0)
                edits.append(Edit(end, end, source.newline + text))
            else:
                start = source.offset(source.first_line_of(present[0]))
                edits.append(Edit(start, start, text + source.newline))
        return edits

    def _leading(self) -> tuple[ast.stmt | None, list[_Import]]:
        """Return what must come before imports, and the imports at the beginning of the file."""
        start: ast.stmt | None = None
        leading: list[_Import] = []
        for index, node in enumerate(self._source.tree.body):
            if (not index and _is_docstring(node)) or _is_future(node):
                start = node
            elif isinstance(node, IMPORTS):
                leading.append(node)
            else:
                break
        return start, leading

    def _first_imports(
        self, after: ast.stmt | None, standard: list[str], others: list[str]
    ) -> list[Edit]:
        source, newline = self._source, self._source.newline
        text = (newline * 2).join(newline.join(each) for each in (standard, others) if each)
        if not text:
            return []
        if after:
            end = source.end_of(after.end_lineno or 0)
            return [Edit(end, end, newline * 2 + text)]
        first, *_ = source.tree.body
        start = source.offset(source.first_line_of(first))
        return [Edit(start, start, text + newline * (3 if isinstance(first, _BLOCK) else 2))]


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _order(statement: str) -> tuple[bool, str]:
    """Return where an import is among others, as formatters sort them."""
    return statement.startswith("from "), statement.split()[1]


def _module_of(node: _Import) -> str:
    if isinstance(node, ast.Import):
        return node.names[0].name
    return "." * node.level + (node.module or "")


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def _names_in(tree: ast.Module) -> set[str]:
    """Return all names of a file, also those of functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, (*_BLOCK, *IMPORTS)):
            names |= bound_names(node)
    return names
