"""What holds for all tests, whatever the form said."""

import pytest

import functions


@pytest.fixture(autouse=True)
def ten_minutes_and_the_clock_of_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep one reading in ten minutes, and count ages up to the newest message."""
    monkeypatch.setattr(functions, "RESOLUTION", 10)
    monkeypatch.setattr(functions, "CLOCK", "newest message")
