"""Runs a function on messages and stores the table of its rows."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter

from bailiwick.consuming.health import Health
from bailiwick.consuming.keyed_table import KeyedTable
from bailiwick.errors import CallFailed, LoadFailed, Problem
from bailiwick.execution import Executor
from bailiwick.failures import words_of
from bailiwick.functions import Function, digest_of
from bailiwick.limits import Limits
from bailiwick.loading import MODULE
from bailiwick.messages import Message
from bailiwick.results import TableResult
from bailiwick.store import Meta, Store

log = logging.getLogger("bailiwick.consume")

RUN: Final = "current"
"""ID of the only run of a consumer."""

RETRY_SECONDS: Final = 2.0
"""Pause between two attempts to store a table."""

_MESSAGES: Final = TypeAdapter(list[Message])


class TableWriter:
    """The table that a function creates from messages, in memory and in the store.

    It is stored as JSON, because each window writes the whole table. Parquet adds 2 ms of CPU to a
    window for 100 rows, and 55 ms for 10,000.
    """

    def __init__(
        self,
        function: Function,
        store: Store,
        health: Health,
        *,
        is_sample: bool,
        bundle: str | None = None,
    ) -> None:
        """Load the stored table if it has the same contract.

        Args:
            function: A function that takes messages and returns a table with a key.
            store: Where the table is.
            health: Receives the outcome of each window.
            is_sample: Whether the messages are samples, which are never mixed with real ones.
            bundle: Digest of the code bundle, if there is one.

        Raises:
            LoadFailed: The function cannot consume messages.
        """
        limits = Limits.from_environment()
        self._function, self._store, self._health = function, store, health
        self._is_sample, self._bundle = is_sample, bundle
        self._table = KeyedTable(_key_of(function), limits.rows)
        self._executor = Executor(replace(limits, concurrency=1))
        self._loop = asyncio.Runner()
        self._until_usable("read", self._load)

    def take(self, messages: list[Message]) -> None:
        """Run the function on a window of messages, and store the table with its rows.

        Returns after the table is stored. If the function fails, the messages are rejected, because
        it would fail again.
        """
        self._wait_for_end()
        started = dt.datetime.now(dt.UTC)
        body = b'{"messages":' + _MESSAGES.dump_json(messages) + b"}"
        try:
            answer = self._loop.run(self._executor.run(self._function, body))
        except CallFailed as error:
            self._health.ended(len(messages), words_of(error, self._function.name))
            return
        self._table.merge(answer.body)
        self._write(started)
        self._health.ended(len(messages))

    def _write(self, started: dt.datetime) -> None:
        """Store the table."""
        name, answer = self._function.name, self._table.answer()
        meta = Meta(
            function=name,
            run=RUN,
            steps=[name],
            started_at=started,
            finished_at=dt.datetime.now(dt.UTC),
            rows=answer.rows,
            digest=digest_of(answer.body),
            contract=self._function.result_digest,
            bundle=self._bundle,
            sample=self._is_sample,
        )
        self._until_usable("written", lambda: self._store.write(meta, answer.body))

    def _load(self) -> None:
        """Take the stored table over if it has the same contract."""
        name = self._function.name
        self._store.sweep(RUN)
        meta = self._store.meta(RUN, name)
        if meta and meta.sample != self._is_sample:
            self._store.forget(RUN)
        elif stored := self._store.output(RUN, name, self._function.result_digest):
            self._table.merge(stored.content)

    def _until_usable(self, what: str, action: Callable[[], None]) -> None:
        """Repeat an action on the store until it succeeds; no message is lost meanwhile."""
        while True:
            try:
                action()
            except OSError as error:
                self._health.blocked = f"the store cannot be {what}: {error}"
                log.error("%s", self._health.blocked)  # noqa: TRY400
                time.sleep(RETRY_SECONDS)
            else:
                self._health.blocked = None
                return

    def _wait_for_end(self) -> None:
        """Wait until a call that exceeded its time limit has ended; it holds the only slot."""
        while self._executor.stuck:
            self._health.is_stuck = True
            self._loop.run(asyncio.sleep(0.1))
        self._health.is_stuck = False


def _key_of(function: Function) -> list[str]:
    """Return the key of the table that a function creates from messages."""
    result = function.result
    if not function.parameters.take_messages:
        missing = "take the messages; add the parameter 'messages: list[Message]'"
    elif function.is_stream or not isinstance(result, TableResult):
        missing = "return a table; write '-> list[Row]'"
    elif not result.key:
        missing = "have a key; mark the columns that identify a row, 'Annotated[str, Key]'"
    else:
        return result.key
    message = f"{function.name} must {missing}"
    raise LoadFailed([Problem(f"{MODULE}.py", 0, message, function.name)])
