"""Entry point of the runtime image: listens, and only then loads the runtime.

The first startup probe of Kubernetes then waits for a response. Otherwise it is refused, and the
next one follows a second later. It runs as a file with ``python3 -P``, because ``-m`` imports the
package first.
"""

import contextlib
import os
import runpy
import socket
import sys


def _option(name: str, default: str) -> str:
    position = sys.argv.index(name) + 1 if name in sys.argv else len(sys.argv)
    return sys.argv[position] if position < len(sys.argv) else default


if __name__ == "__main__":
    # the server reports why it cannot listen
    with contextlib.suppress(OSError, ValueError):
        address = _option("--host", "0.0.0.0"), int(_option("--port", "8080"))  # noqa: S104
        listener = socket.create_server(address)
        os.environ["BAILIWICK_LISTENER"] = str(listener.fileno())
    runpy.run_module("bailiwick", run_name="__main__", alter_sys=True)
