"""Checks check digits with the texts that the shared table itself names."""

import json
from importlib.resources import files
from typing import Annotated, TypedDict

import pytest

from bailiwick import Key, Table, Vocabulary
from bailiwick.checksums import has_valid_checksum
from bailiwick.errors import ContractBroken, InvalidParameter
from bailiwick.parameters import Parameters
from bailiwick.results import result_of

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
    assert has_valid_checksum(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, data in RULES.items() for text in data["invalid"]]
)
def test_refuses_wrong_check_digits(rule: str, text: str) -> None:
    assert not has_valid_checksum(rule, text)


def test_notices_each_wrong_last_digit() -> None:
    for rule, data in RULES.items():
        for text in data["valid"]:
            others = set("0123456789") - {text[-1]}
            assert not any(has_valid_checksum(rule, text[:-1] + digit) for digit in others)


def test_refuses_a_parameter_with_a_wrong_check_digit() -> None:
    parameters = Parameters.of(moves, {})

    assert parameters.parse('{"container": "CSQU3054383"}') == {"container": "CSQU3054383"}
    with pytest.raises(InvalidParameter, match="with the check digit of iso6346"):
        parameters.parse('{"container": "CSQU3054384"}')


def test_says_the_rule_in_the_contract() -> None:
    schema = Parameters.of(moves, {}).schema["properties"]["container"]

    assert schema["checksum"] == "iso6346"
    assert schema["x-bailiwick"] == {"vocabulary": "Container"}


def test_refuses_a_row_with_a_wrong_check_digit() -> None:
    with pytest.raises(ContractBroken, match="is no valid container number"):
        result_of(moves).answer("moves", [{"container": "CSQU3054384"}], 10)


def test_knows_no_other_rule() -> None:
    with pytest.raises(ValueError, match="unknown checksum 'gs2'; known checksums: gs1, iban"):
        Vocabulary("Gtin", checksum="gs2")
