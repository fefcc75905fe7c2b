"""Checks that what is not valid SenML is refused, with what is wrong."""

import datetime as dt

import pytest

import senml

NOW = dt.datetime(2025, 11, 3, 6, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Expecting value"),
        ("{}", "a SenML pack is a list"),
        ("[]", "a SenML pack is a list"),
        ("[1]", "record 1: a record is an object"),
        ('[{"n":"a","v":1},{"n":"a","v":true}]', "record 2: v is True, and it has to be a number"),
        ('[{"n":"a","v":"1"}]', "v is '1', and it has to be a number"),
        ('[{"n":"a","vs":1}]', "vs is 1, and it has to be text"),
        ('[{"n":"a","vb":1}]', "vb is 1, and it has to be true or false"),
        ('[{"n":"a","v":NaN}]', "NaN is not a number"),
        ('[{"n":"a","v":1e999}]', "has to be a number"),
        ('[{"n":"a","v":1,"v":2}]', "a field is there twice"),
        ('[{"n":"a"}]', "it has the values none"),
        ('[{"n":"a","v":1,"vs":"b"}]', "it has the values v, vs"),
        ('[{"v":1}]', "the name '' has to begin"),
        ('[{"n":"a b","v":1}]', "the name 'a b' has to begin"),
        ('[{"n":"_a","v":1}]', "the name '_a' has to begin"),
        ('[{"bver":11,"n":"a","v":1}]', "version 11 is not known"),
        ('[{"n":"a","v":1},{"bver":5,"n":"a","v":1}]', "version 5 in a pack of version 10"),
        ('[{"n":"a","v":1,"scale_":2}]', "the field scale_ must be understood"),
        ('[{"n":"a","v":1,"t":1e20}]', "further than a hundred years"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"n":"a","v":1' + "0" * 400 + "}]", "has to be a number"),
    ],
)
def test_refuses_what_is_no_senml(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        senml.resolve(senml.load(text), NOW)
