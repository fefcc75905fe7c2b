"""The commands of the runtime: servers, jobs, builds, and checks of an author's folder."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bailiwick.errors import LoadFailed
from bailiwick.functions import contract
from bailiwick.installing.path import use_packages
from bailiwick.installing.requirements import FILES, parse_patterns
from bailiwick.limits import bound_files
from bailiwick.loading import load_checked
from bailiwick.running import Step, run
from bailiwick.serving.source import Source
from bailiwick.stored_results import StoredResults
from bailiwick.workspace.commands import add_workspace_commands

if TYPE_CHECKING:
    from bailiwick.installing.registry import Login

CONTENT: Final = "BAILIWICK_REQUIREMENTS"
"""Variable with the content of the file for ``build``."""

ADVISORIES: Final = "BAILIWICK_ADVISORIES"
"""Variable with the path of the database of advisories for ``build``; nothing without one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: Command-line arguments; by default those of the process.

    Returns:
        The exit code: 0, or 1 with the reason on standard error.
    """
    use_packages()
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bailiwick", description=__doc__)
    commands = parser.add_subparsers(required=True)

    serve = _with_code(commands.add_parser("serve", help="serve the functions of an app"), _serve)
    serve.add_argument("--host", help="address to listen on; with --path this machine's own")
    serve.add_argument("--port", type=int, default=8080, help="port to listen on")

    run = _with_code(commands.add_parser("run", help="run a function, store its result"), _run)
    run.add_argument("--function", required=True, help="the function to run")
    run.add_argument("--run", required=True, help="ID of the run of this step")
    run.add_argument("--steps", type=_names, required=True, help="all functions of the run: a,b,c")
    run.add_argument("--keep", type=int, default=10, help="number of complete runs to keep")
    run.add_argument("--seconds", type=float, default=600, help="time limit of the function")
    run.add_argument("--parameters", type=_object, default={}, help="JSON object, by name")
    run.add_argument(
        "--termination-log",
        type=Path,
        default=Path("/dev/termination-log"),
        help="existing file that receives the outcome",
    )

    consume = _with_code(
        commands.add_parser("consume", help="run a function on messages, store its table"), _consume
    )
    consume.add_argument("--function", required=True, help="the function to run")
    consume.add_argument("--connection", required=True, help="name of the broker's connection")
    consume.add_argument("--topics", type=_array, required=True, help="JSON array of topics")
    consume.add_argument("--window-seconds", type=float, default=5, help="longest window")
    consume.add_argument("--window-messages", type=int, default=500, help="largest window")
    consume.add_argument("--host", default="0.0.0.0", help="address of health")  # noqa: S104
    consume.add_argument("--port", type=int, default=8081, help="port of health")

    build = commands.add_parser("build", help="build the image with the packages of an app")
    _with_registry(build)
    build.add_argument("--file", choices=FILES, required=True, help="name of the file")
    build.add_argument("--allow", type=parse_patterns, default=[], help="allowed packages: a,b-*")
    build.set_defaults(command=_build)

    advisories = commands.add_parser("advisories", help="check a database of advisories")
    advisories.add_argument("database", type=Path, help="a .zip or .json file, or a folder")
    advisories.set_defaults(command=_advisories)

    image = commands.add_parser("image", help="build an image that serves an app")
    _with_registry(image)
    image.add_argument("--base", required=True, help="reference of the image of the runtime")
    image.add_argument("--code", type=Path, required=True, help="a .tar.gz file with functions.py")
    image.add_argument("--packages", help="reference of the image with the packages")
    image.add_argument("--app", required=True, help="name of the app")
    image.add_argument("--commit", required=True, help="commit of the code")
    image.add_argument("--key", type=Path, help="private key for a signature, if it exists")
    image.add_argument("--tag", default="", help="tag of the image")
    image.add_argument("--built", type=Path, help="folder with the result of a Dockerfile")
    image.set_defaults(command=_image)

    check = commands.add_parser("check", help="print the contract of a folder, or its problems")
    check.add_argument("folder", type=Path, nargs="?", default=Path())
    check.set_defaults(command=_check)

    test = commands.add_parser("test", help="run the tests of a folder, as a release does")
    test.add_argument("folder", type=Path, nargs="?", default=Path())
    test.set_defaults(command=_test)

    add_workspace_commands(commands)
    return parser


def _with_code(
    parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--bundle", type=Path, help="a .tar.gz file with functions.py")
    source.add_argument("--path", type=Path, default=Path(), help="a folder with functions.py")
    parser.set_defaults(command=command)
    return parser


def _with_registry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repository", required=True, help="host and path of the image")
    parser.add_argument("--insecure", action="store_true", help="use HTTP without TLS")
    parser.add_argument("--credentials", type=Path, help="a .dockerconfigjson, if it exists")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError(text)  # noqa: TRY004
    return value


def _array(text: str) -> tuple[str, ...]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(text)
    return tuple(value)


def _check(options: argparse.Namespace) -> int:
    try:
        # what the code prints while it is imported is not part of the contract
        with contextlib.redirect_stdout(sys.stderr):
            functions = load_checked(options.folder)
    except LoadFailed as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(contract(functions), indent=2, ensure_ascii=False))
    return 0


def _test(options: argparse.Namespace) -> int:
    try:
        # imported here: only tests need pytest
        from bailiwick.author_tests import run_tests  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "pytest":
            raise
        print("pytest is not installed; run: pip install pytest", file=sys.stderr)
        return 1
    try:
        load_checked(options.folder)
    except LoadFailed as error:
        print(error, file=sys.stderr)
        return 1
    report = run_tests(options.folder)
    return 1 if report["failed"] else 0


def _serve(options: argparse.Namespace) -> int:
    # imported here: `check` and offline tests need no server
    from bailiwick.serving.server import serve  # noqa: PLC0415

    try:
        stored = StoredResults.from_environment()
        source = _source(options, stored.functions if stored else frozenset())
        serve(source, stored, host=options.host or _host(options), port=options.port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _host(options: argparse.Namespace) -> str:
    """Return the address to listen on: calls need no authentication, so a folder is not shared."""
    return "0.0.0.0" if options.bundle else "127.0.0.1"  # noqa: S104


def _run(options: argparse.Namespace) -> int:
    step = Step(
        function=options.function,
        run=options.run,
        steps=options.steps,
        keep=options.keep,
        seconds=options.seconds,
        parameters=options.parameters,
    )
    bound_files()
    return run(step, _source(options), options.termination_log)


def _build(options: argparse.Namespace) -> int:
    # imported here: pods of apps install nothing
    from bailiwick.installing.build import BuildRequest, build  # noqa: PLC0415
    from bailiwick.installing.registry import Registry  # noqa: PLC0415

    content = os.environ.get(CONTENT, "")
    database = os.environ.get(ADVISORIES)
    advisories = Path(database) if database else None
    request = BuildRequest(options.file, content, options.allow, advisories)
    return _report(build(request, Registry(options.repository, _login(options))))


def _advisories(options: argparse.Namespace) -> int:
    # imported here: only builds compare packages with advisories
    from bailiwick.installing.advisories import DatabaseBroken, find_advisories  # noqa: PLC0415

    try:
        newest = find_advisories(options.database, {})["asOf"]
    except DatabaseBroken as error:
        print(f"The database is broken: {error}", file=sys.stderr)
        return 1
    print(f"The database can be used. Its newest advisory is of {newest}.")
    return 0


def _image(options: argparse.Namespace) -> int:
    # imported here: pods of apps build nothing
    from bailiwick.installing.image import ImageRequest, build_image  # noqa: PLC0415

    request = ImageRequest(
        base=options.base,
        code=options.code,
        packages=options.packages,
        app=options.app,
        commit=options.commit,
        key=options.key,
        built=options.built,
    )
    return _report(build_image(request, options.repository, _login(options), options.tag))


def _login(options: argparse.Namespace) -> Login:
    from bailiwick.installing.registry import Login  # noqa: PLC0415

    place = options.credentials
    credentials = json.loads(place.read_bytes()) if place and place.is_file() else None
    host = options.repository.partition("/")[0]
    return Login(credentials, frozenset({host} if options.insecure else ()))


def _report(result: dict[str, Any]) -> int:
    print(json.dumps(result))
    # a later attempt can succeed
    return 1 if "error" in result else 0


def _consume(options: argparse.Namespace) -> int:
    # imported here: only a consumer needs the client of a broker
    from bailiwick.consuming.process import consume  # noqa: PLC0415
    from bailiwick.consuming.windows import Consumption  # noqa: PLC0415

    consumption = Consumption(
        function=options.function,
        connection=options.connection,
        topics=options.topics,
        seconds=options.window_seconds,
        messages=options.window_messages,
    )
    try:
        consume(consumption, _source(options), host=options.host, port=options.port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _source(options: argparse.Namespace, stored: frozenset[str] = frozenset()) -> Source:
    return Source(options.bundle or options.path, is_bundle=bool(options.bundle), stored=stored)
