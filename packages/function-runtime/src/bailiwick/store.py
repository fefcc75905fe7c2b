"""The store: outputs of an app's functions in its runs, in a folder or in an S3 bucket.

A run has one file for each output, in Parquet or JSON, and one with its metadata. An output
exists as soon as its metadata does, which is written last. Readers get the latest run by default.

Tables are JSON, too, if Parquet would change a value, or if a message consumer or an earlier
version wrote them.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bailiwick.errors import OutputDamaged
from bailiwick.folder_storage import FolderStorage
from bailiwick.functions import digest_of
from bailiwick.storage import METADATA, RunFiles, Storage, is_run, storage_of

log = logging.getLogger("bailiwick.store")

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
    """Results of runs.

    All methods raise :class:`OSError` if the storage cannot be read or written.
    """

    def __init__(self, storage: Storage | Path) -> None:
        self.storage = FolderStorage(storage) if isinstance(storage, Path) else storage

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the store in ``BAILIWICK_STORE``; see :func:`bailiwick.storage.storage_of`.

        Raises:
            ValueError: The variable is not set, or the settings of the bucket are invalid.
        """
        return cls(storage_of(environment))

    @property
    def latest(self) -> str | None:
        """ID of the newest complete run; ``None`` before the first."""
        return self.storage.latest()

    def meta(self, run: str, function: str) -> Meta | None:
        """Return the metadata of an output; ``None`` if there is no output."""
        if not is_run(run):
            return None
        return _parsed(self.storage.read(run, f"{function}{METADATA}"))

    def output(self, run: str, function: str, contract: str | None = None) -> Output | None:
        """Return a stored output; ``None`` if there is none.

        Args:
            run: ID of the run.
            function: Name of the function.
            contract: Required digest of the contract of the result; ``None`` accepts all.

        Raises:
            OutputDamaged: The file differs from what was written.
        """
        for _ in range(TRIES):
            meta = self.meta(run, function)
            if meta is None or contract not in (None, meta.contract):
                return None
            content = self.storage.read(run, self._file(meta))
            # JSON in a folder is not checked: a consumer replaces its table every few seconds
            is_trusted = meta.format == "json" and not self.storage.is_versioned
            if content is not None and (is_trusted or digest_of(content) == meta.digest):
                return Output(meta, content)
            time.sleep(PAUSE_SECONDS)
        raise OutputDamaged(function, run)

    def runs_of(self, function: str, contract: str) -> list[str]:
        """Return the runs with an output of a function, newest first.

        Args:
            function: Name of the function.
            contract: Required digest of the contract of the result.
        """
        metas = [
            meta
            for files in self._scan().values()
            if (meta := _parsed(files.metas.get(function))) and meta.contract == contract
        ]
        metas.sort(key=lambda meta: meta.finished_at, reverse=True)
        return [meta.run for meta in metas]

    def run_at(self, time: dt.datetime) -> str | None:
        """Return the newest complete run that had ended by a time; ``None`` if there is none.

        Runs with custom parameters do not count.
        """
        ended = [
            (metas[-1].finished_at, run)
            for run, files in self._scan().items()
            if (metas := _complete(files.metas))
            and metas[-1].finished_at <= time
            and not any(meta.parameters for meta in metas)
        ]
        return max(ended)[1] if ended else None

    def write(self, meta: Meta, content: bytes, *, becomes_latest: bool = True) -> None:
        """Store an output and, if that completes its run, make the run the latest.

        Args:
            meta: Metadata of the output.
            content: The output in the format of the metadata.
            becomes_latest: Whether the run becomes the default for consumers.

        Raises:
            OSError: The output cannot be written, and in a bucket the previous one is unchanged;
                or the ID of the latest run cannot be read or written.
        """
        replaced = self.meta(meta.run, meta.function)
        self.storage.write(meta.run, self._file(meta), content)
        text = meta.model_dump_json(by_alias=True, exclude_none=True).encode()
        self.storage.write(meta.run, f"{meta.function}{METADATA}", text)
        if replaced and self._file(replaced) != self._file(meta):
            try:
                self.storage.delete(meta.run, self._file(replaced))
            except OSError as error:
                # the output is written; no metadata names what remains
                log.warning("%s of run %s remains: %s", self._file(replaced), meta.run, error)
        is_new = becomes_latest and self.latest != meta.run
        if is_new and all(self.meta(meta.run, step) for step in meta.steps):
            self.storage.set_latest(meta.run)

    def prune(self, keep: int) -> None:
        """Remove runs, except the newest complete ones, the latest, and those still in progress.

        Args:
            keep: Number of complete runs to keep.
        """
        complete: dict[str, dt.datetime] = {}
        stay = {self.latest}
        runs = self._scan()
        for run, files in runs.items():
            if metas := _complete(files.metas):
                complete[run] = metas[-1].finished_at
            elif dt.datetime.now(dt.UTC) - files.changed_at < UNFINISHED_FOR:
                stay.add(run)
        stay.update(sorted(complete, key=lambda run: complete[run], reverse=True)[:keep])
        for run in runs:
            if run not in stay:
                self.forget(run)

    def sweep(self, run: str) -> None:
        """Remove the leftovers of a killed writer from a run without another writer."""
        files = self._scan().get(run)
        metas = map(_parsed, files.metas.values()) if files else ()
        self.storage.sweep(run, {self._file(meta) for meta in metas if meta})

    def forget(self, run: str) -> None:
        """Remove a run."""
        self.storage.forget(run)

    def _scan(self) -> Mapping[str, RunFiles]:
        return {run: files for run, files in self.storage.scan().items() if is_run(run)}

    def _file(self, meta: Meta) -> str:
        """Return the name of the file of an output."""
        if not self.storage.is_versioned:
            return f"{meta.function}.{meta.format}"
        written = f"{meta.finished_at.timestamp():.6f}-{meta.digest.removeprefix('sha256:')[:16]}"
        return f"{meta.function}.{written}.{meta.format}"


def _parsed(text: bytes | None) -> Meta | None:
    if text is None:
        return None
    try:
        return Meta.model_validate_json(text)
    except ValidationError:
        return None


def _complete(files: Mapping[str, bytes]) -> Sequence[Meta]:
    """Return the metadata of a complete run, newest last; nothing for others."""
    metas = [meta for text in files.values() if (meta := _parsed(text))]
    metas.sort(key=lambda meta: meta.finished_at)
    names = {meta.function for meta in metas}
    return metas if metas and names.issuperset(metas[-1].steps) else ()
