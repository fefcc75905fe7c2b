"""A persistent session with an MQTT broker (3.1.1), which keeps unacknowledged messages."""

from __future__ import annotations

import datetime as dt
import logging
import os
import queue
import ssl
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage, topic_matches_sub
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from bailiwick.connections import Connection
from bailiwick.consuming.health import Health
from bailiwick.consuming.windows import Delivery
from bailiwick.errors import NotSetUp
from bailiwick.messages import message_of

QUALITY: Final = 1
"""Quality of service of the subscription: each message at least once."""

KEEPALIVE_SECONDS: Final = 60
LONGEST_WAIT_SECONDS: Final = 15
"""Maximum pause between two attempts to connect."""


class Broker:
    """A persistent session with a broker, from which messages arrive in a queue.

    The client reconnects automatically. Its callbacks run in a separate thread, which waits while
    the queue is full.
    """

    def __init__(
        self,
        connection: Connection,
        topics: Sequence[str],
        arriving: queue.Queue[Delivery],
        health: Health,
    ) -> None:
        """Prepare the session.

        Args:
            connection: The broker; its secret can contain ``username``, ``password`` and ``ca.crt``
                (PEM) instead of the system's authorities.
            topics: Topic filters to subscribe to.
            arriving: Receives the messages.
            health: Receives the state of the connection.

        Raises:
            NotSetUp: The connection's certificate cannot be read.
        """
        self._connection, self._topics = connection, topics
        self._arriving, self._health = arriving, health
        self._session = 0
        self._resumed = 0
        self._client = client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=client_id(os.environ),
            clean_session=False,
            manual_ack=True,
        )
        client.reconnect_delay_set(1, LONGEST_WAIT_SECONDS)
        client.enable_logger(logging.getLogger("bailiwick.mqtt"))
        client.suppress_exceptions = True
        if username := connection.secret.get("username"):
            client.username_pw_set(username, connection.secret.get("password"))
        if connection.tls:
            client.tls_set_context(_tls(connection))
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_connect_fail
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message

    def start(self) -> None:
        """Start to connect."""
        self._health.enter("connecting", f"connecting to {self._where}")
        self._client.connect_async(self._connection.host, self._connection.port, KEEPALIVE_SECONDS)
        self._client.loop_start()

    def is_current(self, delivery: Delivery) -> bool:
        """Whether to process a message: a resumed session delivers older messages again."""
        return delivery.quality == 0 or delivery.session >= self._resumed

    def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """Acknowledge messages.

        Messages of an earlier connection are skipped, because the broker can reuse their numbers.
        """
        for delivery in deliveries:
            if delivery.session == self._session:
                self._client.ack(delivery.number, delivery.quality)

    @property
    def _where(self) -> str:
        return f"the broker {self._connection.host}:{self._connection.port}"

    def _on_connect(
        self, client: Client, _: object, flags: ConnectFlags, code: ReasonCode, __: object
    ) -> None:
        if code.is_failure:
            reason = f"{self._where} rejects the connection: {code}; ask the platform team"
            self._health.enter("connecting", reason)
            return
        self._session += 1
        if flags.session_present:
            self._resumed = self._session
        try:
            client.subscribe([(topic, QUALITY) for topic in self._topics])
        except ValueError as error:
            reason = f"invalid topic filter in {', '.join(self._topics)}: {error}"
            self._health.enter("failed", reason)

    def _on_connect_fail(self, *_: object) -> None:
        # the client calls this where it handles the exception, and does not pass it on
        error = sys.exc_info()[1]
        self._health.enter("connecting", f"{self._where} is unreachable: {error}")

    def _on_subscribe(
        self, _: Client, __: object, ___: int, codes: Sequence[ReasonCode], ____: object
    ) -> None:
        refused = [
            topic for topic, code in zip(self._topics, codes, strict=False) if code.is_failure
        ]
        if refused:
            reason = f"{self._where} denies the app access to {', '.join(refused)}"
            self._health.enter("failed", reason)
        else:
            self._health.enter("connected")

    def _on_disconnect(
        self, _: Client, __: object, ___: object, code: ReasonCode, ____: object
    ) -> None:
        if self._health.phase == "connected":
            self._health.enter("connecting", f"{self._where} closed the connection: {code}")

    def _on_message(self, client: Client, _: Any, message: MQTTMessage) -> None:  # noqa: ANN401
        # a session remembers what earlier code subscribed to
        if not any(topic_matches_sub(_shared(topic), message.topic) for topic in self._topics):
            client.ack(message.mid, message.qos)
            return
        self._health.arrived()
        came = message_of(message.topic, bytes(message.payload), dt.datetime.now(dt.UTC))
        self._arriving.put(Delivery(came, message.mid, message.qos, self._session))


def client_id(environment: Mapping[str, str]) -> str:
    """Return the name of the app's session: the same for each of its pods, one after another.

    No name of a tenant, environment or app holds two dashes, so no two apps share one.
    """
    names = ("BAILIWICK_TENANT", "BAILIWICK_ENVIRONMENT", "BAILIWICK_APP")
    return "--".join(["bailiwick", *(environment.get(name) or "local" for name in names)])


def _shared(topic: str) -> str:
    """Return the filter of a shared subscription, ``$share/<group>/<filter>``."""
    return topic.split("/", 2)[2] if topic.startswith("$share/") else topic


def _tls(connection: Connection) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cadata=connection.secret.get("ca.crt"))
    except (OSError, ValueError) as error:
        raise NotSetUp(
            f"ca.crt of the connection {connection.name!r} is not a certificate ({error}); "
            "ask the platform team"
        ) from None
