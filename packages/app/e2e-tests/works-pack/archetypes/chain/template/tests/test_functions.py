"""Checks the functions."""

from bailiwick.testing import call


def test_gives_something() -> None:
    assert len(call("doubled")) == 2
