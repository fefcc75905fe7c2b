"""Checks against WES 1.0, the official tests of JSON Schema, and the history in the pack."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from bailiwick import InvalidParameter
from bailiwick.testing import call

from registry import STATES
from schema import Parameter, parameters_of, problems

RUNS = Path(__file__).parent.parent / "data" / "runs.csv"
FULL = {"input": "samples.csv", "outdir": "results", "genome": "sim1"}


def parameter(kind: str, **rules: object) -> Parameter:
    return Parameter("p", "", kind, required=False, rules={"type": kind, **rules})


def ask(
    parameters: dict[str, object], pipeline: str = "variant-calling"
) -> dict[str, dict[str, object]]:
    answer: dict[str, dict[str, object]] = call(
        "run_request", parameters=parameters, pipeline=pipeline, project="teaching"
    )
    return answer


def test_has_the_states_of_wes() -> None:
    # WES 1.0.0, definition State; version 1.1 added PREEMPTED.
    assert set(STATES) == {
        *("UNKNOWN", "QUEUED", "INITIALIZING", "RUNNING", "PAUSED"),
        *("COMPLETE", "EXECUTOR_ERROR", "SYSTEM_ERROR", "CANCELED", "CANCELING"),
    }


def test_creates_a_run_request_of_wes() -> None:
    # WES 1.0.0, definition RunRequest: objects and texts, and only texts among the tags.
    request = call(
        "run_request",
        parameters=FULL,
        pipeline="variant-calling",
        project="teaching",
        tags={"ticket": "T-1"},
    )

    assert list(request) == [
        "workflow_params",
        "workflow_type",
        "workflow_type_version",
        "tags",
        "workflow_url",
    ]
    assert request["workflow_params"] == {**FULL, "ploidy": 2, "minimum_frequency": 0.05}
    assert request["tags"] == {
        "ticket": "T-1",
        "pipeline": "variant-calling",
        "project": "teaching",
    }


def test_prefers_answers_to_defaults() -> None:
    assert ask({**FULL, "ploidy": 4})["workflow_params"]["ploidy"] == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"genome": "human"}, "genome must be one of sim1, sim2"),
        ({"ploidy": 9}, "ploidy must be at most 8"),
        ({"ploidy": 2.5}, "ploidy must be of type integer"),
        ({"ploidy": True}, "ploidy must be of type integer"),
        ({"ploidy": "2"}, "ploidy must be of type integer"),
        ({"minimum_frequency": -0.1}, "minimum_frequency must be at least 0"),
        ({"input": "samples.tsv"}, "input must match"),
        ({"input": "samples.csv\n"}, "input must match"),
        ({"regions": ""}, "regions must have a length of at least 1"),
        ({"ploydi": 2}, r"ploydi is not a parameter \(did you mean ploidy\?\)"),
    ],
)
def test_rejects_answers_that_violate_the_form(changes: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        ask({**FULL, **changes})


def test_reports_all_problems_at_once() -> None:
    with pytest.raises(InvalidParameter) as rejected:
        ask({"ploidy": 0, "genome": "sim1"})

    assert str(rejected.value) == "input is required; outdir is required; ploidy must be at least 1"


def test_lists_the_available_pipelines() -> None:
    with pytest.raises(InvalidParameter, match="available: read-qc, variant-calling, assembly"):
        ask({}, pipeline="unheard-of")


@pytest.mark.parametrize(
    ("rule", "value", "valid"),
    [
        # JSON Schema Test Suite, draft 2020-12: type.json, enum.json, pattern.json, minimum.json and so on.
        (parameter("integer"), 1, True),
        (parameter("integer"), 1.0, True),
        (parameter("integer"), 1.1, False),
        (parameter("integer"), "1", False),
        (parameter("integer"), True, False),
        (parameter("number"), 1.1, True),
        (parameter("number"), "1", False),
        (parameter("string"), "", True),
        (parameter("boolean"), 0, False),
        (parameter("integer", enum=[0]), False, False),
        (parameter("boolean", enum=[False]), False, True),
        (parameter("string", pattern="^a*$"), "aaa", True),
        (parameter("string", pattern="^a*$"), "abc", False),
        (parameter("string", pattern="a+"), "xxaayy", True),
        (parameter("number", minimum=1.1), 1.1, True),
        (parameter("number", minimum=1.1), 0.6, False),
        (parameter("number", maximum=3.0), 3.0, True),
        (parameter("number", maximum=3.0), 3.5, False),
        (parameter("number", exclusiveMinimum=1.1), 1.1, False),
        (parameter("number", exclusiveMaximum=3.0), 3.0, False),
        (parameter("string", minLength=2), "f", False),
        (parameter("string", maxLength=2), "\U0001f4a9\U0001f4a9", True),
    ],
)
def test_agrees_with_the_tests_of_json_schema(rule: Parameter, value: object, valid: bool) -> None:
    assert (problems(value, rule) == []) == valid


def test_reads_schemas_of_older_pipelines() -> None:
    # nf-validation used "definitions" (draft 7); nf-schema uses "$defs".
    group = {"title": "G", "required": ["a"], "properties": {"a": {"type": "string"}}}
    [found] = parameters_of(
        {"definitions": {"g": group}, "allOf": [{"$ref": "#/definitions/g"}]}, "p"
    )

    assert (found.name, found.group, found.required) == ("a", "G", True)


def test_lists_each_parameter_of_a_form() -> None:
    rows = {row["parameter"]: row for row in call("pipelines", pipeline="read-qc")}

    assert list(rows) == ["input", "outdir", "adapter", "minimum_quality", "skip_trimming"]
    assert json.loads(rows["adapter"]["choices"]) == ["illumina", "nextera", "small-rna"]
    assert [rows[name]["required"] for name in ("input", "adapter")] == [True, False]
    assert rows["skip_trimming"]["default"] == "false"
    assert rows["input"]["default"] is None


def test_computes_durations_from_the_times() -> None:
    with RUNS.open() as file:
        recorded = {row["run"]: row for row in csv.DictReader(file)}
    rows = call("runs")

    assert len(rows) == len(recorded)
    for row in rows:
        ends = [recorded[row["run"]][key] for key in ("started", "ended")]
        times = [dt.datetime.fromisoformat(one) for one in ends if one]
        whole = len(times) == 2
        assert row["duration"] == ((times[1] - times[0]).total_seconds() if whole else None)


def test_finds_runs_by_pipeline_state_and_project() -> None:
    rows = call("runs", pipeline="read-qc", state="COMPLETE", project="teaching")

    assert rows
    assert {(row["pipeline"], row["state"], row["project"]) for row in rows} == {
        ("read-qc", "COMPLETE", "teaching")
    }
