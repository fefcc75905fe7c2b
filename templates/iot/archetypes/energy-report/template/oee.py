"""Key figures of production, with the names and formulas of ISO 22400-2.

The source is ISO 22400-2:2014, "Key performance indicators (KPIs) for manufacturing operations management". OPC 40501-1
(OPC UA for Machine Tools), annex C.2.4, contains the same formulas:

- availability = APT / PBT (actual production time / planned busy time)
- effectiveness = PRI x PQ / APT (PRI: planned run time per item; PQ: produced quantity), also called performance
- quality ratio = GQ / PQ (good quantity / produced quantity)
- OEE index = availability x effectiveness x quality ratio
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """Planned and actual production of a line in a period. The sum of periods gives the figures of a longer period.

    Attributes:
        planned_busy_min: Planned busy time (PBT), in minutes.
        production_min: Actual production time (APT), in minutes.
        planned_run_min: Planned run time of the produced quantity (PRI x PQ), in minutes.
        produced: Produced quantity (PQ), in pieces.
        good: Good quantity (GQ), in pieces.
        energy: Energy in kWh; None if the register at the start or the end is missing.
    """

    planned_busy_min: float = 0
    production_min: float = 0
    planned_run_min: float = 0
    produced: int = 0
    good: int = 0
    energy: float | None = 0

    def __add__(self, other: "Work") -> "Work":
        """Return the production of both periods together."""
        known = self.energy is not None and other.energy is not None
        return Work(
            self.planned_busy_min + other.planned_busy_min,
            self.production_min + other.production_min,
            self.planned_run_min + other.planned_run_min,
            self.produced + other.produced,
            self.good + other.good,
            round((self.energy or 0) + (other.energy or 0), 6) if known else None,
        )

    @property
    def availability(self) -> float | None:
        """APT / PBT; None if no time was planned."""
        return _by(self.production_min, self.planned_busy_min)

    @property
    def effectiveness(self) -> float | None:
        """PRI x PQ / APT; above 1 if the planned run time per item is too long."""
        return _by(self.planned_run_min, self.production_min)

    @property
    def quality_ratio(self) -> float | None:
        """GQ / PQ; None if nothing was produced."""
        return _by(self.good, self.produced)

    @property
    def oee_index(self) -> float | None:
        """Product of the three figures; 0 if time was planned but nothing was produced."""
        if self.availability is None:
            return None
        return self.availability * (self.effectiveness or 0) * (self.quality_ratio or 0)

    @property
    def energy_per_item(self) -> float | None:
        """Energy / produced quantity; None if either is missing."""
        return None if self.energy is None else _by(self.energy, self.produced)


def _by(part: float, whole: float) -> float | None:
    return part / whole if whole else None
