"""Limits of the functions in one pod."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Limits:
    """Limits of every call and stream.

    Attributes:
        seconds: Maximum duration of one call.
        rows: Maximum number of rows of one call.
        concurrency: Maximum number of concurrent calls and streams in this process.
        rows_per_second: Maximum rows per second of one stream.
        stream_seconds: Maximum duration of a stream; its consumer can reconnect.
    """

    seconds: float = 30
    rows: int = 5_000_000
    concurrency: int = 8
    rows_per_second: float = 50
    stream_seconds: float = 3600

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ``BAILIWICK_LIMIT_SECONDS`` and the variables of the other attributes.

        Raises:
            ValueError: A value is not a positive number; the message names the variable.
        """
        return cls(
            seconds=_positive(environment, "BAILIWICK_LIMIT_SECONDS", cls.seconds),
            rows=int(_positive(environment, "BAILIWICK_LIMIT_ROWS", cls.rows)),
            concurrency=int(_positive(environment, "BAILIWICK_LIMIT_CONCURRENCY", cls.concurrency)),
            rows_per_second=_positive(
                environment, "BAILIWICK_LIMIT_ROWS_PER_SECOND", cls.rows_per_second
            ),
            stream_seconds=_positive(
                environment, "BAILIWICK_LIMIT_STREAM_SECONDS", cls.stream_seconds
            ),
        )


def bound_files(environment: Mapping[str, str] = os.environ) -> None:
    """Limit files that this process and its children write to ``BAILIWICK_LIMIT_FILE_BYTES``.

    The termination log of a step is a file of the node's disk, which no quota counts
    (setrlimit(2), ``RLIMIT_FSIZE``). A write beyond fails with ``EFBIG``. Without the variable,
    files are not bounded.

    Raises:
        ValueError: The variable is not a positive number.
    """
    largest = int(_positive(environment, "BAILIWICK_LIMIT_FILE_BYTES", 0))
    if largest:
        # imported here: Windows does not have it
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def _positive(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0
    if value <= 0:
        raise ValueError(f"{name} is {text!r}; it must be a number above 0")
    return value
