"""The command line: ``serve`` and ``check``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bailiwick.errors import LoadFailed
from bailiwick.functions import contract
from bailiwick.loading import load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: Words of the command line; those of the process when left out.

    Returns:
        The exit code: 0, or 1 with the reason on standard error.
    """
    options = _parser().parse_args(arguments)
    return _check(options.folder) if options.command == "check" else _serve(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bailiwick", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the functions of a bundle or a folder")
    source = serve.add_mutually_exclusive_group()
    source.add_argument("--bundle", type=Path, help="a .tar.gz file that holds functions.py")
    source.add_argument("--path", type=Path, default=Path(), help="a folder with functions.py")
    serve.add_argument("--host", default="0.0.0.0", help="address to listen on")  # noqa: S104
    serve.add_argument("--port", type=int, default=8080, help="port to listen on")
    check = commands.add_parser("check", help="print the contract of a folder, or what it lacks")
    check.add_argument("folder", type=Path, nargs="?", default=Path())
    return parser


def _check(folder: Path) -> int:
    try:
        functions = load(folder)
    except LoadFailed as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(contract(functions), indent=2, ensure_ascii=False))
    return 0


def _serve(options: argparse.Namespace) -> int:
    # imported here: `check` and offline tests need no server
    from bailiwick.serving.server import serve  # noqa: PLC0415
    from bailiwick.serving.source import Source  # noqa: PLC0415

    source = Source(options.bundle, is_bundle=True) if options.bundle else Source(options.path)
    try:
        serve(source, host=options.host, port=options.port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
