"""Checks the moves offline, as a reader would get them."""

from bailiwick.testing import call


def test_names_each_container_once() -> None:
    containers = [row["container"] for row in call("moves")]

    assert len(set(containers)) == len(containers)


def test_has_containers_to_show() -> None:
    assert call("containers_leave_the_port") is None


def test_counts_arrivals() -> None:
    assert "have arrived since 2030-01-01" in call("count_arrivals", since="2030-01-01")
