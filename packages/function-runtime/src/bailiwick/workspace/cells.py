"""Code cells: of a notebook's file, or of a running session."""

from __future__ import annotations

import ast
import json
import re
import symtable
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bailiwick.workspace.errors import WorkspaceFailed

SUFFIX: Final = ".ipynb"

_PYTHON_MAGICS: Final = ("%%time", "%%timeit", "%%capture", "%%prun")
"""Magics whose cells are Python in the namespace of the notebook."""
_COMMAND: Final = re.compile(r"^(\s*)(?:[%!?]|\w[\w., ]*=\s*[%!]|.*\?\s*$)")


def cells_of(notebook: Path) -> list[str]:
    """Return the sources of the code cells of a notebook.

    Raises:
        WorkspaceFailed: The file is not a notebook.
    """
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code"]
    except OSError as error:
        raise WorkspaceFailed(f"{notebook} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceFailed(f"{notebook} is not a notebook of Jupyter") from error


def parse_cells(cells: Sequence[str], function: str) -> list[tuple[str, ast.Module]]:
    """Return the source and syntax tree of each cell that is Python, without its commands.

    Commands are the lines that start with ``%``, ``!`` or ``?``.

    Args:
        cells: Sources of the cells.
        function: Function whose cell must be Python.

    Raises:
        WorkspaceFailed: The cell of the function has an error.
    """
    parsed = []
    for number, cell in enumerate(cells, start=1):
        if _is_other_language(cell):
            continue
        text = cell.replace("\r\n", "\n")
        source = text if _parses(text) else _without_commands(text)
        try:
            parsed.append((source, _parsed(source)))
        except (SyntaxError, ValueError) as error:
            if _mentions(cell, function):
                raise WorkspaceFailed(
                    f"The code cell {number}, which defines {function}, has an error: {error}"
                ) from error
    return parsed


def find_notebook(folder: Path, function: str) -> Path:
    """Return the only notebook that defines a function.

    Raises:
        WorkspaceFailed: No notebook or several notebooks define it.
    """
    found = []
    for notebook in sorted(folder.rglob(f"*{SUFFIX}")):
        inside = notebook.relative_to(folder)
        if not any(part.startswith(".") for part in inside.parts) and _defines(notebook, function):
            found.append(str(inside))
    if not found:
        raise WorkspaceFailed(
            f"No notebook in {folder} defines {function}",
            "Save the notebook, or name it with --notebook.",
        )
    if len(found) > 1:
        raise WorkspaceFailed(
            f"Several notebooks define {function}: {', '.join(found)}",
            "Name one of them with --notebook.",
        )
    return folder / found[0]


def _defines(notebook: Path, function: str) -> bool:
    try:
        return any(_mentions(cell, function) for cell in cells_of(notebook))
    except WorkspaceFailed:
        return False


def _mentions(cell: str, function: str) -> bool:
    return bool(re.search(rf"^(?:async\s+)?def\s+{re.escape(function)}\s*\(", cell, re.MULTILINE))


def _is_other_language(cell: str) -> bool:
    first = cell.lstrip().split(maxsplit=1)[:1]
    return bool(first) and first[0].startswith("%%") and first[0] not in _PYTHON_MAGICS


def _parses(source: str) -> bool:
    try:
        _parsed(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _parsed(source: str) -> ast.Module:
    tree = ast.parse(source)
    # finds further errors, such as two parameters with one name
    symtable.symtable(source, "cell", "exec")
    return tree


def _without_commands(cell: str) -> str:
    """Return a cell with ``pass`` in place of commands, so that blocks keep a statement."""
    lines = []
    for line in cell.split("\n"):
        command = _COMMAND.match(line)
        lines.append(f"{command[1]}pass" if command else line)
    return "\n".join(lines)
