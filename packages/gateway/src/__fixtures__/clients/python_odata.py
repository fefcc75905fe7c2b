"""Reads an OData service with python-odata: classes from the metadata, queries, all pages."""

import json
import sys

from odata import ODataService
from requests.auth import HTTPBasicAuth

root, token = sys.argv[1:]
service = ODataService(
    root, auth=HTTPBasicAuth("", token), reflect_entities=True, quiet_progress=True
)
prices, numbers = service.entities["prices"], service.entities["numbers"]

query = service.query(prices)
query = query.filter(prices.symbol == "O'Neil").filter(prices.volume != None)  # noqa: E711
query = query.order_by(prices.day.desc())
print(
    json.dumps(
        {
            "sets": sorted(service.entities),
            "found": [[row.symbol, str(row.day), str(row.price), row.volume] for row in query],
            "numbers": sum(1 for _ in service.query(numbers).filter(numbers.value < 60_000)),
        }
    )
)
