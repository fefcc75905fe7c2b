"""Source of the served functions, and the state of loading them."""

from __future__ import annotations

import contextlib
import gc
import logging
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bailiwick.bundle import unpack
from bailiwick.errors import BundleRefused, LoadFailed, NotReady, Problem
from bailiwick.functions import Function, contract, digest_of, of_role
from bailiwick.installing.requirements import FILES
from bailiwick.loading import MODULE, load, reload
from bailiwick.tries.folder import remove

log = logging.getLogger("bailiwick.load")


@dataclass(frozen=True)
class Source:
    """A bundle file or a folder that contains ``functions.py``.

    Attributes:
        path: The file or folder.
        is_bundle: Whether it is a file.
        stored: Names of the functions whose results are stored.
    """

    path: Path
    is_bundle: bool = False
    stored: frozenset[str] = frozenset()

    def folder(self) -> Path:
        """Return the folder of the code; a bundle is unpacked into a new one.

        Raises:
            LoadFailed: The bundle cannot be unpacked.
        """
        return _unpacked(self.path).resolve() if self.is_bundle else self.path.resolve()

    def load(self, folder: Path | None = None) -> dict[str, Function]:
        """Return the functions in a folder, by default that of the code.

        Raises:
            LoadFailed: With the reason for each place in the code.
        """
        functions = load(folder or self.folder())
        if missing := sorted(self.stored - of_role(functions, "data").keys()):
            message = "the app requires the function {}; write it"
            raise LoadFailed(
                [Problem(f"{MODULE}.py", 0, message.format(name), name) for name in missing]
            )
        return {
            name: function.stored() if name in self.stored else function
            for name, function in functions.items()
        }

    @property
    def digest(self) -> str | None:
        """Digest of the bundle; ``None`` for a folder."""
        return digest_of(self.path.read_bytes()) if self.is_bundle else None


def _unpacked(bundle: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bailiwick-"))
    try:
        unpack(bundle, folder)
    except BundleRefused as error:
        remove(folder)
        raise LoadFailed([Problem(bundle.name, 0, str(error))]) from error
    return folder


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage rarely; what exists afterwards is never searched for garbage.

    Code that is imported stays. Searching it takes a tenth of the time of an import.
    """
    usual = gc.get_threshold()
    rare = (100 * usual[0], *usual[1:])
    gc.set_threshold(*rare)
    gc.enable()
    try:
        yield
    finally:
        # the code of the app may have set its own
        if gc.get_threshold() == rare:
            gc.set_threshold(*usual)
        gc.freeze()


def _requirements(folder: Path) -> list[bytes | None]:
    files = (folder / name for name in FILES)
    return [file.read_bytes() if file.is_file() else None for file in files]


class Loader:
    """Loads the functions in the background; health and problems are available meanwhile."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._thread = threading.Thread(target=self._load, name="load", daemon=True)
        self.phase: Literal["loading", "ready", "failed"] = "loading"
        self.problems: list[Problem] = []
        self._functions: dict[str, Function] = {}
        self.folder = Path()
        self._former: Path | None = None

    def start(self) -> None:
        """Start to load."""
        self._thread.start()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until loading has ended, at most ``timeout`` seconds."""
        self._thread.join(timeout)

    @property
    def functions(self) -> dict[str, Function]:
        """The loaded functions by name.

        Raises:
            NotReady: They are not loaded; the message contains the reason.
        """
        if self.phase == "loading":
            raise NotReady("the functions are still loading; try again in a second")
        if self.phase == "failed":
            raise NotReady(
                "the functions cannot be served: " + "; ".join(map(str, self.problems)),
                problems=[vars(problem) for problem in self.problems],
            )
        return self._functions

    def replace(self, archive: bytes) -> None:
        """Serve other code, without results that are stored.

        Args:
            archive: A ``.tar.gz`` file with ``functions.py``.

        Raises:
            LoadFailed: The code cannot be loaded, or requires other packages; the former is served.
            NotReady: No code is loaded.
        """
        with tempfile.NamedTemporaryFile(suffix=".tar.gz") as bundle:
            bundle.write(archive)
            bundle.flush()
            promised = contract(self.functions)

            def check(functions: dict[str, Function]) -> None:
                if contract(functions) != promised:
                    raise LoadFailed([Problem(f"{MODULE}.py", 0, "its contract differs")])

            folder = _unpacked(Path(bundle.name)).resolve()
            try:
                if self._source.stored or _requirements(folder) != _requirements(self.folder):
                    raise LoadFailed([Problem(f"{MODULE}.py", 0, "its pods differ")])
                self._functions = reload(folder, self.folder, check)
            except BaseException:
                remove(folder)
                raise
            # calls that run may read files of the former code
            if self._former:
                remove(self._former)
            self._former, self.folder = self.folder, folder
            log.info("serving newer code")

    def document(self) -> dict[str, Any]:
        """Return the state for ``GET /readyz``."""
        return {
            "status": self.phase,
            "functions": list(of_role(self._functions, "data")),
            "problems": [vars(problem) for problem in self.problems],
        }

    def _load(self) -> None:
        # said beforehand: code that kills the process while it is imported leaves this as a trace
        log.info("loading functions from %s", self._source.path)
        try:
            with _few_collections():
                self.folder = self._source.folder()
                self._functions = self._source.load(self.folder)
        except LoadFailed as error:
            self._fail(error.problems, error.__cause__)
        except BaseException as error:  # noqa: BLE001
            reason = f"loading failed: {type(error).__name__}: {error}"
            self._fail([Problem(self._source.path.name, 0, reason)], error)
        else:
            self.phase = "ready"
            log.info("serving %s", ", ".join(self._functions))

    def _fail(self, problems: list[Problem], cause: BaseException | None) -> None:
        self.problems = problems
        self.phase = "failed"
        for problem in problems:
            log.error("%s", problem, exc_info=cause)
