"""Checks the reader against the examples of RFC 8428, section 5.1."""

import datetime as dt
from typing import Any

import pytest

import senml

NOW = dt.datetime(2025, 11, 3, 6, tzinfo=dt.UTC)
SENSOR = "urn:dev:ow:10e2073a01080063"


def read(text: str) -> list[tuple[str, float, str | None, Any]]:
    """Name, time since 1970, unit and value of each record."""
    records = senml.resolve(senml.load(text), NOW)
    return [(record.name, record.time.timestamp(), record.unit, record.value) for record in records]


def test_reads_a_single_data_point() -> None:
    # Section 5.1.1
    text = '[{"n":"urn:dev:ow:10e2073a01080063","u":"Cel","v":23.1}]'

    assert read(text) == [(SENSOR, NOW.timestamp(), "Cel", 23.1)]


def test_joins_base_name_and_name() -> None:
    # Section 5.1.2, first example
    text = """[
      {"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","u":"V","v":120.1},
      {"n":"current","u":"A","v":1.2}
    ]"""
    records = senml.resolve(senml.load(text), NOW)

    assert [record.name for record in records] == [f"{SENSOR}:voltage", f"{SENSOR}:current"]
    assert {record.device for record in records} == {SENSOR}
    assert [record.measurement for record in records] == ["voltage", "current"]


