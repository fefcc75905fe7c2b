"""Feeds messages to the writer of a table: from a broker, or the samples of the app."""

from __future__ import annotations

import logging
import os
import queue

from bailiwick.connections import connection, variable_of
from bailiwick.consuming.broker import Broker
from bailiwick.consuming.health import Health
from bailiwick.consuming.table_writer import TableWriter
from bailiwick.consuming.windows import Consumption, Delivery, next_window
from bailiwick.errors import CallFailed, InvalidData, LoadFailed, UnknownFunction
from bailiwick.functions import Function
from bailiwick.messages import folder_of, sample_messages
from bailiwick.serving.source import Source
from bailiwick.store import Store

log = logging.getLogger("bailiwick.consume")


def feed(consumption: Consumption, source: Source, store: Store, health: Health) -> None:
    """Consume messages until the process ends; without a broker, process the samples and return.

    Args:
        consumption: Function, connection, topics and windows.
        source: The app's code.
        store: The store of the table.
        health: Receives the state, including the reason of an end.
    """
    try:
        function = _function_of(consumption, source)
        has_broker = bool(os.environ.get(variable_of(consumption.connection)))
        writer = TableWriter(
            function, store, health, is_sample=not has_broker, bundle=source.digest
        )
        if has_broker:
            _feed_from_broker(consumption, writer, health)
        else:
            _feed_samples(consumption, writer, function)
            health.enter("sample")
    except (LoadFailed, CallFailed) as error:
        health.enter("failed", "; ".join(str(error).splitlines()))
    except Exception:
        log.exception("the consumer has ended")
        health.enter("failed", "the consumer ended unexpectedly; see its log")


def _function_of(consumption: Consumption, source: Source) -> Function:
    functions = source.load()
    if consumption.function not in functions:
        there = ", ".join(functions)
        raise UnknownFunction(f"unknown function {consumption.function!r}; available: {there}")
    return functions[consumption.function]


def _feed_from_broker(consumption: Consumption, writer: TableWriter, health: Health) -> None:
    # bounded: a broker with much to say waits until the function has caught up
    arriving: queue.Queue[Delivery] = queue.Queue(consumption.messages)
    broker = Broker(connection(consumption.connection), consumption.topics, arriving, health)
    broker.start()
    while True:
        window = next_window(arriving, seconds=consumption.seconds, messages=consumption.messages)
        current = [delivery for delivery in window if broker.is_current(delivery)]
        if current:
            writer.take([delivery.message for delivery in current])
            broker.acknowledge(current)


def _feed_samples(consumption: Consumption, writer: TableWriter, function: Function) -> None:
    try:
        samples = sample_messages(folder_of(function.call))
    except InvalidData as error:
        raise InvalidData(
            f"the connection {consumption.connection!r} is not set up in this environment, "
            f"and {error}"
        ) from None
    for first in range(0, len(samples), consumption.messages):
        writer.take(samples[first : first + consumption.messages])
