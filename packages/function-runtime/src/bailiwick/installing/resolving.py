"""Resolves requirements into a lock file (PEP 751) and installs it, with uv."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name

from bailiwick.errors import LoadFailed, Problem
from bailiwick.installing.requirements import Declarations, Declared

LOCK: Final = "pylock.toml"
CERTIFICATES: Final = Path("/etc/uv/ca.crt")
"""Certificates of the index beside the settings of uv, if it has others than the public ones."""

_SECONDS: Final = 400
_ALWAYS: Final = ("--no-progress", "--quiet")
_WHEELS: Final = ("--only-binary", ":all:")
"""Nothing but wheels: installing one runs no code."""

_HEADING: Final = re.compile(r"^(No solution found|Couldn't parse|Request failed)[^:]*: ")
_REQUIRED: Final = re.compile(r"you require (.+?), we can conclude")
_OPTION: Final = "`--"
_MISMATCH: Final = re.compile(r"(Hash mismatch for `[^`]*`).*")
_NO_WHEELS: Final = re.compile("no usable wheels")
_OTHER_FILE: Final = "The file in the package index is not the one that the index describes."
_ONLY_WHEELS: Final = "Only wheels are installed, as other packages run code at installation."
_DENIED: Final = "401 Unauthorized"
_UNREACHABLE: Final = re.compile(
    rf"Failed to fetch|error sending request|Could not connect|timed out|{_DENIED}"
)


class IndexUnavailable(Exception):
    """The package index did not respond as expected; the same request can succeed later."""


@dataclass(frozen=True)
class Uv:
    """Runs uv.

    Attributes:
        scratch: Folder for its cache and its files.
        environment: Its variables; the settings of the index are in the system's ``uv.toml``.
    """

    scratch: Path
    environment: Mapping[str, str]

    def lock(self, declarations: Declarations, installed: Mapping[str, str]) -> Path:
        """Resolve requirements together with the packages of the runtime, which keep their version.

        Args:
            declarations: Valid requirements.
            installed: Versions of the packages of the runtime, by name; the lock lacks them.

        Returns:
            The lock file.

        Raises:
            LoadFailed: There is no solution; the message explains why.
            IndexUnavailable: The index did not respond.
        """
        # the index may lack packages of the runtime
        missing = [
            one
            for one in declarations.packages
            if one.applies and (one.name not in installed or one.requirement.extras)
        ]
        wanted = self.scratch / "wanted.in"
        wanted.write_text("".join(f"{one.unconditional}\n" for one in missing))
        constraints = self.scratch / "constraints.txt"
        constraints.write_text("".join(f"{name}=={is_}\n" for name, is_ in installed.items()))
        lock = self.scratch / LOCK
        kept = [option for name in installed for option in ("--no-emit-package", name)]
        self._run(
            declarations,
            installed,
            ["compile", str(wanted), "--constraints", str(constraints)],
            [*_WHEELS, *kept, "--no-header", "--format", "pylock.toml", "--output-file", str(lock)],
        )
        return lock

    def install(self, declarations: Declarations, lock: Path, target: Path) -> None:
        """Install a lock file into a folder; each file must have the hash in the lock.

        Raises:
            LoadFailed: A file has another hash, or cannot be installed.
            IndexUnavailable: The index did not respond.
        """
        self._run(
            declarations,
            {},
            ["install", "--requirements", str(lock), "--target", str(target)],
            [*_WHEELS, "--no-deps", "--require-hashes", "--link-mode", "copy"],
        )

    def _run(
        self,
        declarations: Declarations,
        installed: Mapping[str, str],
        command: Sequence[str],
        options: Sequence[str],
    ) -> None:
        # imported here: only builds need uv
        from uv import find_uv_bin  # noqa: PLC0415

        environment = {**self.environment, "UV_CACHE_DIR": str(self.scratch / "cache")}
        done = subprocess.run(  # noqa: S603
            [find_uv_bin(), "pip", *command, *options, *_ALWAYS, "--python", sys.executable],
            env=environment,
            cwd=self.scratch,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return
        if _UNREACHABLE.search(done.stderr):
            raise IndexUnavailable(_failure(done.stderr))
        raise LoadFailed([_problem(declarations, installed, done.stderr)])


def packages_of(lock: Path) -> list[dict[str, Any]]:
    """Return the packages of a lock file, with ``name``, ``version`` and ``wheels``."""
    packages: list[dict[str, Any]] = tomllib.loads(lock.read_text())["packages"]
    return packages


def base_environment() -> dict[str, str]:
    """Return the variables of this process that uv may see: no settings of the author."""
    names = ("PATH", "HOME", "SSL_CERT_FILE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "ALL_PROXY")
    own = {"SSL_CERT_FILE": str(CERTIFICATES)} if CERTIFICATES.is_file() else {}
    return {**{name: os.environ[name] for name in names if name in os.environ}, **own}


def _problem(declarations: Declarations, installed: Mapping[str, str], output: str) -> Problem:
    """Return the explanation of uv at the author's line that it is about."""
    reason = _reason(output)
    words = _names_in(reason)
    required = _names_in(" ".join(_REQUIRED.findall(reason)))
    named: list[Declared] = [one for one in declarations.packages if one.name in words]
    involved = [one for one in named if one.name in required] or named
    line = involved[0].line if involved else 0
    others = ", ".join(f"line {one.line} ({one.requirement})" for one in involved[1:])
    kept = ", ".join(f"{name} {is_}" for name, is_ in installed.items() if name in words)
    message = (
        f"{reason}{f' The runtime has {kept}.' if kept else ''}"
        f"{f' See also {others}.' if others else ''}"
    )
    return Problem(declarations.file, line, message)


def _names_in(text: str) -> set[str]:
    """Return the words of a text that can be names of packages, normalized."""
    return {canonicalize_name(word) for word in re.findall(r"[A-Za-z0-9][\w.-]*", text)}


def _failure(output: str) -> str:
    """Return which address did not respond, and why."""
    *_, cause = _reason(output.partition("hint: ")[0]).split(": ")
    address = re.search(r"https?://[^\s)]+", output)
    why, *_ = cause.partition(" for url (")
    if _DENIED in output:
        why = _DENIED
    return f"{address[0]}: {why}" if address else why


def _reason(output: str) -> str:
    """Return what uv found out, without headings and advice on options."""
    *_, output = re.split(r"^error: ", output, maxsplit=1, flags=re.MULTILINE)
    text, *hints = " ".join(output.split()).split(" hint: ")
    text = _HEADING.sub("", text.replace(" cause: ", ": "))
    text = _MISMATCH.sub(rf"\1. {_OTHER_FILE}", text)
    if _NO_WHEELS.search(text):
        text = f"{_NO_WHEELS.sub('no wheels for this runtime', text)} {_ONLY_WHEELS}"
    return " ".join([text, *(hint for hint in hints if _OPTION not in hint)])[:1500]
