"""The store: a folder with the outputs of an app's functions in its runs.

::

    runs/<run>/<function>.parquet    a table
    runs/<run>/<function>.json       a value, byte for byte the answer of a call
    runs/<run>/<function>.meta.json  what is known of it; written last, so it stands for both
    latest                           ID of the newest complete run

Tables are JSON, too, if Parquet would change a value, or if a message consumer or an earlier
version wrote them.

Writers and readers are different processes. A file is there with all its content or not at all,
also when its writer is killed or the machine stops.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bailiwick.errors import OutputDamaged
from bailiwick.functions import digest_of

VARIABLE: Final = "BAILIWICK_STORE"
TRIES: Final = 3
PAUSE_SECONDS: Final = 0.05
"""Attempts to read an output and the pause after each, while a step that runs again replaces it."""

UNFINISHED_FOR: Final = dt.timedelta(days=1)
"""Time in which an incomplete run can still be completed."""


Format = Literal["json", "parquet"]
"""Format of a stored output, which is also the suffix of its file."""


class Input(BaseModel):
    """An input of a step: another step and the digest of its output."""

    step: str
    digest: str


class Meta(BaseModel):
    """Metadata of an output; its JSON has names such as ``startedAt``.

    Attributes:
        function: Name of the function.
        run: ID of the run.
        steps: Names of all functions of the run.
        started_at: Start of the function, in UTC.
        finished_at: End of the function, in UTC.
        rows: Number of rows; 1 for a value.
        digest: Digest of the stored file, ``sha256:…``.
        format: Format of the stored file.
        inputs: Outputs that the function read.
        parameters: What it was given by the run.
        contract: Digest of the contract of its result.
        bundle: Digest of the code's bundle, if it came from one.
        sample: Whether it was made of sample messages.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    function: str
    run: str
    steps: list[str]
    started_at: dt.datetime
    finished_at: dt.datetime
    rows: int
    digest: str
    format: Format = "json"
    inputs: list[Input] = []
    parameters: dict[str, Any] = Field(default_factory=dict)
    contract: str
    bundle: str | None = None
    sample: bool = False


@dataclass(frozen=True)
class Output:
    """A stored output.

    Attributes:
        meta: Its metadata.
        content: Content of its file.
    """

    meta: Meta
    content: bytes


