"""Checks the key figures against published examples: the OEE worksheet of Vorne Industries (oee.com)."""

import pytest

from oee import Work


def figures(work: Work) -> list[float | None]:
    return [work.availability, work.effectiveness, work.quality_ratio, work.oee_index]


def test_computes_the_figures_of_the_example() -> None:
    # "OEE Example": 8 hours less 60 minutes of breaks, 47 minutes down, ideal rate of 60 pieces per minute,
    # 19,271 pieces, 423 rejected: 88.81 %, 86.11 %, 97.80 %, OEE 74.79 %.
    work = Work(480 - 60, 420 - 47, 19_271 / 60, 19_271, 19_271 - 423)

    assert figures(work) == pytest.approx([0.8881, 0.8611, 0.9780, 0.7479], abs=5e-5)


def test_computes_the_figures_of_the_worksheet() -> None:
    # "Calculating OEE Worksheet": 8 hours less 45 minutes, 30 minutes down, ideal rate of 2 pieces per minute,
    # 700 pieces, 25 rejected: 93.10 %, 86.42 %, 96.43 %, OEE 77.59 %.
    work = Work(480 - 45, 435 - 30, 700 / 2, 700, 700 - 25)

    assert figures(work) == pytest.approx([0.9310, 0.8642, 0.9643, 0.7759], abs=5e-5)


def test_has_no_figures_without_planned_time() -> None:
    assert figures(Work()) == [None, None, None, None]


def test_has_an_index_of_zero_without_production_in_planned_time() -> None:
    assert figures(Work(planned_busy_min=60)) == [0, None, None, 0]


def test_weights_hours_by_planned_time() -> None:
    # An hour of production and ten minutes without: 60 of 70 minutes, not the mean of 1 and 0.
    both = Work(60, 60, 60, 100, 100) + Work(10, 0, 0, 0, 0)

    assert both.availability == both.oee_index == pytest.approx(60 / 70)


def test_has_no_energy_if_a_part_is_missing() -> None:
    assert (Work(energy=3, produced=6) + Work(energy=2, produced=4)).energy_per_item == 0.5
    assert (Work(energy=3, produced=6) + Work(energy=None)).energy is None
