"""Serve typed Python functions over HTTP; their type hints and docstrings are the contract.

An author writes plain functions in ``functions.py``; this package finds them, derives JSON Schema
and table columns from the type hints, and serves them (``python -m bailiwick serve``).
"""

from bailiwick.ages import cached
from bailiwick.annotations import Column, Key, Table, Vocabulary
from bailiwick.connections import Connection, connection
from bailiwick.errors import InvalidData, InvalidParameter
from bailiwick.formats import Money
from bailiwick.messages import Message
from bailiwick.operations import check, verb
from bailiwick.outputs import output_of
from bailiwick.resumption import resumed_after
from bailiwick.settings import setting

__all__ = [
    "Column",
    "Connection",
    "InvalidData",
    "InvalidParameter",
    "Key",
    "Message",
    "Money",
    "Table",
    "Vocabulary",
    "cached",
    "check",
    "connection",
    "output_of",
    "resumed_after",
    "setting",
    "verb",
]
