"""Uses an MCP server with the official Python client, and prints what it offers and answers as JSON."""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def main(url: str, token: str) -> None:
    """List the tools, and call one of them."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(headers=headers) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            tools = await client.list_tools()
            result = await client.call_tool("prices", {"days": 1})
            print(
                json.dumps(
                    {
                        "tools": [tool.name for tool in tools.tools],
                        "result": result.structured_content,
                        "protocol": client.protocol_version,
                    }
                )
            )


asyncio.run(main(*sys.argv[1:]))
