"""Entry point of the runtime image: listens, and only then loads the runtime.

The first startup probe of Kubernetes then waits for a response. Otherwise it is refused, and the
next one follows a second later. It runs as a file with ``python3 -P``, because ``-m`` imports the
package first.
"""

import argparse
import contextlib
import gc
import os
import runpy
import socket

if __name__ == "__main__":
    # there is no garbage until the code of an app is loaded, which enables collections
    gc.disable()
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--host", default="0.0.0.0")  # noqa: S104
    parser.add_argument("--port", type=int, default=8080)
    options, _ = parser.parse_known_args()
    # the server reports why it cannot listen
    with contextlib.suppress(OSError, OverflowError):
        listener = socket.create_server((options.host, options.port))
        os.environ["BAILIWICK_LISTENER"] = str(listener.detach())
    runpy.run_module("bailiwick", run_name="__main__", alter_sys=True)
