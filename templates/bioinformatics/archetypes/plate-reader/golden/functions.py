"""A plate of 96 wells with its sample sheet: signals, concentrations, and how good the assay is.

`wells` runs by the schedule of the environment: it reads what the instrument wrote and the sample sheet (plate.py). The
other functions read what it left; curves.py holds the formulas, with their sources.
"""

import statistics
from pathlib import Path

from bailiwick import InvalidData, InvalidParameter, Table, check, output_of

from assay import Group, blank, fitted_curve, groups, readings
from curves import AMONG, Curve, meaning, z_prime
from plate import ROLES, read_plate, read_sheet
from rows import UNIT, Quality, Result, WellSignal
from vocabulary import CurveKind, Share

DATA = Path(__file__).parent / "data"
CURVE = "four-parameter logistic"
MAXIMUM_CV = 0.15


def wells() -> list[WellSignal]:
    """Reading and signal of each well, with what the sample sheet says of it."""
    plate = read_plate((DATA / "plate.csv").read_text(encoding="utf-8", errors="replace"))
    text = (DATA / "sample-sheet.csv").read_text(encoding="utf-8", errors="replace")
    contents = read_sheet(text.splitlines())
    if missing := sorted(contents.keys() - plate.keys()):
        names = ", ".join(missing)
        raise InvalidData(f"sample-sheet.csv names {names}, where plate.csv has no reading")
    blanks = [plate[well] for well, content in contents.items() if content.role == "blank"]
    measured = [reading for reading in blanks if reading is not None]
    if not measured:
        raise InvalidData("sample-sheet.csv names no well as blank that has a reading")
    ground = statistics.fmean(measured)
    rows: list[WellSignal] = []
    for well, reading in plate.items():
        content = contents.get(well)
        rows.append(
            {
                "well": well,
                "role": content.role if content else None,
                "sample": content.sample if content else None,
                "reading": reading,
                "signal": None if reading is None else reading - ground,
                "known": content.concentration if content else None,
                "dilution": content.dilution if content else None,
            }
        )
    return rows


def results(curve: CurveKind = CURVE, maximum_cv: Share = MAXIMUM_CV) -> Table[Result]:
    """Mean signal and concentration of each sample, standard and control.

    Nothing is extrapolated: a signal beyond those of the lowest and highest standard gives no concentration, unless it
    is that of a standard. The coefficient of variation is the sample standard deviation by the mean.

    Args:
        curve: Kind of the standard curve.
        maximum_cv: Coefficient of variation that replicates may have.
    """
    plate = output_of(wells)
    fitted = _curve(curve, plate)
    found = [group for group in groups(plate) if group.content.role != "blank"]
    found.sort(key=lambda group: ROLES.index(group.content.role))
    return [_result(group, fitted, maximum_cv) for group in found]


def quality(curve: CurveKind = CURVE) -> Table[Quality]:
    """Blanks, standard curve and Z'-factor of the plate.

    Args:
        curve: Kind of the standard curve.
    """
    plate = output_of(wells)
    blanks, fitted = readings("blank", plate), _curve(curve, plate)
    controls = readings("positive control", plate), readings("negative control", plate)
    factor = z_prime(*controls)
    deviation = statistics.stdev(blanks) if len(blanks) > 1 else None
    units = {"a": "signal", "b": "slope", "c": UNIT, "d": "signal"}
    if fitted.kind == "line":
        units["b"] = f"signal per {UNIT}"
    rows: list[tuple[str, float | None, str, str]] = [
        ("blank", blank(plate), "signal", "mean reading of the blanks"),
        ("blank deviation", deviation, "signal", "standard deviation of the blanks"),
        *((name, value, units[name], curve) for name, value in fitted.parameters.items()),
        ("R squared", fitted.r_squared, "ratio", curve),
        ("Z'-factor", factor, "ratio", meaning(factor)),
    ]
    return [{"figure": f, "value": v, "unit": u, "meaning": m} for f, v, u, m in rows]


@check(remedy="Look at the control wells, and read the plate again.")
def controls_are_apart() -> str | None:
    """The positive and the negative controls of the newest plate can be told apart.

    They can when the Z'-factor is above zero.
    """
    plate = output_of(wells)
    factor = z_prime(readings("positive control", plate), readings("negative control", plate))
    if factor is None or factor > 0:
        return None
    return f"The Z'-factor is {factor:.2f}: {meaning(factor)}."


def _curve(kind: str, plate: list[WellSignal]) -> Curve:
    """Return the standard curve of a kind, if the standards allow one."""
    try:
        return fitted_curve(kind, plate)
    except ValueError as error:
        expected = "a kind of curve that fits the standards"
        raise InvalidParameter(str(error), parameter="curve", expected=expected) from None


def _result(group: Group, curve: Curve, maximum_cv: float) -> Result:
    """Return the figures of wells with the same content."""
    content, signals, over = group
    mean = statistics.fmean(signals) if signals else None
    cv = statistics.stdev(signals) / mean if mean and mean > 0 and len(signals) > 1 else None
    place = "above what the reader can measure" if mean is None else curve.place(mean)
    found = None
    if mean is not None and (place == AMONG or content.role == "standard"):
        found = curve.concentration(mean)
    known = content.concentration
    return {
        "role": content.role,
        "sample": content.sample,
        "dilution": content.dilution,
        "wells": len(signals),
        "over": over,
        "signal": mean,
        "cv": cv,
        "verdict": "not judged" if cv is None else "warn" if cv > maximum_cv or over else "pass",
        "concentration": None if found is None else found * content.dilution,
        "place": place,
        "recovery": found / known if found is not None and known else None,
    }
