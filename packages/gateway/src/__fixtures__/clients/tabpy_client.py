"""Uses a server of functions with the client of TabPy, and prints what it offers and answers as JSON."""

import json
import sys

from tabpy.tabpy_tools.client import Client
from tabpy.tabpy_tools.rest import ResponseError


def main(url: str, token: str) -> None:
    """List the functions, call some of them, and fail once."""
    client = Client(url)
    client.set_credentials("", token)
    endpoints = client.get_endpoints()
    try:
        client.query("scale", values=[1], fcator=3)
        refusal = None
    except ResponseError as error:
        refusal = [error.status_code, error.message]
    print(
        json.dumps(
            {
                "endpoints": {name: one.description for name, one in endpoints.items()},
                "status": client.get_status()["scale"]["status"],
                "positional": client.query("scale", [1, 2.5, None], 10)["response"],
                "named": client.query("scale", values=[1], factor=3)["response"],
                "single": client.query("spread", [1, 5, 2])["response"],
                "exact": client.query("exact")["response"],
                "refusal": refusal,
            }
        )
    )


main(*sys.argv[1:])