class Store:
    """Results of runs in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the store in ``BAILIWICK_STORE``.

        Raises:
            ValueError: The variable is not set.
        """
        folder = environment.get(VARIABLE)
        if not folder:
            raise ValueError(f"{VARIABLE} is not set; set it to the folder of the store")
        return cls(Path(folder))

    @property
    def latest(self) -> str | None:
        """ID of the newest complete run; ``None`` before the first."""
        try:
            return (self.folder / "latest").read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def meta(self, run: str, function: str) -> Meta | None:
        """Return the metadata of an output; ``None`` if there is no output."""
        if not is_run(run):
            return None
        try:
            text = (self._run(run) / f"{function}.meta.json").read_bytes()
            return Meta.model_validate_json(text)
        except (OSError, ValidationError):
            return None

    def output(self, run: str, function: str) -> Output | None:
        """Return a stored output; ``None`` if there is none.

        Raises:
            OutputDamaged: A Parquet file differs from what was written.
        """
        for _ in range(TRIES):
            if (meta := self.meta(run, function)) is None:
                return None
            try:
                content = self._file(run, function, meta.format).read_bytes()
            except FileNotFoundError:
                return None
            # JSON is not checked: a consumer replaces its table every few seconds
            if meta.format == "json" or digest_of(content) == meta.digest:
                return Output(meta, content)
            time.sleep(PAUSE_SECONDS)
        raise OutputDamaged(function, run)

    def runs_of(self, function: str, contract: str) -> list[str]:
        """Return the runs with an output of a function, newest first.

        Args:
            function: Name of the function.
            contract: Required digest of the contract of the result.
        """
        metas = [meta for run in self._runs() if (meta := self.meta(run, function))]
        metas.sort(key=lambda meta: meta.finished_at, reverse=True)
        return [meta.run for meta in metas if meta.contract == contract]

    def run_at(self, time: dt.datetime) -> str | None:
        """Return the newest complete run that had ended by a time; ``None`` if there is none.

        Runs with custom parameters do not count.
        """
        ended = [
            (metas[-1].finished_at, run)
            for run in self._runs()
            if (metas := self._metas(run))
            and metas[-1].finished_at <= time
            and not any(meta.parameters for meta in metas)
            and self._is_complete(run, metas[-1].steps)
        ]
        return max(ended)[1] if ended else None

    def write(self, meta: Meta, content: bytes, *, becomes_latest: bool = True) -> None:
        """Store an output and, if that completes its run, make the run the latest.

        Args:
            meta: Metadata of the output.
            content: The output in the format of the metadata.
            becomes_latest: Whether the run becomes the default for consumers.

        Raises:
            OSError: The output cannot be written; the previous content is unchanged.
        """
        folder = self._run(meta.run)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._file(meta.run, meta.function, meta.format), content, folder)
        text = meta.model_dump_json(by_alias=True, exclude_none=True).encode()
        write_atomically(folder / f"{meta.function}.meta.json", text, folder)
        for other in set(get_args(Format)) - {meta.format}:
            self._file(meta.run, meta.function, other).unlink(missing_ok=True)
        is_new = becomes_latest and self.latest != meta.run
        if is_new and self._is_complete(meta.run, meta.steps):
            write_atomically(self.folder / "latest", meta.run.encode(), folder)

    def prune(self, keep: int) -> None:
        """Remove runs, except the newest complete ones, the latest, and those still in progress.

        Args:
            keep: Number of complete runs to keep.
        """
        complete: dict[str, dt.datetime] = {}
        stay = {self.latest}
        runs = self._runs()
        for run in runs:
            metas = self._metas(run)
            if metas and self._is_complete(run, metas[-1].steps):
                complete[run] = metas[-1].finished_at
            elif self._age(run) < UNFINISHED_FOR:
                stay.add(run)
        stay.update(sorted(complete, key=lambda run: complete[run], reverse=True)[:keep])
        for run in runs:
            if run not in stay:
                self.forget(run)

    def sweep(self, run: str) -> None:
        """Remove the leftovers of a killed writer from a run without another writer."""
        for file in self._run(run).glob(".*.tmp"):
            file.unlink(missing_ok=True)

    def forget(self, run: str) -> None:
        """Remove a run."""
        shutil.rmtree(self._run(run), ignore_errors=True)

    def _run(self, run: str) -> Path:
        return self.folder / "runs" / run

    def _file(self, run: str, function: str, stored_as: Format) -> Path:
        return self._run(run) / f"{function}.{stored_as}"

    def _runs(self) -> Sequence[str]:
        with contextlib.suppress(FileNotFoundError):
            return [path.name for path in (self.folder / "runs").iterdir() if is_run(path.name)]
        return []

    def _metas(self, run: str) -> list[Meta]:
        """Return the metadata of all outputs of a run, newest last."""
        names = [
            file.name.removesuffix(".meta.json") for file in self._run(run).glob("*.meta.json")
        ]
        metas = [meta for name in names if (meta := self.meta(run, name))]
        return sorted(metas, key=lambda meta: meta.finished_at)

    def _is_complete(self, run: str, steps: Sequence[str]) -> bool:
        return all(self.meta(run, step) is not None for step in steps)

    def _age(self, run: str) -> dt.timedelta:
        try:
            changed = self._run(run).stat().st_mtime
        except FileNotFoundError:
            return dt.timedelta(0)
        return dt.datetime.now(dt.UTC) - dt.datetime.fromtimestamp(changed, dt.UTC)


def is_run(text: str) -> bool:
    """Whether a text is a valid ID of a run: a Kubernetes name, which cannot be a path."""
    return re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,252}", text) is not None


def write_atomically(file: Path, content: bytes, folder: Path) -> None:
    """Replace a file atomically: readers see either the old or the new content.

    Args:
        file: The file.
        content: Its new content.
        folder: Folder for the temporary file, on the same file system; removed with the run.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        # other than mkstemp's own mode: the pods that read may run as another user
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    place = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
