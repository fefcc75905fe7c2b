"""Reads the packages that an app requires, and checks them against the policy of its pack."""

from __future__ import annotations

import copy
import fnmatch
import importlib.metadata
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bailiwick.errors import Problem

if TYPE_CHECKING:
    from packaging.requirements import Requirement

REQUIREMENTS: Final = "requirements.txt"
PROJECT: Final = "pyproject.toml"
FILES: Final = (REQUIREMENTS, PROJECT)
"""Files that can declare packages; the first one that exists is used."""

ALLOWED: Final = "BAILIWICK_PACKAGES"
"""Variable with the patterns of allowed packages, as a JSON array; any are allowed without it."""

RUNTIME: Final = "bailiwick"
"""The runtime itself, which every app has."""

MAX_REQUIREMENTS: Final = 100
MAX_SHOWN: Final = 20
"""Most patterns that a message lists."""

MAX_LENGTH: Final = 1000
"""Most characters of a requirement."""

_PROJECT_LINE: Final = re.compile(
    r"^[ \t]*\[[ \t]*project[ \t]*\].*?^[ \t]*dependencies[ \t]*="
    r"|^[ \t]*project\.dependencies[ \t]*=",
    re.MULTILINE | re.DOTALL,
)
_TOML_LINE: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Declared:
    """A requirement in the author's file.

    Attributes:
        line: Line number, from 1.
        requirement: As of PEP 508, without URL.
    """

    line: int
    requirement: Requirement

    @property
    def name(self) -> str:
        """The normalized name (PEP 503)."""
        return _normalized(self.requirement.name)

    @property
    def applies(self) -> bool:
        """Whether the requirement is meant for this Python and system."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate()

    @property
    def unconditional(self) -> Requirement:
        """The requirement without its marker, which other programs may evaluate differently."""
        requirement = copy.copy(self.requirement)
        requirement.marker = None
        return requirement


@dataclass(frozen=True)
class Declarations:
    """The content of a file that declares packages.

    Attributes:
        file: Name of the file.
        packages: What it requires.
        problems: Lines that cannot be used.
    """

    file: str
    packages: Sequence[Declared]
    problems: Sequence[Problem]


def find_declarations(folder: Path) -> Declarations | None:
    """Read the packages that the code in a folder requires; ``None`` without such a file."""
    for name in FILES:
        file = folder / name
        if file.is_file():
            return read_declarations(name, file.read_text(encoding="utf-8", errors="replace"))
    return None


def read_declarations(file: str, text: str) -> Declarations:
    """Read ``requirements.txt``, or ``[project] dependencies`` of ``pyproject.toml`` (PEP 621).

    Args:
        file: Name of the file, one of :data:`FILES`.
        text: Its content.
    """
    packages: list[Declared] = []
    problems: list[Problem] = []
    # some editors mark the encoding at the start
    text = text.removeprefix("\ufeff")
    try:
        entries = list(_of_project(text) if file == PROJECT else _of_lines(text))
    except ValueError as error:
        place = _TOML_LINE.search(str(error))
        return Declarations(file, [], [Problem(file, int(place[1]) if place else 0, str(error))])
    for line, entry in entries:
        try:
            declared = Declared(line, _requirement(entry))
        except ValueError as error:
            problems.append(Problem(file, line, str(error)))
            continue
        if declared.name != RUNTIME:
            packages.append(declared)
    if len(packages) > MAX_REQUIREMENTS:
        message = f"{len(packages)} packages are required; the maximum is {MAX_REQUIREMENTS}"
        return Declarations(file, [], [Problem(file, packages[MAX_REQUIREMENTS].line, message)])
    return Declarations(file, packages, problems)


def check_declarations(
    declarations: Declarations,
    allowed: Sequence[str] | None,
    installed: Mapping[str, str],
) -> list[Problem]:
    """Check packages against the policy of a pack and the packages of the runtime.

    Args:
        declarations: What the author requires.
        allowed: Patterns of allowed names, such as ``polars`` or ``scikit-*``; any if ``None``.
        installed: Versions of the packages of the runtime, by normalized name.
    """
    problems = list(declarations.problems)
    for declared in declarations.packages:
        message = _refusal(declared, allowed, installed)
        if message:
            problems.append(Problem(declarations.file, declared.line, message))
    return problems


def check_folder(folder: Path, environment: Mapping[str, str] = os.environ) -> list[Problem]:
    """Check the packages that the code in a folder requires, with the policy of the environment."""
    declarations = find_declarations(folder)
    if declarations is None:
        return []
    allowed = environment.get(ALLOWED)
    patterns = None if allowed is None else json.loads(allowed)
    # outside of a pod, the packages may differ from those of the runtime
    installed = {} if allowed is None else runtime_packages()
    return check_declarations(declarations, patterns, installed)


def parse_patterns(text: str) -> list[str]:
    """Split patterns at commas."""
    return [pattern.strip() for pattern in text.split(",") if pattern.strip()]


def runtime_packages(folder: Path | None = None) -> dict[str, str]:
    """Return the versions of the packages beside the runtime, by normalized name.

    Args:
        folder: Folder with packages; by default the one that contains the runtime.
    """
    place = folder or Path(__file__).parents[2]
    found = importlib.metadata.distributions(path=[str(place)])
    return {_normalized(one.metadata["Name"]): one.version for one in found}


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_lines(text: str) -> Iterator[tuple[int, str]]:
    if "\0" in text:
        raise ValueError("the file is not text in UTF-8; save it with this encoding")
    for number, line in enumerate(text.split("\n"), start=1):
        # a "#" within a URL starts no comment
        entry = re.sub(r"(^|\s)#.*$", "", line).strip()
        if entry:
            yield number, entry


def _of_project(text: str) -> Iterator[tuple[int, str]]:
    try:
        project = tomllib.loads(text).get("project", {})
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the file is not valid TOML: {error}") from error
    entries: Any = project.get("dependencies", []) if isinstance(project, dict) else []
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError("dependencies must be a list of strings")
    lines = text.split("\n")
    start = _PROJECT_LINE.search(text)
    first = text.count("\n", 0, start.end()) if start else 0
    for entry in entries:
        quoted = (f'"{entry}"', f"'{entry}'")
        place = (
            number
            for number, line in enumerate(lines[first:], start=first + 1)
            if any(one in line for one in quoted)
        )
        yield next(place, first + 1), entry


def _requirement(entry: str) -> Requirement:
    """Parse one entry.

    Raises:
        ValueError: It is anything other than a package of the index.
    """
    if len(entry) > MAX_LENGTH:
        raise ValueError(f"the line has {len(entry)} characters; the maximum is {MAX_LENGTH}")
    if "\ufffd" in entry:
        raise ValueError("the line is not text in UTF-8; save the file with this encoding")
    if "--hash" in entry or entry.endswith("\\"):
        raise ValueError(
            "remove hashes and line continuations; all packages are locked with their hashes anyway"
        )
    if entry.startswith("-"):
        option = re.split(r"[\s=]", entry, maxsplit=1)[0]
        raise ValueError(f"options such as {option} are not allowed; list packages only")
    # imported here: most apps declare no packages, and start sooner
    from packaging.requirements import Requirement  # noqa: PLC0415

    try:
        requirement = Requirement(entry)
        if requirement.marker:
            requirement.marker.evaluate()
    except ValueError:
        message = f"{entry[:80]!r} is not a package with a version, such as polars>=1.2"
        raise ValueError(message) from None
    if requirement.url:
        raise ValueError(
            f"{requirement.name} has a URL; only packages of the package index can be installed"
        )
    return requirement


def _refusal(
    declared: Declared, allowed: Sequence[str] | None, installed: Mapping[str, str]
) -> str | None:
    if not declared.applies:
        return None
    version = installed.get(declared.name)
    specifier = declared.requirement.specifier
    if version is not None and not specifier.contains(version, prereleases=True):
        return (
            f"the runtime has {declared.name} {version}, which {declared.requirement} excludes; "
            "remove the version"
        )
    if version is not None and not declared.requirement.extras:
        return None
    if allowed is None or any(_matches(declared.name, pattern) for pattern in allowed):
        return None
    shown = [*allowed[:MAX_SHOWN], *(["…"] if len(allowed) > MAX_SHOWN else [])]
    choice = f"allowed: {', '.join(shown)}" if allowed else "it allows none"
    return (
        f"the domain pack does not allow {declared.name} ({choice}); "
        "ask the platform team to allow the package"
    )


def _matches(name: str, pattern: str) -> bool:
    # normalizing keeps "*"
    return fnmatch.fnmatchcase(name, re.sub(r"[-_.]+", "-", pattern).lower())
