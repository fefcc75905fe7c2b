"""Publishes code of a workspace, and pulls code into it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from bailiwick.workspace.checkout import is_code, write_text
from bailiwick.workspace.client import WorkspaceClient
from bailiwick.workspace.definitions import MODULE, Needed, needed_by
from bailiwick.workspace.errors import WorkspaceFailed
from bailiwick.workspace.merge import known_names, merge

CHECK_SECONDS: Final = 120

_FILE: Final = f"{MODULE}.py"
_SHORT: Final = 7


def publish_function(
    workspace: WorkspaceClient, function: str, cells: Sequence[str], message: str = ""
) -> str:
    """Add a function of cells to ``functions.py``, and publish the code.

    Args:
        workspace: The workspace.
        function: Name of the function.
        cells: Sources of the cells.
        message: Message of the commit.

    Returns:
        The outcome for the person.

    Raises:
        WorkspaceFailed: The function is incomplete, the code cannot be served, or the portal
            refused it. In the first two cases, no file changed.
    """
    file = workspace.code / _FILE
    if (workspace.code / MODULE).is_dir():
        raise WorkspaceFailed(
            f"The app has the folder {MODULE}/, so its functions cannot be merged",
            "Copy the function into a module, and run: bailiwick publish",
        )
    source = file.read_bytes().decode() if file.is_file() else ""
    known = known_names(source)
    needed = needed_by(function, cells, known)
    _check_helpers(function, needed, known)
    merged = merge(source, needed)
    contract = check(workspace.code, merged)
    signature = _signature(contract, function)
    now = file.read_bytes().decode() if file.is_file() else ""
    if now != source:
        raise WorkspaceFailed(f"{_FILE} changed while the code was checked", "Publish again.")
    if merged != source:
        write_text(file, merged)
    answer = workspace.post("publish", {"message": message or f"Publish {function}"})
    return _outcome(signature, answer)


def publish_files(workspace: WorkspaceClient, message: str = "") -> str:
    """Publish the changed files.

    Returns:
        The outcome for the person.

    Raises:
        WorkspaceFailed: The code cannot be served, or the portal refused it.
    """
    check(workspace.code)
    answer = workspace.post("publish", {"message": message or "Publish from the workspace"})
    return _outcome(_files(answer["files"]), answer)


def pull(workspace: WorkspaceClient) -> str:
    """Take the newest code of the app.

    Returns:
        The outcome for the person.

    Raises:
        WorkspaceFailed: A file changed both here and in the app's repository, or the portal
            refused the request.
    """
    answer = workspace.post("pull", {})
    commit = answer["commit"][:_SHORT]
    files = answer["files"]
    return f"Pulled {commit}: {_files(files)}" if files else f"Already up to date with {commit}"


def check(code: Path, module: str | None = None) -> dict[str, Any]:
    """Load the code in another process, as ``bailiwick check`` does.

    Args:
        code: Folder of the code.
        module: Source of ``functions.py`` in place of the file.

    Returns:
        The contract.

    Raises:
        WorkspaceFailed: The code cannot be served; the message contains the problems.
    """
    with tempfile.TemporaryDirectory(prefix="bailiwick-check-") as name:
        copy = Path(name)
        for entry in code.iterdir():
            if is_code(entry.name) and (module is None or entry.name != _FILE):
                (copy / entry.name).symlink_to(entry.resolve())
        if module is not None:
            (copy / _FILE).write_bytes(module.encode())
        try:
            ended = subprocess.run(  # noqa: S603
                [sys.executable, "-P", "-m", "bailiwick", "check", name],
                cwd=name,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=CHECK_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise WorkspaceFailed(f"The code did not load within {CHECK_SECONDS} s") from error
        if ended.returncode:
            problems = ended.stderr.replace(f"{name}/", "").strip()
            raise WorkspaceFailed(f"The code cannot be served; nothing changed:\n{problems}")
        return dict(json.loads(ended.stdout))


def shown(action: Callable[[], str]) -> int:
    """Print the outcome of an action, or why it failed.

    Returns:
        The exit code.
    """
    try:
        print(action())
    except WorkspaceFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check_helpers(function: str, needed: Needed, known: frozenset[str]) -> None:
    """Refuse to serve functions that nobody asked to publish."""
    names = (
        {name for each in needed.definitions if each.is_function for name in each.names}
        - known
        - {function}
    )
    helpers = sorted(name for name in names if not name.startswith("_"))
    if helpers and "__all__" not in known:
        private = ", ".join(f"_{name}" for name in helpers)
        raise WorkspaceFailed(
            f"{function} needs {', '.join(helpers)}, which the app would serve, too",
            f"Rename to {private}, or publish first: {', '.join(helpers)}.",
        )


def _outcome(published: str, answer: dict[str, Any]) -> str:
    lines = [f"Published {published}", f"Commit {answer['commit'][:_SHORT]}"]
    return "\n".join([*lines, *filter(None, [answer["text"]])])


def _files(files: Sequence[str]) -> str:
    return files[0] if len(files) == 1 else f"{len(files)} files ({', '.join(files)})"


def _signature(contract: dict[str, Any], name: str) -> str:
    """Describe a function, as in ``prices(symbol: string) -> table with 5 columns``."""
    found = [each for each in contract["functions"] if each["name"] == name]
    if not found:
        raise WorkspaceFailed(
            f"The app would not serve {name}; nothing changed",
            "Use a name without a leading underscore, and add it to __all__ if that exists.",
        )
    schema = found[0]["parameters"]
    order = schema["x-bailiwick"]["order"]
    parameters = (f"{each}: {_type(schema['properties'][each])}" for each in order)
    return f"{name}({', '.join(parameters)}) -> {_result(found[0]['result'])}"


def _type(schema: dict[str, Any]) -> str:
    return str(schema.get("format") or schema.get("type") or "value")


def _result(result: dict[str, Any]) -> str:
    columns = result.get("columns")
    if columns is None:
        return _type(result.get("schema", {}))
    return f"{result['kind']} with {len(columns)} {'column' if len(columns) == 1 else 'columns'}"
