"""Makes requests to run a pipeline, checked against its form."""

import difflib
from dataclasses import dataclass

from bailiwick import InvalidParameter

from registry import Registered, registered
from schema import Value, problems


@dataclass
class RunRequest:
    """What WES 1.0 calls a RunRequest."""

    workflow_params: dict[str, Value]
    workflow_type: str
    workflow_type_version: str
    tags: dict[str, str]
    workflow_url: str


def registered_as(name: str) -> Registered:
    """Return a pipeline by its name.

    Raises:
        InvalidParameter: There is none of it.
    """
    known = registered()
    if name not in known:
        message = f"no pipeline {name}; available: {', '.join(known)}"
        raise InvalidParameter(message, parameter="pipeline", expected=f"one of {', '.join(known)}")
    return known[name]


def filled(pipeline: Registered, answers: dict[str, Value]) -> dict[str, Value]:
    """Return answers to the form of a pipeline with its defaults.

    Raises:
        InvalidParameter: Some are wrong or missing; the message says all at once.
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
            wrong.append(f"{parameter.name} is missing")
    if wrong:
        expected = f"parameters of {pipeline.name}; the function pipelines lists them"
        raise InvalidParameter("; ".join(wrong), parameter="parameters", expected=expected)
    return whole


def _unknown(pipeline: Registered, parameters: dict[str, Value]) -> list[str]:
    """Say of each answer that the form does not ask for what may be meant."""
    names = [parameter.name for parameter in pipeline.parameters]
    said = []
    for name in parameters:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            said.append(f"{name} is not a parameter" + (f", {close[0]} is" if close else ""))
    return said
