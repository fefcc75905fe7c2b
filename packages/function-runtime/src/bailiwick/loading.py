"""Finds the functions in an author's folder."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType

from bailiwick.errors import LoadFailed, Problem
from bailiwick.functions import Function, of_role
from bailiwick.installing.requirements import REQUIREMENTS, check_folder, find_declarations

MODULE = "functions"


def load(
    folder: Path, function_of: Callable[[FunctionType], Function] = Function.of
) -> dict[str, Function]:
    """Import ``functions.py`` (or the package ``functions/``) and return its public functions.

    Args:
        folder: The app's folder; it is put first on ``sys.path``.
        function_of: Derives the contract of a function, as :meth:`Function.of` does.

    Raises:
        LoadFailed: The code cannot be imported, or the contract of a public function is incomplete.
    """
    folder = folder.resolve()
    if not (folder / f"{MODULE}.py").is_file() and not (folder / MODULE).is_dir():
        inside = ", ".join(sorted(path.name for path in folder.glob("*"))) or "nothing"
        message = f"neither functions.py nor the folder functions/ exists; found {inside}"
        raise LoadFailed([Problem(f"{MODULE}.py", 0, message)])
    sys.path.insert(0, str(folder))
    functions: dict[str, Function] = {}
    problems: list[Problem] = []
    for function in _public_functions(_modules(folder)):
        name = function.__name__
        try:
            if name in functions:
                raise TypeError("another module has a function with this name; rename one of them")
            functions[name] = function_of(function)
        except TypeError as error:
            file = Path(inspect.getfile(function)).relative_to(folder)
            line = function.__code__.co_firstlineno
            problems.append(Problem(str(file), line, f"{name} cannot be served: {error}", name))
    if not of_role(functions, "data") and not problems:
        message = "no public function to serve; write one with type hints and a docstring"
        problems.append(Problem(f"{MODULE}.py", 0, message))
    if problems:
        raise LoadFailed(problems)
    return functions


def reload(
    folder: Path, served: Path, check: Callable[[dict[str, Function]], None]
) -> dict[str, Function]:
    """Load the code of a folder in place of code that was loaded, of which calls may run.

    A call that runs gets the new code of modules that it imports from now on.

    Args:
        folder: The app's folder; it takes the place of the other one on ``sys.path``.
        served: Folder of the code that was loaded.
        check: Raises an error if the functions must not be served.

    Raises:
        LoadFailed: As :func:`load`; modules are then found as before, also after other errors.
    """
    path = sys.path.copy()
    # calls that import a module meanwhile find one
    sys.path.insert(0, str(folder))
    former = forget(served)
    try:
        functions = load(folder)
        check(functions)
    except BaseException:
        forget(folder)
        sys.modules.update(former)
        sys.path[:] = path
        raise
    return functions


def forget(folder: Path) -> dict[str, ModuleType]:
    """Let the modules of a folder not be found any more; return those that were imported."""
    modules = _modules_in(folder)
    for name in modules:
        del sys.modules[name]
    sys.path[:] = [entry for entry in sys.path if entry != str(folder)]
    return modules


def _modules_in(folder: Path) -> dict[str, ModuleType]:
    return {
        name: module
        for name, module in list(sys.modules.items())
        if any(Path(place).is_relative_to(folder) for place in _places(module))
    }


def _places(module: ModuleType) -> Iterator[str]:
    """Yield the file of a module and the folders of a package; attributes could be computed."""
    values = getattr(module, "__dict__", {})
    yield from (place for place in values.get("__path__") or () if isinstance(place, str))
    if isinstance(file := values.get("__file__"), str):
        yield file


def load_checked(
    folder: Path, function_of: Callable[[FunctionType], Function] = Function.of
) -> dict[str, Function]:
    """Check the packages that the code requires, then load it; the arguments are those of `load`.

    Raises:
        LoadFailed: As :func:`load`, or a package cannot be installed.
    """
    problems = check_folder(folder)
    try:
        functions = load(folder, function_of)
    except LoadFailed as error:
        raise LoadFailed([*problems, *error.problems]) from error
    if problems:
        raise LoadFailed(problems)
    return functions


def _modules(folder: Path) -> list[ModuleType]:
    try:
        root = importlib.import_module(MODULE)
        if not hasattr(root, "__path__"):
            return [root]
        inside = pkgutil.walk_packages(root.__path__, f"{MODULE}.")
        return [root, *(importlib.import_module(module.name) for module in inside)]
    except (Exception, SystemExit) as error:
        raise LoadFailed([_import_problem(folder, error)]) from error


def _import_problem(folder: Path, error: BaseException) -> Problem:
    """Return the author's line at which an import failed."""
    if isinstance(error, SyntaxError) and error.filename:
        place = (error.filename, error.lineno or 0)
        said = f"SyntaxError: {error.msg}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
        place = (own[-1].filename, own[-1].lineno or 0) if own else (f"{MODULE}.py", 0)
        said = f"loading failed here: {type(error).__name__}: {error}{_advice(folder, error)}"
    path = Path(place[0])
    file = path.relative_to(folder) if path.is_relative_to(folder) else path
    return Problem(str(file), place[1], said)


def _advice(folder: Path, error: BaseException) -> str:
    """Return how to get a missing module."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    package, *_ = error.name.split(".")
    if package == MODULE or importlib.util.find_spec(package):
        return ""
    declarations = find_declarations(folder)
    if declarations is None:
        return f"; to install its package, name it in {REQUIREMENTS}"
    return f"; packages in {declarations.file} are installed when it is committed"


def _public_functions(modules: list[ModuleType]) -> Iterator[FunctionType]:
    """Yield the public functions that the modules define, in the order of their lines."""
    for module in modules:
        exported = getattr(module, "__all__", None)
        own = [
            value
            for name, value in vars(module).items()
            if inspect.isfunction(value)
            and value.__module__ == module.__name__
            and (name in exported if exported is not None else not name.startswith("_"))
        ]
        yield from sorted(own, key=lambda function: function.__code__.co_firstlineno)
