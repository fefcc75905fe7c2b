"""Checks the rate of change, and that invalid rows are rejected with their line."""

import datetime as dt
from pathlib import Path

import pytest
from bailiwick import InvalidData

import targets
from targets import Rule, Setting, window

NOW = dt.datetime(2025, 11, 5, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([], (0, 40)),
        ([(90, 20)], (10, 30)),  # one step
        ([(90, 20), (50, 30)], (20, 30)),  # both were active during the last hour
        ([(90, 20), (60, 30)], (20, 40)),  # the first ended an hour ago
        ([(90, 20), (50, 30), (10, 35)], (25, 30)),
        ([(90, 0), (50, 40)], (40, 40)),  # previous changes too fast: only the current value
        ([(90, 45)], (35, 40)),  # outside the limits: the step back is allowed
        ([(90, 70)], (40, 40)),
    ],
)
def test_adds_up_small_steps(
    settings: list[tuple[int, float]], expected: tuple[float, float]
) -> None:
    log = [Setting(NOW - dt.timedelta(minutes=ago), value) for ago, value in settings]

    assert window(Rule("Double", "1", 0, 40, 10), log, NOW) == expected


def test_allows_every_step_without_a_limit_of_the_rate() -> None:
    assert window(Rule("Double", "1", 0, 40, None), [Setting(NOW, 3)], NOW) == (0, 40)


HEADER = "target,metric,data_type,unit,minimum,maximum,change_per_hour\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1 of a.csv must name each of these columns once: target"),
        (HEADER, "has no set-points"),
        (HEADER + "gw/#,a,Double,1,0,1,\n", "line 2 of a.csv: the target must be .* not 'gw/#'"),
        (
            HEADER + "gw/a/b,a,Double,1,0,1,\n",
            "line 2 of a.csv: the target must be .* not 'gw/a/b'",
        ),
        (HEADER + "gw,a,Complex,1,0,1,\n", "line 2 of a.csv: data_type must be one of Boolean"),
        (
            HEADER + "gw,a,Double,1,2,1,\n",
            "line 2 of a.csv: .* minimum 2 must not exceed maximum 1",
        ),
        (HEADER + "gw,a,Double,1,0,1,-1\n", "line 2 of a.csv: no value is allowed"),
        (
            HEADER + "gw,a,Double,1,0,nan,\n",
            "line 2 of a.csv: maximum is 'nan', which is not a number",
        ),
        (HEADER + "gw,a,Double,1,,1,\n", "line 2 of a.csv: minimum is '', which is not a number"),
        (
            HEADER + "gw,a,Double,1,0,1,\n" * 2,
            "line 3 of a.csv: gw needs a metric that is not in a different line",
        ),
        (HEADER + "gw,a\n", "line 2 of a.csv: the number of fields differs from line 1"),
    ],
)
def test_names_the_line_of_an_invalid_limit(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text)

    with pytest.raises(InvalidData, match=words):
        targets.read_rules(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("yesterday,gw,a,1", "line 2 of a.csv: 'yesterday' is not a time"),
        ("2025-11-05T06:00:00,gw,a,1", "line 2 of a.csv: .* has no time zone"),
        (
            "2025-11-05T06:00:00Z,gw,a,1e999",
            "line 2 of a.csv: value is '1e999', which is not a number",
        ),
    ],
)
def test_names_the_line_of_an_invalid_setting(row: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"time,target,metric,value\n{row}\n")

    with pytest.raises(InvalidData, match=words):
        targets.read_settings(tmp_path / "a.csv")
