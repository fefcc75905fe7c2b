"""Places of a store for tests that hold for each: a folder, and a prefix of an S3 bucket."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bailiwick.store import Store


@dataclass(frozen=True)
class Place:
    """Where a store is.

    Attributes:
        environment: Variables that name it.
        folder: Folder with its files or objects.
    """

    environment: dict[str, str]
    folder: Path

    def store(self) -> Store:
        """Open the store as a process of its own would."""
        return Store.from_environment(self.environment)

    def files(self, run: str) -> list[str]:
        """Return the names of the files of a run."""
        folder = self.folder / "runs" / run
        return sorted(file.name for file in folder.iterdir()) if folder.exists() else []

    def age(self, run: str, seconds: float) -> None:
        """Make a run older."""
        changed = time.time() - seconds
        folder = self.folder / "runs" / run
        for path in (folder, *folder.iterdir()):
            os.utime(path, (changed, changed))
