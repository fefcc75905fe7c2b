"""Checks check digits with the texts that the shared table itself names."""

import json
from importlib.resources import files
from typing import Annotated, TypedDict

import pytest

from bailiwick import Key, Table, Vocabulary
from bailiwick.checksums import problem_of
from bailiwick.errors import ContractBroken, InvalidParameter
from bailiwick.parameters import Parameters
from bailiwick.return_types import result_of

RULES = json.loads(files("bailiwick").joinpath("checksums.json").read_text(encoding="utf-8"))
Container = Annotated[str, Vocabulary("Container", checksum="iso6346", examples=("CSQU3054383",))]


class Move(TypedDict):
    """Where a container is."""

    container: Annotated[Container, Key]


def moves(container: Container) -> Table[Move]:
    """Moves of a container."""
    return [{"container": container}]


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, data in RULES.items() for text in data["valid"]]
)
def test_takes_right_check_digits(rule: str, text: str) -> None:
    assert problem_of(rule, text) is None


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [(rule, *invalid) for rule, data in RULES.items() for invalid in data["invalid"].items()],
)
def test_refuses_wrong_texts_in_the_words_of_forms(rule: str, text: str, words: str) -> None:
    assert problem_of(rule, text) == words


def test_notices_each_wrong_last_digit() -> None:
    for rule, data in RULES.items():
        for text in data["valid"]:
            others = set("0123456789") - {text[-1]}
            assert all(problem_of(rule, text[:-1] + digit) for digit in others)


def test_refuses_a_parameter_with_a_wrong_check_digit() -> None:
    parameters = Parameters.of(moves, {})

    assert parameters.parse('{"container": "CSQU3054383"}') == {"container": "CSQU3054383"}
    words = (
        r"with the check digit of iso6346.*, got \"CSQU3054384\", "
        r"which has a wrong check digit \(ISO 6346\): 4; the other characters need 3$"
    )
    with pytest.raises(InvalidParameter, match=words):
        parameters.parse('{"container": "CSQU3054384"}')


def test_says_the_rule_in_the_contract() -> None:
    schema = Parameters.of(moves, {}).schema["properties"]["container"]

    assert schema["checksum"] == "iso6346"
    assert schema["x-bailiwick"] == {"vocabulary": "Container"}


def test_refuses_a_row_with_a_wrong_check_digit() -> None:
    words = r"has a wrong check digit \(ISO 6346\): 4; the other characters need 3"
    with pytest.raises(ContractBroken, match=words):
        result_of(moves).answer("moves", [{"container": "CSQU3054384"}], 10)


def test_knows_no_other_rule() -> None:
    with pytest.raises(ValueError, match="unknown checksum 'gs2'; known checksums: gs1, iban"):
        Vocabulary("Gtin", checksum="gs2")
