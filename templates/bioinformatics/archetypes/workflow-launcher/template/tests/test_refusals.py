"""Checks that invalid schemas, registries and histories are rejected with the reason."""

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
            "p, a: the keyword oneOf is not supported",
        ),
        ({"properties": {"a": {"type": ["string", "null"]}}}, "p, a: the type must be one of"),
        (
            {"properties": {"a": {"type": "string", "pattern": "("}}},
            "p, a: the pattern is invalid",
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
        ({"required": ["b"], "properties": {}}, "p: required names b, which is not a parameter"),
        ({"allOf": [{"$ref": "#/$defs/none"}]}, "p: allOf refers to 'none'"),
        ({"if": {}}, "p: the keyword if is not supported"),
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
def test_rejects_unsupported_and_invalid_schemas(schema: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidData, match=words.replace("$", r"\$")):
        parameters_of(schema, "p")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("r,p,j,DONE,2025-10-06T16:06:00Z,,", "line 2: the state must be one of .* not 'DONE'"),
        ("r,p,j,QUEUED,06.10.2025,,", "line 2: '06.10.2025' is not a time"),
        ("r,p,j,QUEUED,,,", "line 2: the time of the request is missing"),
        (
            "r,p,j,COMPLETE,2025-10-06T16:06:00Z,2025-10-06T16:05:00Z,2025-10-06T17:00:00Z",
            "line 2: the times must be in the order",
        ),
        ("r,p,j,RUNNING,2025-10-06T16:06:00Z,,", "line 2: a run in the state RUNNING must have"),
        (
            "r,p,j,COMPLETE,2025-10-06T16:06:00Z,2025-10-06T16:07:00Z,",
            "line 2: a run must have an end in the states COMPLETE, .* only then",
        ),
        ("r,p,j,QUEUED,2025-10-06T16:06:00Z", "line 2: the row must have 7 fields"),
        (
            "r,p,j,QUEUED,2025-10-06T16:06:00Z,,\nr,p,j,QUEUED,2025-10-06T16:06:00Z,,",
            "line 3: the run 'r' occurs twice",
        ),
    ],
)
def test_rejects_a_history_that_contradicts_itself(line: str, words: str) -> None:
    with pytest.raises(InvalidData, match=words):
        read_runs([HEAD, *line.split("\n")])


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"name": "a"}]', "[[[[", "nan"])
def test_rejects_an_invalid_registry(text: str) -> None:
    with pytest.raises(InvalidData, match=r"pipelines\.json"):
        read_pipelines(text)


def test_rejects_a_history_with_a_different_header() -> None:
    for lines in ([], ["run,state"]):
        with pytest.raises(InvalidData, match="line 1: the columns must be"):
            read_runs(lines)
