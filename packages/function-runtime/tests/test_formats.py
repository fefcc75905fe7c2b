"""Checks formats with the texts that the shared table itself names."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal, localcontext
from importlib.resources import files
from typing import Annotated, Any, TypedDict
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from pydantic import BaseModel

from bailiwick import Key, Money, Table, Vocabulary
from bailiwick.errors import ContractBroken, InvalidParameter
from bailiwick.formats import has_format
from bailiwick.parameters import Parameters
from bailiwick.return_types import result_of

RULES = json.loads(files("bailiwick").joinpath("formats.json").read_text(encoding="utf-8"))
Charge = Annotated[Money, Vocabulary("Charge", format="money", examples=("1234.50 EUR",))]
Rate = Annotated[Decimal, Vocabulary("Rate", format="decimal")]
Month = Annotated[str, Vocabulary("Month", format="month")]
Zone = Annotated[str, Vocabulary("Zone", format="time-zone")]


Moment = Annotated[dt.datetime, Vocabulary("Moment", format="date-time")]


class Bill(TypedDict):
    """One bill."""

    month: Annotated[Month, Key]
    charge: Charge
    rate: Rate | None


def bills(
    month: Month, least: Charge | None = None, rate: Rate = Decimal("1.50"), zone: Zone = "UTC"
) -> Table[Bill]:
    """Bills of a month."""
    charge = least or Money(Decimal(1), "EUR")
    return [{"month": month, "charge": charge, "rate": rate if zone == "UTC" else None}]


def answered(row: dict[str, Any] | pd.DataFrame) -> list[dict[str, Any]]:
    rows = row if isinstance(row, pd.DataFrame) else [row]
    result: list[dict[str, Any]] = json.loads(result_of(bills).answer("bills", rows, 10).body)[
        "rows"
    ]
    return result


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, data in RULES.items() for text in data["valid"]]
)
def test_takes_right_texts(rule: str, text: str) -> None:
    assert has_format(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, data in RULES.items() for text in data["invalid"]]
)
def test_refuses_wrong_texts(rule: str, text: str) -> None:
    assert not has_format(rule, text)


def test_gives_functions_exact_values() -> None:
    parsed = Parameters.of(bills, {}).parse(
        '{"month": "2026-02", "least": "0.10 EUR", "rate": "0.1", "zone": "Europe/Berlin"}'
    )

    assert parsed["least"] == Money(Decimal("0.10"), "EUR")
    assert parsed["rate"] * 3 == Decimal("0.3")
    assert (parsed["month"], parsed["zone"]) == ("2026-02", "Europe/Berlin")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"month": "2026-13"}, "month: expected Month: a month such as 2026-02"),
        ({"month": "2026-02", "least": "1 QQQ"}, "an amount with its currency such as"),
        ({"month": "2026-02", "rate": 0.1}, "rate: expected Rate: an exact decimal number"),
        ({"month": "2026-02", "zone": "CEST"}, "an IANA time zone"),
    ],
)
def test_refuses_parameters_in_words(body: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidParameter, match=words):
        Parameters.of(bills, {}).parse(json.dumps(body))


def test_says_the_formats_in_the_contract() -> None:
    columns = {column["name"]: column for column in result_of(bills).document()["columns"]}
    parameters = Parameters.of(bills, {}).schema["properties"]

    assert columns["charge"]["schema"] == {
        "type": "string",
        "format": "money",
        "examples": ["1234.50 EUR"],
        "x-bailiwick": {"vocabulary": "Charge"},
    }
    assert columns["rate"]["nullable"]
    assert parameters["rate"]["default"] == "1.50"
    assert parameters["zone"]["format"] == "time-zone"


def test_keeps_decimals_in_answers() -> None:
    row = {"month": "2026-02", "charge": Money(Decimal("10.50"), "EUR"), "rate": Decimal("1E+2")}

    assert answered(row) == [{"month": "2026-02", "charge": "10.50 EUR", "rate": "100"}]
    assert answered(pd.DataFrame([row])) == answered(row)
    assert answered({**row, "charge": "3 JPY", "rate": 2})[0]["charge"] == "3 JPY"
    assert answered({**row, "rate": None})[0]["rate"] is None


@pytest.mark.parametrize("cell", [{"rate": 0.1}, {"charge": 10}, {"month": "2026"}])
def test_refuses_cells(cell: dict[str, object]) -> None:
    row = {"month": "2026-02", "charge": "10 EUR", "rate": Decimal(1)}
    with pytest.raises(ContractBroken, match=f"column '{next(iter(cell))}'.*it must be"):
        answered({**row, **cell})


def test_reads_what_it_wrote() -> None:
    row = {"month": "2026-02", "charge": Money(Decimal("10.50"), "EUR"), "rate": None}
    result = result_of(bills)

    assert result.read(result.answer("bills", [row], 10).body) == [row]


def test_names_money_without_a_word() -> None:
    class Plain(TypedDict):
        cost: Money

    def plain() -> Table[Plain]:
        return []

    [column] = result_of(plain).document()["columns"]
    assert (column["type"], column["schema"]) == ("Money", {"type": "string", "format": "money"})


def test_calculates_in_one_currency() -> None:
    ten = Money.parse("10.00 EUR")

    assert str(ten + Money.parse("0.05 EUR") - Money.parse("1 EUR")) == "9.05 EUR"
    assert str(ten * 3) == "30.00 EUR"
    with pytest.raises(ValueError, match="different currencies; convert one first"):
        ten + Money.parse("1 USD")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Money(Decimal("NaN"), "EUR"),
        lambda: Money(Decimal(1), "euro"),
        lambda: Money.parse("10"),
    ],
)
def test_is_always_an_amount_in_a_currency(make: Callable[[], Money]) -> None:
    with pytest.raises(
        ValueError, match=r"must be an amount with its currency such as 1234\.50 EUR"
    ):
        make()


def test_knows_no_other_format() -> None:
    with pytest.raises(ValueError, match="unknown format 'week'; known formats: decimal, cur"):
        Vocabulary("Week", format="week")


def test_stands_alone() -> None:
    with pytest.raises(ValueError, match="defines the whole text; remove pattern, checksum, min"):
        Vocabulary("Month", format="month", pattern="^2")


class Evening(TypedDict):
    """When a performance starts."""

    starts: Annotated[Moment, Key]


def evenings(after: Moment | None = None) -> Table[Evening]:
    """Performances after a moment."""
    raise NotImplementedError(after)


NAIVE = dt.datetime(2026, 2, 5, 18)  # noqa: DTZ001


@pytest.mark.parametrize(
    "returned",
    [[{"starts": NAIVE}], pd.DataFrame({"starts": [NAIVE]}), [{"starts": "2026-02-05T18:00:00"}]],
)
def test_refuses_results_without_an_offset(returned: object) -> None:
    with pytest.raises(ContractBroken) as failure:
        result_of(evenings).answer("evenings", returned, 10)
    assert "of row 0: 2026-02-05T18:00:00 has no offset from UTC" in failure.value.message
    assert "tzinfo=datetime.UTC" in failure.value.message


def test_gives_moments_with_their_offset() -> None:
    row = {"starts": NAIVE.replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))}
    answer = result_of(evenings).answer("evenings", [row], 10)
    assert json.loads(answer.body)["rows"] == [{"starts": "2026-02-05T18:00:00+01:00"}]


def test_refuses_a_parameter_without_an_offset() -> None:
    parameters = Parameters.of(evenings, {})
    assert parameters.parse('{"after": "2026-02-05T18:00:00Z"}')["after"].utcoffset() is not None
    with pytest.raises(InvalidParameter, match="with its offset from UTC such as"):
        parameters.parse('{"after": "2026-02-05T18:00:00"}')


def test_refuses_money_of_a_float() -> None:
    with pytest.raises(ValueError, match=r'write Money\.parse\("45\.50 EUR"\)'):
        Money(45.5, "EUR")  # type: ignore[arg-type]


def test_takes_money_of_a_whole_number() -> None:
    assert str(Money(45, "EUR")) == "45 EUR"  # type: ignore[arg-type]


def test_says_why_a_value_is_refused_without_words_of_pydantic() -> None:
    with pytest.raises(ContractBroken) as failure:
        result_of(bills).answer("bills", [{"month": "2026", "charge": 1.5, "rate": None}], 10)
    assert failure.value.message.endswith("of row 0: it must be a month such as 2026-02")


@pytest.mark.parametrize("amount", [0.1, 1e22 + 0.5, True, "0.10", None, np.float64(1)])
def test_refuses_inexact_amounts(amount: Decimal) -> None:
    with pytest.raises(ValueError, match=r'write Money\.parse\("45\.50 EUR"\) or Money\(Decimal'):
        Money(amount, "EUR")


@pytest.mark.parametrize("amount", [3, np.int64(3)])
def test_turns_whole_amounts_into_decimals(amount: Decimal) -> None:
    money = Money(amount, "EUR")

    assert type(money.amount) is Decimal
    assert (money, str(money)) == (Money.parse("3 EUR"), "3 EUR")


def test_calculates_exactly_in_every_context() -> None:
    large = Money.parse(f"{'9' * 27}.{'9' * 12} EUR")

    with localcontext(prec=3):
        assert str(large - Money.parse("0.000000000001 EUR")) == f"{'9' * 27}.{'9' * 11}8 EUR"
        assert str(-large) == f"-{large}"
        assert str(Money.parse("1234567.89 EUR") * Decimal("1.19")) == "1469135.7891 EUR"


@pytest.mark.parametrize(
    "calculate",
    [
        lambda: Money.parse(f"{'9' * 27} EUR") + Money.parse("1 EUR"),
        lambda: Money.parse("1 EUR") * (Decimal(1) / 3),
        lambda: Money.parse("1 EUR") * Decimal("1." + "1" * 120),
        lambda: Money(Decimal(10) / 3, "EUR"),
    ],
)
def test_never_rounds(calculate: Callable[[], Money]) -> None:
    with pytest.raises(ValueError, match="27 digits before the point and 12 after it; round it"):
        calculate()


def test_sums_multiplies_and_compares() -> None:
    one, two = Money.parse("1.00 EUR"), Money.parse("2.00 EUR")

    assert str(3 * one) == str(one * 3) == "3.00 EUR"
    assert str(sum([one, two, two])) == "5.00 EUR"
    assert str(-Money.parse("0.00 EUR")) == "0.00 EUR"
    assert one < two <= Money.parse("2 EUR") > one >= Money.parse("1 EUR")
    assert max([one, two]) == two
    with pytest.raises(ValueError, match="different currencies; convert one first"):
        assert one < Money.parse("2 USD")


@pytest.mark.parametrize(
    "calculate",
    [
        lambda money: money + 1,
        lambda money: 1 + money,
        lambda money: money - 1,
        lambda money: money * 0.5,
        lambda money: money * True,
        lambda money: money * money,
        lambda money: money < 1,
    ],
)
def test_calculates_with_nothing_else(calculate: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        calculate(Money.parse("1 EUR"))


class Terms(BaseModel):
    """Nested defaults."""

    fee: Money = Money.parse("0.50 EUR")


FEE = Money.parse("1.00 EUR")
FEES = [FEE]
RATES = [Decimal("1E+2")]
KINDS = {Money.parse("2 EUR"), FEE}
TERMS = Terms()


def charged(
    least: Money = FEE,
    steps: list[Charge] = FEES,
    rates: list[Rate] = RATES,
    kinds: set[Charge] = KINDS,
    terms: Terms = TERMS,
) -> str:
    """Defaults of each kind."""
    return f"{least} {steps} {rates} {kinds} {terms}"


def test_writes_defaults_as_answers() -> None:
    properties = Parameters.of(charged, {}).schema["properties"]

    assert properties["least"]["default"] == "1.00 EUR"
    assert properties["steps"]["default"] == ["1.00 EUR"]
    assert properties["rates"]["default"] == ["100"]
    assert properties["kinds"]["default"] == ["1.00 EUR", "2 EUR"]
    assert properties["terms"]["default"] == {"fee": "0.50 EUR"}
    assert properties["terms"]["properties"]["fee"]["default"] == "0.50 EUR"


def test_takes_exactly_the_zones_of_the_database() -> None:
    database = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    wanted = {zone for zone in database if "/" in zone} | {"UTC"}

    assert {zone for zone in database if has_format("time-zone", zone)} == wanted
    assert all(ZoneInfo(zone).key == zone for zone in wanted)


def test_takes_whole_numbers_of_numpy() -> None:
    row = {"month": "2026-02", "charge": "1 EUR", "rate": np.int64(3)}

    assert answered(row)[0]["rate"] == "3"
    with pytest.raises(ContractBroken, match=r"column 'rate'.*exact decimal number"):
        answered({**row, "rate": True})


def test_names_the_type_of_whole_numbers_with_gaps() -> None:
    frame = pd.DataFrame({"month": ["2026-02", "2026-03"], "charge": "1 EUR", "rate": [1, None]})

    with pytest.raises(ContractBroken, match=r"floats are not exact.*\.astype\('Int64'\)"):
        answered(frame)
    exact = [row["rate"] for row in answered(frame.astype({"rate": "Int64"}))]
    assert exact == ["1", None]


def test_says_how_to_round_decimals() -> None:
    row = {"month": "2026-02", "charge": "1 EUR", "rate": Decimal("0.3333333333333333333333333333")}

    with pytest.raises(
        ContractBroken,
        match="with at most 27 digits before the point and 12 after it; round it with quantize",
    ):
        answered(row)


@pytest.mark.parametrize(
    ("hint", "name", "words"),
    [
        (float, "money", "'money' is for bailiwick.Money, not for float"),
        (str, "decimal", "'decimal' is for decimal.Decimal, not for str"),
        (Decimal, "month", "'month' is for str, not for Decimal"),
    ],
)
def test_refuses_other_types(hint: type, name: str, words: str) -> None:
    wrong: Any = Annotated[hint, Vocabulary("X", format=name)]

    def takes(value: object) -> str:
        return str(value)

    def gives() -> object:
        return []

    takes.__annotations__["value"] = wrong
    row: Any = TypedDict("row", {"x": wrong})
    table: Any = Table
    gives.__annotations__["return"] = table[row]
    with pytest.raises(TypeError, match=words):
        Parameters.of(takes, {})
    with pytest.raises(TypeError, match=f"column 'x'.*{words}"):
        result_of(gives)
