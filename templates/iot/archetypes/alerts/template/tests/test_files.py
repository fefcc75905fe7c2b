"""Checks that invalid rows are rejected with their line."""

from pathlib import Path

import pytest
from bailiwick import InvalidData

import files

HEADER = "time,device,temperature\n"
GOOD = "2025-11-03T00:00:00Z,a,20\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1 of a.csv must name each of these columns once: time, device, temperature"),
        ("time;device;temperature\n", "line 1"),
        (HEADER, "has no readings"),
        (
            HEADER + GOOD + "2025-11-03T00:00:00Z,a,21\n",
            "line 3 of a.csv: a already has a reading for 2025-11-03T00:00:00Z",
        ),
        (HEADER + "2025-11-03T00:00:00,a,20\n", "line 2 of a.csv: .* has no time zone"),
        (HEADER + "3.11.2025,a,20\n", "line 2 of a.csv: '3.11.2025' is not a time"),
        (
            HEADER + GOOD + "2025-11-03T00:15:00Z,a,NaN\n",
            "line 3 of a.csv: temperature is 'NaN', which is not a number",
        ),
        (
            HEADER + "2025-11-03T00:00:00Z,a,1e999\n",
            "line 2 of a.csv: temperature is '1e999', which is not a number",
        ),
        (
            HEADER + '2025-11-03T00:00:00Z,a,"20,5"\n',
            "line 2 of a.csv: temperature is '20,5', which is not a number",
        ),
        (HEADER + "2025-11-03T00:00:00Z,a,-300\n", "line 2 of a.csv: -300 is below absolute zero"),
        (HEADER + "2025-11-03T00:00:00Z,,20\n", "line 2 of a.csv: '' is not a valid name"),
        (
            HEADER + "2025-11-03T00:00:00Z,a\n",
            "line 2 of a.csv: the number of fields differs from line 1",
        ),
        ("time,device,temperature,time\n", "line 1 of a.csv must name .* once: time"),
        (
            HEADER + GOOD + '2025-11-03T00:15:00Z,"a,20\n',
            "a.csv cannot be read after line 2: unexpected end of data",
        ),
        (HEADER + GOOD + "2025-11-03T00:15:00Z,\0,20\n", "line 3 of a.csv: .* is not a valid name"),
        (
            HEADER + "2025-11-03T00:00:00Z,a,20,5\n",
            "line 2 of a.csv: the number of fields differs from line 1",
        ),
    ],
)
def test_names_the_invalid_line(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)

    with pytest.raises(InvalidData, match=words):
        files.read_readings(path)


def test_names_a_file_in_a_different_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((HEADER + "2025-11-03T00:00:00Z,F\u00fcller,20\n").encode("latin-1"))

    with pytest.raises(InvalidData, match="save it as CSV in UTF-8"):
        files.read_readings(path)


def test_sorts_late_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeff" + HEADER + "2025-11-03T00:15:00Z,a,21\n2025-11-03T01:00:00+01:00,a,20\n", "utf-8"
    )

    assert [row.temperature for row in files.read_readings(path)["a"]] == [20, 21]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "a,spike,2025-11-03T01:00:00Z,2025-11-03T01:00:00Z",
            "line 2 of faults.csv: the fault must end after its start",
        ),
        ("a,spike,yesterday,today", "line 2 of faults.csv: 'yesterday' is not a time"),
    ],
)
def test_rejects_invalid_faults(row: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "faults.csv"
    path.write_text(f"device,fault,start,end\n{row}\n")

    with pytest.raises(InvalidData, match=words):
        files.read_faults(path)
