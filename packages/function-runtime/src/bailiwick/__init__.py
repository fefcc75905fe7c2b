"""Serve typed Python functions over HTTP; their type hints and docstrings are the contract.

An author writes plain functions in ``functions.py``; this package finds them, derives JSON Schema
and table columns from the type hints, and serves them (``python -m bailiwick serve``).
"""

from bailiwick.annotations import Column, Key, Table, Vocabulary
from bailiwick.errors import InvalidParameter

__all__ = ["Column", "InvalidParameter", "Key", "Table", "Vocabulary"]
