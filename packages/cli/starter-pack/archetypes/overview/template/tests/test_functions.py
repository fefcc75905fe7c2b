"""Checks the functions offline, as a reader would get their rows."""

from bailiwick.testing import call


def test_puts_the_largest_first() -> None:
    amounts = [row["amount"] for row in call("things")]

    assert amounts == sorted(amounts, reverse=True)


def test_leaves_out_what_there_is_little_of() -> None:
    assert all(row["amount"] >= 10 for row in call("things", least=10))
