"""Functions of notebooks, merged into the source of a module."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from bailiwick.workspace.cells import cells_of, find_notebook
from bailiwick.workspace.definitions import needed_by
from bailiwick.workspace.errors import WorkspaceFailed
from bailiwick.workspace.merge import known_names, merge


def merged(source: str, *cells: str, function: str = "f") -> str:
    """Merge a function of cells into a source."""
    source = dedent(source)
    texts = [dedent(cell).strip("\n") for cell in cells]
    return merge(source, needed_by(function, texts, known_names(source)))


def test_writes_a_new_module_in_the_order_of_needs() -> None:
    cells = [
        "def f(x: 'Row') -> int:\n    return _half(x) + LIMIT",
        "from typing import TypedDict\nimport math, os",
        "# most\nLIMIT = 1\nSTEP = 2",
        "class Row(TypedDict):\n    a: int",
        "def _half(x):\n    return math.floor(x / STEP)",
    ]
    assert merged("", *cells) == dedent("""\
        import math
        from typing import TypedDict


        # most
        LIMIT = 1


        class Row(TypedDict):
            a: int


        STEP = 2


        def _half(x):
            return math.floor(x / STEP)


        def f(x: 'Row') -> int:
            return _half(x) + LIMIT
        """)


def test_replaces_definitions_and_keeps_other_text() -> None:
    source = '''\
        """A module."""

        import math  # kept
        import os


        OTHER = {  'a' :1 }

        # of f
        @cached
        def f():
            return 1
        # the end
        '''
    cell = (
        "import json\nNEW = 1\ndef cached(f): return f\n@cached\ndef f():\n    return json, NEW\n"
    )
    assert merged(source, cell) == dedent('''\
        """A module."""

        import math  # kept
        import os
        import json


        OTHER = {  'a' :1 }

        NEW = 1


        def cached(f): return f


        # of f
        @cached
        def f():
            return json, NEW
        # the end
        ''')
    assert merged(merged(source, cell), cell) == merged(source, cell)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["def f(): return 1", "def f(): return 2"], "def f(): return 2\n"),
        (["A = 1", "def f(): return A", "A = 3"], "A = 3\n\n\ndef f(): return A\n"),
        (["A = 1\nA = A + 1\ndef f(): return A"], "A = 1\nA = A + 1\n\n\ndef f(): return A\n"),
        (["A = 1; B = 2\ndef f(): return A"], "A = 1\n\n\ndef f(): return A\n"),
        (
            ["import a.b\nimport a.c\ndef f(): return a.b"],
            "import a.b\nimport a.c\n\n\ndef f(): return a.b\n",
        ),
        (["from a import *\ndef f(): return x"], "from a import *\n\n\ndef f(): return x\n"),
        (
            ["try:\n    import a\nexcept ImportError:\n    a = None\ndef f(): return a"],
            "try:\n    import a\nexcept ImportError:\n    a = None\n\n\ndef f(): return a\n",
        ),
        (
            ["def g(): return f()", "def f(): return g"],
            "def g(): return f()\n\n\ndef f(): return g\n",
        ),
        (["%%time\n%pip install x\nn = !ls\ndef f(): return 1"], "def f(): return 1\n"),
        (["%%bash\ndef f(): return 1", "def f(): return 2"], "def f(): return 2\n"),
        (["if True:\n    !ls\ndef f(): return 2"], "def f(): return 2\n"),
        (["def f(x=[y for y in 'a']): return [x for z in x]"], None),
    ],
)
def test_takes_what_the_function_needs(cells: list[str], expected: str | None) -> None:
    assert merged("", *cells) == (expected or f"{cells[0]}\n")


def test_uses_names_of_the_module() -> None:
    source = "import os\n\nclass Row: pass\n"
    cell = "from functions import Row\ndef f() -> Row: return os.name"
    assert merged(source, cell) == f"{source}\n\ndef f() -> Row: return os.name\n"


@pytest.mark.parametrize(
    ("source", "cell", "reason"),
    [
        ("", "x = 1", "No cell defines f"),
        ("", "def f(): return missing", "f needs missing, which no cell defines at its top level"),
        ("", "def f():\n  def g(): return missing", "f needs missing, which"),
        ("", "for a in 'x': pass\ndef f(): return a", "f needs a, whose value comes from a loop"),
        ("", "a = 1\na += 1\ndef f(): return a", "f needs a, whose value comes from a loop"),
        ("", "import functions\ndef f(): return functions.g()", "cannot import from itself"),
        ("", "from functions import g\ndef f(): return g", "cannot import from itself"),
        ("", "def f(a, a): pass", "has an error: duplicate argument 'a'"),
        ("x = (", "def f(): pass", "functions.py has an error: "),
        ("import os", "from posix import os\ndef f(): return os", "Use another name than os"),
        ("def os(): pass", "import os\ndef f(): return os", "Use another name than os"),
        ("import g", "def g(): pass\ndef f(): return g", "functions.py imports g"),
    ],
)
def test_explains_what_cannot_be_merged(source: str, cell: str, reason: str) -> None:
    with pytest.raises(WorkspaceFailed) as failed:
        merged(source, cell)
    assert reason in str(failed.value)


def test_finds_the_notebook_of_a_function(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": ["async def f(\n", "): pass"]}
    notebook = tmp_path / "sub/a.ipynb"
    for file in (notebook, tmp_path / ".ipynb_checkpoints/a.ipynb"):
        file.parent.mkdir()
        file.write_text(json.dumps({"cells": [cell]}))
    (tmp_path / "broken.ipynb").write_text("{")
    assert find_notebook(tmp_path, "f") == notebook
    assert cells_of(notebook) == ["async def f(\n): pass"]
    with pytest.raises(WorkspaceFailed, match="is not a notebook of Jupyter"):
        cells_of(tmp_path / "broken.ipynb")
    with pytest.raises(WorkspaceFailed, match="cannot be read: No such file"):
        cells_of(tmp_path / "other.ipynb")