def test_adds_base_time_and_takes_the_base_unit() -> None:
    # Section 5.1.2, second example: Tue Jun 8 18:01:16.001 UTC 2010 and the five seconds before
    text = """[
      {"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
      {"n":"current","t":-5,"v":1.2},
      {"n":"current","t":-4,"v":1.3},
      {"n":"current","t":-3,"v":1.4},
      {"n":"current","t":-2,"v":1.5},
      {"n":"current","t":-1,"v":1.6},
      {"n":"current","v":1.7}
    ]"""
    records = senml.resolve(senml.load(text), NOW)
    current = [record for record in records if record.measurement == "current"]
    last = dt.datetime(2010, 6, 8, 18, 1, 16, 1000, tzinfo=dt.UTC)

    assert [record.value for record in current] == [1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
    assert [last - record.time for record in current] == [
        dt.timedelta(seconds=ago) for ago in (5, 4, 3, 2, 1, 0)
    ]
    assert {record.unit for record in current} == {"A"}
    assert [record.unit for record in records if record.measurement == "voltage"] == ["V"]


def test_resolves_the_records_of_the_standard() -> None:
    # Section 5.1.3, and its resolved form in section 5.1.4
    text = """[
      {"bn":"urn:dev:ow:10e2073a01080063","bt":1.320067464e+09,"bu":"%RH","v":20},
      {"u":"lon","v":24.30621},
      {"u":"lat","v":60.07965},
      {"t":60,"v":20.3},
      {"u":"lon","t":60,"v":24.30622},
      {"u":"lat","t":60,"v":60.07965},
      {"t":120,"v":20.7},
      {"u":"lon","t":120,"v":24.30623},
      {"u":"lat","t":120,"v":60.07966},
      {"u":"%EL","t":150,"v":98},
      {"t":180,"v":21.2},
      {"u":"lon","t":180,"v":24.30628},
      {"u":"lat","t":180,"v":60.07967}
    ]"""
    resolved = [
        ("%RH", 1320067464, 20), ("lon", 1320067464, 24.30621), ("lat", 1320067464, 60.07965),
        ("%RH", 1320067524, 20.3), ("lon", 1320067524, 24.30622), ("lat", 1320067524, 60.07965),
        ("%RH", 1320067584, 20.7), ("lon", 1320067584, 24.30623), ("lat", 1320067584, 60.07966),
        ("%EL", 1320067614, 98),
        ("%RH", 1320067644, 21.2), ("lon", 1320067644, 24.30628), ("lat", 1320067644, 60.07967),
    ]  # fmt: skip

    assert read(text) == [(SENSOR, time, unit, value) for unit, time, value in resolved]
    # Without its own name, a record is identified by its unit.
    measured = {record.measurement for record in senml.resolve(senml.load(text), NOW)}
    assert measured == {"%RH", "lon", "lat", "%EL"}


def test_reads_all_types_of_values() -> None:
    # Section 5.1.5
    text = """[
      {"bn":"urn:dev:ow:10e2073a01080063:","n":"temp","u":"Cel","v":23.1},
      {"n":"label","vs":"Machine Room"},
      {"n":"open","vb":false},
      {"n":"nfc-reader","vd":"aGkgCg"}
    ]"""

    assert [value for _, _, _, value in read(text)] == [23.1, "Machine Room", False, "aGkgCg"]


def test_changes_the_base_name_and_keeps_the_base_time() -> None:
    # Section 5.1.6
    text = """[
      {"bn":"2001:db8::2/","bt":1.320078429e+09,"n":"temperature","u":"Cel","v":25.2},
      {"n":"humidity","u":"%RH","v":30},
      {"bn":"2001:db8::1/","n":"temperature","u":"Cel","v":12.3},
      {"n":"humidity","u":"%RH","v":67}
    ]"""

    assert read(text) == [
        ("2001:db8::2/temperature", 1320078429, "Cel", 25.2),
        ("2001:db8::2/humidity", 1320078429, "%RH", 30),
        ("2001:db8::1/temperature", 1320078429, "Cel", 12.3),
        ("2001:db8::1/humidity", 1320078429, "%RH", 67),
    ]


def test_ignores_a_record_of_base_fields_only() -> None:
    # Section 5.1.7, first example
    text = """[
      {"bn":"urn:dev:ow:10e2073a01080063:"},
      {"n":"temp","u":"Cel","v":23.1},
      {"n":"heat","u":"/","v":1},
      {"n":"fan","u":"/","v":0}
    ]"""

    assert [value for _, _, _, value in read(text)] == [23.1, 1, 0]


def test_sorts_records_by_time() -> None:
    # Section 5.1.7, third example: two lights are dimmed, and turned off 100 ms later
    text = """[
      {"bt":1.320078429e+09,"bu":"/","n":"2001:db8::3","v":0.5},
      {"n":"2001:db8::4","v":0.5},
      {"n":"2001:db8::3","t":0.1,"v":0},
      {"n":"2001:db8::4","t":0.1,"v":0}
    ]"""

    assert [(name, time - 1320078429) for name, time, _, _ in read(text)] == [
        ("2001:db8::3", 0), ("2001:db8::4", 0),
        ("2001:db8::3", pytest.approx(0.1)), ("2001:db8::4", pytest.approx(0.1)),
    ]  # fmt: skip


def test_adds_base_value_and_base_sum() -> None:
    # Section 4.5.4: a missing value is zero
    text = '[{"bn":"a","bv":20,"bs":100,"u":"W","v":0.5,"s":7},{"v":-1},{"s":1}]'
    records = senml.resolve(senml.load(text), NOW)

    assert [(record.value, record.total) for record in records] == [
        (20.5, 107),
        (19, 100),
        (20, 101),
    ]


def test_accepts_a_sum_without_a_value() -> None:
    # Section 4.2: a record with a sum needs no value
    [record] = senml.resolve(senml.load('[{"n":"a","u":"W","s":3600}]'), NOW)

    assert (record.value, record.total) == (None, 3600)


@pytest.mark.parametrize(
    ("seconds", "time"),
    # Section 4.5.3: the smallest absolute time is 1978-07-04 21:24:16 UTC
    [
        (2**28, dt.datetime(1978, 7, 4, 21, 24, 16, tzinfo=dt.UTC)),
        (-30, NOW - dt.timedelta(seconds=30)),
        (0, NOW),
    ],
)
def test_distinguishes_absolute_and_relative_times(seconds: int, time: dt.datetime) -> None:
    [record] = senml.resolve([{"n": "a", "v": 1, "t": seconds}], NOW)

    assert record.time == time


def test_ignores_unknown_optional_fields() -> None:
    # Section 4.4
    assert len(read('[{"n":"a","v":1,"colour":"red"}]')) == 1
