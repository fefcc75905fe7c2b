"""Creates run requests, and validates them against the forms of pipelines."""

import difflib
from dataclasses import dataclass

from bailiwick import InvalidParameter

from registry import Registered, registered
from schema import Value, problems


@dataclass
class RunRequest:
    """RunRequest of WES 1.0."""

    workflow_params: dict[str, Value]
    workflow_type: str
    workflow_type_version: str
    tags: dict[str, str]
    workflow_url: str


def registered_as(name: str) -> Registered:
    """Return a pipeline by its name.

    Raises:
        InvalidParameter: The pipeline is not registered.
    """
    known = registered()
    if name not in known:
        message = f"no pipeline {name}; available: {', '.join(known)}"
        raise InvalidParameter(message, parameter="pipeline", expected=f"one of {', '.join(known)}")
    return known[name]


def filled(pipeline: Registered, answers: dict[str, Value]) -> dict[str, Value]:
    """Return answers to the form of a pipeline, with its defaults.

    Raises:
        InvalidParameter: Answers are invalid or missing; the message lists all problems.
    """
    wrong = _unknown(pipeline, answers)
    whole: dict[str, Value] = {}
    for parameter in pipeline.parameters:
        if parameter.name in answers:
            value = answers[parameter.name]
            wrong += [f"{parameter.name} {said}" for said in problems(value, parameter)]
            whole[parameter.name] = value
        elif isinstance(default := parameter.rules.get("default"), str | int | float):
            whole[parameter.name] = default
        elif parameter.required:
            wrong.append(f"{parameter.name} is required")
    if wrong:
        expected = f"parameters of {pipeline.name}; the function pipelines lists them"
        raise InvalidParameter("; ".join(wrong), parameter="parameters", expected=expected)
    return whole


def _unknown(pipeline: Registered, parameters: dict[str, Value]) -> list[str]:
    """Return a message for each answer that is not in the form, with the most similar parameter."""
    names = [parameter.name for parameter in pipeline.parameters]
    said = []
    for name in parameters:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            said.append(f"{name} is not a parameter{hint}")
    return said
