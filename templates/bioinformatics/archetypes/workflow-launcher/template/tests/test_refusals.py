"""Checks that schemas, registries and histories that are wrong are refused, and why."""

import pytest
from bailiwick import InvalidData

from registry import read_pipelines, read_runs
from schema import parameters_of

HEAD = "run,pipeline,project,state,requested,started,ended"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (
            {"properties": {"a": {"type": "string", "oneOf": []}}},
            "p, a: the keyword oneOf is not understood",
        ),
        ({"properties": {"a": {"type": ["string", "null"]}}}, "p, a: the type must be one of"),
        (
            {"properties": {"a": {"type": "string", "pattern": "("}}},
            "p, a: the pattern cannot be read",
        ),
        (
            {"properties": {"a": {"type": "integer", "default": "x"}}},
            "p, a: the default must be of type integer",
        ),
        (
            {"properties": {"a": {"type": "integer", "minimum": "0"}}},
            "p, a: minimum must be a number",
        ),
        ({"properties": {"a": {"type": "string", "enum": []}}}, "p, a: enum must be a list"),
        ({"required": ["b"], "properties": {}}, "p: b is required and is not a parameter"),
        ({"allOf": [{"$ref": "#/$defs/none"}]}, "p: allOf names 'none'"),
        ({"if": {}}, "p: the keyword if is not understood"),
        (
            {
                "properties": {"a": {"type": "string"}},
                "$defs": {"g": {"properties": {"a": {"type": "string"}}}},
                "allOf": [{"$ref": "#/$defs/g"}],
            },
            "p: two groups have the parameter a",
        ),
    ],
)
def test_refuses_a_schema_that_would_not_be_checked(schema: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidData, match=words.replace("$", r"\$")):
        parameters_of(schema, "p")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("r,p,j,DONE,2025-10-06T16:06:00Z,,", "line 2: the state 'DONE' is none of"),
        ("r,p,j,QUEUED,06.10.2025,,", "line 2: '06.10.2025' is not a time"),
        ("r,p,j,QUEUED,,,", "line 2: the time of the request is missing"),
        (
            "r,p,j,COMPLETE,2025-10-06T16:06:00Z,2025-10-06T16:05:00Z,2025-10-06T17:00:00Z",
            "line 2: it ends before",
        ),
        ("r,p,j,RUNNING,2025-10-06T16:06:00Z,,", "line 2: a run that is RUNNING has a start"),
        (
            "r,p,j,COMPLETE,2025-10-06T16:06:00Z,2025-10-06T16:07:00Z,",
            "line 2: a run has an end if",
        ),
        ("r,p,j,QUEUED,2025-10-06T16:06:00Z", "line 2: it must have 7 fields"),
        (
            "r,p,j,QUEUED,2025-10-06T16:06:00Z,,\nr,p,j,QUEUED,2025-10-06T16:06:00Z,,",
            "line 3: the run 'r' is there twice",
        ),
    ],
)
def test_refuses_a_history_that_contradicts_itself(line: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_runs([HEAD, *line.split("\n")])


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"name": "a"}]', "[[[[", "nan"])
def test_refuses_what_is_no_registry(text: str) -> None:
    with pytest.raises(InvalidData, match=r"pipelines\.json"):
        read_pipelines(text)


def test_refuses_a_history_with_another_header() -> None:
    for lines in ([], ["run,state"]):
        with pytest.raises(InvalidData, match="line 1: the columns must be"):
            read_runs(lines)
