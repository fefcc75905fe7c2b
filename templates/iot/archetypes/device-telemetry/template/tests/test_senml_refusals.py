"""Checks that invalid SenML is rejected with the reason."""

import datetime as dt

import pytest

import senml

NOW = dt.datetime(2025, 11, 3, 6, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the message is not valid JSON: Expecting value"),
        ("{}", "a SenML pack must be a list"),
        ("[]", "a SenML pack must be a list"),
        ("[1]", "record 1: a record must be an object"),
        ('[{"n":"a","v":1},{"n":"a","v":true}]', "record 2: v must be a number, not True"),
        ('[{"n":"a","v":"1"}]', "v must be a number, not '1'"),
        ('[{"n":"a","vs":1}]', "vs must be text, not 1"),
        ('[{"n":"a","vb":1}]', "vb must be true or false, not 1"),
        ('[{"n":"a","v":NaN}]', "NaN is not a number"),
        ('[{"n":"a","v":1e999}]', "v must be a number"),
        ('[{"n":"a","v":1,"v":2}]', "the field v occurs twice"),
        ('[{"n":"a"}]', "exactly one of v, vs, vb and vd; found: none"),
        ('[{"n":"a","v":1,"vs":"b"}]', "exactly one of v, vs, vb and vd; found: v, vs"),
        ('[{"v":1}]', "the name '' must start"),
        ('[{"n":"a b","v":1}]', "the name 'a b' must start"),
        ('[{"n":"_a","v":1}]', "the name '_a' must start"),
        ('[{"bver":11,"n":"a","v":1}]', "version 11 is not supported"),
        ('[{"n":"a","v":1},{"bver":5,"n":"a","v":1}]', "version 5 differs from version 10"),
        ('[{"n":"a","v":1,"scale_":2}]', "the mandatory field scale_ is not supported"),
        ('[{"n":"a","v":1,"t":1e20}]', "more than a hundred years"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"n":"a","v":1' + "0" * 400 + "}]", "v must be a number"),
    ],
)
def test_rejects_invalid_senml(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        senml.resolve(senml.load(text), NOW)
