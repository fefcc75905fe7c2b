"""Checks that plates, sheets and standards that are wrong are refused, and why."""

from pathlib import Path

import pytest
from bailiwick import InvalidData
from bailiwick.testing import call

import functions
from curves import fit
from plate import read_plate, read_sheet

LOGISTIC, LINE = "four-parameter logistic", "line"
GRID = (
    "<>,"
    + ",".join(map(str, range(1, 13)))
    + "\n"
    + "".join(f"{row}{',0.5' * 12}\n" for row in "ABCDEFGH")
)
HEAD = "well,role,sample,concentration,dilution"


@pytest.mark.parametrize(
    ("kind", "signals", "words"),
    [
        (LOGISTIC, [1.0, 2.0, 3.0], "needs 4 standards, and 3 are there"),
        (LINE, [1.0], "needs 2 standards, and 1 are there"),
        (LINE, [1.0, 1.0, 1.0], "the same signal"),
        (LOGISTIC, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0], "no logistic curve fits"),
    ],
)
def test_refuses_standards_that_make_no_curve(kind: str, signals: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit(kind, [2.0**step for step in range(len(signals))], signals)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there are 0 grids"),
        (GRID + GRID, "there are 2 grids"),
        (GRID.replace("C,0.5", "X,0.5"), "line 4: row C with 12 wells must stand here"),
        (GRID[: GRID.index("H,")], "line 9: row H"),
        (GRID.replace("B,0.5", "B,n/a"), "line 3, well B1: 'n/a' is neither a number"),
        (GRID.replace("B,0.5", "B,nan"), "line 3, well B1: 'nan' is neither a number"),
        (GRID.replace("B,0.5", "B,1e999"), "line 3, well B1: '1e999' is neither a number"),
        (GRID.replace("B,", "B,1,"), "line 3: row B with 12 wells"),
    ],
)
def test_refuses_what_is_no_plate(text: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_plate(text)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "line 1: the columns must be well, role"),
        ("well,sample", "line 1: the columns must be well, role"),
        (f"{HEAD}\nI1,sample,S,,", "line 2: 'I1' is not a well"),
        (f"{HEAD}\nA13,sample,S,,", "line 2: 'A13' is not a well"),
        (f"{HEAD}\nA1,sample,S,,\nA01,sample,S,,", "line 3: the well A1 is there twice"),
        (f"{HEAD}\nA1,specimen,S,,", "line 2: the role 'specimen' is none of"),
        (f"{HEAD}\nA1,sample,,,", "line 2: '' is not a name of a sample"),
        (f"{HEAD}\nA1,standard,S,,", "line 2: a standard needs a concentration"),
        (f"{HEAD}\nA1,sample,S,5,", "line 2: a standard needs a concentration"),
        (f"{HEAD}\nA1,standard,S,-5,", "line 2, concentration: '-5' is not a number from 0"),
        (f"{HEAD}\nA1,standard,S,inf,", "line 2, concentration: 'inf' is not a number from 0"),
        (f"{HEAD}\nA1,sample,S,,0.5", "line 2, dilution: '0.5' is not a number from 1"),
        (f"{HEAD}\nA1,sample", "line 2: it must have 5 fields"),
    ],
)
def test_refuses_what_is_no_sheet(lines: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_sheet(lines.splitlines())


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            "A1,blank,B,,\nA2,sample,S,,",
            "sample-sheet.csv names A2, where plate.csv has no reading",
        ),
        ("A3,sample,S,,", "names no well as blank that has a reading"),
        ("A1,blank,B,,\nI1,sample,S,,", "sample-sheet.csv, line 3: 'I1' is not a well"),
    ],
)
def test_fails_for_a_sheet_that_does_not_fit(
    sheet: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plate.csv").write_text(GRID.replace("A,0.5,0.5", "A,0.5,"))
    (tmp_path / "sample-sheet.csv").write_text(f"{HEAD}\n{sheet}\n")
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(InvalidData, match=words):
        call("wells")
