"""Checks that invalid plates, sheets and standards are rejected with the reason."""

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
        (LOGISTIC, [1.0, 2.0, 3.0], "needs standards with 4 concentrations, not 3"),
        (LINE, [1.0], "needs standards with 2 concentrations, not 1"),
        (LINE, [1.0, 1.0, 1.0], "the same signal"),
        (LOGISTIC, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0], "no logistic curve fits"),
    ],
)
def test_rejects_standards_without_a_curve(kind: str, signals: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit(kind, [2.0**step for step in range(len(signals))], signals)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must contain one grid .* not 0"),
        (GRID + GRID, "must contain one grid .* not 2"),
        (GRID.replace("C,0.5", "X,0.5"), "line 4: this line must be row C with 12 wells"),
        (GRID[: GRID.index("H,")], "line 9: this line must be row H"),
        (GRID.replace("B,0.5", "B,n/a"), "line 3, well B1: 'n/a' is neither a number"),
        (GRID.replace("B,0.5", "B,nan"), "line 3, well B1: 'nan' is neither a number"),
        (GRID.replace("B,0.5", "B,1e999"), "line 3, well B1: '1e999' is neither a number"),
        (GRID.replace("B,", "B,1,"), "line 3: this line must be row B with 12 wells"),
    ],
)
def test_rejects_an_invalid_plate(text: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_plate(text)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "line 1: the columns must be well, role"),
        ("well,sample", "line 1: the columns must be well, role"),
        (f"{HEAD}\nI1,sample,S,,", "line 2: 'I1' is not a well"),
        (f"{HEAD}\nA13,sample,S,,", "line 2: 'A13' is not a well"),
        (f"{HEAD}\nA1,sample,S,,\nA01,sample,S,,", "line 3: the well A1 occurs twice"),
        (f"{HEAD}\nA1,specimen,S,,", "line 2: the role must be one of .* not 'specimen'"),
        (f"{HEAD}\nA1,sample,,,", "line 2: '' is not a valid sample name"),
        (f"{HEAD}\nA1,standard,S,,", "line 2: a standard needs a concentration"),
        (f"{HEAD}\nA1,sample,S,5,", "line 2: a standard needs a concentration"),
        (f"{HEAD}\nA1,standard,S,-5,", "concentration: '-5' is not a number of at least 0"),
        (f"{HEAD}\nA1,standard,S,inf,", "concentration: 'inf' is not a number of at least 0"),
        (f"{HEAD}\nA1,sample,S,,0.5", "line 2, dilution: '0.5' is not a number of at least 1"),
        (f"{HEAD}\nA1,sample", "line 2: the row must have 5 fields"),
    ],
)
def test_rejects_an_invalid_sheet(lines: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_sheet(lines.splitlines())


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            "A1,blank,B,,\nA2,sample,S,,",
            "sample-sheet.csv lists A2, but plate.csv has no reading there",
        ),
        ("A3,sample,S,,", "sample-sheet.csv has no blank with a reading"),
        ("A1,blank,B,,\nI1,sample,S,,", "sample-sheet.csv, line 3: 'I1' is not a well"),
    ],
)
def test_fails_for_a_sheet_that_does_not_match_the_plate(
    sheet: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plate.csv").write_text(GRID.replace("A,0.5,0.5", "A,0.5,"))
    (tmp_path / "sample-sheet.csv").write_text(f"{HEAD}\n{sheet}\n")
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(InvalidData, match=words):
        call("wells")
