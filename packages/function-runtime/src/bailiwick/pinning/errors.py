"""Reasons why a row class cannot be written."""

from __future__ import annotations


class CannotPin(Exception):
    """The columns cannot be pinned; the message has the reason and the remedy, as sentences."""
