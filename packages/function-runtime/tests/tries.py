"""Tries of code, for tests."""

import asyncio
import io
import tarfile
from pathlib import Path
from textwrap import dedent
from typing import Any

from bailiwick.tries.confinement import MIB
from bailiwick.tries.host import TryHost
from tests.prelude import PRELUDE
from tests.servers import SOURCES

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "PYTHONPATH": str(SOURCES),
    # tests of other limits must not meet this one on a busy machine
    "BAILIWICK_LIMIT_SECONDS": "60",
    "BAILIWICK_LIMIT_ROWS": "100",
}
ROW = '{"symbol": "AAPL", "date": dt.date(2026, 1, 31), "price": 1.5, "change": None}'
HEAD = f"{PRELUDE}\nimport os, sys\n"


def archive(source: str, **files: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in {"functions.py": source, **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def function(body: str) -> str:
    """Return ``functions.py`` with a function ``rows`` with this body."""
    lines = "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
    return f'{HEAD}def rows(n: int = 1) -> Table[Price]:\n    """Rows."""\n{lines}'


class Tries:
    """A host in an event loop of its own."""

    def __init__(self, runner: asyncio.Runner, parent: Path, **environment: str) -> None:
        self.runner = runner
        self.parent = parent
        variables = {**ENVIRONMENT, **environment}
        self.host = TryHost(lambda: ["pandas"], variables, parent, 256 * MIB)

    def attempt(self, source: str, **call: Any) -> dict[str, Any]:  # noqa: ANN401
        return self.runner.run(self.host.attempt(archive(source), **{"function": "rows", **call}))

    def message(self, body: str) -> str:
        """Return the error of a call of ``rows``."""
        result = self.attempt(function(body))
        assert "answer" not in result
        message: str = result["error"]["message"]
        return message
