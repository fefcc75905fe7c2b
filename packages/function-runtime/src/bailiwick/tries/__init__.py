"""Tries of code that is not committed: a confined process per try."""
