"""Fixtures of all tests, independent of the answers to the form."""

import pytest

import functions


@pytest.fixture(autouse=True)
def ten_minutes_and_the_clock_of_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep one reading per ten minutes, and count ages up to the newest message."""
    monkeypatch.setattr(functions, "RESOLUTION", 10)
    monkeypatch.setattr(functions, "CLOCK", "newest message")
