"""Replicates, blanks and the standard curve of a plate, from the signals of its wells."""

import statistics
from typing import NamedTuple

from curves import Curve, fit
from plate import Content
from rows import WellSignal


class Group(NamedTuple):
    """Wells with the same content."""

    content: Content
    signals: list[float]
    over: int


def groups(wells: list[WellSignal]) -> list[Group]:
    """Group the wells in the sample sheet by content, in their order on the plate."""
    found: dict[Content, Group] = {}
    for well in wells:
        if well["role"] is None or well["sample"] is None:
            continue
        dilution = 1.0 if well["dilution"] is None else well["dilution"]
        content = Content(well["role"], well["sample"], well["known"], dilution)
        group = found.get(content, Group(content, [], 0))
        if well["signal"] is None:
            found[content] = group._replace(over=group.over + 1)
        else:
            found[content] = group._replace(signals=[*group.signals, well["signal"]])
    return list(found.values())


def fitted_curve(kind: str, wells: list[WellSignal]) -> Curve:
    """Fit the curve to all wells with standards."""
    standards = [group for group in groups(wells) if group.content.role == "standard"]
    concentrations = [g.content.concentration or 0.0 for g in standards for _ in g.signals]
    return fit(kind, concentrations, [signal for g in standards for signal in g.signals])


def readings(role: str, wells: list[WellSignal]) -> list[float]:
    """Return the readings of all wells with a role."""
    found = [well["reading"] for well in wells if well["role"] == role]
    return [reading for reading in found if reading is not None]


def blank(wells: list[WellSignal]) -> float:
    """Return the mean reading of the blanks."""
    return statistics.fmean(readings("blank", wells))
