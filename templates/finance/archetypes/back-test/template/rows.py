"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Date,
    Money,
    Return,
    Sharpe,
    Side,
    Strategy,
    Symbol,
    TradeCount,
    TrendSignal,
    Volatility,
    Weight,
)


class Signal(TypedDict):
    """Signal of one share at the end of a month, for the next month."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    price: Annotated[Money, Column("Price of the month", unit="USD")]
    mean: Annotated[Money, Column("Mean price of the last months, including this one", unit="USD")]
    signal: Annotated[TrendSignal, Column("Position for the next month")]


class Trade(TypedDict):
    """One purchase or sale."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the first month with the new position")]
    side: Side
    price: Annotated[Money, Column("Price at the end of the previous month", unit="USD")]
    cost: Annotated[Weight, Column("Cost as a fraction of the traded value")]


class Point(TypedDict):
    """One month of a share."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    position: Annotated[Weight, Column("1 while the share is held, 0 while cash is held")]
    rule: Annotated[Money, Column("Value of 1 invested by the rule")]
    holding: Annotated[Money, Column("Value of 1 invested by holding the share")]
    drawdown: Annotated[Return, Column("Change of the rule's value from its previous peak")]


class Figures(TypedDict):
    """One strategy for one share."""

    symbol: Annotated[Symbol, Key]
    strategy: Annotated[Strategy, Key]
    yearly_return: Annotated[Return, Column("Geometric mean return per year")]
    volatility: Volatility
    sharpe: Annotated[
        Sharpe | None, Column("Mean return divided by its standard deviation, annualised")
    ]
    max_drawdown: Annotated[Return, Column("Largest fall from a previous peak")]
    trades: TradeCount
