"""Checks the reports against sums over the data files by hand."""

import csv
import datetime as dt
import zoneinfo
from pathlib import Path

import pytest
from bailiwick import InvalidData, InvalidParameter
from bailiwick.testing import call

import files
import functions

DATA = Path(__file__).parent.parent / "data"


def recorded(file: str, line: str) -> list[dict[str, str]]:
    with (DATA / file).open() as text:
        return [row for row in csv.DictReader(text) if row["line"] == line]


@pytest.fixture(autouse=True)
def three_shifts_in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three shifts in Berlin, independent of the answers to the form."""
    monkeypatch.setattr(functions, "ZONE", zoneinfo.ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr(functions._shift, "__defaults__", (6, 8))


@pytest.mark.parametrize("line", ["line-1", "line-2"])
def test_sums_the_production_of_a_line(line: str) -> None:
    [row] = call("lines", line=line)
    hours, registers = recorded("production.csv", line), recorded("meters.csv", line)

    assert row["produced_quantity"] == sum(int(hour["produced"]) for hour in hours)
    assert row["planned_busy_time"] == sum(float(hour["planned_busy_min"]) for hour in hours)
    assert row["energy"] == pytest.approx(
        float(registers[-1]["register_kwh"]) - float(registers[0]["register_kwh"])
    )
    assert row["energy_per_item"] == pytest.approx(row["energy"] / row["produced_quantity"])


def test_computes_the_figures_of_one_hour() -> None:
    hour = recorded("production.csv", "line-1")[0]
    row = call("hours", line="line-1")[0]

    assert row["start"] == hour["start"]
    assert row["availability"] == pytest.approx(
        float(hour["production_min"]) / float(hour["planned_busy_min"])
    )
    assert row["effectiveness"] == pytest.approx(
        float(hour["planned_s_per_item"])
        * int(hour["produced"])
        / 60
        / float(hour["production_min"])
    )
    assert row["quality_ratio"] == pytest.approx(int(hour["good"]) / int(hour["produced"]))


def test_has_equal_sums_by_hour_shift_and_line() -> None:
    for column in ("energy", "good_quantity", "actual_production_time"):
        sums = [
            sum(row[column] for row in call(name, line="line-1"))
            for name in ("hours", "shifts", "lines")
        ]
        assert sums[0] == pytest.approx(sums[1]) == pytest.approx(sums[2])


def test_assigns_the_night_shift_to_the_day_on_which_it_started() -> None:
    rows = call("hours", line="line-1", start="2025-10-21", end="2025-10-21", shift="night")

    assert [row["start"] for row in (rows[0], rows[-1])] == [
        "2025-10-21T20:00:00Z",
        "2025-10-22T03:00:00Z",
    ]


def test_has_nine_hours_in_the_night_at_the_end_of_daylight_saving_time() -> None:
    hours = {row["date"]: 0 for row in call("hours", line="line-1", shift="night")}
    for row in call("hours", line="line-1", shift="night"):
        hours[row["date"]] += 1

    assert hours.pop("2025-10-25") == 9
    assert set(hours.values()) == {8}


@pytest.mark.parametrize(
    ("hour", "first", "length", "shift"),
    [
        (5, 6, 8, (dt.date(2025, 10, 19), "night")),
        (6, 6, 8, (dt.date(2025, 10, 20), "early")),
        (14, 6, 8, (dt.date(2025, 10, 20), "late")),
        (23, 6, 8, (dt.date(2025, 10, 20), "night")),
        (6, 7, 12, (dt.date(2025, 10, 19), "night")),
        (7, 7, 12, (dt.date(2025, 10, 20), "day")),
        (0, 0, 12, (dt.date(2025, 10, 20), "day")),
    ],
)
def test_determines_the_shift_of_an_hour(
    hour: int, first: int, length: int, shift: tuple[dt.date, str]
) -> None:
    local = dt.datetime(2025, 10, 20, hour, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))

    assert functions._shift(local, first, length) == shift


def test_has_no_index_without_planned_time() -> None:
    idle = [row for row in call("hours", line="line-2") if row["planned_busy_time"] == 0]

    assert idle
    assert {row["oee_index"] for row in idle} == {row["availability"] for row in idle} == {None}


def test_rejects_unknown_lines_and_reversed_periods() -> None:
    with pytest.raises(InvalidParameter, match="no line line-9; available: line-1, line-2"):
        call("shifts", line="line-9")
    with pytest.raises(InvalidParameter, match="start 2025-10-22 is after end 2025-10-21"):
        call("hours", start="2025-10-22", end="2025-10-21")


def test_returns_no_rows_for_days_without_data() -> None:
    assert call("lines", line="line-1", start="2031-01-01") == []


HEADER = "start,line,planned_busy_min,production_min,planned_s_per_item,produced,good\n"
METERS = "time,line,register_kwh\n2025-10-20T04:00:00Z,a,10\n2025-10-20T05:00:00Z,a,12.5\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1 of production.csv must name each of these columns once: start, line"),
        (HEADER, "has no hours"),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,61,2,100,99\n",
            "line 2 of production.csv: the values are impossible: 61 production minutes exceed 60",
        ),
        (HEADER + "2025-10-20T04:00:00Z,a,90,60,2,100,99\n", "90 planned minutes exceed an hour"),
        (HEADER + "2025-10-20T04:00:00Z,a,60,60,2,100,101\n", "101 good pieces exceed 100"),
        (HEADER + "2025-10-20T04:00:00Z,a,60,60,2,100.5,99\n", "not whole pieces"),
        (HEADER + "2025-10-20T04:00:00Z,a,60,0,2,100,99\n", "100 pieces in 0 production"),
        (HEADER + "2025-10-20T04:00:00Z,a,60,60,0,100,99\n", "the planned time per item must be"),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,60,2,nan,99\n",
            "line 2 of production.csv: produced is 'nan', which is not a number",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,60,2,1e999,99\n",
            "line 2 of production.csv: produced is '1e999', which is not a number",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,60,2,-1,-1\n",
            "line 2 of production.csv: produced must be from 0 to 1e12, not -1",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,60,2,many,99\n",
            "produced is 'many', which is not a number",
        ),
        (
            HEADER + "2025-10-20T04:30:00Z,a,60,60,2,100,99\n",
            "line 2 of production.csv: .* is not a full hour",
        ),
        (
            HEADER + "2025-10-20T04:00:00,a,60,60,2,100,99\n",
            "line 2 of production.csv: .* has no time zone",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,,60,60,2,100,99\n",
            "line 2 of production.csv: the name of the production line is missing",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60,60,2,100,99\n" * 2,
            "line 3 of production.csv: a already has a row for",
        ),
        (
            HEADER + "2025-10-20T04:00:00Z,a,60\n",
            "line 2 of production.csv: the number of fields differs from line 1",
        ),
    ],
)
def test_names_the_invalid_line(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "production.csv").write_text(text)
    (tmp_path / "meters.csv").write_text(METERS)

    with pytest.raises(InvalidData, match=words):
        files.read_work(tmp_path / "production.csv", tmp_path / "meters.csv")


def test_fails_for_an_invalid_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "production.csv").write_text(HEADER + "2025-10-20T04:00:00Z,a,60,61,2,100,99\n")
    (tmp_path / "meters.csv").write_text(METERS)
    monkeypatch.setattr(functions, "DATA", tmp_path)

    with pytest.raises(InvalidData, match="line 2 of production.csv: the values are impossible"):
        call("work")


def test_has_no_energy_for_an_hour_without_register(tmp_path: Path) -> None:
    rows = "2025-10-20T04:00:00Z,a,60,60,2,100,99\n2025-10-20T05:00:00Z,a,60,60,2,100,99\n"
    (tmp_path / "production.csv").write_text(HEADER + rows)
    (tmp_path / "meters.csv").write_text(METERS)
    first, second = files.read_work(tmp_path / "production.csv", tmp_path / "meters.csv").values()

    assert (first.energy, second.energy) == (2.5, None)


def test_rejects_a_falling_register(tmp_path: Path) -> None:
    path = tmp_path / "meters.csv"
    path.write_text(METERS + "2025-10-20T06:00:00Z,a,3\n")

    with pytest.raises(
        InvalidData, match="line 4 of meters.csv: the register falls from 12.5 to 3"
    ):
        files.read_registers(path)
