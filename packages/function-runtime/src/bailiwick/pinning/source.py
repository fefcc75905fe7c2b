"""Source of a Python file, and edits that keep the rest of it byte for byte."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

from bailiwick.pinning.errors import CannotPin
from bailiwick.workspace.definitions import comment_start, lines_of

Defined = ast.FunctionDef | ast.AsyncFunctionDef

_MARK = "\ufeff"

# PEP 263, and the interpreter of a script: they count in the first two lines only.
_FIRST_LINES = re.compile(r"#!|#.*?coding[:=]")


@dataclass(frozen=True)
class Edit:
    """Replacement of the characters from ``start`` to before ``end``."""

    start: int
    end: int
    text: str


class Source:
    """A Python file.

    Attributes:
        text: Its text, with its own line breaks, without a byte order mark.
        newline: Line break of new lines.
        lines: Its lines without line breaks.
        tree: Its syntax tree.
    """

    def __init__(self, text: str) -> None:
        """Parse a text.

        Raises:
            CannotPin: The text is not Python.
        """
        self.text = text.removeprefix(_MARK)
        self._mark = text[: len(text) - len(self.text)]
        breaks = [*re.finditer(r"\r\n|\r|\n", self.text)]
        self._starts = [0, *(each.end() for each in breaks)]
        self._ends = [*(each.start() for each in breaks), len(self.text)]
        self.newline = breaks[0][0] if breaks else "\n"
        self.lines = [
            self.text[start:end] for start, end in zip(self._starts, self._ends, strict=True)
        ]
        try:
            self.tree = ast.parse(self.text)
        except (SyntaxError, ValueError) as error:
            raise CannotPin(f"The file is not valid Python: {error}.") from error

    def offset(self, line: int, column: int = 0) -> int:
        """Return the position of a line (from 1) and a column in bytes, as syntax trees have it."""
        before = self.lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)

    def end_of(self, line: int) -> int:
        """Return the position of the end of a line, before its line break."""
        return self._ends[line - 1]

    def function(self, name: str, line: int) -> Defined:
        """Return the function at the top level with a name.

        Args:
            name: Its name.
            line: First line of its decorators, or of itself.

        Raises:
            CannotPin: Another statement contains the function, or makes it.
        """
        for node in self.tree.body:
            if isinstance(node, Defined) and node.name == name and lines_of(node)[0] == line:
                return node
        raise CannotPin(
            f"{name} is not defined by a 'def' at the top level of the file. Define it there."
        )

    def first_line_of(self, node: ast.stmt) -> int:
        """Return the first line of a statement with its decorators and the comment above."""
        start, _ = lines_of(node)
        first = comment_start(self.lines, start)
        while first < start and first <= 2 and _FIRST_LINES.match(self.lines[first - 1]):  # noqa: PLR2004
            first += 1
        return first

    def end_of_signature(self, node: Defined) -> int:
        """Return the position of the colon after the parameters of a function without a type."""
        depth = 0
        lines = io.StringIO(self.text, newline="")
        for token in tokenize.generate_tokens(lines.readline):
            if token.type != tokenize.OP or token.start[0] < node.lineno:
                continue
            if token.string == ":" and not depth:
                row, column = token.start
                return self._starts[row - 1] + column
            depth += (token.string in "([{") - (token.string in ")]}")
        raise CannotPin(f"The signature of {node.name} cannot be read.")

    def edited(self, edits: Iterable[Edit]) -> str:
        """Return the text with edits that do not overlap; those of one place are in their order."""
        text, end = self._mark, 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            text += self.text[end : edit.start] + edit.text
            end = edit.end
        return text + self.text[end:]
