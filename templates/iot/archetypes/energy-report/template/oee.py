"""Key figures of production, by the names and formulas of ISO 22400-2.

ISO 22400-2:2014, "Key performance indicators (KPIs) for manufacturing operations management"; the formulas stand in
OPC 40501-1 (OPC UA for Machine Tools), annex C.2.4, as well:

- availability = APT / PBT (actual production time by planned busy time)
- effectiveness = PRI x PQ / APT (planned run time per item, produced quantity), which many call performance
- quality ratio = GQ / PQ (good quantity by produced quantity)
- OEE index = availability x effectiveness x quality ratio
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """What a line was to do and did in some time. Sums of it give the figures of longer times.

    Attributes:
        planned_busy_min: Planned busy time (PBT): it was to produce, in minutes.
        production_min: Actual production time (APT): it did produce, in minutes.
        planned_run_min: PRI x PQ: so many minutes were planned for what was produced.
        produced: Produced quantity (PQ), in pieces.
        good: Good quantity (GQ), in pieces.
        energy: In kWh; None when the meter was not read at the begin or the end.
    """

    planned_busy_min: float = 0
    production_min: float = 0
    planned_run_min: float = 0
    produced: int = 0
    good: int = 0
    energy: float | None = 0

    def __add__(self, other: "Work") -> "Work":
        """Return what was done in both times."""
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
        """APT / PBT; None when nothing was planned."""
        return _by(self.production_min, self.planned_busy_min)

    @property
    def effectiveness(self) -> float | None:
        """PRI x PQ / APT; above 1 when the planned run time per item is too long."""
        return _by(self.planned_run_min, self.production_min)

    @property
    def quality_ratio(self) -> float | None:
        """GQ / PQ; None when nothing was produced."""
        return _by(self.good, self.produced)

    @property
    def oee_index(self) -> float | None:
        """Product of the three; zero when a line was to produce and made nothing."""
        if self.availability is None:
            return None
        return self.availability * (self.effectiveness or 0) * (self.quality_ratio or 0)

    @property
    def energy_per_item(self) -> float | None:
        """Energy by produced quantity."""
        return None if self.energy is None else _by(self.energy, self.produced)


def _by(part: float, whole: float) -> float | None:
    return part / whole if whole else None
