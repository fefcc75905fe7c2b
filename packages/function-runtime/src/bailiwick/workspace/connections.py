"""Connections of kernels and terminals that note what people do."""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
)
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server_terminals.terminalmanager import TerminalManager

from bailiwick.workspace.activity import utc_now


class ObservedConnection(ZMQChannelsWebsocketConnection):
    """The connection of a page to a kernel.

    It notes a message when it arrives, because the kernel reports that it is busy a little later.
    """

    def handle_incoming_message(self, incoming_msg: str) -> None:
        """Note and pass on a message."""
        super().handle_incoming_message(incoming_msg)
        if self.multi_kernel_manager.track_message_type(self._type(incoming_msg)):
            self.websocket_handler.settings["bailiwick_activity"].note()

    def _type(self, message: str | bytes) -> str:
        header: Any
        if self.subprotocol == "v1.kernel.websocket.jupyter.org":
            _, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
            header = json.loads(parts[0])
        elif isinstance(message, bytes):
            header = deserialize_binary_message(message)["header"]  # type: ignore[no-untyped-call]
        else:
            header = json.loads(message)["header"]
        return str(header["msg_type"])


class ObservedTerminals(TerminalManager):
    """Terminals that note the time of their last output.

    The time of Jupyter also changes when a page opens a terminal again.
    """

    def new_terminal(self, **kwargs: Any) -> Any:  # noqa: ANN401
        """Start a terminal."""
        terminal: Any = super().new_terminal(**kwargs)
        terminal.last_output = utc_now()
        return terminal

    def pre_pty_read_hook(self, ptywclients: Any) -> None:  # noqa: ANN401
        """Note output."""
        super().pre_pty_read_hook(ptywclients)
        ptywclients.last_output = utc_now()
